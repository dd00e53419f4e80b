"""Two versions of one case folder: where each is read from, and which problems the later one brings or mends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Problem, Route, Verdict
from ogpcase.errors import CannotRead
from ogpcase.store.files import Files
from ogpcase.store.revisions import RevisionFiles, Revisions, changed_files
from ogpcase.workspace.judge_case import located
from ogpcase.workspace.judge_folder import problems_of_folder
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
    old = list(problems_of_folder(both.before, today))
    new = list(problems_of_folder(both.after, today))
    matching = _Matching(old, renamed or {})
    brought = [each for each in new if not matching.takes_exactly(each)]
    brought = [each for each in brought if not matching.takes_nearly(each)]
    cases = both.after.all()
    verdict = Verdict(
        diagnostics=located(both.after, brought),
        files=len(both.after.parties.digests) + sum(len(case.digests) for case in cases),
        cases=len(cases),
        departures=sum(1 for case in cases for event in case.casefile.events if event.departure),
    )
    mended = Counter(problem.code for problem in matching.left())
    return Problems(verdict, dict(sorted(mended.items())), len(old) - sum(mended.values()))


class _Matching:
    """The earlier problems, each matched once: in the very same place first, then where an item moved or a count."""

    def __init__(self, problems: list[Problem], renamed: Mapping[FileId, FileId]) -> None:
        self._renamed = renamed
        self._left = [(_key(self._moved(each), exact=True), _key(self._moved(each), exact=False), each)
                      for each in problems]  # fmt: skip
        self._exact = Counter(exact for exact, _, _ in self._left)
        self._near: Counter[_Key] | None = None
        self._taken: Counter[_Key] = Counter()

    def takes_exactly(self, problem: Problem) -> bool:
        """Uses up one earlier problem that is the same in the same place; false where there is none."""
        key = _key(problem, exact=True)
        if self._taken[key] >= self._exact[key]:
            return False
        self._taken[key] += 1
        return True

    def takes_nearly(self, problem: Problem) -> bool:
        """Uses up one earlier problem that differs only by a position or a count; call it once the exact are taken."""
        near = self._nearly
        key = _key(problem, exact=False)
        if not near[key]:
            return False
        near[key] -= 1
        return True

    def left(self) -> Iterator[Problem]:
        """Yields the earlier problems that nothing has used up."""
        near = self._nearly
        for key, problem in self._unmatched():
            if near[key]:
                near[key] -= 1
                yield problem

    @property
    def _nearly(self) -> Counter[_Key]:
        if self._near is None:
            self._near = Counter(key for key, _ in self._unmatched())
        return self._near

    def _unmatched(self) -> Iterator[tuple[_Key, Problem]]:
        taken = Counter(self._taken)
        for exact, near, problem in self._left:
            if taken[exact]:
                taken[exact] -= 1
            else:
                yield near, problem

    def _moved(self, problem: Problem) -> Problem:
        """The problem under the later names of the records it is about."""
        if not self._renamed:
            return problem
        message = problem.message
        for old, new in self._renamed.items():
            message = message.replace(_stem(old), _stem(new))
        places = (each._replace(file=self._renamed.get(each.file, each.file)) for each in problem.places)
        return replace(problem, message=message, places=tuple(places))


def _stem(file: FileId) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")


def _key(problem: Problem, *, exact: bool) -> _Key:
    places = tuple(
        (place.file, place.route if exact else tuple(each for each in place.route if isinstance(each, str)))
        for place in problem.places
    )
    return problem.code, problem.message if exact else _COUNTS.sub("#", problem.message), places
