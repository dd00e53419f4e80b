"""Compares two versions of a case folder, and finds the problems that the later one adds or removes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Problem, Route, Verdict, unmatched
from ogpcase.errors import CannotRead
from ogpcase.store.files import RECORD, Files
from ogpcase.store.git import SHALLOW, RevisionFiles, Revisions, changed_files, files_below
from ogpcase.store.layout import PARTIES
from ogpcase.store.load import LoadedCase
from ogpcase.workspace.judge_folder import Note, located, problems_of_folder, unnoted
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.pairing import NOTHING_RENAMED, Cases, Renamings

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

    @cached_property
    def versions(self) -> tuple[Cases, Cases]:
        """The cases of the earlier and of the later version, by id, without their texts."""
        old, new = ({name: each.case(name).casefile for name in each.case_ids()} for each in (self.before, self.after))
        return old, new

    @cached_property
    def renamings(self) -> Renamings:
        """The records that have other names in the later version; a renamed record is in a case that differs."""
        tops = {file.partition("/")[0] for file in self.changed}
        old, new = (
            {name: each.case(name).casefile for name in each.case_ids() if name in tops}
            for each in (self.before, self.after)
        )
        renamings = Renamings.of(old, new, (self.before.registry(), self.after.registry()))
        return renamings._replace(moved=_moved(self))

    def before_as_shown(self) -> Workspace:
        """Returns the earlier version, with its commit in printed paths: `1a2b3c4:cases/…`."""
        root = self.before.root._replace(shown=f"{self.base[:7]}:{self.before.root.shown}", inside=None)
        return Workspace(root, self.before.files, self.before.here)

    def with_versions(self, before: Workspace, after: Workspace) -> Compared:
        """Returns the comparison of two other folders, such as the public copies."""
        both = [{file: each.files.read(file) for file in files_below(each.files)} for each in (before, after)]
        changed = frozenset(file for file in both[0] | both[1] if both[0].get(file) != both[1].get(file))
        return replace(self, before=before, after=after, changed=changed, both_added=())


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
        hint = SHALLOW if base.repository.is_shallow() else "name a commit that this one comes from"
        raise CannotRead(f"`{revisions.base}` and `{revisions.head or 'HEAD'}` have no commit in common here", hint)
    both: tuple[FileId, ...] = ()
    start = base
    if ancestor is not None and ancestor != base.commit:
        fork = _where_it_was(base.at(ancestor, workspace.root), later)
        added = (file for file in base.tree if file not in fork.tree and file.endswith(RECORD))
        both = tuple(
            sorted(file for file in added if (data := later.read(file)) is not None and data != base.read(file))
        )
        start = fork if revisions.since_parting else base
    elif revisions.since_parting and (branch := base.repository.merged_into(tip.commit, base.commit)) is not None:
        start = _where_it_was(base.at(branch, workspace.root), later)
    before = Workspace(workspace.root, start, workspace.here)
    after = Workspace(workspace.root, later, workspace.here)
    return Compared(before, after, start.commit, head.commit if head else None, changed_files(start, later), both)


def _where_it_was(files: RevisionFiles, later: Files) -> RevisionFiles:
    """Returns the folder at a commit, under another path if it was moved since."""
    if files.tree:
        return files
    return files.found_elsewhere(file for file in files_below(later) if file.endswith(RECORD))


def _moved(both: Compared) -> dict[FileId, FileId]:
    """Returns the later paths of records that have the same bytes under another path, where only one has them."""
    sides: list[dict[bytes, list[FileId]]] = [{}, {}]
    for file in sorted(file for file in both.changed if file.endswith(RECORD)):
        old, new = (each.files.read(file) for each in (both.before, both.after))
        for side, data, other in ((sides[0], old, new), (sides[1], new, old)):
            if isinstance(data, bytes) and other is None:
                side.setdefault(data, []).append(file)
    alone = ((files, sides[1].get(data, [])) for data, files in sides[0].items())
    return {one[0]: other[0] for one, other in alone if len(one) == len(other) == 1}


def problems_compared(both: Compared, today: date, note: Note = unnoted) -> Problems:
    """Returns the new, mended and remaining problems; those of a renamed record are the same problems."""
    key_before, key = _keys(both.renamings), _keys(NOTHING_RENAMED)
    old = Counter(
        map(key_before, problems_of_folder(both.before, today, lambda words: note(f"{words} in the earlier version")))
    )
    count = old.total()
    seen = _Seen()
    brought = list(unmatched(problems_of_folder(both.after, today, note, seen.add), old, key))
    nearly: Counter[_Key] = Counter()
    for each, left in old.items():
        nearly[_without_numbers(each)] += left
    brought = list(unmatched(brought, nearly, lambda problem: _without_numbers(key(problem))))
    mended: Counter[str] = Counter()
    not_judged = 0
    for (code, _, places), left in (+nearly).items():
        if any(_is_not_judged(both.after, file, code) for file, _ in places):
            not_judged += left
        else:
            mended[code] += left
    remaining = count - mended.total() - not_judged
    verdict = Verdict(
        diagnostics=located(both.after, brought),
        files=len(both.after.parties.texts.digests) + seen.files,
        cases=seen.cases,
        departures=seen.departures,
        there_before=remaining,
    )
    return Problems(verdict, dict(sorted(mended.items())), remaining, not_judged)


class _Seen:
    """The numbers of a verdict, counted while the cases are read one by one."""

    cases = files = departures = 0

    def add(self, loaded: LoadedCase) -> None:
        self.cases += 1
        self.files += len(loaded.texts.digests)
        self.departures += sum(event.departs for event in loaded.casefile.events)


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


def _keys(renamings: Renamings) -> Callable[[Problem], _Key]:
    """Returns the function that gives a problem's code, message and places, with the later names of renamed records."""

    @cache
    def later_words(case_id: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
        """Returns the words that name a renamed record in a message about this case, and the later ones."""
        start = f"{case_id}/"
        own = {old.removeprefix(start): new for old, new in renamings.events.items() if old.startswith(start)}
        own = {old: new.partition("/")[2] for old, new in own.items()}
        names = {**renamings.cases, **renamings.parties, **renamings.events, **own}
        later = {old: new for old, new in names.items() if old != new}
        longest = "|".join(map(re.escape, sorted(later, key=len, reverse=True)))
        return (re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])"), later) if later else None

    def key(problem: Problem) -> _Key:
        message, words = problem.message, later_words(problem.places[0].file.partition("/")[0])
        if words is not None:
            message = words[0].sub(lambda found: words[1][found[0]], message)
        return problem.code, message, tuple((renamings.file(place.file), place.route) for place in problem.places)

    return key


def _without_numbers(key: _Key) -> _Key:
    """Returns a key without positions and counts, so that a moved item is not a new problem."""
    code, message, places = key
    names = ((file, tuple(step for step in route if isinstance(step, str))) for file, route in places)
    return code, _COUNTS.sub("#", message), tuple(names)
