"""What a record withholds: which of its fields and items no command prints.

What cannot be read with certainty is taken as everything: a slip of the pen must not print a name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from ogpcase.diagnostics import Route, nearest
from ogpcase.model.events import Event
from ogpcase.model.fields import fields_of
from ogpcase.values import frozen

WITHHELD = "[withheld]"
"""What stands in the place of what is withheld."""


@frozen
class Withholding:
    """Which parts of a record are withheld; `sound` is false when the record's own words on it cannot be read."""

    everything: bool = False
    fields: frozenset[str] = frozenset()
    items: frozenset[tuple[str, str]] = frozenset()
    sound: bool = True

    def covers_field(self, name: str) -> bool:
        """True when the whole field is withheld."""
        return self.everything or name in self.fields

    def covers_item(self, name: str, item_id: str) -> bool:
        """True when the item, or the field it stands in, is withheld."""
        return self.covers_field(name) or (name, item_id) in self.items

    def covers(self, route: Route, values: Any) -> bool:  # noqa: ANN401 - a record's values as they were parsed
        """True when the node at `route` of a record with these values is withheld."""
        if self.everything or not route:
            return self.everything
        name = str(route[0])
        if name in self.fields:
            return True
        if len(route) < 2 or not any(field == name for field, _ in self.items):  # noqa: PLR2004 - a field and a position
            return any(field == name for field, _ in self.items)
        try:
            return (name, str(values[name][route[1]]["id"])) in self.items
        except (KeyError, IndexError, TypeError):
            return True


NOTHING = Withholding()
EVERYTHING = Withholding(everything=True)
UNREADABLE = Withholding(everything=True, sound=False)


def withholding(entries: object, known: Collection[str]) -> Withholding:
    """Reads the entries of `withhold`: `all`, or names among the `known` fields and `field#item`s."""
    if entries is None:
        return UNREADABLE
    if entries in ([], ()):
        return NOTHING
    listed = [entries] if isinstance(entries, str) else entries
    if not isinstance(listed, list | tuple) or not all(isinstance(each, str) for each in listed):
        return UNREADABLE
    if "all" in listed or "kind" in listed:  # what a record is shows in all that is printed of it
        return EVERYTHING
    if any(each not in known for each in listed):
        return UNREADABLE
    items = frozenset((field, item) for field, mark, item in (each.partition("#") for each in listed) if mark)
    return Withholding(fields=frozenset(each for each in listed if "#" not in each), items=items)


def of_event(event: Event) -> Withholding:
    """Returns what an event withholds."""
    if not event.withhold:
        return NOTHING
    known = {field.name for field in fields_of(event.kind)} | {f"{name}#{item}" for item, name, _ in event.items()}
    return withholding(event.withhold, known)


def meant_to_withhold(name: object) -> bool:
    """True for a field's name that is no field and was most likely meant to be `withhold`."""
    return isinstance(name, str) and _is_near(name)


@lru_cache(maxsize=1 << 14)
def _is_near(name: str) -> bool:
    """Asked again and again of each field's name."""
    return name != "withhold" and nearest(name, ("withhold",)) is not None


def of_values(values: object, fields: Collection[str]) -> Withholding:
    """Returns what a record withholds, from its values as they were parsed; `fields` are those its kind has."""
    if not isinstance(values, Mapping):
        return NOTHING
    known = set(fields)
    if any(name not in known and meant_to_withhold(name) for name in values):
        return UNREADABLE
    for name, items in values.items():
        if isinstance(items, list):
            known |= {f"{name}#{item['id']}" for item in items if isinstance(item, Mapping) and "id" in item}
    return withholding(values.get("withhold", ()), known)
