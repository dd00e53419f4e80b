"""Which sources state a fact, and what others state otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Assessment, Commitment, Event
from ogpcase.model.parties import NamedParty
from ogpcase.model.texts import Text
from ogpcase.reports.shown import Shown

NO_SOURCE_NAMED = "the record"
"""Stands for the source of a fact that no source is said to give."""
_LONGEST = 100
"""Characters; a longer value is counted instead."""


def source_named(shown: Shown, event: Event, source_id: str) -> str:
    """Returns a source's title, else its publisher, address or id."""
    found = next((each for each in event.sources if each.id == source_id), None)
    if found is not None and found.title:
        return shown.text(found.title)
    return (found and (found.publisher or found.url)) or source_id


def givers(shown: Shown, event: Event, field: str, apart: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the sources said to give a field, else the only one that says nothing of what it gives.

    `the record` where none is known. Those `apart` give something else for it.
    """
    giving = [each.id for each in event.sources if field in each.gives]
    silent = [each.id for each in event.sources if not each.gives and each.id not in apart]
    named = giving or (silent if len(silent) == 1 else [])
    return tuple(dict.fromkeys(source_named(shown, event, each) for each in named)) or (NO_SOURCE_NAMED,)


def stated(shown: Shown, words: tuple[str, ...]) -> str:
    """Returns what a source states otherwise: the names of parties for their ids, other words as they are."""
    known = shown.case.registry.knows
    return ", ".join(shown.name(word) if known(word) else word for word in words)


def recorded(shown: Shown, event: Event, field: str) -> str:
    """Returns what the record says in a field, in few words; how many items it has where that would be long."""
    value = getattr(event, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    if not several:
        return "nothing"
    words = "" if any(_is_item(each) for each in several) else ", ".join(_word(shown, each) for each in several)
    if words and (len(words) <= _LONGEST or len(several) == 1):
        return words
    return "1 item" if len(several) == 1 else f"{len(several)} items"


def _is_item(value: object) -> bool:
    return isinstance(value, Frozen) and not isinstance(value, NamedParty)


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


class OtherFact(NamedTuple):
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
    assessments = event.assessments if isinstance(event, Commitment) else ()
    return tuple(each for each in assessments if _possible(shown, each))


def assessments_of(shown: Shown, event: Event) -> Iterator[ShownAssessment]:
    """Yields the assessments of a commitment by date, those without one last."""
    for each in sorted(seen_assessments(shown, event), key=lambda one: one.dated.sort_key):
        title = source_named(shown, event, each.source) if each.source else None
        yield ShownAssessment(
            shown.name(each.by), each.by.office, each.dated.text, str(each.completion), each.source, title,
            _certain(shown, each),
        )  # fmt: skip


def _possible(shown: Shown, each: Assessment) -> bool:
    known_by = shown.reader.known_by
    return each.dated.possible_by(shown.reader.on) and (known_by is None or each.dated.possible_by(known_by))


def _certain(shown: Shown, each: Assessment) -> bool:
    """An assessment says when it was made, not when it became known: by a day of knowing it is never certain."""
    return shown.reader.known_by is None and each.dated.certain_by(shown.reader.on)


Entry = dict[str, object]


def with_sources(shown: Shown, event: Event, name: str) -> Iterator[Entry]:
    """Yields the entries of one of the `SOURCED` fields, each with the title of its source.

    What another source says stands with what the record says, and with the sources that give that.
    """
    for each in SOURCED[name](shown, event):
        yield {key: value for key, value in each.items() if value is not None}


def _also_dated(shown: Shown, event: Event) -> Iterator[Entry]:
    beside = _recorded(shown, event, "dated", [each.source for each in event.also_dated])
    for each in event.also_dated:
        yield {"value": each.value.text, **_source(shown, event, each.source), **beside}


def _also_stated(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in event.also_stated:
        said = tuple(stated(shown, (word,)) for word in each.value)
        source = _source(shown, event, each.source)
        beside = _recorded(shown, event, each.field, (each.source,))
        yield {"field": each.field, "value": said, **source, **beside}


def _assessments(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in seen_assessments(shown, event):
        found: Entry = {"by": shown.printed(each.by), "dated": each.dated.text, "completion": str(each.completion)}
        yield found | (_source(shown, event, each.source) if each.source else {})


SOURCED: Mapping[str, Callable[[Shown, Event], Iterator[Entry]]] = {
    "also_dated": _also_dated,
    "also_stated": _also_stated,
    "assessments": _assessments,
}
"""The fields whose entries name a source."""


def _source(shown: Shown, event: Event, source: str) -> Entry:
    return {"source": source, "source_title": source_named(shown, event, source)}


def _recorded(shown: Shown, event: Event, name: str, otherwise: Collection[str]) -> Entry:
    """What the record itself says of a field, and which sources give it; nothing where it has no such field."""
    if not hasattr(event, name):
        return {}
    return {"recorded": recorded(shown, event, name), "recorded_by": givers(shown, event, name, otherwise)}
