"""Finds what typed words mean: parties by any name, and dates; suggests the nearest name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ogpcase.diagnostics import did_you_mean, nearest, suggestion
from ogpcase.editing.typed_dates import written_date
from ogpcase.errors import BadInput, UnknownEvent
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.dates import NotADate
from ogpcase.model.ids import is_id
from ogpcase.yamltree.values import as_written


class Resolver(NamedTuple):
    """Finds what typed words mean: the id of the party with a name, and the date as a record has it.

    Each raises BadInput for words that mean nothing, or more than one thing.
    """

    party: Callable[[str], str]
    date: Callable[[str], str]

    def lenient(self, takes: Callable[[str], bool]) -> Resolver:
        """Returns a resolver that leaves words as they are where they mean nothing and `takes` is true for them."""
        return Resolver(_lenient(self.party, takes), _lenient(self.date, takes))


def _lenient(find: Callable[[str], str], takes: Callable[[str], bool]) -> Callable[[str], str]:
    def found(word: str) -> str:
        try:
            return find(word)
        except BadInput:
            if takes(word):
                return word
            raise

    return found


def resolver_for(registry: Registry, today: date) -> Resolver:
    """Returns the resolver of a folder's parties, on a day."""
    return Resolver(lambda name: party_named(registry, name), lambda typed: _date(typed, today))


def _date(typed: str, today: date) -> str:
    try:
        return written_date(typed, today)
    except NotADate as fault:
        hints = [fault.help] if fault.help else []
        raise BadInput(f"cannot read the date `{typed}`: {fault}", *hints) from None


def party_named(registry: Registry, name: str) -> str:
    """Returns the id of the party with this id or name; raises BadInput if there are none or several."""
    if ids := registry.named(name):
        return only_party(name, ids)
    raise BadInput(f"no party is called `{name}`", *_hints(registry, name))


def only_party(name: str, ids: Sequence[str]) -> str:
    """Returns the id of the one party with a name; raises BadInput if several have it."""
    if len(ids) > 1:
        raise BadInput(f"several parties are called `{name}`", f"write one of their ids: {', '.join(ids)}")
    return ids[0]


def no_source(case_id: str, source_id: str, known: Iterable[str]) -> UnknownEvent:
    """Returns the error for a source that a case does not have, with the nearest one."""
    hints = did_you_mean(source_id, known, f"{case_id}/sources/") or (f"`ogpcase sources {case_id}` lists them",)
    return UnknownEvent(f"{case_id} has no source `{source_id}`", *hints)


def names_in_values(values: object) -> list[str]:
    """Returns every name in the values of a party."""
    name, others = (values.get(field) for field in ("name", "other_names")) if isinstance(values, Mapping) else ("", ())
    names = [
        *(name.values() if isinstance(name, Mapping) else [name]),
        *(others if isinstance(others, list | tuple) else [others]),
    ]
    return [as_written(name) for name in names if name]


def parties_named(registry: Registry, names: Iterable[str] | None) -> frozenset[str]:
    """Returns the ids of the parties with these ids or names; raises what `party_named` raises."""
    return frozenset(party_named(registry, name) for name in names or ())


def nearest_party(registry: Registry, name: str) -> str | None:
    """Returns the id of the party whose id or name is nearest to the typed name."""
    ids = {known: party.id for party in registry.parties.values() for known in (party.id, *party.names())}
    near = nearest(name, ids)
    return ids[near] if near else None


def _hints(registry: Registry, name: str) -> list[str]:
    hints = [*suggestion(nearest_party(registry, name))]
    if not_read := sorted(registry.unreadable):
        hints += [f"it may be one that cannot be read: {', '.join(map(file_of_party, not_read))}"]
    add = f"ogpcase add-party {name if is_id(name) else 'ID'} --name NAME --classification CLASS"
    return [*hints, f"add a new party: `{add}`, or with an event, `--new-party '{{name: …, classification: …}}'`"]
