"""Where an event names parties and points to other records: every such node, by its route in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from ogpcase.diagnostics import Place, Route
from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING, Question, fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.items import MentionForm, Request
from ogpcase.model.parties import UNKNOWN, NamedParty, Parties


class PartyUse(NamedTuple):
    """A party named somewhere: its id, and the place of the name."""

    party: str
    place: Place


class ReferenceUse(NamedTuple):
    """A reference: the field it serves (`adopts`, `answers`, `after`, …), the route to it, and what it points to."""

    field: str
    route: Route
    reference: Reference


def party_uses(event: Event) -> Iterator[tuple[str, Route]]:
    """Yields (party id, route) for every party an event names; `unknown` names nobody."""
    own = vars(event)
    for name in _naming(event.kind):
        if own[name]:
            yield from _named(own[name], (name,))
    for name in ("requests", "milestones"):
        for position, request in enumerate(own.get(name, ())):
            yield from _named(request.asked_of, (name, position, "asked_of"))
    for position, answer in enumerate(event.answers):
        yield from _named(answer.of, ("answers", position, "of"))
    for position, assessment in enumerate(own.get("assessments", ())):
        yield from _one(assessment.by, ("assessments", position, "by"))
    for position, signed in enumerate(own.get("signed_by", ())):
        if signed.for_ is not None:
            yield signed.for_, ("signed_by", position, "for")


def names_in(event: Event) -> set[str]:
    """Returns the ids of all parties an event names."""
    own = vars(event)
    lists = [own[name] for name in _naming(event.kind)]
    lists += [request.asked_of for name in ("requests", "milestones") for request in own.get(name, ())]
    lists += [answer.of for answer in event.answers]
    lists.append([assessment.by for assessment in own.get("assessments", ())])
    named = {party.party for parties in lists for party in parties}
    named.update(signed.for_ for signed in own.get("signed_by", ()) if signed.for_ is not None)
    named.discard(UNKNOWN)
    return named


@cache
def _naming(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that name parties."""
    return tuple(field.name for field in fields_of(kind) if field.shape == "parties")


@cache
def _pointing(kind: Kind) -> tuple[Question, ...]:
    """The fields of a kind that point to records."""
    return tuple(field for field in fields_of(kind) if field.shape in {"reference", "references", "mentions"})


def acting(event: Event) -> tuple[str, Parties]:
    """Returns who acts in an event with the field that says so, the first one where none does."""
    names = ACTING[event.kind]
    field = next((name for name in names if getattr(event, name)), names[0])
    return field, getattr(event, field)


def _named(parties: Sequence[NamedParty], route: Route) -> Iterator[tuple[str, Route]]:
    for position, party in enumerate(parties):
        if party.party != UNKNOWN:
            yield party.party, route_of_party(party, (*route, position))


def _one(party: NamedParty, route: Route) -> Iterator[tuple[str, Route]]:
    if party.party != UNKNOWN:
        yield party.party, route_of_party(party, route)


def route_of_party(party: NamedParty, route: Route) -> Route:
    """Returns the route of a party's id: of the short form the node itself, of the long one its `party`."""
    return route if party.as_named is None and party.office is None else (*route, "party")


def reference_uses(event: Event) -> Iterator[ReferenceUse]:
    """Yields every reference of an event, in the order of its fields."""
    own = vars(event)
    for field in _pointing(event.kind):
        value: Any = own[field.name]
        if not value:
            continue
        if field.shape == "reference":
            yield ReferenceUse(field.name, (field.name,), value)
        elif field.shape == "references":
            for position, reference in enumerate(value):
                yield ReferenceUse(field.name, (field.name, position), reference)
        else:
            yield from _mentioned(field.name, value, (field.name,))
    yield from _of_items(event)
    yield from _of_asks(event)


def _of_items(event: Event) -> Iterator[ReferenceUse]:
    own = vars(event)
    for position, allegation in enumerate(own.get("allegations", ())):
        yield from _mentioned("evidence", allegation.evidence, ("allegations", position, "evidence"))
    for name in ("replies", "findings"):
        for position, item in enumerate(own.get(name, ())):
            yield ReferenceUse(name, (name, position, "about"), item.about)
    for position, recital in enumerate(own.get("preamble", ())):
        for at, reference in enumerate(recital.cites):
            yield ReferenceUse("cites", ("preamble", position, "cites", at), reference)


def _of_asks(event: Event) -> Iterator[ReferenceUse]:
    for name in ("requests", "milestones"):
        requests: Sequence[Request] = vars(event).get(name, ())
        for position, request in enumerate(requests):
            if request.within and request.within.after:
                yield ReferenceUse("after", (name, position, "within", "after"), request.within.after)
    for position, answer in enumerate(event.answers):
        yield ReferenceUse("answers", ("answers", position, "request"), answer.request)


def _mentioned(name: str, mentions: Sequence[MentionForm], route: Route) -> Iterator[ReferenceUse]:
    for position, mention in enumerate(mentions):
        if mention.event is not None:
            tail: Route = (position,) if mention.text is None else (position, "event")
            yield ReferenceUse(name, (*route, *tail), mention.event)
