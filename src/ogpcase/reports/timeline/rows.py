"""The case as it went: each event with its stage, what was asked and answered, and what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.parties import NamedParty, is_unknown
from ogpcase.model.questions import fields_of
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.reports.asks.rows import RowAsk, row_ask
from ogpcase.reports.heading.rows import Heading, StageSpan, entries_of, heading_of, spans_of
from ogpcase.reports.shown import Languages, Shown
from ogpcase.reports.sources import OtherDate, OtherFact, notes_on, other_dates, other_facts


class Between(NamedTuple):
    """What the days from `since` to `until` brought, both included. `before` and `after` are the stages.

    The counts are of events that have certainly or possibly happened, of requests, and of parties asked.
    """

    since: date
    until: date
    before: Stage
    after: Stage
    events: int
    asked: int
    answered: int
    ran_out: int


def between(shown: Shown, since: date, events: int) -> Between | None:
    """Returns what changed from a day on; None where that day is later than the reader's, or the first there is.

    `events` are those that have come since.
    """
    reader = shown.reader
    if since > reader.on or since == date.min:
        return None
    eve = Shown(shown.case, _on(reader, since - timedelta(days=1)))
    then, now = ({_name(ask): ask for ask in asks_of(one.case, one.reader.moment)} for one in (eve, shown))
    settled = {key for key, line in _lines(then) if line.answered}
    return Between(
        since=since,
        until=reader.on,
        before=standing(shown.case, eve.reader.moment).stage,
        after=standing(shown.case, reader.moment).stage,
        events=events,
        asked=sum(1 for name, ask in now.items() if name not in then and not ask.duty),
        answered=sum(1 for key, line in _lines(now) if line.answered and key not in settled),
        ran_out=_ran_out(then, now),
    )


def _on(reader: Reader, day: date) -> Reader:
    return reader._replace(on=day)


def _name(ask: Ask) -> str:
    return f"{ask.event.id}#{ask.item}"


def _lines(asks: dict[str, Ask]) -> Iterator[tuple[tuple[str, str | None], AskedLine]]:
    for name, ask in asks.items():
        for line in ask.lines:
            if line.asked:
                yield (name, line.party), line


def _ran_out(then: dict[str, Ask], now: dict[str, Ask]) -> int:
    """Counts the parties whose term has certainly passed with nothing recorded, and had not on the eve."""
    passed = {key for key, line in _lines(then) if line.timing.word == "due_passed"}
    return sum(1 for key, line in _lines(now) if line.timing.word == "due_passed" and key not in passed)


class RowAnswer(NamedTuple):
    """What the event says came back on a request: of whom, where it is not by who acts in it."""

    request: str
    answer: str
    of: tuple[str, ...]


class RowSource(NamedTuple):
    """A source of the event."""

    id: str
    title: str | None
    url: str | None
    file: str | None
    gives: tuple[str, ...]


class Row(NamedTuple):
    """An event in a timeline; `gap` is the time since the row before, `stage` where the case stands after it.

    `stays` counts the stays in stages that have begun by then, this event's own included: 0 before filing.
    `notes` are numbers, from 1, of the timeline's notes.
    """

    event: str
    dated: str
    earliest: date | None
    latest: date | None
    kind: Kind
    title: str
    language: str | None
    actors: tuple[str, ...]
    actor_ids: tuple[str, ...]
    addressees: tuple[str, ...]
    moves_to: tuple[Stage, ...]
    stage: Stage
    stays: int
    certain: bool
    context: bool
    gap: Days | None
    asks: tuple[RowAsk, ...]
    answers: tuple[RowAnswer, ...]
    sources: tuple[RowSource, ...]
    departed: bool
    also_dated: tuple[OtherDate, ...]
    also_stated: tuple[OtherFact, ...]
    notes: tuple[int, ...]


class RowFacts(NamedTuple):
    """What is known of a row from the whole case: the stage and the stays by then, what is asked, the time before."""

    stage: Stage
    stays: int
    asks: tuple[Ask, ...]
    gap: Days | None


def row_of(shown: Shown, event: Event, said: RowFacts, notes: list[str]) -> Row:
    """Returns the event's row; what its sources disagree on is added to `notes`."""
    first = len(notes) + 1
    notes.extend(notes_on(shown, event))
    return Row(
        event=event.id,
        dated=event.dated.text,
        earliest=event.dated.earliest,
        latest=event.dated.latest,
        kind=event.kind,
        title=shown.text(event.title),
        language=event.title.chosen(shown.reader.language, shown.case.language)[1],
        actors=shown.names(event.actors),
        actor_ids=tuple(dict.fromkeys(each.party for each in event.actors if not is_unknown(each))),
        addressees=shown.names(getattr(event, "addressees", ())),
        moves_to=event.moves_to,
        stage=said.stage,
        stays=said.stays,
        certain=shown.reader.moment.certain(event),
        context=event.context,
        gap=said.gap,
        asks=tuple(row_ask(shown, ask) for ask in said.asks),
        answers=tuple(_answers(shown, event)),
        sources=tuple(_sources(shown, event)),
        departed=bool(event.departure),
        also_dated=other_dates(shown, event),
        also_stated=other_facts(shown, event),
        notes=tuple(range(first, len(notes) + 1)),
    )


def _answers(shown: Shown, event: Event) -> Iterator[RowAnswer]:
    for each in event.answers:
        yield RowAnswer(str(each.request), str(each.answer), tuple(map(shown.name, each.of)))


def _sources(shown: Shown, event: Event) -> Iterator[RowSource]:
    for each in event.sources:
        title = shown.text(each.title) if each.title else None
        yield RowSource(each.id, title, each.url, each.file, each.gives)


def parties_of(event: Event) -> Iterator[tuple[str, str]]:
    """Yields (field, party) wherever the event names a party, in a field or in an item of one."""
    for field in fields_of(event.kind):
        if field.name != "kind":
            for party in _named(getattr(event, field.name)):
                yield field.name, party


def _named(value: object) -> Iterator[str]:
    if isinstance(value, NamedParty):
        yield value.party
    elif isinstance(value, tuple):
        for each in value:
            yield from _named(each)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _named(getattr(value, name))


class Filter(NamedTuple):
    """Which rows of a timeline are wanted; a filter never changes the heading or the stages."""

    kinds: frozenset[Kind] = frozenset()
    parties: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None


class Timeline(NamedTuple):
    """The heading, the stages passed through, the rows, and the notes that rows refer to by number from 1.

    `between` says in short what changed, where rows are wanted from a day on.
    """

    heading: Heading
    spans: tuple[StageSpan, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    hidden_rows: int = 0
    between: Between | None = None
    languages: Languages = Languages()


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
    return Timeline(heading, spans, rows, tuple(notes), left_out, changed, shown.languages)


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
        yield row_of(shown, event, RowFacts(*reached[event.id], tuple(here), gap), notes)
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


class PaperRow(NamedTuple):
    """An event of a case, and the days it was received and published as written; None where not recorded."""

    case: str
    row: Row
    received: str | None
    published: str | None


def papers_of(case: CaseFile, reader: Reader) -> tuple[PaperRow, ...]:
    """Returns the events of a case in its order, on the reader's day."""
    return tuple(
        PaperRow(case.id, row, _written(event.received), _written(event.published))
        for event, row in zip(Shown(case, reader).events(), timeline_of(case, reader).rows, strict=True)
    )


def _written(day: FuzzyDate | None) -> str | None:
    return day.text if day else None
