"""The verdict on a case folder: everything that is wrong with it, at its place, in order."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from heapq import nsmallest
from pathlib import Path

from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Severity, Verdict, rule
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.store.load import LoadedCase
from ogpcase.store.pins import judge_copies
from ogpcase.workspace.locating import Locator
from ogpcase.workspace.opening import Workspace

MOST = 50
"""Problems reported for one file."""


@rule("OC228", "more-problems", Severity.WARNING)
def more_problems(file: FileId, count: int) -> Iterator[Problem]:
    """A file has more problems than are shown.

    Why it matters
        Past fifty they rarely say anything new, and they would hide what is wrong with other files.
    Wrong
        a file with two hundred unknown fields
    Right
        the same file with the first fifty mended, judged again
    Not reported when
        The file has at most fifty problems.
    """
    what = "1 more problem in this file is" if count == 1 else f"{count} more problems in this file are"
    yield Problem(f"{what} not shown", (Place(file),), helps=("mend these first, then run it again",))


def judge(workspace: Workspace, paths: tuple[Path, ...], today: date) -> Verdict:
    """Judges the whole folder and reports what concerns `paths`; without any, everything.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder.
    """
    wanted = _Wanted(tuple(map(workspace.file_of, paths)))
    with _no_collection():
        cases = workspace.all()
        problems = problems_of_all(workspace, cases, today)
        kept = [each for each in problems if any(wanted.has(place.file) for place in each.places)]
    return Verdict(
        diagnostics=located(workspace, kept),
        files=sum(map(wanted.has, _files(workspace, cases))),
        cases=sum(1 for case in cases if wanted.touches(case.casefile.id)),
        departures=sum(_departures(case, wanted) for case in cases),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps Python from looking for cyclic garbage: records make none, and it would search all of them again and again.

    Measured on 7,800 records: a quarter of the run.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Wanted:
    """The files that a report is limited to."""

    def __init__(self, tops: tuple[FileId, ...]) -> None:
        self._everything = not tops or "" in tops
        self._tops = frozenset(tops)

    def has(self, file: FileId) -> bool:
        """True when the file is one of those named, or below one."""
        if self._everything or file in self._tops:
            return True
        return any(file.startswith(f"{top}/") for top in self._tops)

    def touches(self, folder: FileId) -> bool:
        """True when the folder, or anything in it, is named."""
        return self.has(folder) or any(top.startswith(f"{folder}/") for top in self._tops)


def problems_of_all(workspace: Workspace, cases: tuple[LoadedCase, ...], today: date) -> Iterator[Problem]:
    """Yields every problem of the folder: of its files, its records, its cases, and of all of them together."""
    from ogpcase import checks  # only a verdict needs them all

    yield from workspace.listing.problems
    yield from workspace.parties.problems
    for case in cases:
        yield from case.problems
        yield from judge_copies(workspace.files, case.casefile)
        yield from checks.run_case(case.casefile, workspace.casefiles, today)
    yield from checks.run_folder(workspace.casefiles, workspace.registry(), today)


def located(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
    """Returns the problems at their places, in order; of one file the first errors, then warnings, up to a number."""
    locator = workspace.locator()
    by_file: dict[FileId, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.places[0].file, []).append(problem)
    told = (each for file, several in by_file.items() for each in _first(file, several, locator))
    return tuple(sorted(map(locator.locate, told), key=_order))


def _first(file: FileId, several: list[Problem], locator: Locator) -> list[Problem]:
    """Returns a file's problems, up to a number, with one more that says how many are left out.

    Only these are then located: a diagnostic quotes its line, and a hostile file is one line with thousands of faults.
    """
    if len(several) <= MOST:
        return several

    def order(problem: Problem) -> tuple[bool, int, int, str, str]:
        span = locator.span(problem)
        return (problem.rule.severity is Severity.WARNING, span.line, span.column, problem.code, problem.message)

    shown = nsmallest(MOST, several, key=order)
    return [*shown, more_problems.one(file, len(several) - MOST)]


def _order(diagnostic: Diagnostic) -> tuple[str, bool, tuple[str, int, int, str, str]]:
    """By path, line and column; that there is more comes after the rest of its file."""
    return diagnostic.spots[0].path, diagnostic.code == more_problems.rule.code, diagnostic.order


def _files(workspace: Workspace, cases: tuple[LoadedCase, ...]) -> Iterator[FileId]:
    """Yields the files that were judged, without those that nobody may know to be there."""
    secret = set(map(file_of_party, workspace.hidden().parties))
    for each in cases:
        case = each.casefile
        secret |= {file_of_event(case.id, event.id) for event in case.events if case.withholding(event).everything}
    judged = (workspace.parties.digests, *(case.digests for case in cases))
    yield from (file for files in judged for file in files if file not in secret)


def _departures(case: LoadedCase, wanted: _Wanted) -> int:
    """Counts the steps outside the policy, without those of which that is withheld."""
    told = case.casefile.public
    events = (event for event in told.events if event.departure)
    return sum(1 for event in events if wanted.has(file_of_event(told.id, event.id)))
