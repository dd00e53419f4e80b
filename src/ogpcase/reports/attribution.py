"""Which sources state a fact, and what others state otherwise."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.parties import NamedParty
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Text
from ogpcase.output.lines import apart, before, date_in_short
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.reports.shown import Shown, fact_words

NO_SOURCE_NAMED = marked("the record")
"""The name used for the source of a fact that no source gives."""
_LONGEST = 100
"""Characters; of several values that are longer, only the first is told."""


def source_named(shown: Shown, event: Event, source_id: str) -> str:
    """Returns a source's title, else its publisher, address or id."""
    source = shown.case.source(event, source_id)
    if source is not None and source.title:
        return shown.text(source.title)
    return (source and (source.publisher or source.url)) or source_id


def givers(shown: Shown, event: Event, field: str, apart: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the sources that name a field in `gives`, else the only source without `gives`.

    `the record` where none is known. Sources in `apart` give another value.
    """
    giving = [source.id for source in event.sources if field in source.gives]
    silent = [source.id for source in event.sources if not source.gives and source.id not in apart]
    named = giving or (silent if len(silent) == 1 else [])
    return tuple(dict.fromkeys(source_named(shown, event, source) for source in named)) or (_(NO_SOURCE_NAMED),)


def stated(shown: Shown, word: str) -> str:
    """Returns a word that a source states: for the id of a party its name."""
    return shown.name(word) if shown.case.registry.knows(word) else word


def recorded(shown: Shown, event: Event, field: str) -> str:
    """Returns what the record says in a field: its values, or the first and how many more if they are long."""
    value = getattr(event, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    if not several:
        return _("nothing")
    first, *others = words = [_word(shown, each) for each in several]
    joined = ", ".join(words)
    if len(joined) <= _LONGEST or not others:
        return joined
    return ngettext("{first} and {number} more", "{first} and {number} more", len(others), first=first)


_SAYING = ("text", "name", "because")
"""The field of an item that says what it is; an item without one is told by all that it has."""


def _word(shown: Shown, value: object) -> str:
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.name(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if not isinstance(value, Frozen):
        return _(value.label) if isinstance(value, CodeList | TableCode) else str(value)
    said = [own for name in type(value).model_fields if (own := getattr(value, name)) not in (None, ())]
    saying = [own for name in _SAYING if (own := getattr(value, name, None)) is not None]
    return ", ".join(_word(shown, own) for own in saying[:1] or said)


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


def contradicted(event: Event, day: FuzzyDate) -> bool:
    """True if the recorded date excludes this day, or another one that the recorded date leaves open does."""
    written = event.dated
    others = (other.value for other in event.also_dated if not other.value.disjoint(written))
    return day.disjoint(written) or any(day.disjoint(other) for other in others)


def other_dates(shown: Shown, event: Event) -> tuple[OtherDate, ...]:
    """Returns the other dates of the event, in the record's order."""
    given = givers(shown, event, "dated", [other.source for other in event.also_dated])
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
            other.field,
            tuple(stated(shown, word) for word in other.value),
            source_named(shown, event, other.source),
            givers(shown, event, other.field, (other.source,)),
            other.source,
        )
        for other in event.also_stated
    )


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence on the event's dates, one on each other disagreement of its sources and on each departure."""
    if dates := other_dates(shown, event):
        notes = [_("{source} gives {day}", source=dates[0].givers[0], day=date_in_short(event.dated.text))]
        for other, also in zip(dates, event.also_dated, strict=True):
            gives = marked("{source} gives {day}, which may be the same day")
            gives = marked("{source} gives {day}") if contradicted(event, also.value) else gives
            notes.append(_(gives, source=other.source, day=date_in_short(other.value)))
        yield apart(notes)
    for fact in other_facts(shown, event):
        states = _("{source} states {field} otherwise", source=fact.source, field=fact_words(fact.field))
        yield before(states) + ", ".join(fact.values)
    for departure in event.departure:
        outside = _("outside the policy's moves, or not verified")
        yield before(outside if event.departs else _("not as the policy has it")) + shown.text(departure.because)
