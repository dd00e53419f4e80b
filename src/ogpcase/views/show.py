"""One record or item whole: names and values in the order of the record, without what is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from ogpcase.ledger import Ask
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Commitment, Event
from ogpcase.model.fields import fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.parts import SignedBy
from ogpcase.model.record import Frozen
from ogpcase.model.texts import Text
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen, replace
from ogpcase.views.asks import RowAsk, row_ask, visible_asks
from ogpcase.views.commitment import ShownCommitment, commitment_of
from ogpcase.views.named import parties_of, visible
from ogpcase.views.plan import Plans
from ogpcase.views.roles import is_seen, printed
from ogpcase.views.shown import Reader, Shown
from ogpcase.views.sourced import SOURCED, with_sources

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"


@frozen
class Record:
    """A record to show: what it is called, its values by name, and what came back on what it asks.

    `commitment` is what a promise comes to, with its milestones and assessments; None for every other record.
    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    reference: str
    title: str
    values: dict[str, Value]
    asks: tuple[RowAsk, ...] = ()
    commitment: ShownCommitment | None = None
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


@frozen
class Appearance:
    """A place a party is named in: the event, and the field or item that names it."""

    reference: str
    dated: str
    title: str
    role: str


def event_record(case: CaseFile, event: Event, reader: Reader) -> Record:
    """Returns an event whole, with what came back on what it asks."""
    shown = Shown(case, reader)
    event = shown.case.event_by_id[event.id]
    every = visible_asks(shown)
    values, commitment = dict(_fields(shown, event)), None
    if isinstance(event, Commitment):
        plan = Plans.of(shown).reference_of(event)
        commitment = commitment_of(shown, event, every, plan)
        if plan is not None and isinstance(named := values.get("action_plan"), dict):
            named["reference"] = plan
    mine = [ask for ask in every if ask.event is event]
    record = _record(shown, f"{case.id}/{shown.id_of(event)}", shown.title(event), values, mine)
    return replace(record, commitment=commitment)


def item_record(case: CaseFile, event: Event, reference: Reference, reader: Reader) -> Record | None:
    """Returns one item of an event; None where it has no such item, or the item is withheld."""
    shown = Shown(case, reader)
    event = shown.case.event_by_id[event.id]
    asks = [ask for ask in visible_asks(shown) if ask.event is event and ask.item == reference.item]
    found = next(((name, place) for item, name, place in event.items() if item == reference.item), None)
    if shown.safe_id(str(reference)) == WITHHELD:
        return None
    if found is None:
        return _duty_record(shown, event, reference, asks)
    name, place = found
    value = _value(shown, getattr(event, name)[place])
    values: dict[str, Value] = {"of": f"{case.id}/{shown.id_of(event)}", "field": name}
    values |= value if isinstance(value, dict) else {}
    return _record(shown, str(reference), shown.title(event), values, asks)


def _duty_record(shown: Shown, event: Event, reference: Reference, asks: Sequence[Ask]) -> Record | None:
    """A duty of the policy that the event brings: an item like any other, which stands in no file."""
    if not asks:
        return None
    values: dict[str, Value] = {"of": f"{shown.case.id}/{shown.id_of(event)}", "field": "a duty of the policy"}
    values["text"] = shown.text(asks[0].text)
    return _record(shown, str(reference), shown.title(event), values, asks)


def party_record(case: CaseFile, party: Party, reader: Reader) -> Record:
    """Returns a party whole; the case is any that the party's registry belongs to."""
    shown = Shown(case, reader)
    names = [name for name in type(party).model_fields if name != "id"]
    party = party.model_copy(update={"part_of": tuple(each for each in party.part_of if is_seen(shown, each))})
    values = {name: _value(shown, value) for name in names if (value := getattr(party, name))}
    return _record(shown, shown.safe_id(party.id), shown.text(party.name), values)


def _record(shown: Shown, reference: str, title: str, values: dict[str, Value], asks: Iterable[Ask] = ()) -> Record:
    came_back = tuple(row_ask(shown, ask) for ask in asks)
    return Record(reference, title, values, came_back, None, shown.reader.language, shown.elsewhere())


def appearances(case: CaseFile, party_id: str, reader: Reader) -> Iterator[Appearance]:
    """Yields where the case names the party, in the case's order; not where that is withheld."""
    shown = Shown(case, reader)
    for event in shown.case.events:
        if not reader.moment.possible(event) or shown.hides(event):
            continue
        roles = dict.fromkeys(field.replace("_", " ") for field, party in parties_of(shown, event) if party == party_id)
        for role in roles:
            yield Appearance(f"{case.id}/{shown.id_of(event)}", shown.dated(event), shown.title(event), role)


def _fields(shown: Shown, event: Event) -> Iterator[tuple[str, Value]]:
    kept_back = shown.withholding(event)
    for field in fields_of(event.kind):
        value = getattr(event, field.name)
        if kept_back.covers_field(field.name):  # whether there is anything in it or not
            yield field.name, WITHHELD
        elif value is None or value == () or value is False or (field.name == "withhold" and not shown.reader.withheld):
            continue
        elif field.name in SOURCED:
            entries = [_value(shown, each) for each in with_sources(shown, event, field.name)]
            yield from [(field.name, entries)] if entries else []
        elif field.name != "kind":
            yield field.name, _value(shown, visible(shown, event, field.name))
        else:
            yield "kind", str(event.kind)


def _value(shown: Shown, value: object) -> Value:  # noqa: PLR0911 - one return for each sort of value
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return printed(shown, value)
    if isinstance(value, Reference):
        return shown.safe_id(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, tuple):
        return [_value(shown, each) for each in value]
    if isinstance(value, dict):
        return {str(name): _value(shown, each) for name, each in value.items() if each not in (None, ())}
    if isinstance(value, SignedBy) and value.for_ is not None and not is_seen(shown, value.for_):
        return WITHHELD  # who signs for somebody gives them away
    if isinstance(value, Frozen):
        known = type(value).model_fields.items()
        return {f.alias or name: _value(shown, v) for name, f in known if (v := getattr(value, name)) not in (None, ())}
    if isinstance(value, Enum) or not isinstance(value, str):
        return value if isinstance(value, bool | int) and not isinstance(value, Enum) else str(value)
    return shown.plain(value)
