"""Finds every node in which an event names a party or refers to another record, with its route in the file."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ogpcase.diagnostics import Place, Route
from ogpcase.model.base import Frozen
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, Reference
from ogpcase.model.items import MentionForm
from ogpcase.model.parties import NamedParty, Parties
from ogpcase.model.questions import questions_of


class PartyUse(NamedTuple):
    """The id of a party that a record names, and the place of the name."""

    party: str
    place: Place


class ReferenceUse(NamedTuple):
    """A reference, the field it belongs to (`adopts`, `answers`, `after`, …), and the route to it."""

    field: str
    route: Route
    reference: Reference


class Names(NamedTuple):
    """What an event names, in the order of its fields: (id, route) of each party, and each reference."""

    parties: tuple[tuple[str, Route], ...]
    references: tuple[ReferenceUse, ...]


def names_with_routes(event: Event) -> Names:
    """Returns all that an event names, except `unknown` and `public`; `CaseFile.names` keeps it for each event."""
    parties: list[tuple[str, Route]] = []
    references: list[ReferenceUse] = []
    _gather(event, (), parties, references)
    return Names(tuple(parties), tuple(references))


_OF_ITEMS = frozenset({"about", "request"})
"""A reference in such a field of an item belongs to the field of the items, as `answers`."""


def _gather(record: Frozen, route: Route, parties: list[tuple[str, Route]], references: list[ReferenceUse]) -> None:
    """Adds every id of a party and every reference in a record, with its route in the file."""
    own = vars(record)
    for attribute, name, holds in _naming_fields(type(record)):
        value = own[attribute]
        if not value:
            continue
        several = value if isinstance(value, tuple) else None
        for position, item in enumerate((value,) if several is None else several):
            here = (*route, name) if several is None else (*route, name, position)
            if holds is NamedParty:
                if item.party not in RESERVED_PARTY_IDS:
                    parties.append((item.party, route_of_party(item, here)))
            elif holds is Reference:
                references.append(ReferenceUse(str(route[0]) if route and name in _OF_ITEMS else name, here, item))
            elif holds is MentionForm:
                if item.event is not None:
                    references.append(ReferenceUse(name, here if item.text is None else (*here, "event"), item.event))
            elif holds is str:
                parties.append((item, here))
            else:
                _gather(item, here, parties, references)


@cache
def _naming_fields(model: type[Frozen]) -> tuple[tuple[str, str, type], ...]:
    """Returns the fields of a model that may name something: attribute, name in the file, and class of its values."""
    return tuple(
        (question.attribute, question.name, question.holds)
        for question in questions_of(model)
        if question.shape in {"party", "reference", "mention"}
        or (question.shape == "mapping" and _naming_fields(question.holds))
    )


def acting(event: Event) -> tuple[str, Parties]:
    """Returns the field that says whose act an event is (if all are empty, the first one) and the parties in it."""
    if event.on_behalf_of:
        return "on_behalf_of", event.on_behalf_of
    field = next((name for name in event.acting if getattr(event, name)), event.acting[0])
    return field, getattr(event, field)


def route_of_party(party: NamedParty, route: Route) -> Route:
    """Returns the route of a party's id: the node itself in the short form, its `party` in the long form."""
    return route if party.as_named is None and party.office is None else (*route, "party")
