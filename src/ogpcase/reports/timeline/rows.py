"""The course of a case: each event with its stage, requests and answers, and what changed between two days."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby, takewhile
from types import MappingProxyType
from typing import NamedTuple

from ogpcase.ledger import ANSWERED, Ask, AskedLine, asks_of
from ogpcase.ledger.readings import settling
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.sources import Source
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.policy.procedures import Stage, procedure_of
from ogpcase.reports.heading.rows import Heading, StageSpan, entries_of, heading_of, spans_of, stage_known
from ogpcase.reports.requests.rows import RowAsk, row_ask
from ogpcase.reports.shown import Languages, OtherDate, OtherFact, Shown, ids_of, notes_on, other_dates, other_facts


class Between(NamedTuple):
    """What happened from `since` to `until`, both days included. `before` and `after` are the stages, as far as known.

    The counts are of events that have certainly or possibly happened, of requests, and of parties asked.
    """

    since: date
    until: date
    before: Stage | None
    after: Stage | None
    events: int
    asked: int
    answered: int
    ran_out: int


_NO_ANSWER = frozenset({"overtaken", "not_met", "call"})
"""Outcomes that settle a request without an answer to it."""


def _between(shown: Shown, since: date, events: int) -> Between | None:
    """Returns what changed since a day; None if the day is after the reader's day, or is the first possible date.

    `events` are those that have come since.
    """
    reader, case = shown.reader, shown.case
    if since > reader.on or since == date.min:
        return None
    eve = reader._replace(on=since - timedelta(days=1)).moment
    then, now = (asks_of(case, moment) for moment in (eve, reader.moment))
    names = set(map(_name, then))
    return Between(
        since=since,
        until=reader.on,
        before=stage_known(standing(case, eve), reader),
        after=stage_known(standing(case, reader.moment), reader),
        events=events,
        asked=sum(_name(ask) not in names and not ask.duty for ask in now),
        answered=_newly(lambda line: line.answered and line.outcome not in _NO_ANSWER, then, now),
        ran_out=_newly(lambda line: line.timing.word == "due_passed", then, now),
    )


def _name(ask: Ask) -> str:
    return f"{ask.event.id}#{ask.item}"


def _newly(holds: Callable[[AskedLine], bool], then: Sequence[Ask], now: Sequence[Ask]) -> int:
    """Counts the parties asked, once for each request, for which a condition is true now but was not true then."""
    before, after = (
        {(_name(ask), line.party) for ask in asks for line in ask.lines if line.asked and holds(line)}
        for asks in (then, now)
    )
    return len(after - before)


class RowAnswer(NamedTuple):
    """An answer that the event reports; `of` names the parties if others than the event's actors answered."""

    request: str
    answer: str
    of: tuple[str, ...]
    of_ids: tuple[str, ...]


class RowSource(NamedTuple):
    """A source of the event, and its title."""

    source: Source
    title: str | None


class OpenAsks(NamedTuple):
    """How many requests were open at a moment; `most` counts those too that may have been made or answered by then."""

    fewest: int
    most: int


class Row(NamedTuple):
    """An event in a timeline; `gap` is the time since the row before, `stage` where the case stands after it.

    `stage` is None where an outsider knew of no step by then. `stays` counts the stays in stages that have begun by
    then, this event's own included: 0 before the first step. `moves_to` are the stages that the event itself leads to.
    `notes` are numbers, from 1, of the timeline's notes. `beginning` is the shortest part of its id that tells the kind
    and begins no other id of the case. `open_asks` are those open once the event had happened, by all
    that is recorded up to the reader's day.
    """

    event: Event
    title: str
    language: str | None
    actors: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    addressees: tuple[str, ...]
    stage: Stage | None
    moves_to: tuple[Stage, ...]
    stays: int
    certain: bool
    gap: Days | None
    asks: tuple[RowAsk, ...]
    answers: tuple[RowAnswer, ...]
    sources: tuple[RowSource, ...]
    also_dated: tuple[OtherDate, ...]
    also_stated: tuple[OtherFact, ...]
    notes: tuple[int, ...]
    beginning: str
    open_asks: OpenAsks = OpenAsks(0, 0)

    @property
    def told(self) -> tuple[RowAnswer, ...]:
        """The answers to requests of other events; those to its own stand with the request."""
        return tuple(answer for answer in self.answers if answer.request.partition("#")[0] != self.event.id)


def _row(shown: Shown, event: Event, gap: Days | None, reached: tuple[Stage | None, int], notes: range) -> Row:
    return Row(
        event=event,
        title=shown.text(event.title),
        language=event.title.chosen(shown.reader.language, shown.case.language)[1],
        actors=shown.names(event.actors),
        on_behalf_of=shown.acted_for(event),
        addressees=shown.names(getattr(event, "addressees", ())),
        stage=reached[0],
        moves_to=tuple(map(procedure_of(shown.case).stage, event.moves_to)),
        stays=reached[1],
        certain=shown.reader.moment.certain(event),
        gap=gap,
        asks=(),
        answers=tuple(
            RowAnswer(str(answer.request), str(answer.answer), tuple(map(shown.name, answer.of)), ids_of(answer.of))
            for answer in event.answers
        ),
        sources=tuple(
            RowSource(source, shown.text(source.title) if source.title else None)
            for source in shown.case.sources_of(event)
        ),
        also_dated=other_dates(shown, event),
        also_stated=other_facts(shown, event),
        notes=tuple(notes),
        beginning=_beginning(event, shown.case.ids_in_order),
    )


def _beginning(event: Event, ids: Sequence[str]) -> str:
    """Returns the shortest part of an event's id that has its kind, ends a word, and begins no other of the ids."""
    place, whole = bisect_left(ids, event.id), event.id
    beside = (*ids[max(0, place - 1) : place], *ids[place + 1 : place + 2])
    kind = whole.find(event.kind)
    ends = (found for found in (at for at, sign in enumerate(whole) if sign == "-") if found > kind >= 0)
    return next((whole[:end] for end in ends if not any(other.startswith(whole[:end]) for other in beside)), whole)


class Filter(NamedTuple):
    """Which rows of a timeline are wanted; a filter never changes the heading or the stages.

    `events` are the ids of those to choose from; None for all.
    """

    kinds: frozenset[Kind] = frozenset()
    parties: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    events: frozenset[str] | None = None


class FieldTexts(NamedTuple):
    """What a field of an event says: a text, or several items, each in parts."""

    field: str
    items: tuple[tuple[str, ...], ...]


class Timeline(NamedTuple):
    """The heading, the stages passed through, the rows, and the notes that rows refer to by number from 1.

    `open_asks` are those open on the reader's day. `between` says in short what changed, where rows are wanted from a
    day on. `duties` is true where views show the duties of the policy, `context` where they show each event of the
    background. `texts` are those of each event, where a view shows them: `with_texts` adds them.
    """

    heading: Heading
    spans: tuple[StageSpan, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    hidden_rows: int = 0
    between: Between | None = None
    languages: Languages = Languages()
    duties: bool = False
    context: bool = False

    open_asks: OpenAsks = OpenAsks(0, 0)
    texts: Mapping[str, tuple[FieldTexts, ...]] = MappingProxyType({})


def without_duties(timeline: Timeline) -> Timeline:
    """Returns the timeline as views for people show it: without duties, unless they were asked for."""
    if timeline.duties:
        return timeline
    asks = [tuple(ask for ask in row.asks if not ask.duty) for row in timeline.rows]
    rows = (row._replace(asks=kept) for row, kept in zip(timeline.rows, asks, strict=True))
    return timeline._replace(rows=tuple(rows))


def timeline_of(case: CaseFile, reader: Reader, wanted: Filter | None = None) -> Timeline:
    """Returns the case as its records show it on the reader's day.

    `hidden_rows` counts the rows that the filter leaves out, without events of the future.
    """
    shown = Shown(case, reader)
    stood = standing(shown.case, reader.moment)
    asks = asks_of(case, reader.moment)
    there = shown.events()
    chosen = [event for event in there if _wanted(shown, event, wanted or Filter())]
    rows, notes = _rows(shown, chosen, stood, asks)
    at_once = open_asks_by_event(shown.case, asks)
    rows = tuple(row._replace(open_asks=at_once[row.event.id]) for row in rows)
    heading, spans = heading_of(shown, stood), spans_of(shown, stood)
    only_since = wanted is not None and wanted == Filter(since=wanted.since)
    changed = _between(shown, wanted.since, len(chosen)) if wanted and wanted.since and only_since else None
    return Timeline(
        heading,
        spans,
        rows,
        notes,
        len(there) - len(chosen),
        changed,
        shown.languages,
        open_asks=at_once[there[-1].id] if there else OpenAsks(0, 0),
    )


def open_asks_by_event(case: CaseFile, asks: Iterable[Ask]) -> Mapping[str, OpenAsks]:
    """Returns, by event, how many requests were open once it had happened; duties and calls are never counted."""
    surely, perhaps = [0] * (len(case.events) + 1), [0] * (len(case.events) + 1)
    for ask in asks:
        owed = [line for line in ask.lines if line.asked and line.outcome not in _NEVER_OPEN]
        if not owed or ask.duty:
            continue
        made, end = case.places[ask.event.id], len(case.events)
        sure = last = max(_answered_at(case, line, end) if line.answered else end for line in owed)
        if ask.open is None:
            sure = max(_perhaps_settled_at(case, line, end) for line in owed) if ask.certain else made
        for counts, until in ((surely, min(sure, last)), (perhaps, last)):
            counts[made] += 1
            counts[max(until, made)] -= 1
    sums = zip(case.events, accumulate(surely), accumulate(perhaps), strict=False)
    return {event.id: OpenAsks(fewest, most) for event, fewest, most in sums}


_NEVER_OPEN = frozenset({"call", "withheld"})
"""Outcomes of those who owe no answer, or whose answer a public copy leaves out."""


def _answered_at(case: CaseFile, line: AskedLine, end: int) -> int:
    """Returns the place of the first of the answers after which nothing else but answers came."""
    told = [reading for reading in settling(line.readings) if reading.outcome not in {None, "unknown"}]
    answers = list(takewhile(lambda reading: reading.outcome in ANSWERED, reversed(told)))
    if answers:
        return case.places[answers[-1].event.id]
    return max((_answered_at(case, part, end) for part in line.parts if part.outcome == line.outcome), default=end)


def _perhaps_settled_at(case: CaseFile, line: AskedLine, end: int) -> int:
    """Returns the place of the first event that may have settled a request to a party; `end` if there is none."""
    told = (reading for each in (line, *line.parts) for reading in each.readings if reading.outcome in ANSWERED)
    return min((case.places[reading.event.id] for reading in told), default=end)


def _wanted(shown: Shown, event: Event, wanted: Filter) -> bool:
    if wanted.kinds and event.kind not in wanted.kinds:
        return False
    if wanted.events is not None and event.id not in wanted.events:
        return False
    named = {party for party, route in shown.case.names[event.id].parties if route[0] != "signed_by"}
    belongs = shown.case.registry.may_belong
    if wanted.parties and not any(belongs(party, whole, event.day) for party in named for whole in wanted.parties):
        return False
    last, first = event.day.last or event.day.latest, event.day.earliest
    return not ((wanted.since and last and last < wanted.since) or (wanted.until and first and first > wanted.until))


def _rows(
    shown: Shown, events: Sequence[Event], stood: Standing, asks: Sequence[Ask]
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    rows: list[Row] = []
    notes: list[str] = []
    before: FuzzyDate | None = None
    reached = _stays(shown, stood)
    asks_by_event: dict[str, list[Ask]] = {}
    for ask in asks:
        asks_by_event.setdefault(ask.event.id, []).append(ask)
    for event in events:
        first = len(notes) + 1
        notes += notes_on(shown, event)
        gap = None if before is None or event.day.form == "unknown" else Days.between(before, event.day)
        row = _row(shown, event, gap, reached[event.id], range(first, len(notes) + 1))
        rows.append(row._replace(asks=tuple(row_ask(shown, ask) for ask in asks_by_event.get(event.id, ()))))
        if event.day.form != "unknown":
            before = event.day
    return tuple(rows), tuple(notes)


def _stays(shown: Shown, stood: Standing) -> dict[str, tuple[Stage | None, int]]:
    """Returns, by event, the stage after it and how many stays in stages have begun."""
    entries = {event_id: list(steps) for event_id, steps in groupby(entries_of(stood), lambda step: step.event.id)}
    stage: Stage | None
    stage, count = (None if shown.reader.known_by else procedure_of(shown.case).begin), 0
    reached: dict[str, tuple[Stage | None, int]] = {}
    for event in shown.case.events:
        mine = entries.get(event.id, [])
        stage = mine[-1].end if mine else stage
        count += len(mine)
        reached[event.id] = (stage, count)
    return reached


class PaperRow(NamedTuple):
    """An event and its case."""

    case: str
    row: Row


def papers_of(case: CaseFile, reader: Reader) -> tuple[PaperRow, ...]:
    """Returns the events of a case in its order, on the reader's day."""
    return tuple(PaperRow(case.id, row) for row in timeline_of(case, reader).rows)
