"""One event as a row: when, what, who, the stage after it, what it asks and answers, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ogpcase.ledger import Ask
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.days import Days
from ogpcase.model.events import Event
from ogpcase.model.parties import is_unknown
from ogpcase.values import frozen
from ogpcase.views.asks import RowAsk, row_ask
from ogpcase.views.disagreeing import OtherDate, OtherFact, notes_on, other_dates, other_facts
from ogpcase.views.shown import Shown


@frozen
class RowAnswer:
    """What the event says came back on a request: of whom, where it is not by who acts in it."""

    request: str
    answer: str
    of: tuple[str, ...]


@frozen
class RowSource:
    """A source of the event."""

    id: str
    title: str | None
    url: str | None
    file: str | None
    gives: tuple[str, ...]


@frozen
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


@frozen
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
