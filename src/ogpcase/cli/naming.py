"""Finds parties by typed names, suggests the nearest name, and adds new parties together with a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ogpcase.cli.field_options import fields_as_stored, mapping_from
from ogpcase.diagnostics import nearest
from ogpcase.errors import BadInput, Misused
from ogpcase.model.bind import bind_party
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.serialize import values_of
from ogpcase.yamltree.emitting import emit


def party_named(registry: Registry, name: str) -> str:
    """Returns the id of the party with this id or name; raises BadInput if there are none or several."""
    ids = registry.named(name)
    if len(ids) == 1:
        return ids[0]
    if name in registry.unreadable:
        return name
    if ids:
        raise BadInput(f"several parties are called `{name}`", f"write one of their ids: {', '.join(ids)}")
    raise BadInput(f"no party is called `{name}`", *_hints(registry, name))


def parties_named(registry: Registry, names: Iterable[str] | None) -> frozenset[str]:
    """Returns the ids of the parties with these ids or names; raises what `party_named` raises."""
    return frozenset(party_named(registry, name) for name in names or ())


def did_you_mean(word: str, known: Iterable[str]) -> list[str]:
    """Returns a hint with the nearest of the known words, or an empty list."""
    near = nearest(word, list(known))
    return [f"did you mean `{near}`?"] if near else []


def nearest_party(registry: Registry, name: str) -> str | None:
    """Returns the id of the party whose id or name is nearest to the typed name."""
    ids = {known: party.id for party in registry.parties.values() for known in (party.id, *party.names())}
    near = nearest(name, ids)
    return ids[near] if near else None


def _hints(registry: Registry, name: str) -> list[str]:
    near = nearest_party(registry, name)
    hints = [f"did you mean `{near}`?"] if near else []
    if not_read := sorted(registry.unreadable):
        hints += [f"it may be one that cannot be read: {', '.join(map(file_of_party, not_read))}"]
    add = f"ogpcase add-party {name if is_id(name) else 'ID'} --name NAME --classification CLASS"
    return [*hints, f"add a new party: `{add}`, or with an event, `--new-party '{{name: …, classification: …}}'`"]


NewParty = tuple[str, Party]
"""The text of a new party's file, and the record in it."""


def new_parties(typed: Iterable[str], registry: Registry) -> dict[str, NewParty]:
    """Returns the text and record of each new party, by its file.

    Raises Misused for a mapping that is not a party, and BadInput for a party that already exists.
    """
    return dict(_new_party(mapping, registry) for mapping in typed)


def _new_party(typed: str, registry: Registry) -> tuple[str, NewParty]:
    """Returns a party's file, text and record; its id is given, or the slug of its name."""
    values = fields_as_stored(Party, mapping_from(typed, "--new-party"), lambda name: party_named(registry, name))
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
