"""One event as a row: when, what, who, the stage after it, what it asks and answers, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ogpcase.ledger import Ask, AskedLine
from ogpcase.ledger.requests import Reading
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING
from ogpcase.model.withhold import WITHHELD
from ogpcase.views.heading import Days
from ogpcase.views.shown import Shown


@dataclass(frozen=True, slots=True)
class AskLine:
    """What came back from one party: its name, the outcome, and the event that tells it with its date."""

    party: str
    outcome: str
    told_by: str | None
    told_on: str | None
    certain: bool
    parts: tuple[AskLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAsk:
    """A request the event makes, or a duty of the policy it brings; `item` is its id within the event."""

    item: str
    text: str
    due: str | None
    lines: tuple[AskLine, ...]
    duty: bool


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What the event says came back on a request: of whom, where it is not by who acts in it."""

    request: str
    answer: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowSource:
    """A source of the event."""

    id: str
    title: str | None
    url: str | None
    file: str | None
    gives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
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
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a row from the whole case: the stage and the stays by then, what is asked, the time before."""

    stage: Stage
    stays: int
    asks: tuple[Ask, ...]
    gap: Days | None


def row_of(shown: Shown, event: Event, said: Said, notes: list[str]) -> Row:
    """Returns the event's row; what its sources disagree on is added to `notes`."""
    first = len(notes) + 1
    notes.extend(notes_on(shown, event))
    hidden = shown.withholding(event)
    undated = hidden.covers_field("dated")
    return Row(
        event=shown.id_of(event),
        dated=shown.dated(event),
        earliest=None if undated else event.dated.earliest,
        latest=None if undated else event.dated.latest,
        kind=event.kind,
        title=shown.title(event),
        language=shown.language_of(event.title),
        actors=_acting(shown, event),
        addressees=shown.names(event, "addressees"),
        moves_to=() if hidden.covers_field("moves_to") else event.moves_to,
        stage=said.stage,
        stays=said.stays,
        certain=event.dated.certain_by(shown.reader.on),
        context=event.context,
        gap=said.gap,
        asks=() if hidden.covers_field("requests") else tuple(_asks(shown, event, said.asks)),
        answers=() if hidden.covers_field("answers") else tuple(_answers(shown, event)),
        sources=() if hidden.covers_field("sources") else tuple(_sources(shown, event)),
        departed=bool(event.departure),
        notes=tuple(range(first, len(notes) + 1)),
    )


def _acting(shown: Shown, event: Event) -> tuple[str, ...]:
    return next((names for name in ACTING[event.kind] if (names := shown.names(event, name))), ())


def _asks(shown: Shown, event: Event, asks: tuple[Ask, ...]) -> Iterator[RowAsk]:
    kept_back = shown.withholding(event)
    where = {item: name for item, name, _ in event.items()}
    for ask in asks:
        if not kept_back.covers_item(where.get(ask.item, "requests"), ask.item):
            lines = ask_lines_of(shown, ask)
            yield RowAsk(ask.item, shown.text(ask.text), ask.due.text if ask.due else None, lines, ask.duty)


def ask_lines_of(shown: Shown, ask: Ask) -> tuple[AskLine, ...]:
    """Returns what came back on a request, a line for each party asked."""
    return tuple(_ask_line(shown, line) for line in ask.lines)


def _ask_line(shown: Shown, line: AskedLine) -> AskLine:
    visible = [each for each in line.readings if not shown.withholding(each.event).covers_field("answers")]
    last = visible[-1] if visible else None
    parts = tuple(_ask_line(shown, part) for part in line.parts)
    told: Reading | None = last or next((each for part in line.parts for each in part.readings), None)
    if told is not None and shown.withholding(told.event).covers_field("answers"):
        return AskLine(shown.name(line.party), "unanswered", None, None, certain=True)
    told_by = shown.id_of(told.event) if told else None
    told_on = shown.dated(told.event) if told else None
    return AskLine(shown.name(line.party), line.outcome, told_by, told_on, line.certain, parts)


def _answers(shown: Shown, event: Event) -> Iterator[RowAnswer]:
    for each in event.answers:
        request = shown.safe_id(str(each.request))
        if request != WITHHELD:
            of = tuple(shown.name(party) for party in each.of)
            yield RowAnswer(request, str(each.answer), of)


def _sources(shown: Shown, event: Event) -> Iterator[RowSource]:
    for each in event.sources:
        title = shown.text(each.title) if each.title else None
        yield RowSource(each.id, title, each.url, each.file, each.gives)


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence for each disagreement between the event's sources, and for each departure."""
    kept_back = shown.withholding(event)
    for also in event.also_dated:
        if not kept_back.covers_field("dated") and not kept_back.covers_field("also_dated"):
            apart = "" if also.value.disjoint(event.dated) else ", which may be the same day"
            one, other = _giver(shown, event, "dated"), _source(shown, event, also.source)
            yield f"{one} gives {event.dated.text}; {other} gives {also.value.text}{apart}"
    for stated in event.also_stated:
        if not kept_back.covers_field(stated.field) and not kept_back.covers_field("also_stated"):
            said = ", ".join(_value(shown, each) for each in stated.value)
            yield f"{_source(shown, event, stated.source)} states {stated.field.replace('_', ' ')} otherwise: {said}"
    if not kept_back.covers_field("departure"):
        for each in event.departure:
            yield f"outside the policy's moves: {shown.text(each.because)}"


def _value(shown: Shown, word: str) -> str:
    return shown.name(word) if shown.case.registry.knows(word) else word


def _giver(shown: Shown, event: Event, field: str) -> str:
    giver = next((each.id for each in event.sources if field in each.gives), None)
    return _source(shown, event, giver) if giver else "the record"


def _source(shown: Shown, event: Event, source_id: str) -> str:
    if shown.withholding(event).covers_field("sources"):
        return "another source"
    found = next((each for each in event.sources if each.id == source_id), None)
    if found is None:
        return source_id
    return shown.text(found.title) if found.title else found.publisher or found.url or source_id
