"""One record, party or item whole: names and values in the order of the record, without what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.fields import fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.texts import Text
from ogpcase.model.withhold import WITHHELD
from ogpcase.views.rows import AskLine, ask_lines_of
from ogpcase.views.shown import Reader, Shown

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"


@dataclass(frozen=True, slots=True)
class Record:
    """A record to show: what it is called, its values by name, and what came back on what it asks."""

    reference: str
    title: str
    values: dict[str, Value]
    asks: tuple[tuple[str, tuple[AskLine, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Appearance:
    """A place a party is named in: the event, and the field or item that names it."""

    reference: str
    dated: str
    title: str
    role: str


def event_record(case: CaseFile, event: Event, reader: Reader) -> Record:
    """Returns an event whole, with what came back on what it asks."""
    shown = Shown(case, reader)
    asks = [ask for ask in asks_of(case, reader.on) if ask.event is event]
    values = dict(_fields(shown, event))
    visible = () if shown.withholding(event).covers_field("requests") else tuple(_asked(shown, event, asks))
    return Record(f"{case.id}/{shown.id_of(event)}", shown.title(event), values, visible)


def item_record(case: CaseFile, event: Event, reference: Reference, reader: Reader) -> Record | None:
    """Returns one item of an event; None where it has no such item, or the item is withheld."""
    shown = Shown(case, reader)
    found = next(((name, place) for item, name, place in event.items() if item == reference.item), None)
    if found is None or shown.safe_id(str(reference)) == WITHHELD:
        return None
    name, place = found
    value = _value(shown, getattr(event, name)[place])
    asks = [ask for ask in asks_of(case, reader.on) if ask.event is event and ask.item == reference.item]
    values: dict[str, Value] = {"of": f"{case.id}/{event.id}", "field": name}
    return Record(str(reference), shown.title(event), values | (value if isinstance(value, dict) else {}),
                  tuple(_asked(shown, event, asks)))  # fmt: skip


def party_record(case: CaseFile, party: Party, reader: Reader) -> Record:
    """Returns a party whole; the case is any that the party's registry belongs to."""
    shown = Shown(case, reader)
    names = [name for name in type(party).model_fields if name != "id"]
    values = {name: _value(shown, value) for name in names if (value := getattr(party, name))}
    return Record(party.id, shown.text(party.name), values)


def appearances(case: CaseFile, party_id: str, reader: Reader) -> Iterator[Appearance]:
    """Yields where the case names the party, in the case's order; not where that is withheld."""
    shown = Shown(case, reader)
    for event in case.events:
        if not event.dated.possible_by(reader.on) or shown.hides(event):
            continue
        for field in fields_of(event.kind):
            value = getattr(event, field.name, None)
            if not shown.withholding(event).covers_field(field.name) and _names(value, party_id):
                role = field.name.replace("_", " ")
                yield Appearance(f"{case.id}/{shown.id_of(event)}", shown.dated(event), shown.title(event), role)


def _names(value: object, party_id: str) -> bool:
    if isinstance(value, NamedParty):
        return value.party == party_id
    if isinstance(value, tuple):
        return any(_names(each, party_id) for each in value)
    if isinstance(value, Frozen):
        return any(_names(getattr(value, name), party_id) for name in type(value).model_fields)
    return False


def _asked(shown: Shown, event: Event, asks: Iterable[Ask]) -> Iterator[tuple[str, tuple[AskLine, ...]]]:
    where = {item: name for item, name, _ in event.items()}
    for ask in asks:
        if not shown.withholding(event).covers_item(where.get(ask.item, "requests"), ask.item):
            yield ask.item, ask_lines_of(shown, ask)


def _fields(shown: Shown, event: Event) -> Iterator[tuple[str, Value]]:
    kept_back = shown.withholding(event)
    for field in fields_of(event.kind):
        value = getattr(event, field.name)
        if field.name == "kind":
            yield "kind", str(event.kind)
        elif value is None or value == () or value is False or (field.name == "withhold" and kept_back.fields):
            continue
        elif kept_back.covers_field(field.name):
            yield field.name, WITHHELD
        elif isinstance(value, tuple):
            kept = [each for each in value if not kept_back.covers_item(field.name, getattr(each, "id", ""))]
            yield field.name, [_value(shown, each) for each in kept]
        else:
            yield field.name, _value(shown, value)


def _value(shown: Shown, value: object) -> Value:  # noqa: PLR0911 - one return for each sort of value
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return _party(shown, value)
    if isinstance(value, Reference):
        return shown.safe_id(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, tuple):
        return [_value(shown, each) for each in value]
    if isinstance(value, Frozen):
        known = type(value).model_fields.items()
        return {f.alias or name: _value(shown, v) for name, f in known if (v := getattr(value, name)) not in (None, ())}
    return str(value) if isinstance(value, str | Enum) else value if isinstance(value, bool | int) else str(value)


def _party(shown: Shown, party: NamedParty) -> str:
    name = shown.name(party)
    if name == WITHHELD:
        return name
    printed = f" (as “{party.as_named}”)" if party.as_named and party.as_named != name else ""
    return f"{name}{printed}{f', {party.office}' if party.office else ''}"
