"""Which parties an event names, and where."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Event
from ogpcase.model.fields import fields_of
from ogpcase.model.parties import NamedParty
from ogpcase.model.record import Frozen


def parties_of(event: Event) -> Iterator[tuple[str, str]]:
    """Yields (field, party) wherever the event names a party, in a field or in an item of one."""
    for field in fields_of(event.kind):
        if field.name != "kind":
            for party in _named(getattr(event, field.name)):
                yield field.name, party


def _named(value: object) -> Iterator[str]:
    if isinstance(value, NamedParty):
        yield value.party
    elif isinstance(value, tuple):
        for each in value:
            yield from _named(each)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _named(getattr(value, name))
