"""Requests, terms and answers: does each answer speak to what was asked, and can each term be kept?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Answer, Event, Request
from ogpcase.model.ids import Reference
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.uses import acting, route_of_party
from ogpcase.policy.lifecycle import duties


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
                names = ", ".join(party.party for party in asked.request.asked_of) if asked else ""
                helps = (f"say whose it is: `of: [{names or '…'}]`",)
                places = (place, asked.place_of_asked(scope)) if asked else (place,)
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
            asked = _asked(scope, answer.request)
            if asked is None:
                continue
            for route, party in _answering(scope, event, position, answer):
                if not _counts(party, asked.request.asked_of, scope.registry):
                    places = (
                        scope.place(event, route, "neither asked nor part of who was"),
                        asked.place_of_asked(scope),
                    )
                    helps = ("say in `of` on whose account it counts, or mend `part_of` in that party's file",)
                    yield Problem(f"`{party.party}` answers what it was not asked", places, helps=helps)


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
    moving = (scope.items(scope.case, event) for event in scope.case.events if event.moves_to)
    if all(items.routes.keys().isdisjoint(items.duties) for items in moving):
        return
    names: dict[str, set[str]] = {}
    for owed in duties(scope.case):
        names.setdefault(owed.event.id, set()).add(owed.duty.id)
    for event_id, taken in names.items():
        event = scope.case.event_by_id[event_id]
        for name, field, position in event.items():
            if name in taken and scope.sound(event, field, "moves_to"):
                place = scope.place(event, (field, position, "id"), "the name of a duty")
                helps = ("give the item another id",)
                yield Problem(f"`{name}` is the id of a duty that comes with this move", (place,), helps=helps)


class _Asked(NamedTuple):
    """A request or milestone, with the event and the case it stands in."""

    case: CaseFile
    event: Event
    request: Request

    @property
    def name(self) -> str:
        """The full reference to it."""
        return f"{self.case.id}/{self.event.id}#{self.request.id}"

    @property
    def runs_from(self) -> Reference | None:
        """The request that its term runs from, with its case."""
        after = self.request.within.after if self.request.within else None
        return Reference(self.case.full(after)) if after and after.item else None

    def place_of_term(self, scope: Scope) -> Place:
        """Returns the place that says what its term runs from."""
        route = scope.items(self.case, self.event).routes[self.request.id]
        return scope.place(self.event, (*route[:2], "within", "after"), "runs from the next", self.case)

    def place_of_asked(self, scope: Scope) -> Place:
        """Returns the place that says whom it asks: a milestone that names nobody asks who leads."""
        field, position, _ = scope.items(self.case, self.event).routes[self.request.id]
        own = getattr(self.event, str(field))[position].asked_of
        return scope.place(self.event, (field, position, "asked_of") if own else ("lead",), "asked of these", self.case)


def _asked(scope: Scope, reference: Reference) -> _Asked | None:
    """Returns the request that a reference leads to."""
    found = scope.found(reference)
    request = scope.items(*found).asks.get(reference.item or "") if found else None
    return _Asked(*found, request) if found and request else None


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


_MOST_SHOWN = 10
"""Requests of one circle that are shown."""


@rule("OC326", "terms-run-in-a-circle")
def terms_run_in_a_circle(scope: Scope) -> Iterator[Problem]:
    """The terms of some requests each run from the next one's being met, and so from themselves.

    Why it matters
        None of them would ever begin; no day could be said to be the last.
    Wrong
        work-plan: within {days: 60, after: …#forum}  and  forum: within {days: 90, after: …#work-plan}
    Right
        work-plan: within {days: 60}  and  forum: within {days: 90, after: …#work-plan}
    Not reported when
        The chain ends with a paper, a day, or a request without a term. A term that runs from its own request is a
        self-reference, which is another check.
    """
    if not any(use.field == "after" and use.reference.item for _, use, _ in scope.references):
        return  # a circle is told of one of these
    for circle in _circles(scope):
        first = circle[0]
        if len(circle) > 1 and first.case is scope.case and scope.sound(first.event, "requests", "milestones"):
            places = tuple(asked.place_of_term(scope) for asked in circle[:_MOST_SHOWN])
            more = len(circle) - len(places)
            notes = (f"{more} more requests are in this circle",) if more else ()
            helps = ("let one of them run from a paper's day: name the event alone in `after`, or leave it out",)
            yield Problem("these terms run from one another in a circle", places, notes, helps)


def _circles(scope: Scope) -> Iterator[tuple[_Asked, ...]]:
    """Yields each circle of requests that one of the case leads into, once, from its first name on.

    No request is walked twice: a chain can be as long as a record.
    """
    walked: set[str] = set()
    for event in scope.case.events:
        for request in event.asks:
            if not request.within or not request.within.after:
                continue  # it may end a chain, but is in no circle
            path: dict[str, _Asked] = {}
            asked: _Asked | None = _Asked(scope.case, event, request)
            while asked is not None and asked.name not in walked:
                walked.add(asked.name)
                path[asked.name] = asked
                asked = _asked(scope, asked.runs_from) if asked.runs_from else None
            if asked is not None and asked.name in path:
                names = list(path)[list(path).index(asked.name) :]
                first = names.index(min(names))
                yield tuple(path[name] for name in (*names[first:], *names[:first]))


_CLASHING = frozenset({
    frozenset({Outcome.MET, Outcome.REFUSED}),
    frozenset({Outcome.MET, Outcome.NONE}),
    frozenset({Outcome.PARTLY_MET, Outcome.NONE}),
    frozenset({Outcome.REFUSED, Outcome.NONE}),
})  # fmt: skip


@rule("OC325", "answered-in-contradiction")
def answered_in_contradiction(scope: Scope) -> Iterator[Problem]:
    """One party's answer to one request is told twice by the same teller, in ways that exclude each other.

    Why it matters
        The last answer is the one that counts, and nobody can tell which of the two is the last.
    Wrong
        answers: [{request: …#publish, answer: met}, {request: …#publish, answer: refused}]
    Right
        answers: [{request: …#publish, answer: refused}]
    Not reported when
        One of the two is certainly later or `follows` the other, so that it takes its place; or two different tellers
        disagree, which is a doubt and no mistake.
    """
    asked = [scope.case.full(answer.request) for event in scope.case.events for answer in event.answers]
    if len(set(asked)) == len(asked):
        return
    told: dict[tuple[str, str], dict[tuple[str, Outcome], _Told]] = {}
    for each in _all_told(scope):  # of a record that says one thing many times over, the first time
        told.setdefault((each.request, each.party), {}).setdefault((each.event.id, each.outcome), each)
    reported: set[tuple[Place, Place]] = set()
    for several in told.values():
        for one, other in combinations(several.values(), 2):
            places = (other.place(scope, "and this is told too"), one.place(scope, "this is told"))
            if one.clashes_with(other) and places not in reported:
                reported.add(places)
                later = ("if one came later, say so with a date or with `follows`",) * (one.event.id != other.event.id)
                helps = ("keep the one that is true", *later)
                message = f"`{other.outcome}` and `{one.outcome}` cannot both be the answer to this request"
                yield Problem(message, places, helps=helps)


class _Told(NamedTuple):
    """An answer of one party: where it is told, and by whom."""

    event: Event
    position: int
    request: str
    party: str
    tellers: frozenset[str]

    @property
    def outcome(self) -> Outcome:
        """What came back."""
        return self.event.answers[self.position].answer

    def place(self, scope: Scope, label: str) -> Place:
        """Returns the place of what came back."""
        return scope.place(self.event, ("answers", self.position, "answer"), label)

    def clashes_with(self, other: _Told) -> bool:
        """True when both cannot be true and neither can be taken for the later."""
        if frozenset({self.outcome, other.outcome}) not in _CLASHING:
            return False
        if self.event.id == other.event.id:
            return True
        known = bool(self.tellers) and UNKNOWN not in self.tellers
        return known and self.tellers == other.tellers and _order_is_open(self.event, other.event)


def _order_is_open(one: Event, other: Event) -> bool:
    if "unknown" in (one.dated.form, other.dated.form) or not one.dated.may_overlap(other.dated):
        return False
    names = {reference.event for event in (one, other) for _, reference in event.precursors()}
    return one.id not in names and other.id not in names


def _all_told(scope: Scope) -> Iterator[_Told]:
    for event in scope.case.events:
        field, actors = acting(event)
        if not scope.sound(event, "answers", "dated", field):
            continue
        tellers = frozenset(each.party for each in actors)
        for position, answer in enumerate(event.answers):
            for party in answer.of or actors:
                if party.party != UNKNOWN:
                    yield _Told(event, position, scope.case.full(answer.request), party.party, tellers)


CHECKS = (
    answer_without_of, answered_by_nobody_asked, due_before_asked, item_takes_duty_id, answered_in_contradiction,
    terms_run_in_a_circle,
)  # fmt: skip
