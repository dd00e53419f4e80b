"""Asks for a party that is not recorded yet, to add together with the record that names it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ogpcase.cli.asking.question import Asker, Shown
from ogpcase.diagnostics import Problem
from ogpcase.editing.composing import NewParty, taken_name
from ogpcase.editing.source_naming import with_ids
from ogpcase.model.bind import bind_party
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.serialize import values_of
from ogpcase.yamltree.emitting import emit

if TYPE_CHECKING:
    from ogpcase.cli.asking.interview import Interview

_NEW = "new"


def asked_party(about: Interview, name: str) -> tuple[str, NewParty]:
    """Returns the file of a new party, with its text and record. Raises GoBack before the first question."""
    from ogpcase.cli.asking.interview import Interview, in_turn

    about.asker.say("", f"a new party: {name}")
    party_id = id_for(about.asker, about.picks.registry, name)
    inner = Interview(about.asker, about.picks, {"name": name}, problems_of_party)
    inner.changed = lambda: about.add_parties(inner.parties)
    while True:
        inner.walk([field for field in in_turn(questions_of(Party)) if field.name != "name"])
        bound = bind_party(whole_party(inner.values), party_id, file_of_party(party_id))
        if (taken := taken_name(about.picks.registry, inner.values)) is not None:
            about.asker.say(f"`{taken.party_id}` has the name `{taken.name}` already; give another, or go back")
        elif bound.record is not None and not bound.problems:
            about.asker.say(f"`{party_id}` will be added together with this record")
            return file_of_party(party_id), (emit(values_of(bound.record)), bound.record)
        else:
            about.asker.say(*(problem.message for problem in bound.problems))


def problems_of_party(values: dict[str, Any]) -> Iterable[Problem]:
    """Returns the problems of a party's values."""
    return bind_party(whole_party(values), _NEW, file_of_party(_NEW)).problems


def whole_party(values: dict[str, Any]) -> dict[str, Any]:
    """Returns the values of a party with an id for each source that has none."""
    return {**values, "sources": with_ids(values["sources"])} if "sources" in values else values


def id_for(asker: Asker, registry: Registry, name: str) -> str:
    """Returns an id made of a name; asks for one if that cannot be an id, or is taken."""
    return free_id(asker, slug_of(name), "lowercase words joined by hyphens", registry.knows, RESERVED_PARTY_IDS)


def free_id(asker: Asker, wanted: str, sentence: str, is_taken: Callable[[str], bool], reserved: Iterable[str]) -> str:
    """Returns the wanted id, or one that is asked for with a sentence if that is no id, is taken or is reserved."""
    while not is_id(wanted) or is_taken(wanted) or wanted in reserved:
        if wanted:
            asker.say(f"`{wanted}` {'already exists' if is_taken(wanted) else 'cannot be an id'}")
        wanted = asker.answer(Shown("id", sentence))
    return wanted


def options_of(parties: Mapping[str, NewParty]) -> list[tuple[str, str]]:
    """Returns the option, with its value, that adds each of the new parties."""
    wholes = ({"id": record.id, **values_of(record)} for _, record in parties.values())
    return [("--new-party", json.dumps(whole, ensure_ascii=False)) for whole in wholes]
