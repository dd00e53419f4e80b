"""One event as a row: when, what, who, the stage after it, what it asks and answers, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ogpcase.ledger import Ask
from ogpcase.model.codelists import Kind, Stage
from ogpcase.model.days import Days
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING
from ogpcase.model.withhold import WITHHELD
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
        actor_ids=_actor_ids(shown, event),
        addressees=shown.names(event, "addressees"),
        moves_to=() if hidden.covers_field("moves_to") else event.moves_to,
        stage=said.stage,
        stays=said.stays,
        certain=shown.reader.moment.certain(event),
        context=event.context and not hidden.covers_field("context"),
        gap=said.gap,
        asks=tuple(row_ask(shown, ask) for ask in said.asks),
        answers=() if hidden.covers_field("answers") else tuple(_answers(shown, event)),
        sources=() if hidden.covers_field("sources") else tuple(_sources(shown, event)),
        departed=bool(event.departure) and not hidden.covers_field("departure"),
        also_dated=other_dates(shown, event),
        also_stated=other_facts(shown, event),
        notes=tuple(range(first, len(notes) + 1)),
    )


def _acting(shown: Shown, event: Event) -> tuple[str, ...]:
    return next((names for name in ACTING[event.kind] if (names := shown.names(event, name))), ())


def _actor_ids(shown: Shown, event: Event) -> tuple[str, ...]:
    seen = (name for name in ACTING[event.kind] if not shown.withholding(event).covers_field(name))
    parties = next((found for name in seen if (found := getattr(event, name))), ())
    return tuple(dict.fromkeys(found for each in parties if (found := shown.party_id(each))))


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
