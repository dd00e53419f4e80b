"""Requests and answers: can each answer be laid beside what was asked, and each term be kept?

Whether the request is there at all is judged in checks.references, the order in time in checks.chronology.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.asks import Answer, Request
from ogpcase.model.casefile import Registry
from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.model.uses import acting, route_of_party
from ogpcase.policy.lifecycle import duties
from ogpcase.values import frozen


@rule("OC321", "answer-without-of")
def answer_without_of(scope: Scope) -> Iterator[Problem]:
    """A record attests that no answer came, and does not say whose.

    Why it matters
        `none` is told by somebody else than who was silent; without `of` the silence would be the teller's own.
    Wrong
        answers: [{request: 2017-02-16-letter-core-group#work-plan, answer: none}]
    Right
        answers: [{request: 2017-02-16-letter-core-group#work-plan, answer: none, of: [stt-mexico]}]
    Not reported when
        Another answer than `none` is told.
    """
    for event in scope.case.events:
        for position, answer in enumerate(event.answers if scope.sound(event, "answers") else ()):
            if answer.answer is Outcome.NONE and not answer.of:
                place = scope.place(event, ("answers", position, "answer"), "whose silence?")
                asked = _asked(scope, answer.request)
                names = ", ".join(each.party for each in asked.request.asked_of) if asked else ""
                helps = (f"say whose it is: `of: [{names or '…'}]`",)
                places = (place, asked.place) if asked else (place,)
                yield Problem("`answer: none` does not say `of` whom no answer came", places, helps=helps)


@rule("OC322", "answered-by-nobody-asked", Severity.WARNING)
def answered_by_nobody_asked(scope: Scope) -> Iterator[Problem]:
    """An answer is by a party that was neither asked nor is part of one that was.

    Why it matters
        It counts on nobody's account: for those who were asked, the request stays without an answer.
    Wrong
        asked_of: [stt-mexico]  and an answer by government-of-chile
    Right
        asked_of: [stt-mexico]  and an answer by inai, which is part of stt-mexico
    Not reported when
        The paper names nobody it asks, the answer only moves or overtakes the term, or a party has no readable file.
    """
    for event in scope.case.events:
        for position, answer in enumerate(event.answers if scope.sound(event, "answers") else ()):
            request = _request(scope, answer.request)
            for route, party in _answering(scope, event, position, answer) if request else ():
                counts = request is None or _counts(party, request.asked_of, scope.registry)
                asked = None if counts else _asked(scope, answer.request)
                if asked:
                    first = scope.place(event, route, "neither asked nor part of who was")
                    helps = ("say in `of` on whose account it counts, or mend `part_of` in that party's file",)
                    message = f"`{party.party}` answers what it was not asked"
                    yield Problem(message, (first, asked.place), helps=helps)


@rule("OC323", "due-before-asked")
def due_before_asked(scope: Scope) -> Iterator[Problem]:
    """A request's last day is before the day of the paper that makes it.

    Why it matters
        Nobody could have been in time; every view would call the answer late.
    Wrong
        dated: 2024-05-06  with  requests: [{id: work-plan, due: 2023-06-05, …}]
    Right
        dated: 2024-05-06  with  requests: [{id: work-plan, due: 2024-06-05, …}]
    Not reported when
        The dates may overlap; or it is a milestone, which a plan may set before the plan itself comes out.
    """
    for event in scope.case.events:
        for position, request in enumerate(event.requests if scope.sound(event, "requests") else ()):
            if request.due and scope.dated(event) and request.due.certainly_before(event.dated):
                first = scope.place(event, ("requests", position, "due"), "over before it was asked")
                places = (first, scope.place(event, ("dated",), "asked here"))
                yield Problem("this request is due before it is made", places, helps=("check the year of both",))


@rule("OC324", "item-takes-duty-id")
def item_takes_duty_id(scope: Scope) -> Iterator[Problem]:
    """An item of an event has the id of a duty that comes with the event's own move.

    Why it matters
        A reference to it could mean either: the item, or what the policy obliges a body to do.
    Wrong
        moves_to: [initial_review]  with  requests: [{id: acknowledge-filers, …}]
    Right
        moves_to: [initial_review]  with  requests: [{id: confirm-receipt, …}]
    Not reported when
        The event makes no move that brings such a duty.
    """
    if not any(_may_take(scope, event) for event in scope.case.events):
        return
    names: dict[str, set[str]] = {}
    for owed in duties(scope.case):
        names.setdefault(owed.event.id, set()).add(owed.id)
    for event_id, taken in names.items():
        event = scope.case.event_by_id[event_id]
        for name, field, position in event.items():
            if name in taken and scope.sound(event, field, "moves_to"):
                place = scope.place(event, (field, position, "id"), "the name of a duty")
                helps = ("give the item another id",)
                yield Problem(f"`{name}` is the id of a duty that comes with this move", (place,), helps=helps)


def _may_take(scope: Scope, event: Event) -> bool:
    """True when an item has the id of any duty that a move to where the event leads can bring."""
    return bool(event.moves_to) and not scope.items(scope.case, event).keys().isdisjoint(
        scope.duty_ids(scope.case, event)
    )


@frozen
class Asked:
    """A request or milestone that a reference leads to, with the place where it says whom it asks."""

    request: Request
    place: Place


def _request(scope: Scope, reference: Reference) -> Request | None:
    found = scope.found(reference)
    return scope.asks(*found).get(str(reference.item)) if found else None


def _asked(scope: Scope, reference: Reference) -> Asked | None:
    found, request = scope.found(reference), _request(scope, reference)
    route = scope.route_of_item(*found, reference.item) if found else None
    if not found or not request or not route:
        return None
    case, event = found
    own = bool(getattr(event, str(route[0]))[route[1]].asked_of)
    return Asked(request, scope.place(event, (*route[:2], "asked_of") if own else ("lead",), "asked of these", case))


def _answering(scope: Scope, event: Event, position: int, answer: Answer) -> Iterator[tuple[Route, NamedParty]]:
    """Yields whose answer it is, with the route of the name: those it is told `of`, else who acts."""
    field, actors = acting(event)
    if answer.of:
        yield from _each(answer.of, ("answers", position, "of"))
    elif answer.answer not in _NOT_BY_WHO_ACTS and scope.sound(event, field):
        yield from _each(actors, (field,))


_NOT_BY_WHO_ACTS = frozenset({Outcome.NONE, Outcome.UNKNOWN, Outcome.EXTENDED, Outcome.OVERTAKEN})
"""What anybody may tell of a request without answering it."""


def _each(parties: Sequence[NamedParty], route: Route) -> Iterator[tuple[Route, NamedParty]]:
    for position, party in enumerate(parties):
        yield route_of_party(party, (*route, position)), party


def _counts(party: NamedParty, asked: Sequence[NamedParty], registry: Registry) -> bool:
    """True when the answer counts on somebody's account, or nobody can tell."""
    names = [each.party for each in asked]
    if not names or not all(map(registry.knows, names)) or not _descent_known(party.party, registry):
        return True  # `unknown` is nobody's name either
    return any(registry.belongs(party.party, one) for one in names)


def _descent_known(name: str, registry: Registry) -> bool:
    """True when the party and everything it is part of, at any depth, can be read."""
    todo = [name]
    for each in todo:  # grows as it goes
        if each not in registry.parties or each in registry.flawed:
            return False
        todo.extend(whole for whole in registry.parties[each].part_of if whole not in todo)
    return True


CHECKS = (answer_without_of, answered_by_nobody_asked, due_before_asked, item_takes_duty_id)
