"""One event as a row: when, what, who, the stage after it, what it asks and answers, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ogpcase.ledger import Ask
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING
from ogpcase.model.withhold import WITHHELD
from ogpcase.views.asks import RowAsk, row_ask
from ogpcase.views.heading import Days
from ogpcase.views.shown import Shown


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
        language=shown.language_of(event),
        actors=_acting(shown, event),
        addressees=shown.names(event, "addressees"),
        moves_to=() if hidden.covers_field("moves_to") else event.moves_to,
        stage=said.stage,
        stays=said.stays,
        certain=event.dated.certain_by(shown.reader.on),
        context=event.context and not hidden.covers_field("context"),
        gap=said.gap,
        asks=tuple(row_ask(shown, ask) for ask in said.asks),
        answers=() if hidden.covers_field("answers") else tuple(_answers(shown, event)),
        sources=() if hidden.covers_field("sources") else tuple(_sources(shown, event)),
        departed=bool(event.departure) and not hidden.covers_field("departure"),
        notes=tuple(range(first, len(notes) + 1)),
    )


def _acting(shown: Shown, event: Event) -> tuple[str, ...]:
    return next((names for name in ACTING[event.kind] if (names := shown.names(event, name))), ())


def _answers(shown: Shown, event: Event) -> Iterator[RowAnswer]:
    for each in event.answers:
        request = shown.safe_id(str(each.request))
        if request != WITHHELD:
            of = tuple(shown.name(party) for party in each.of)
            yield RowAnswer(request, str(each.answer), of)


def _sources(shown: Shown, event: Event) -> Iterator[RowSource]:
    for each in event.sources:
        title = shown.text(each.title) if each.title else None
        url, file = (shown.plain(one) if one else None for one in (each.url, each.file))
        yield RowSource(shown.safe_id(each.id), title, url, file, each.gives)


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence on the event's dates, one on each other disagreement of its sources and on each departure."""
    kept_back = shown.withholding(event)
    if event.also_dated and not kept_back.covers_field("dated") and not kept_back.covers_field("also_dated"):
        dates = [f"{_giver(shown, event, 'dated')} gives {event.dated.text}"]
        for also in event.also_dated:
            apart = "" if also.value.disjoint(event.dated) else ", which may be the same day"
            dates.append(f"{_source(shown, event, also.source)} gives {also.value.text}{apart}")
        yield "; ".join(dates)
    for stated in event.also_stated:
        if not kept_back.covers_field(stated.field) and not kept_back.covers_field("also_stated"):
            said = ", ".join(_value(shown, each) for each in stated.value)
            yield f"{_source(shown, event, stated.source)} states {stated.field.replace('_', ' ')} otherwise: {said}"
    if not kept_back.covers_field("departure"):
        for each in event.departure:
            yield f"outside the policy's moves: {shown.text(each.because)}"


def _value(shown: Shown, word: str) -> str:
    return shown.name(word) if shown.case.registry.knows(word) else shown.plain(word)


def _giver(shown: Shown, event: Event, field: str) -> str:
    giver = next((each.id for each in event.sources if field in each.gives), None)
    return _source(shown, event, giver) if giver else "the record"


def _source(shown: Shown, event: Event, source_id: str) -> str:
    if shown.withholding(event).covers_field("sources"):
        return "another source"
    found = next((each for each in event.sources if each.id == source_id), None)
    if found is not None and found.title:
        return shown.text(found.title)
    return shown.plain((found and (found.publisher or found.url)) or source_id)
