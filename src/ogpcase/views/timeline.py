"""The case as it went: a heading, the stages as spans, and a row for each event, as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.days import Days
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.values import frozen
from ogpcase.views.between import Between, between
from ogpcase.views.heading import Heading, StageSpan, entries_of, heading_of, spans_of
from ogpcase.views.named import parties_of
from ogpcase.views.rows import Row, Said, row_of
from ogpcase.views.shown import Reader, Shown


@frozen
class Filter:
    """Which rows of a timeline are wanted; a filter never changes the heading or the stages."""

    kinds: frozenset[Kind] = frozenset()
    parties: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


@frozen
class Timeline:
    """The heading, the stages passed through, the rows, and the notes that rows refer to by number from 1.

    `between` says in short what changed, where rows are wanted from a day on.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    heading: Heading
    spans: tuple[StageSpan, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    hidden_rows: int = 0
    between: Between | None = None
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


def timeline_of(case: CaseFile, reader: Reader, wanted: Filter | None = None) -> Timeline:
    """Returns the case as its records show it on the reader's day.

    Rows left out by the filter are counted in `hidden_rows`; events of the future are not.
    """
    shown = Shown(case, reader)
    stood = standing(shown.case, reader.moment)
    asks = asks_of(case, reader.moment)
    there = shown.events()
    chosen = [event for event in there if _wanted(shown, event, wanted or Filter())]
    notes: list[str] = []
    rows = tuple(_rows(shown, chosen, stood, asks, notes))
    heading, spans = heading_of(shown, stood), spans_of(shown, stood)
    changed = between(shown, wanted.since, len(chosen)) if wanted and wanted.since and _whole(wanted) else None
    left_out = len(there) - len(chosen)
    return Timeline(heading, spans, rows, tuple(notes), left_out, changed, reader.language, shown.elsewhere())


def _whole(wanted: Filter) -> bool:
    """True when rows are chosen by nothing but their first day."""
    return not wanted.kinds and not wanted.parties and wanted.until is None


def _wanted(shown: Shown, event: Event, wanted: Filter) -> bool:
    if wanted.kinds and event.kind not in wanted.kinds:
        return False
    if wanted.parties and not any(_takes_part(shown, event, party) for party in wanted.parties):
        return False
    last, first = event.dated.last or event.dated.latest, event.dated.earliest
    return not ((wanted.since and last and last < wanted.since) or (wanted.until and first and first > wanted.until))


def _takes_part(shown: Shown, event: Event, wanted: str) -> bool:
    belongs = shown.case.registry.belongs
    return any(belongs(party, wanted) for party in {party for _, party in parties_of(event)})


def _rows(
    shown: Shown, events: Sequence[Event], stood: Standing, asks: Sequence[Ask], notes: list[str]
) -> Iterator[Row]:
    before: FuzzyDate | None = None
    reached = _stays(shown.case, stood)
    for event in events:
        here = [ask for ask in asks if ask.event is event]
        gap = None if before is None or event.dated.form == "unknown" else Days.between(before, event.dated)
        yield row_of(shown, event, Said(*reached[event.id], tuple(here), gap), notes)
        if event.dated.form != "unknown":
            before = event.dated


def _stays(case: CaseFile, stood: Standing) -> dict[str, tuple[Stage, int]]:
    """After each event: the stage, and how many stays in stages have begun."""
    entries = entries_of(stood)
    stage, count = Stage.NOT_FILED, 0
    reached: dict[str, tuple[Stage, int]] = {}
    for event in case.events:
        mine = [step for step in entries if step.event is event]
        stage = mine[-1].end if mine else stage
        count += len(mine)
        reached[event.id] = (stage, count)
    return reached
