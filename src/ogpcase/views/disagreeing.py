"""Where the sources of an event disagree: other dates and facts, each beside what is recorded, with both sources."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Event
from ogpcase.values import frozen
from ogpcase.views.shown import Shown
from ogpcase.views.sources_named import givers, source_named, stated


@frozen
class OtherDate:
    """Another date of an event: which source gives it, and which ones give the recorded one.

    `conflicts` is false where both may mean the same day.
    """

    value: str
    source: str
    givers: tuple[str, ...]
    conflicts: bool


@frozen
class OtherFact:
    """Another value of one of an event's facts, with its source and those of the recorded one."""

    field: str
    values: tuple[str, ...]
    source: str
    givers: tuple[str, ...]


def other_dates(shown: Shown, event: Event) -> tuple[OtherDate, ...]:
    """Returns the other dates of the event, in the record's order."""
    given = givers(shown, event, "dated", [each.source for each in event.also_dated])
    return tuple(
        OtherDate(each.value.text, source_named(shown, event, each.source), given, each.value.disjoint(event.dated))
        for each in event.also_dated
    )


def other_facts(shown: Shown, event: Event) -> tuple[OtherFact, ...]:
    """Returns the other facts of the event, in the record's order."""
    return tuple(
        OtherFact(
            each.field,
            tuple(stated(shown, (word,)) for word in each.value),
            source_named(shown, event, each.source),
            givers(shown, event, each.field, (each.source,)),
        )
        for each in event.also_stated
    )


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence on the event's dates, one on each other disagreement of its sources and on each departure."""
    dates = other_dates(shown, event)
    if dates:
        said = [f"{dates[0].givers[0]} gives {event.dated.text}"]
        said += [f"{each.source} gives {each.value}{_doubt(each)}" for each in dates]
        yield "; ".join(said)
    for fact in other_facts(shown, event):
        yield f"{fact.source} states {fact.field.replace('_', ' ')} otherwise: {', '.join(fact.values)}"
    for departure in event.departure:
        yield f"outside the policy's moves: {shown.text(departure.because)}"


def _doubt(other: OtherDate) -> str:
    return "" if other.conflicts else ", which may be the same day"
