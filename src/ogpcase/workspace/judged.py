"""What became of one case, or of the parties, when it was judged: all that a verdict on the folder needs of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Severity, rule
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.withhold import NOTHING
from ogpcase.store.load import LoadedCase
from ogpcase.store.pins import judge_copies
from ogpcase.values import frozen
from ogpcase.workspace.apart import Apart
from ogpcase.workspace.hidden import Hidden, hidden_in_cases
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
        return [each for each in problems if any(self.has(place.file) for place in each.places)]


@frozen
class Secrets:
    """What no message of the folder may name, and the texts that its cases withhold, folded."""

    hidden: Hidden
    texts: frozenset[str] = frozenset()


@frozen
class Judged:
    """The problems of a case at their places, in order; what it tells the folder; and how much was judged.

    `hides` is true where the folder has to know what it withholds. `files` and `departures` are counts.
    """

    diagnostics: tuple[Diagnostic, ...]
    facts: checks.CaseFacts
    hides: bool
    files: int
    departures: int


@frozen
class Seen:
    """What was looked at to judge a case: the SHA-256 of its records, and the other cases that were asked for.

    `others` are the SHA-256 of the records of those that were read, by case; empty, as `digests`, where nobody is to
    remember the case. `listed` is true where something was asked of all of them. `paths` leads from the paths that the
    diagnostics print to the files whose lines they quote.
    """

    digests: Mapping[FileId, str]
    others: Mapping[str, Mapping[FileId, str]]
    asked: frozenset[str]
    listed: bool
    paths: Mapping[str, FileId]


@frozen
class Order:
    """What is to be judged: on which day, what is reported, and what is kept back."""

    today: date
    wanted: Wanted
    secrets: Secrets
    remembered: bool = False
    """Whether somebody remembers what becomes of the cases."""


_NO_FACTS = checks.CaseFacts(frozenset(), whole=True)


def judged_case(folder: Workspace, case_id: str, order: Order) -> tuple[Judged, Seen]:
    """Judges one case; of the folder it reads that case, the parties, and the cases that it points to."""
    alone = Apart(folder, order.secrets.hidden)
    loaded = alone.case(case_id)
    problems = order.wanted.among(_problems_of(alone, loaded, order))
    facts = checks.facts_of(loaded.casefile)
    hides = bool(facts.secrets) or bool(hidden_in_cases([loaded]).names)
    files, departures = _counts(loaded, order)
    diagnostics = located(alone, problems)
    read = alone.digests() if order.remembered else {}
    quoted = _quoted(alone, diagnostics) if order.remembered else {}
    seen = Seen(read.pop(case_id, {}), read, frozenset(alone.asked), alone.listed, quoted)
    alone.let_go(case_id)
    return Judged(diagnostics, facts, hides, files, departures), seen


def _quoted(alone: Apart, diagnostics: tuple[Diagnostic, ...]) -> dict[str, FileId]:
    """Returns the files that are quoted by the paths that are printed."""
    paths = {spot.path for each in diagnostics for spot in each.spots if spot.excerpt is not None}
    found: dict[str, FileId] = {}
    files = (file for each in reversed(alone.read()) for file in each.digests)  # the parties, who are many, come last
    while len(found) < len(paths) and (file := next(files, None)) is not None:
        if (path := alone.root.shown_path(file)) in paths:
            found[path] = file
    return found


def judged_parties(folder: Workspace, told: Mapping[str, checks.CaseFacts], order: Order) -> tuple[Judged, Seen]:
    """Judges the parties, and what stands beside the cases; `told` are the facts of all cases by their ids.

    Files are counted without those that nobody may know to be there.
    """
    alone = Apart(folder, order.secrets.hidden)
    found = (*folder.listing.problems, *folder.parties.problems)
    problems = order.wanted.among((*found, *checks.run_parties(told, folder.parties.registry, order.today)))
    diagnostics = located(alone, problems)
    secret = set(map(file_of_party, order.secrets.hidden.parties))
    files = sum(1 for file in folder.parties.digests if file not in secret and order.wanted.has(file))
    seen = Seen(dict(folder.parties.digests), {}, frozenset(), listed=False, paths=_quoted(alone, diagnostics))
    hides = order.secrets != Secrets(Hidden())
    return Judged(diagnostics, _NO_FACTS, hides, files, 0), seen


def _problems_of(alone: Apart, loaded: LoadedCase, order: Order) -> Iterator[Problem]:
    case = loaded.casefile
    yield from loaded.problems
    yield from judge_copies(alone.files, case)
    yield from checks.run_case(case, alone.casefiles, order.today, order.secrets.texts)


def _counts(loaded: LoadedCase, order: Order) -> tuple[int, int]:
    """Counts files and steps outside the policy, without those that nobody may know to be there."""
    case = loaded.casefile
    told = case.public if any(case.withholding(each) != NOTHING for each in case.events) else case
    secret = {file_of_event(case.id, each.id) for each in case.events if case.withholding(each).everything}
    files = sum(1 for file in loaded.digests if file not in secret and order.wanted.has(file))
    departing = (event for event in told.events if event.departure)
    return files, sum(1 for event in departing if order.wanted.has(file_of_event(told.id, event.id)))


def located(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
    """Returns the problems at their places, in order; of one file the first errors, then warnings, up to a number."""
    by_file: dict[FileId, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.places[0].file, []).append(problem)
    if not by_file:
        return ()
    locator = workspace.locator()
    told = (each for file, several in by_file.items() for each in _first(file, several, locator))
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
