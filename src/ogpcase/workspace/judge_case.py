"""The verdict on one case, or on the parties: what is wrong, at its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Severity, rule
from ogpcase.model.casefile import file_of_event
from ogpcase.store.checksums import judge_copies
from ogpcase.store.load import LoadedCase
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


class Wanted:
    """The files that a report is limited to; without any, everything."""

    def __init__(self, tops: tuple[FileId, ...] = ()) -> None:
        self.everything = not tops or "" in tops
        self._tops = frozenset(tops)

    def has(self, file: FileId) -> bool:
        """True when the file is one of those named, or below one."""
        if self.everything or file in self._tops:
            return True
        return any(file.startswith(f"{top}/") for top in self._tops)

    def touches(self, folder: FileId) -> bool:
        """True when the folder, or anything in it, is named."""
        return self.has(folder) or any(top.startswith(f"{folder}/") for top in self._tops)

    def among(self, problems: Iterable[Problem]) -> list[Problem]:
        """Returns the problems of which a place is in one of the files."""
        if self.everything:
            return list(problems)
        return [problem for problem in problems if any(self.has(place.file) for place in problem.places)]


class Judged(NamedTuple):
    """The problems of a case at their places, in order; what it tells the folder; and how much was judged.

    `files` and `departures` are counts.
    """

    diagnostics: tuple[Diagnostic, ...]
    facts: checks.CaseFacts
    files: int
    departures: int


_NO_FACTS = checks.CaseFacts(frozenset(), whole=True)


def judge_case(folder: Workspace, case_id: str, today: date, wanted: Wanted) -> Judged:
    """Judges one case; of the folder it reads that case, the parties, and the cases that it points to."""
    loaded = folder.case(case_id)
    case = loaded.casefile
    diagnostics = located(folder, wanted.among(problems_of_case(folder, loaded, today)))
    files = sum(1 for file in loaded.digests if wanted.has(file))
    departing = (event for event in case.events if event.departure)
    departures = sum(1 for event in departing if wanted.has(file_of_event(case_id, event.id)))
    return Judged(diagnostics, checks.facts_of(case), files, departures)


def judge_parties(folder: Workspace, told: Mapping[str, checks.CaseFacts], today: date, wanted: Wanted) -> Judged:
    """Judges the parties, and what stands beside the cases; `told` are the facts of all cases by their ids."""
    diagnostics = located(folder, wanted.among(problems_of_parties(folder, told, today)))
    return Judged(diagnostics, _NO_FACTS, sum(1 for file in folder.parties.digests if wanted.has(file)), 0)


def problems_of_case(folder: Workspace, loaded: LoadedCase, today: date) -> Iterator[Problem]:
    """Yields every problem of a case: of its files, its records, its copies, and what the checks say of it."""
    yield from loaded.problems
    yield from judge_copies(folder.files, loaded.casefile)
    yield from checks.run_case(loaded.casefile, folder.casefiles, today)


def problems_of_parties(folder: Workspace, told: Mapping[str, checks.CaseFacts], today: date) -> Iterator[Problem]:
    """Yields every problem of the parties, and of what stands beside the cases."""
    yield from folder.listing.problems
    yield from folder.loaded_settings.problems
    yield from folder.parties.problems
    yield from checks.run_parties(told, folder.parties.registry, today)


def located(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
    """Returns the problems at their places, in order; of one file the first errors, then warnings, up to a number."""
    by_file: dict[FileId, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.places[0].file, []).append(problem)
    locator = workspace.locator()
    told = (problem for file, several in by_file.items() for problem in _first(file, several, locator))
    return in_order(map(locator.locate, told))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Returns diagnostics by path, line and column; that there is more comes after the rest of its file."""
    return tuple(
        sorted(diagnostics, key=lambda each: (each.spots[0].path, each.code == more_problems.rule.code, each.order))
    )


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
