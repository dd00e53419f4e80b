"""Finds every node in which an event names a party or refers to another record, with its route in the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ogpcase.diagnostics import Place, Route
from ogpcase.model.base import Frozen
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, Reference
from ogpcase.model.items import MentionForm
from ogpcase.model.parties import NamedParty, Parties
from ogpcase.model.questions import questions_of

_NAMING = {"party", "reference", "mention", "mapping"}
"""The shapes of fields that name a party, refer to a record, or contain such fields."""


class PartyUse(NamedTuple):
    """The id of a party that a record names, and the place of the name."""

    party: str
    place: Place


class ReferenceUse(NamedTuple):
    """A reference, the field it belongs to (`adopts`, `answers`, `after`, …), and the route to it."""

    field: str
    route: Route
    reference: Reference


Names = tuple[tuple[str, Route], ...]
"""The ids of parties and the references in an event, each with its route in the file."""


def names_with_routes(event: Event) -> Names:
    """Returns all that an event names, in the order of its fields; `CaseFile.names` keeps it for each event."""
    return tuple(_names(event, ()))


def parties_among(names: Names) -> Iterator[tuple[str, Route]]:
    """Yields (party id, route) for every party."""
    return ((name, route) for name, route in names if not isinstance(name, Reference))


def references_among(names: Names) -> Iterator[ReferenceUse]:
    """Yields every reference, with the field it belongs to."""
    for reference, route in names:
        if isinstance(reference, Reference):
            fields = [step for step in route if isinstance(step, str) and step != "event"]
            served = fields[0] if fields[-1] in {"about", "request"} else fields[-1]
            yield ReferenceUse(served, route, reference)


def party_uses(event: Event) -> Iterator[tuple[str, Route]]:
    """Yields (party id, route) for every party that an event names, except `unknown` and `public`."""
    return parties_among(names_with_routes(event))


def names_in(event: Event) -> set[str]:
    """Returns the ids of all parties an event names."""
    return {name for name, _ in party_uses(event)} - RESERVED_PARTY_IDS


def _names(record: Frozen, route: Route) -> Iterator[tuple[str, Route]]:
    """Yields every id of a party and every reference in a record, with its route in the file."""
    for name, written in _naming_fields(type(record)):
        value = getattr(record, name)
        if isinstance(value, tuple):
            for position, item in enumerate(value):
                yield from _names_of_value(item, (*route, written, position))
        elif value is not None:
            yield from _names_of_value(value, (*route, written))


def _names_of_value(value: Frozen | str, route: Route) -> Iterator[tuple[str, Route]]:
    if isinstance(value, NamedParty):
        if value.party not in RESERVED_PARTY_IDS:
            yield value.party, route_of_party(value, route)
    elif isinstance(value, MentionForm):
        if value.event is not None:
            yield value.event, route if value.text is None else (*route, "event")
    elif isinstance(value, Frozen):
        yield from _names(value, route)
    else:
        yield value, route


@cache
def _naming_fields(model: type[Frozen]) -> tuple[tuple[str, str], ...]:
    """Returns (attribute, name in the file) for the fields of a model that may name something, in the file's order."""
    naming = (question for question in questions_of(model) if question.shape in _NAMING)
    return tuple((question.attribute, question.name) for question in naming)


def acting(event: Event) -> tuple[str, Parties]:
    """Returns the field that says whose act an event is (if all are empty, the first one) and the parties in it."""
    if event.on_behalf_of:
        return "on_behalf_of", event.on_behalf_of
    field = next((name for name in event.acting if getattr(event, name)), event.acting[0])
    return field, getattr(event, field)


def route_of_party(party: NamedParty, route: Route) -> Route:
    """Returns the route of a party's id: the node itself in the short form, its `party` in the long form."""
    return route if party.as_named is None and party.office is None else (*route, "party")
