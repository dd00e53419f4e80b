"""Compares two versions of a case folder, and finds the problems that the later one adds or removes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Problem, Route, Verdict
from ogpcase.errors import CannotRead
from ogpcase.store.files import RECORD, Files
from ogpcase.store.git import RevisionFiles, Revisions, changed_files, files_below
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.judge_folder import located, problems_of_folder
from ogpcase.workspace.opening import Workspace

_COUNTS = re.compile(r"(?<![`\w-])[0-9]+(?![\w-])(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""Numbers in a message outside of names: a problem stays the same if only a count changes."""
_Key = tuple[str, str, tuple[tuple[FileId, Route], ...]]


@dataclass(frozen=True)
class Compared:
    """Two versions of a folder; `base` and `head` are their commits, without `head` the working tree.

    `changed` are the files that differ; `both_added` are those that both sides have added since their common ancestor.
    """

    before: Workspace
    after: Workspace
    base: str
    head: str | None
    changed: frozenset[FileId]
    both_added: tuple[FileId, ...]

    def before_as_shown(self) -> Workspace:
        """Returns the earlier version, with its commit in printed paths: `1a2b3c4:cases/…`."""
        root = self.before.root._replace(shown=f"{self.base[:7]}:{self.before.root.shown}", inside=None)
        return Workspace(root, self.before.files, self.before.here)

    def with_versions(self, before: Workspace, after: Workspace) -> Compared:
        """Returns the comparison of two other folders, such as the public copies, without changed files."""
        return replace(self, before=before, after=after, changed=frozenset(), both_added=())


class Problems(NamedTuple):
    """A verdict with only the new problems, the number of mended problems by code, and that of the remaining ones.

    `not_judged` counts the problems that are gone only because a record cannot be read now.
    """

    new: Verdict
    mended: Mapping[str, int]
    remaining: int
    not_judged: int = 0


def compared(workspace: Workspace, revisions: Revisions) -> Compared:
    """Opens both versions without checking anything out. Raises Misused, CannotRead, BrokenInstallation."""
    base = RevisionFiles.of(workspace.root, revisions.base)
    head = base.at(revisions.head, workspace.root) if revisions.head is not None else None
    tip = head or base.at("HEAD", workspace.root)
    later: Files = head or workspace.files
    base = _where_it_was(base, later)
    ancestor = base.repository.merge_base(base.commit, tip.commit)
    if ancestor is None and revisions.since_parting:
        raise CannotRead(
            f"`{revisions.base}` and `{revisions.head}` have no commit in common here",
            "in a shallow clone run `git fetch --unshallow`, or `fetch-depth: 0` in `actions/checkout`",
        )
    both: tuple[FileId, ...] = ()
    start = base
    if ancestor is not None and ancestor != base.commit:
        fork = _where_it_was(base.at(ancestor, workspace.root), later)
        both = _both_added(fork, base, later)
        start = fork if revisions.since_parting else base
    before = Workspace(workspace.root, start, workspace.here)
    after = Workspace(workspace.root, later, workspace.here)
    return Compared(before, after, start.commit, head.commit if head else None, changed_files(start, later), both)


def _where_it_was(files: RevisionFiles, later: Files) -> RevisionFiles:
    """Returns the folder at a commit, under another path if it was moved since."""
    if files.tree:
        return files
    return files.found_elsewhere(file for file in files_below(later) if file.endswith(RECORD))


def _both_added(fork: RevisionFiles, one: RevisionFiles, other: Files) -> tuple[FileId, ...]:
    added = [file for file in one.tree if file not in fork.tree and file.endswith(".yaml")]
    return tuple(sorted(file for file in added if (data := other.read(file)) is not None and data != one.read(file)))


def new_problems(workspace: Workspace, revision: str, today: date) -> Verdict:
    """Returns the verdict on problems that a revision does not have; only new errors fail. Raises as `compared`."""
    return problems_compared(compared(workspace, Revisions(revision)), today).new


def problems_compared(both: Compared, today: date, renamed: Mapping[FileId, FileId] | None = None) -> Problems:
    """Returns the new, mended and remaining problems; `renamed` maps the old path of a record to the new one."""
    old = Counter(_key(problem, renamed or {}) for problem in problems_of_folder(both.before, today))
    count = old.total()
    brought = list(_unknown(old, problems_of_folder(both.after, today), _key))
    nearly: Counter[_Key] = Counter()
    for key, left in old.items():
        nearly[_without_numbers(key)] += left
    brought = list(_unknown(nearly, brought, lambda problem: _without_numbers(_key(problem))))
    mended: Counter[str] = Counter()
    not_judged = 0
    for (code, _, places), left in nearly.items():
        if any(_is_not_judged(both.after, file, code) for file, _ in places):
            not_judged += max(left, 0)
        else:
            mended[code] += left
    cases = both.after.all()
    verdict = Verdict(
        diagnostics=located(both.after, brought),
        files=len(both.after.parties.texts.digests) + sum(len(case.texts.digests) for case in cases),
        cases=len(cases),
        departures=sum(1 for case in cases for event in case.casefile.events if event.departs),
    )
    mended = +mended
    return Problems(verdict, dict(sorted(mended.items())), count - mended.total() - not_judged, not_judged)


def _is_not_judged(workspace: Workspace, file: FileId, code: str) -> bool:
    """True if the check with this code needs a record of the case or of a party that cannot be read.

    A check of one record (OC1, OC2) needs that record alone, and judges it field by field.
    """
    top = file.partition("/")[0]
    if workspace.has_case(top):
        case = workspace.case(top).casefile
        alone = code.startswith(("OC1", "OC2"))
        return file in case.not_read if alone else bool(case.not_read or case.flawed)
    return top == PARTIES and file in workspace.not_read()


def _unknown(known: Counter[_Key], problems: Iterable[Problem], key: Callable[[Problem], _Key]) -> Iterator[Problem]:
    """Yields the problems that are not known; each known problem matches one problem only."""
    for problem in problems:
        if known[key(problem)]:
            known[key(problem)] -= 1
        else:
            yield problem


def _key(problem: Problem, renamed: Mapping[FileId, FileId] = MappingProxyType({})) -> _Key:
    """Returns code, message and places of a problem, with the later names of renamed records."""
    message = _with_later_ids(problem.message, renamed) if renamed else problem.message
    return problem.code, message, tuple((renamed.get(place.file, place.file), place.route) for place in problem.places)


def _with_later_ids(message: str, renamed: Mapping[FileId, FileId]) -> str:
    ids = {**{_top(old): _top(new) for old, new in renamed.items()}, **dict(map(_stems, renamed.items()))}
    other = {old: new for old, new in ids.items() if old != new}
    pattern = "|".join(sorted(map(re.escape, other), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{pattern})(?![\w-])", lambda found: other[found[0]], message) if other else message


def _top(file: FileId) -> str:
    return file.partition("/")[0]


def _stems(renaming: tuple[FileId, FileId]) -> tuple[str, str]:
    old, new = renaming
    return _stem(old), _stem(new)


def _without_numbers(key: _Key) -> _Key:
    """Returns a key without positions and counts, so that a moved item is not a new problem."""
    code, message, places = key
    names = ((file, tuple(step for step in route if isinstance(step, str))) for file, route in places)
    return code, _COUNTS.sub("#", message), tuple(names)


def _stem(file: FileId) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")
