"""Composes the text of a new record from typed values, from a whole record, or from both, and new parties beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.editing.given_text import is_template, template_text, text_with, values_stored, without_template
from ogpcase.editing.naming import Resolver, SourceFinder, names_in_values, resolver_for, with_ids, with_sources
from ogpcase.editing.picks import Picks
from ogpcase.editing.typed_values import (
    Typing,
    fields_as_stored,
    ids_in,
    kind_named,
    mapping_from,
    refuse_foreign,
    values_from,
    with_item_ids,
)
from ogpcase.errors import BadInput, Misused
from ogpcase.model.base import Frozen
from ogpcase.model.bind import Bound, bind_event, bind_header, bind_party, bind_source
from ogpcase.model.casefile import CaseFile, Registry, file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party, folded
from ogpcase.model.questions import KIND, fields_of, names_of, questions_of
from ogpcase.model.serialize import values_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import first_text
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import judged_by
from ogpcase.store.checksums import Copy
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse

NewParty = tuple[str, Party]
"""The text of a new party's file, and the record in it."""


class TakenName(NamedTuple):
    """A name of a new party that another party has already, and that party's id."""

    name: str
    party_id: str

    def refusal(self, *hints: str) -> BadInput:
        """Returns what to raise if the new party must not have the name too."""
        message = f"`{self.party_id}` has the name `{self.name}` already; nothing was written"
        return BadInput(message, f"if it is the same, use it: {self.party_id}", *hints)


def taken_name(
    registry: Registry, values: Mapping[str, Any], not_read: Mapping[FileId, str] = MappingProxyType({})
) -> TakenName | None:
    """Returns the first name of a new party that another one has, whatever its case and accents; None if none has.

    `not_read` are the texts of parties that cannot be read: one has each name that is in its text.
    """
    for name in names_in_values(values):
        broken = (PurePosixPath(file).stem for file, text in not_read.items() if folded(name) in folded(text))
        ids = registry.named(name) or tuple(broken)
        if ids:
            return TakenName(name, ids[0])
    return None


def new_parties(typed: Iterable[str], registry: Registry, today: date) -> dict[str, NewParty]:
    """Returns the text and record of each new party, by its file.

    Raises Misused for a mapping that is not a party, and BadInput for a party or a name that already exists.
    """
    parties: dict[str, NewParty] = {}
    for mapping in typed:
        party = _new_party(mapping, registry_with(registry, parties), today)
        parties[file_of_party(party[1].id)] = party
    return parties


def _new_party(typed: str, registry: Registry, today: date) -> NewParty:
    """Returns a party's text and record; its id is given, or the slug of its name."""
    values = fields_as_stored(Party, mapping_from(typed, "--new-party"), resolver_for(registry, today))
    party_id = _id_for(values.pop("id", None), values.get("name"))
    if registry.knows(party_id) or party_id in registry.unreadable:
        hint = f"look at it: ogpcase show {party_id}"
        raise BadInput(f"a party `{party_id}` already exists; nothing was written", hint)
    if (taken := taken_name(registry, values)) is not None:
        raise taken.refusal(f"if it is another, add it first: ogpcase add-party {party_id} … --same-name")
    bound = bind_party(values, party_id, file_of_party(party_id))
    if bound.record is None or bound.problems:
        hints = (hint for problem in bound.problems for hint in problem.helps)
        raise Misused(f"--new-party: {bound.problems[0].message}", *hints)
    return emit(values_of(bound.record)), bound.record


def _id_for(typed: object, name: object) -> str:
    first = first_text(name)
    party_id = str(typed or "") or slug_of(first)
    if not first:
        raise Misused("--new-party: the party has no name", "write {name: …, classification: …}")
    if not is_id(party_id) or party_id in RESERVED_PARTY_IDS:
        hint = "give an id of lowercase words and hyphens: {id: …, name: …}"
        raise Misused(f"--new-party: `{typed or first}` cannot be an id", hint)
    return party_id


def registry_with(registry: Registry, parties: Mapping[str, NewParty]) -> Registry:
    """Returns the registry with the new parties in it, so that other options can name them."""
    if not parties:
        return registry
    new = {record.id: record for _, record in parties.values()}
    return replace(registry, parties={**registry.parties, **new})


LARGEST_INPUT = 262_144
"""The most bytes of a record."""
Values = Mapping[str, Any]
NEEDED = tuple(field.name for field in fields_of() if field.required and field != KIND)
"""The required fields of every event beside its kind."""


class Given(NamedTuple):
    """A whole record as it was given: its text, empty for JSON, its values, and what messages call it.

    `places` is the text in which messages count lines: a filled-in template with its comments.
    """

    text: str
    values: dict[str, Any]
    name: str = ""
    places: str = ""


NOTHING = Given("", {})
"""No record was given."""


def record_in(data: bytes, name: str) -> Given:
    """Returns the record in a file's bytes, YAML or JSON; `name` is what messages call it. Raises BadInput."""
    if len(data) > LARGEST_INPUT:
        raise BadInput(f"{name} is larger than a record may be: {LARGEST_INPUT // 1024} KiB")
    text = data.decode("utf-8", "surrogateescape")
    if not text.strip():
        raise BadInput(f"{name} is empty; nothing was written", "a record is one `name: value` a line, or JSON")
    if is_template(text):
        values_in(text, name)
        filled = without_template(text)
        return Given(filled, values_in(filled, name), name, text)
    if not text.lstrip().startswith("{"):
        return Given(text, values_in(text, name), name, text)
    try:
        return Given("", json.loads(text, object_pairs_hook=_without_duplicates), name)
    except (ValueError, RecursionError):  # it may be YAML in flow form; if not, the YAML parser's message is better
        return Given("", values_in(text, name), name)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns an object's fields. Raises ValueError for a duplicate name, which Python's JSON parser accepts."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a name is used twice")
    return fields


def values_in(text: str, name: str) -> dict[str, Any]:
    """Returns the values of a record's text; raises BadInput with the first problem and its place."""
    parsed = parse(text.encode("utf-8", "surrogateescape"), name)
    value = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems:
        first = parsed.problems[0]
        span = first.places[0].span
        at = f"{name}:{span.line}:{span.column}: " if span else f"{name}: "
        raise BadInput(f"{at}{first.message}; nothing was written", *first.helps)
    if not isinstance(value, dict):
        raise BadInput(f"{name} does not hold a record: write one `name: value` a line")
    return value


class Typed(NamedTuple):
    """What was typed of an event: its kind, its fields as options, mappings of new parties, and a whole record."""

    kind: str | None
    options: Values
    parties: Sequence[str] = ()
    given: Given = NOTHING


class Begun(NamedTuple):
    """An event that is being composed: its kind and the values so far, new parties by file, and the record given."""

    kind: Kind
    values: dict[str, Any]
    parties: dict[str, NewParty]
    registry: Registry
    given: Given

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that have no value yet."""
        return tuple(name for name in NEEDED if name not in self.values)


class Composed(NamedTuple):
    """A new record: values, text, the texts of new parties and sources by file, and what the policy's table gave."""

    values: dict[str, Any]
    text: str
    beside: dict[str, str]
    filled_in: Mapping[str, Any] = MappingProxyType({})


def begun(typed: Typed, case: CaseFile, today: date) -> Begun:
    """Returns the event that was typed, as far as it goes.

    Raises:
        Misused: the options do not fit together.
        BadInput: a party is not known, or a value cannot be stored.
    """
    base = typed.given.values
    word = typed.kind or base.get("kind")
    if not isinstance(word, str):
        raise Misused("the event's kind is missing", f"kinds: {', '.join(Kind)}")
    kind = kind_named(word)
    if base.get("kind", word) != word:
        raise Misused(f"the record given is a `{base['kind']}`, not a `{kind}`", "leave one of the two out")
    refuse_foreign(kind, typed.options)
    parties = new_parties(typed.parties, case.registry, today)
    registry = registry_with(case.registry, parties)
    resolver, given = resolver_for(registry, today), typed.given
    stored = stored_record(KINDS[kind], given, resolver)
    how = Typing(taken=ids_in(stored, fields_of(kind)))
    values = values_from(typed.options, fields_of(kind), resolver, how)
    return Begun(kind, {**stored, "kind": str(kind), **values}, parties, registry, given)


def stored_record(model: type[Frozen], given: Given, resolver: Resolver) -> dict[str, Any]:
    """Returns the values of a whole record with ids of parties for their names, and an id for each item with a text.

    Raises BadInput, with its place, for a name or date that means nothing.
    """
    values = values_stored(model, given.values, resolver, given.places, given.name)
    return with_item_ids(values, questions_of(model))


def record_of(model: type[Frozen], options: Values, given: Given, resolver: Resolver) -> tuple[dict[str, Any], str]:
    """Returns the values and text of a header, party or source; options go before a whole record, whose text stays.

    Raises Misused for an option of the wrong form, and BadInput for a name or date that means nothing.
    """
    known = {**stored_record(model, given, resolver), **values_from(options, questions_of(model), resolver)}
    return text_of_record(model, known, given.text)


def text_of_record(model: type[Frozen], values: Values, text: str) -> tuple[dict[str, Any], str]:
    """Returns the values of a header, party or source in the order of its fields, and its text; `text` stays in it."""
    whole = whole_values(model, values)
    names = dict.fromkeys((*(field.name for field in questions_of(model)), *whole))
    ordered = {name: whole[name] for name in names if name in whole}
    kept = text_with(text, ordered) if text else None
    return ordered, kept or (emit(ordered) if ordered else "")


def whole_values(model: type[Frozen], values: Values) -> Values:
    """Returns the values of a record; of a party with an id for each source."""
    return {**values, "sources": with_ids(values["sources"])} if model is Party and "sources" in values else values


def problems_of_new(model: type[Frozen], values: Values) -> tuple[Problem, ...]:
    """Returns the problems of the values of a header, party or source that has no file yet."""
    bind: Callable[[object, str, FileId], Bound[Any]] = bind_source
    if model is not SourceRecord:
        bind = bind_party if model is Party else bind_header
    return bind(whole_values(model, values), "new", "new").problems


def event_template(event: Begun, case: CaseFile, today: date) -> str:
    """Returns the template of an event, with what is known of it and what the policy's table gives filled in."""
    values = {**event.values, **_filing(event.values, event.kind, case)}
    return template_text(KINDS[event.kind], values, Picks(case, event.registry, today), event.given.text)


def composed(
    event: Begun,
    case: CaseFile,
    copies: Sequence[Copy] = (),
    *,
    as_it_is: bool = False,
    finder: SourceFinder | None = None,
) -> Composed:
    """Returns the new event, whose missing fields are left empty in its text; `copies` become sources.

    With `as_it_is`, nothing is filled in from the policy's table. Events that are written together share a `finder` of
    sources. Raises BadInput if a source is not known.
    """
    filled_in = {} if as_it_is else _filing(event.values, event.kind, case)
    values, sources = with_sources({**event.values, **filled_in}, case, copies, finder=finder)
    kept = text_with(event.given.text, values) if event.given.text else None
    whole = kept or text_of(event.kind, values)
    beside = {file: text for file, (text, _) in event.parties.items()} | sources
    return Composed(values, whole, beside, filled_in)


def text_of(kind: Kind, values: Values) -> str:
    """Returns the text of a record with these values, in the standard form; wrong values are kept for `validate`."""
    bound = bind_event(values, "new", "new")
    if bound.record is not None and not bound.problems:
        return emit(values_of(bound.record))
    names = dict.fromkeys((*names_of(kind), *values))
    given = [name for name in names if name in values or name in NEEDED]
    return "".join(emit({name: values[name]}) if name in values else f"{name}:\n" for name in given)


def _filing(values: Values, kind: Kind, case: CaseFile) -> dict[str, Any]:
    """Returns `moves_to` for the record that opens a case, if the procedure has exactly one move for it."""
    table = judged_by(case)
    opens = table and kind in table.opening.kinds and not {"addendum_to", "moves_to", "context"} & set(values)
    if not table or not opens or not standing(case, None).stage.begins:
        return {}
    ends = {move.to for move in table.moves_from(table.begin) if kind in move.carried_by}
    return {"moves_to": [*ends]} if len(ends) == 1 else {}


class Filled(NamedTuple):
    """The values of a header, party or source as far as they were given, and new parties by file."""

    values: dict[str, Any]
    parties: dict[str, NewParty]

    def missing(self, model: type[Frozen]) -> list[str]:
        """Returns the options of the required fields that have no value yet."""
        needed = [field for field in questions_of(model) if field.required]
        return [f"--{field.option}" for field in needed if field.name not in self.values]


def filled(model: type[Frozen], typed: Typed, registry: Registry, today: date) -> Filled:
    """Returns the values of a record that is no event; raises what `record_of` and `new_parties` raise."""
    parties = new_parties(typed.parties, registry, today)
    resolver = resolver_for(registry_with(registry, parties), today)
    return Filled(record_of(model, typed.options, typed.given, resolver)[0], parties)
