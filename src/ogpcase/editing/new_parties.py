"""New parties that are added together with the record that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ogpcase.editing.naming import resolver_for
from ogpcase.editing.typed_mappings import mapping_from
from ogpcase.editing.typed_values import fields_as_stored
from ogpcase.errors import BadInput, Misused
from ogpcase.model.bind import bind_party
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.serialize import values_of
from ogpcase.yamltree.emitting import emit

NewParty = tuple[str, Party]
"""The text of a new party's file, and the record in it."""


def new_parties(typed: Iterable[str], registry: Registry, today: date) -> dict[str, NewParty]:
    """Returns the text and record of each new party, by its file.

    Raises Misused for a mapping that is not a party, and BadInput for a party that already exists.
    """
    return dict(_new_party(mapping, registry, today) for mapping in typed)


def _new_party(typed: str, registry: Registry, today: date) -> tuple[str, NewParty]:
    """Returns a party's file, text and record; its id is given, or the slug of its name."""
    values = fields_as_stored(Party, mapping_from(typed, "--new-party"), resolver_for(registry, today))
    party_id = _id_for(values.pop("id", None), values.get("name"))
    if registry.knows(party_id) or party_id in registry.unreadable:
        raise BadInput(
            f"a party `{party_id}` already exists; nothing was written", f"look at it: ogpcase show {party_id}"
        )
    bound = bind_party(values, party_id, file_of_party(party_id))
    if bound.record is None or bound.problems:
        raise Misused(
            f"--new-party: {bound.problems[0].message}", *(hint for problem in bound.problems for hint in problem.helps)
        )
    return file_of_party(party_id), (emit(values_of(bound.record)), bound.record)


def _id_for(typed: object, name: object) -> str:
    first = next(iter(name.values()), "") if isinstance(name, dict) else name
    party_id = str(typed or "") or slug_of(str(first or ""))
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
    return Registry({**registry.parties, **new}, registry.unreadable, registry.flawed)
