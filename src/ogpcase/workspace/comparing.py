"""Two versions of one case folder: where each is read from, and which problems the later one brings or mends."""

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
from ogpcase.store.files import Files
from ogpcase.store.git import RevisionFiles, Revisions, changed_files
from ogpcase.workspace.judge_folder import located, problems_of_folder
from ogpcase.workspace.opening import Workspace

_COUNTS = re.compile(r"(?<![`\w-])[0-9]+(?![\w-])(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""Numbers in a message that stand in no name: a count that changed makes no other problem."""
_Key = tuple[str, str, tuple[tuple[FileId, Route], ...]]


@dataclass(frozen=True)
class Compared:
    """Two versions of a folder; `base` and `head` name their commits, `head` None the working tree.

    `changed` are the files that are not the same, `both_added` those that each side has made since they parted.
    """

    before: Workspace
    after: Workspace
    base: str
    head: str | None
    changed: frozenset[FileId]
    both_added: tuple[FileId, ...]

    def before_as_shown(self) -> Workspace:
        """Returns the earlier version, its files printed with the commit that they are of: `1a2b3c4:cases/…`."""
        root = self.before.root._replace(shown=f"{self.base[:7]}:{self.before.root.shown}", inside=None)
        return Workspace(root, self.before.files, self.before.here)

    def with_versions(self, before: Workspace, after: Workspace) -> Compared:
        """Returns the comparison of two other folders, as of the public copies of both, without their files."""
        return replace(self, before=before, after=after, changed=frozenset(), both_added=())


class Problems(NamedTuple):
    """What the later version brings, and of what was there before how much is mended and how much remains.

    `new` is a verdict on the later version that holds only what the earlier one did not have; `mended` counts by code.
    """

    new: Verdict
    mended: Mapping[str, int]
    remaining: int


def compared(workspace: Workspace, revisions: Revisions) -> Compared:
    """Reads the two versions that revisions name, of the repository around the folder; nothing is checked out.

    Raises:
        Misused: a revision has the form of an option or a path.
        CannotRead: there is no repository, or no such revision in it; says what to do.
        BrokenInstallation: git is not installed.
    """
    base = RevisionFiles.of(workspace.root, revisions.base)
    head = base.at(revisions.head, workspace.root) if revisions.head is not None else None
    tip = head or base.at("HEAD", workspace.root)
    parted = base.repository.merge_base(base.commit, tip.commit)
    there: Files = head or workspace.files
    if parted is None and revisions.since_parting:
        raise CannotRead(
            f"`{revisions.base}` and `{revisions.head}` have no commit in common here",
            "in a shallow clone run `git fetch --unshallow`, or `fetch-depth: 0` in `actions/checkout`",
        )
    both: tuple[FileId, ...] = ()
    start = base
    if parted is not None and parted != base.commit:
        fork = base.at(parted, workspace.root)
        both = _both_added(fork, base, there)
        start = fork if revisions.since_parting else base
    before = Workspace(workspace.root, start, workspace.here)
    after = Workspace(workspace.root, there, workspace.here)
    return Compared(before, after, start.commit, head.commit if head else None, changed_files(start, there), both)


def _both_added(fork: RevisionFiles, one: RevisionFiles, other: Files) -> tuple[FileId, ...]:
    """Returns the records that two versions have made under one name, with different content, since they parted."""
    made = [file for file in one.tree if file not in fork.tree and file.endswith(".yaml")]
    return tuple(sorted(file for file in made if (there := other.read(file)) is not None and there != one.read(file)))


def new_problems(workspace: Workspace, revision: str, today: date) -> Verdict:
    """Returns the verdict on the folder without what a revision has already; it fails only for new errors.

    Raises:
        Misused, CannotRead, BrokenInstallation: as `compared`.
    """
    return problems_compared(compared(workspace, Revisions(revision)), today).new


def problems_compared(both: Compared, today: date, renamed: Mapping[FileId, FileId] | None = None) -> Problems:
    """Judges both versions on the same day, and tells what is new, mended and there in both.

    `renamed` leads from the earlier path of a record to the later one.
    """
    old = Counter(_key(problem, renamed or {}) for problem in problems_of_folder(both.before, today))
    count = old.total()
    brought = list(_unknown(old, problems_of_folder(both.after, today), _key))
    nearly: Counter[_Key] = Counter()
    for key, left in old.items():
        nearly[_without_numbers(key)] += left
    brought = list(_unknown(nearly, brought, lambda problem: _without_numbers(_key(problem))))
    mended: Counter[str] = Counter()
    for (code, _, _), left in nearly.items():
        mended[code] += left
    cases = both.after.all()
    verdict = Verdict(
        diagnostics=located(both.after, brought),
        files=len(both.after.parties.texts.digests) + sum(len(case.texts.digests) for case in cases),
        cases=len(cases),
        departures=sum(1 for case in cases for event in case.casefile.events if event.departure),
    )
    return Problems(verdict, dict(sorted((+mended).items())), count - mended.total())


def _unknown(known: Counter[_Key], problems: Iterable[Problem], key: Callable[[Problem], _Key]) -> Iterator[Problem]:
    """Yields the problems that are not among those known; each known one matches a single problem and is used up."""
    for problem in problems:
        if known[key(problem)]:
            known[key(problem)] -= 1
        else:
            yield problem


def _key(problem: Problem, renamed: Mapping[FileId, FileId] = MappingProxyType({})) -> _Key:
    """Returns what makes a problem the same in the same place, under the later names of the records it is about."""
    message = problem.message
    for old, new in renamed.items():
        message = message.replace(_stem(old), _stem(new))
    return problem.code, message, tuple((renamed.get(place.file, place.file), place.route) for place in problem.places)


def _without_numbers(key: _Key) -> _Key:
    """Returns a key without positions and counts: an item that moved, or one more of the same, is no other problem."""
    code, message, places = key
    names = ((file, tuple(step for step in route if isinstance(step, str))) for file, route in places)
    return code, _COUNTS.sub("#", message), tuple(names)


def _stem(file: FileId) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")
