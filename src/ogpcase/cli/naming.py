"""Names that people type: found by any name, corrected when nearly right."""

from __future__ import annotations

from ogpcase.diagnostics import nearest
from ogpcase.errors import BadInput
from ogpcase.model.casefile import Registry
from ogpcase.model.ids import is_id


def party_named(registry: Registry, name: str) -> str:
    """Returns the id of the party called so, by its id or by any of its names.

    Raises:
        BadInput: if no party is called so, or several are.
    """
    found = registry.named(name)
    if len(found) == 1:
        return found[0]
    if name in registry.unreadable:
        return name
    if found:
        raise BadInput(f"several parties are called `{name}`", f"write one of their ids: {', '.join(found)}")
    raise BadInput(f"no party is called `{name}`", *_ways_out(registry, name))


def nearest_party(registry: Registry, name: str) -> str | None:
    """Returns the id of the party whose id or name is nearest to what was typed."""
    ids = {known: party.id for party in registry.parties.values() for known in (party.id, *party.names())}
    near = nearest(name, ids)
    return ids[near] if near else None


def _ways_out(registry: Registry, name: str) -> list[str]:
    near = nearest_party(registry, name)
    ways = [f"did you mean `{near}`?"] if near else []
    add = f"ogpcase add-party {name if is_id(name) else 'ID'} --name NAME --classification CLASS"
    return [
        *ways,
        f"a new one is added by `{add}`, or beside an event by `--new-party '{{name: …, classification: …}}'`",
    ]
