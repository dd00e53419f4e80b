"""Two versions of one case folder: where each is read from, and which problems the later one brings or mends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Route, Verdict
from ogpcase.errors import CannotRead
from ogpcase.store.files import Files
from ogpcase.store.layout import Root
from ogpcase.store.revisions import RevisionFiles, Revisions, changed_files
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.judging import _all_problems, _located
from ogpcase.workspace.locating import Locator
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.secrecy import SILENT, Secrecy, may_withhold, secrecy_of

_Key = tuple[str, str, tuple[tuple[FileId, Route], ...]]


@dataclass(frozen=True)
class Compared:
    """Two versions of a folder; `base` and `head` name their commits, `head` None the working tree.

    `changed` are the files that are not the same, `both_added` those that each side has made since they parted.
    """

    before: Workspace
    after: Later
    base: str
    head: str | None
    changed: frozenset[FileId]
    both_added: tuple[FileId, ...]


@dataclass(frozen=True, slots=True)
class Problems:
    """What the later version brings, and of what was there before how much is mended and how much remains.

    `new` is a verdict on the later version that holds only what the earlier one did not have; `mended` counts by code.
    """

    new: Verdict
    mended: Mapping[str, int]
    remaining: int


class Later(Workspace):
    """The later of two versions: its messages name nothing that either of them withholds."""

    def __init__(self, root: Root, files: Files, here: Path, before: Workspace) -> None:
        """`before` is the earlier version."""
        super().__init__(root, files, here)
        self.before = before
        self.earlier_paths: Mapping[FileId, FileId] = {}
        """Where records that were renamed stood before, by their path now."""

    def hidden(self) -> Hidden:
        """Returns what no message may name."""
        one, other = self.before.hidden(), super().hidden()
        return Hidden(one.names | other.names, one.parties | other.parties, one.files | other.files)

    def locator(self) -> Locator:
        """Returns what finds problems' places, and quotes nothing that either version withholds."""
        return _CarefulLocator(self, super().locator())


class _CarefulLocator(Locator):
    """Says no more than the rule where the earlier version of a file kept back what the later one shows."""

    def __init__(self, later: Later, plain: Locator) -> None:
        self._plain = plain
        self._later = later
        self._known: dict[FileId, bool] = {}

    def locate(self, problem: Problem) -> Diagnostic:
        """Returns the problem with its places."""
        if not any(self._opened(place.file) for place in problem.places):
            return self._plain.locate(problem)
        sentence = problem.rule.page.strip().partition("\n")[0].rstrip(".?")
        bare = replace(problem.places[0], label="", route=(), span=None)
        told = replace(problem, message=sentence[:1].lower() + sentence[1:], places=(bare,), notes=(), helps=())
        found = self._plain.locate(told)
        return replace(found, spots=tuple(replace(spot, excerpt=None) for spot in found.spots))

    def _opened(self, file: FileId) -> bool:
        if file not in self._known:
            then = self._secrecy_in(self._later.before, self._later.earlier_paths.get(file, file))
            now = self._secrecy_in(self._later, file)
            self._known[file] = (then.silent and not now.silent) or not set(then.routes) <= set(now.routes)
        return self._known[file]

    def _secrecy_in(self, workspace: Workspace, file: FileId) -> Secrecy:
        texts = [workspace.parties.texts, *(case.texts for case in workspace.all())]
        tree = next((each.trees[file] for each in texts if file in each.trees), None)
        if tree is not None:
            return secrecy_of(tree, workspace.hidden().parties)
        broken = next((each.broken[file] for each in texts if file in each.broken), "")
        return SILENT if may_withhold(broken) else Secrecy()


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
    after = Later(workspace.root, there, workspace.here, before)
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
    old = list(_all_problems(both.before, both.before.all(), today))
    new = list(_all_problems(both.after, both.after.all(), today))
    matching = _Matching(old, renamed or {})
    brought = [each for each in new if not matching.takes_exactly(each)]
    brought = [each for each in brought if not matching.takes_nearly(each)]
    both.after.earlier_paths = {later: earlier for earlier, later in (renamed or {}).items()}
    cases = both.after.all()
    verdict = Verdict(
        diagnostics=_located(both.after, brought),
        files=len(both.after.parties.digests) + sum(len(case.digests) for case in cases),
        cases=len(cases),
        departures=sum(1 for case in cases for event in case.casefile.events if event.departure),
    )
    mended = Counter(problem.code for problem in matching.left())
    return Problems(verdict, dict(sorted(mended.items())), len(old) - sum(mended.values()))


class _Matching:
    """The earlier problems, each matched once: first those in the very same place, then those whose item moved."""

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
        """Uses up one earlier problem that differs only by an item's position; call it once the exact are taken."""
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
        places = (replace(each, file=self._renamed.get(each.file, each.file)) for each in problem.places)
        return replace(problem, message=message, places=tuple(places))


def _stem(file: FileId) -> str:
    return file.rpartition("/")[2].removesuffix(".yaml")


def _key(problem: Problem, *, exact: bool) -> _Key:
    places = tuple(
        (place.file, place.route if exact else tuple(each for each in place.route if isinstance(each, str)))
        for place in problem.places
    )
    return problem.code, problem.message, places
