"""New parties that are added together with the record that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.editing.naming import names_in_values, resolver_for
from ogpcase.editing.typed_mappings import mapping_from
from ogpcase.editing.typed_values import fields_as_stored
from ogpcase.errors import BadInput, Misused
from ogpcase.model.bind import bind_party
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party, folded
from ogpcase.model.serialize import values_of
from ogpcase.yamltree.emitting import emit

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
        file, party = _new_party(mapping, registry_with(registry, parties), today)
        parties[file] = party
    return parties


def _new_party(typed: str, registry: Registry, today: date) -> tuple[str, NewParty]:
    """Returns a party's file, text and record; its id is given, or the slug of its name."""
    values = fields_as_stored(Party, mapping_from(typed, "--new-party"), resolver_for(registry, today))
    party_id = _id_for(values.pop("id", None), values.get("name"))
    if registry.knows(party_id) or party_id in registry.unreadable:
        raise BadInput(
            f"a party `{party_id}` already exists; nothing was written", f"look at it: ogpcase show {party_id}"
        )
    if (taken := taken_name(registry, values)) is not None:
        raise taken.refusal(f"if it is another, add it first: ogpcase add-party {party_id} … --same-name")
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
    return replace(registry, parties={**registry.parties, **new})
