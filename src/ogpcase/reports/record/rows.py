"""One record or item whole, with what it says of publication and sources; and the header of a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Commitment, Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.publication import Pseudonym
from ogpcase.model.questions import fields_of
from ogpcase.model.serialize import short_form
from ogpcase.model.texts import Text
from ogpcase.model.uses import party_uses
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.asks.rows import RowAsk, row_ask
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.plan.rows import PlanFile, Plans, ShownCommitment, commitment_of, plans_in
from ogpcase.reports.shown import Languages, Shown
from ogpcase.reports.sources import SOURCED

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"


class Record(NamedTuple):
    """A record to show: what it is called, its values by name, and what came back on what it asks.

    `commitment` is what a promise comes to, with its milestones and assessments; None for every other record.
    """

    reference: str
    title: str
    values: dict[str, Value]
    asks: tuple[RowAsk, ...] = ()
    commitment: ShownCommitment | None = None
    languages: Languages = Languages()


class Appearance(NamedTuple):
    """A place a party is named in: the event, and the field or item that names it."""

    reference: str
    dated: str
    title: str
    role: str


def event_record(case: CaseFile, event: Event, reader: Reader) -> Record:
    """Returns an event whole, with what came back on what it asks."""
    shown = Shown(case, reader)
    every = asks_of(case, reader.moment)
    values, commitment = dict(_fields(shown, event)), None
    if isinstance(event, Commitment):
        plan = Plans.of(shown).reference_of(event)
        commitment = commitment_of(shown, event, every, plan)
        if plan is not None and isinstance(named := values.get("action_plan"), dict):
            named["reference"] = plan
    mine = [ask for ask in every if ask.event is event]
    record = _record(shown, f"{case.id}/{event.id}", shown.text(event.title), values, mine)
    return record._replace(commitment=commitment)


def item_record(case: CaseFile, event: Event, reference: Reference, reader: Reader) -> Record | None:
    """Returns one item of an event; None where it has no such item."""
    shown = Shown(case, reader)
    asks = [ask for ask in asks_of(case, reader.moment) if ask.event is event and ask.item == reference.item]
    items = ((name, getattr(event, name)[place]) for item, name, place in event.items() if item == reference.item)
    name, item = next(items, ("a duty of the policy", None))  # a duty is an item which stands in no file
    if item is None and not asks:
        return None
    value = {"text": shown.text(asks[0].text)} if item is None else _value(shown, item)
    values: dict[str, Value] = {"of": f"{case.id}/{event.id}", "field": name}
    values |= value if isinstance(value, dict) else {}
    return _record(shown, str(reference), shown.text(event.title), values, asks)


def party_record(shown: Shown, party: Party) -> Record:
    """Returns a party whole; the case shown is any that the party's registry belongs to."""
    names = [name for name in type(party).model_fields if name != "id"]
    values = {name: _value(shown, value) for name in names if (value := getattr(party, name))}
    return _record(shown, party.id, shown.text(party.name), values)


def _record(shown: Shown, reference: str, title: str, values: dict[str, Value], asks: Iterable[Ask] = ()) -> Record:
    return Record(reference, title, values, tuple(row_ask(shown, ask) for ask in asks), None, shown.languages)


def appearances(case: CaseFile, party_id: str, reader: Reader) -> Iterator[Appearance]:
    """Yields where the case names the party, in the case's order."""
    shown = Shown(case, reader)
    for event in shown.events():
        naming = {route[0] for party, route in party_uses(event) if party == party_id} - {"signed_by"}
        for field in fields_of(event.kind):
            if field.name in naming:
                role = field.name.replace("_", " ")
                yield Appearance(f"{case.id}/{event.id}", event.dated.text, shown.text(event.title), role)


def _fields(shown: Shown, event: Event) -> Iterator[tuple[str, Value]]:
    for field in fields_of(event.kind):
        value = getattr(event, field.name)
        if not _says_something(value):
            continue
        if field.name in SOURCED:
            entries = [_value(shown, each) for each in SOURCED[field.name](shown, event)]
            yield from [(field.name, entries)] if entries else []
        else:
            yield field.name, _value(shown, value)


def _value(shown: Shown, value: object) -> Value:  # noqa: PLR0911 - one return for each sort of value
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.printed(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, tuple):
        return [_value(shown, each) for each in value]
    if isinstance(value, dict):
        return {str(name): _value(shown, each) for name, each in value.items() if _says_something(each)}
    if isinstance(value, Pseudonym) and (short := short_form(value)) is not None:
        return short
    if isinstance(value, Frozen):
        said = ((field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
        return {name: _value(shown, each) for name, each in said if _says_something(each)}
    return value if isinstance(value, bool | int) else str(value)


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value != ()


class KindCount(NamedTuple):
    """How many events of a kind have certainly happened by the reader's day, and how many more perhaps."""

    kind: str
    times: int
    perhaps: int


class CaseRecord(NamedTuple):
    """A case's header; `earliest` and `latest` are the dates, as written, of its first and last event in order."""

    heading: Heading
    country: str | None
    language: str | None
    kinds: tuple[KindCount, ...]
    earliest: str | None
    latest: str | None
    plans: tuple[PlanFile, ...]
    languages: Languages = Languages()


def case_record(case: CaseFile, reader: Reader) -> CaseRecord:
    """Returns what a case's header says and what stands under it, on the reader's day."""
    shown = Shown(case, reader)
    there = shown.events()
    dates = [event.dated.text for event in there if event.dated.form != "unknown"]
    certain = [event.kind for event in there if reader.moment.certain(event)]
    counts = [(kind, certain.count(kind), sum(event.kind is kind for event in there)) for kind in Kind]
    return CaseRecord(
        heading=heading_of(shown, standing(shown.case, reader.moment)),
        country=case.header.country if case.header else None,
        language=case.language,
        kinds=tuple(KindCount(str(kind), times, every - times) for kind, times, every in counts if every),
        earliest=dates[0] if dates else None,
        latest=dates[-1] if dates else None,
        plans=plans_in(shown),
        languages=shown.languages,
    )
