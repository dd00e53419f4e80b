"""Which sources state a fact, and what others state otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Assessment, Commitment, Event
from ogpcase.model.parties import NamedParty
from ogpcase.model.texts import Text
from ogpcase.output.lines import counted
from ogpcase.reports.shown import Shown

NO_SOURCE_NAMED = "the record"
"""Stands for the source of a fact that no source is said to give."""
_LONGEST = 100
"""Characters; a longer value is counted instead."""


def source_named(shown: Shown, event: Event, source_id: str) -> str:
    """Returns a source's title, else its publisher, address or id."""
    source = next((source for source in event.sources if source.id == source_id), None)
    if source is not None and source.title:
        return shown.text(source.title)
    return (source and (source.publisher or source.url)) or source_id


def givers(shown: Shown, event: Event, field: str, apart: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the sources said to give a field, else the only one that says nothing of what it gives.

    `the record` where none is known. Those `apart` give something else for it.
    """
    giving = [source.id for source in event.sources if field in source.gives]
    silent = [source.id for source in event.sources if not source.gives and source.id not in apart]
    named = giving or (silent if len(silent) == 1 else [])
    return tuple(dict.fromkeys(source_named(shown, event, source) for source in named)) or (NO_SOURCE_NAMED,)


def stated(shown: Shown, word: str) -> str:
    """Returns what a source states otherwise: the name of a party for its id, another word as it is."""
    return shown.name(word) if shown.case.registry.knows(word) else word


def recorded(shown: Shown, event: Event, field: str) -> str:
    """Returns what the record says in a field, in few words; how many items it has where that would be long."""
    value = getattr(event, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    if not several:
        return "nothing"
    if not any(isinstance(each, Frozen) and not isinstance(each, NamedParty) for each in several):
        words = ", ".join(_word(shown, each) for each in several)
        if words and (len(words) <= _LONGEST or len(several) == 1):
            return words
    return counted(len(several), "item")


def _word(shown: Shown, value: object) -> str:
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.name(value)
    return value.text if isinstance(value, FuzzyDate) else str(value)


class OtherDate(NamedTuple):
    """Another date of an event: which source gives it, and which ones give the recorded one.

    `conflicts` is false where both may mean the same day.
    """

    value: str
    source: str
    givers: tuple[str, ...]
    conflicts: bool
    source_id: str


class OtherFact(NamedTuple):
    """Another value of one of an event's facts, with its source and those of the recorded one."""

    field: str
    values: tuple[str, ...]
    source: str
    givers: tuple[str, ...]
    source_id: str


def other_dates(shown: Shown, event: Event) -> tuple[OtherDate, ...]:
    """Returns the other dates of the event, in the record's order."""
    given = givers(shown, event, "dated", [each.source for each in event.also_dated])
    return tuple(
        OtherDate(
            each.value.text,
            source_named(shown, event, each.source),
            given,
            each.value.disjoint(event.dated),
            each.source,
        )
        for each in event.also_dated
    )


def other_facts(shown: Shown, event: Event) -> tuple[OtherFact, ...]:
    """Returns the other facts of the event, in the record's order."""
    return tuple(
        OtherFact(
            each.field,
            tuple(stated(shown, word) for word in each.value),
            source_named(shown, event, each.source),
            givers(shown, event, each.field, (each.source,)),
            each.source,
        )
        for each in event.also_stated
    )


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence on the event's dates, one on each other disagreement of its sources and on each departure."""
    if dates := other_dates(shown, event):
        notes = [f"{dates[0].givers[0]} gives {event.dated.text}"]
        for other in dates:
            doubt = "" if other.conflicts else ", which may be the same day"
            notes.append(f"{other.source} gives {other.value}{doubt}")
        yield "; ".join(notes)
    for fact in other_facts(shown, event):
        yield f"{fact.source} states {fact.field.replace('_', ' ')} otherwise: {', '.join(fact.values)}"
    for departure in event.departure:
        yield f"outside the policy's moves: {shown.text(departure.because)}"


class ShownAssessment(NamedTuple):
    """An assessment: by whom, of which date, what it found, and where it was read.

    `certain` is false where its date leaves open whether it was there on the reader's day.
    """

    by: str
    office: str | None
    dated: str
    completion: str
    source: str | None
    source_title: str | None
    certain: bool


def seen_assessments(shown: Shown, event: Event) -> tuple[Assessment, ...]:
    """Returns the assessments of a commitment that there may have been on the reader's day."""
    days = [day for day in (shown.reader.on, shown.reader.known_by) if day is not None]
    assessments = event.assessments if isinstance(event, Commitment) else ()
    return tuple(each for each in assessments if all(map(each.dated.possible_by, days)))


def assessments_of(shown: Shown, event: Event) -> Iterator[ShownAssessment]:
    """Yields the assessments of a commitment by date, those without one last.

    An assessment says when it was made, not when it became known: by a day of knowing it is never certain.
    """
    reader = shown.reader
    for each in sorted(seen_assessments(shown, event), key=lambda assessment: assessment.dated.sort_key):
        title = source_named(shown, event, each.source) if each.source else None
        certain = reader.known_by is None and each.dated.certain_by(reader.on)
        name, completion = shown.name(each.by), str(each.completion)
        yield ShownAssessment(name, each.by.office, each.dated.text, completion, each.source, title, certain)


Entry = dict[str, object]


def _also_dated(shown: Shown, event: Event) -> Iterator[Entry]:
    for other in other_dates(shown, event):
        source = {"source": other.source_id, "source_title": other.source}
        yield {"value": other.value, **source, "recorded": event.dated.text, "recorded_by": other.givers}


def _also_stated(shown: Shown, event: Event) -> Iterator[Entry]:
    for fact in other_facts(shown, event):
        entry: Entry = {"field": fact.field, "value": fact.values}
        entry |= {"source": fact.source_id, "source_title": fact.source}
        if hasattr(event, fact.field):
            entry |= {"recorded": recorded(shown, event, fact.field), "recorded_by": fact.givers}
        yield entry


def _assessments(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in seen_assessments(shown, event):
        entry: Entry = {"by": shown.printed(each.by), "dated": each.dated.text, "completion": str(each.completion)}
        if each.source:
            entry |= {"source": each.source, "source_title": source_named(shown, event, each.source)}
        yield entry


SOURCED: Mapping[str, Callable[[Shown, Event], Iterator[Entry]]] = {
    "also_dated": _also_dated,
    "also_stated": _also_stated,
    "assessments": _assessments,
}
"""The fields whose entries name a source: each entry with the title of its source.

What another source says stands with what the record says, and with the sources that give that.
"""
