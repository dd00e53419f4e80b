"""Which record of one version is which of another: the same name, or another name for the same content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.model.texts import Text

_ALIKE = 0.6
"""The share of fields that must be the same for a record under another name to count as renamed."""
_MOST = 20_000
"""Pairs of records that are held against each other; beyond that only those of the very same content are found."""

Plain = Callable[[Reference], str]


class Pair(NamedTuple):
    """A record on both sides, or on one; its ids differ where it was renamed."""

    before: Event | None
    after: Event | None

    @property
    def renamed(self) -> bool:
        """True when it stands on both sides under different names."""
        return self.before is not None and self.after is not None and self.before.id != self.after.id


def pairs_of(before: CaseFile | None, after: CaseFile | None) -> tuple[Pair, ...]:
    """Returns every event of either version, in the order of the later; those that are gone come last.

    A record that either version cannot read is in no pair.
    """
    old = {} if before is None else dict(before.event_by_id)
    new = {} if after is None else dict(after.event_by_id)
    lost = (before.unreadable if before else frozenset()) | (after.unreadable if after else frozenset())
    gone = [event for event in old.values() if event.id not in new and event.id not in lost]
    come = [event for event in new.values() if event.id not in old and event.id not in lost]
    was = {new_event.id: old_event for old_event, new_event in _renamed(gone, come)}
    taken = {event.id for event in was.values()}
    there = [Pair(was.get(name) or old.get(name), event) for name, event in new.items() if name not in lost]
    return (*there, *(Pair(event, None) for event in gone if event.id not in taken))


def _renamed(gone: list[Event], come: list[Event]) -> Iterator[tuple[Event, Event]]:
    if not gone or not come:
        return
    old = [(each, plain_fields(each, str)) for each in gone]
    new = [(each, plain_fields(each, str)) for each in come]
    ranked = sorted(
        (
            (-likeness, one.id, other.id, one, other)
            for one, fields in old
            for other, others in new
            if (likeness := _likeness(one, fields, other, others, quick=len(old) * len(new) > _MOST)) >= _ALIKE
        ),
        key=lambda each: each[:3],
    )
    taken: set[str] = set()
    for _, old_id, new_id, one, other in ranked:
        if not {f"-{old_id}", f"+{new_id}"} & taken:
            taken |= {f"-{old_id}", f"+{new_id}"}
            yield one, other


def _likeness(one: Event, fields: dict[str, object], other: Event, others: dict[str, object], *, quick: bool) -> float:
    """Returns the share of fields with the same value; records of different kinds are never alike."""
    if one.kind is not other.kind:
        return 0.0
    if quick or fields == others:
        return float(fields == others)
    names = fields.keys() | others.keys()
    return sum(fields.get(name) == others.get(name) for name in names) / len(names)


def plain_fields(record: Frozen, name: Plain) -> dict[str, object]:
    """Returns the fields that have a value, as plain values that compare; `name` says what a reference points to."""
    return {
        each: comparable(value, name)
        for each in type(record).model_fields
        if each != "id" and (value := getattr(record, each)) not in (None, (), False)
    }


def comparable(value: object, name: Plain) -> object:  # noqa: PLR0911 - one return for each sort of value
    """Returns a value of a record as plain values that compare."""
    if isinstance(value, Text):
        return {str(tag): text for tag, text in value.by_language.items()}
    if isinstance(value, Reference):
        return name(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, NamedParty):
        return (value.party, value.as_named, value.office)
    if isinstance(value, tuple):
        return [comparable(each, name) for each in value]
    if isinstance(value, Frozen):
        return plain_fields(value, name) | {"id": getattr(value, "id", None)}
    return str(value) if isinstance(value, Enum) else value
