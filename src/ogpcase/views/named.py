"""Which parties an event names, and where, without what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Event
from ogpcase.model.fields import fields_of
from ogpcase.model.parties import NamedParty
from ogpcase.model.record import Frozen
from ogpcase.views.shown import Shown


def visible(shown: Shown, event: Event, name: str) -> object:
    """Returns a field's value without its items that are withheld; None where the field is."""
    kept_back = shown.withholding(event)
    value = getattr(event, name)
    if kept_back.covers_field(name):
        return None
    if isinstance(value, tuple):
        return tuple(each for each in value if not kept_back.covers_item(name, getattr(each, "id", "")))
    return value


def parties_of(shown: Shown, event: Event) -> Iterator[tuple[str, str]]:
    """Yields (field, party) wherever the event names a party, in a field or in an item of one."""
    for field in fields_of(event.kind):
        if field.name != "kind":
            for party in _named(visible(shown, event, field.name)):
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
