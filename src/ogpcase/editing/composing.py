"""Composes the text of a new event from typed values, from a whole record, or from both."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ogpcase.editing.given_text import text_with, values_stored
from ogpcase.editing.item_ids import ids_in, with_item_ids
from ogpcase.editing.naming import Resolver, resolver_for
from ogpcase.editing.new_parties import NewParty, new_parties, registry_with
from ogpcase.editing.source_naming import SourceFinder, with_ids, with_sources
from ogpcase.editing.template import Offered, is_template, template_text, without_template
from ogpcase.editing.typed_values import Typing, kind_named, refuse_foreign, values_from
from ogpcase.errors import BadInput, Misused
from ogpcase.model.base import Frozen
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.parties import Party
from ogpcase.model.questions import KIND, fields_of, names_of, questions_of
from ogpcase.model.serialize import values_of
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import judged_by
from ogpcase.store.checksums import Copy
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse

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
    """A new event's values and text, the texts of new parties and sources by file, and what the policy's table gave."""

    kind: Kind
    values: dict[str, Any]
    text: str
    beside: dict[str, str]
    filled_in: dict[str, Any]


def begun(typed: Typed, case: CaseFile, today: date) -> Begun:
    """Returns the event that was typed, as far as it goes.

    Raises:
        Misused: the options do not fit together.
        BadInput: a party is not known, or a value cannot be stored.
    """
    kind = _kind(typed.kind, typed.given.values)
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
    fields = questions_of(model)
    known = {**stored_record(model, given, resolver), **values_from(options, fields, resolver)}
    values = {name: known[name] for name in dict.fromkeys((*(field.name for field in fields), *known)) if name in known}
    if model is Party and "sources" in values:
        values["sources"] = with_ids(values["sources"])
    kept = text_with(given.text, values) if given.text else None
    return values, kept or (emit(values) if values else "")


def event_template(event: Begun, case: CaseFile, today: date) -> str:
    """Returns the template of an event, with what is known of it and what the policy's table gives filled in."""
    values = {**event.values, **_filing(event.values, event.kind, case)}
    return template_text(KINDS[event.kind], values, Offered(event.registry, case, today), event.given.text)


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
    return Composed(event.kind, values, whole, beside, filled_in)


def _kind(typed: str | None, base: Values) -> Kind:
    word = typed or base.get("kind")
    if not isinstance(word, str):
        raise Misused("the event's kind is missing", f"kinds: {', '.join(Kind)}")
    kind = kind_named(word)
    if base.get("kind", word) != word:
        raise Misused(f"the record given is a `{base['kind']}`, not a `{kind}`", "leave one of the two out")
    return kind


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
        return [
            f"--{field.option}" for field in questions_of(model) if field.required and field.name not in self.values
        ]


def filled(model: type[Frozen], typed: Typed, registry: Registry, today: date) -> Filled:
    """Returns the values of a record that is no event; raises what `record_of` and `new_parties` raise."""
    parties = new_parties(typed.parties, registry, today)
    resolver = resolver_for(registry_with(registry, parties), today)
    return Filled(record_of(model, typed.options, typed.given, resolver)[0], parties)
