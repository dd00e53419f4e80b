"""Checks of requests, terms and answers: each answer fits its request, and each term can be met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from typing import NamedTuple

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.ledger import EXCLUDING, TOLD_BY_ANYBODY, TOLD_OF_OTHERS
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Kind, Outcome
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import Answer, Request
from ogpcase.model.parties import PUBLIC, UNKNOWN, NamedParty
from ogpcase.model.uses import acting, route_of_party
from ogpcase.policy.lifecycle import duties


@rule("OC321", "answer-without-of")
def answer_without_of(scope: Scope) -> Iterator[Problem]:
    """An answer is `none` or `not_met`, and `of` does not say of whom that is told.

    Why it matters
        A source tells of a party that did not answer, or did not do what was asked. Without `of` it would count as told
        of the author.
    Wrong
        answers: [{request: 2017-02-16-letter-core-group#work-plan, answer: none}]
    Right
        answers: [{request: 2017-02-16-letter-core-group#work-plan, answer: none, of: [stt-mexico]}]
    Not reported when
        The answer is neither `none` nor `not_met`.
    """
    for event in scope.case.having("answers"):
        for position, answer in enumerate(event.answers):
            if answer.answer in TOLD_OF_OTHERS and not answer.of:
                place = scope.place(event, ("answers", position, "answer"), "of whom?")
                asked = _asked(scope, answer.request)
                names = ", ".join(party.party for party in asked.request.asked_of) if asked else ""
                helps = (f"say of whom it is told: `of: [{names or '…'}]`",)
                places = (place, asked.place_of_asked(scope)) if asked else (place,)
                yield Problem(f"`answer: {answer.answer}` does not say of whom it is told", places, helps=helps)


@rule("OC322", "answered-by-nobody-asked", Severity.WARNING)
def answered_by_nobody_asked(scope: Scope) -> Iterator[Problem]:
    """A party answers a request that asks neither it nor a party that it is part of.

    Why it matters
        The answer counts for nobody: the request stays open for the parties that were asked.
    Wrong
        asked_of: [stt-mexico]  and an answer by government-of-chile
    Right
        asked_of: [stt-mexico]  and an answer by inai, which is part of stt-mexico
    Not reported when
        The request names nobody or the public; the answer only extends or overtakes it; or a party has no readable
        file.
    """
    for event in scope.case.having("answers"):
        for position, answer in enumerate(event.answers):
            asked = _asked(scope, answer.request)
            if asked is None:
                continue
            for route, party in _answering(scope, event, position, answer):
                if not _counts(party, asked.request.asked_of, event.day, scope.registry):
                    places = (
                        scope.place(event, route, "neither asked nor part of a party asked"),
                        asked.place_of_asked(scope),
                    )
                    helps = ("say in `of` for whom it counts, or correct `part_of` in that party's file",)
                    yield Problem(f"`{party.party}` answers a request that was not made to it", places, helps=helps)


@rule("OC323", "due-before-asked")
def due_before_asked(scope: Scope) -> Iterator[Problem]:
    """The `due` of a request is before the date of its paper.

    Why it matters
        Nobody could answer in time, and every view would call the answer late.
    Wrong
        dated: 2024-05-06  with  requests: [{id: work-plan, due: 2023-06-05, …}]
    Right
        dated: 2024-05-06  with  requests: [{id: work-plan, due: 2024-06-05, …}]
    Not reported when
        The dates may overlap; or it is a milestone, which may be due before the plan is published.
    """
    for event in scope.case.having("requests"):
        for position, request in enumerate(event.requests):
            if request.due and scope.dated(event) and request.due.certainly_before(event.day):
                first = scope.place(event, ("requests", position, "due"), "due on this day")
                places = (first, scope.place(event, ("dated",), "asked here"))
                yield Problem("this request is due before it is made", places, helps=("check the year of both",))


@rule("OC324", "item-takes-duty-id")
def item_takes_duty_id(scope: Scope) -> Iterator[Problem]:
    """An item of an event has the id of a duty that the event's move brings.

    Why it matters
        A reference could mean the item or the duty.
    Wrong
        moves_to: [initial_review]  with  requests: [{id: acknowledge-filers, …}]
    Right
        moves_to: [initial_review]  with  requests: [{id: confirm-receipt, …}]
    Not reported when
        No move of the event brings a duty with this id.
    """
    moving = (scope.items(scope.case, event) for event in scope.case.having("moves_to"))
    if all(items.routes.keys().isdisjoint(items.duties) for items in moving):
        return
    names: dict[str, set[str]] = {}
    for owed in duties(scope.case):
        names.setdefault(owed.event.id, set()).add(owed.duty.id)
    for event_id, taken in names.items():
        event = scope.case.event_by_id[event_id]
        for name, field, position in event.items():
            if name in taken and scope.sound(event, field, "moves_to"):
                place = scope.place(event, (field, position, "id"), "the id of a duty")
                helps = ("give the item another id",)
                yield Problem(f"`{name}` is the id of a duty that this move brings", (place,), helps=helps)


@rule("OC327", "search-in-a-paper", Severity.WARNING)
def search_in_a_paper(scope: Scope) -> Iterator[Problem]:
    """An answer is `unknown` in a record that is not of a search.

    Why it matters
        Somebody looked for an answer on a day and found none. In a paper, the search would be of the day of the paper.
    Wrong
        kind: letter  dated: 2023-08-30  answers: [{request: 2023-02-01-letter-ask#publish, answer: unknown}]
    Right
        kind: development  dated: 2026-11-05  context: true  answers: [{request: …#publish, answer: unknown}]
    Not reported when
        The record is a development with `context: true`.
    """
    for event in scope.case.having("answers"):
        if event.kind is Kind.DEVELOPMENT and event.context:
            continue
        for position, answer in enumerate(event.answers):
            if answer.answer is Outcome.UNKNOWN:
                place = scope.place(event, ("answers", position, "answer"), "looked for on the day of this paper?")
                way_out = "record the search as a `development` with `context: true`, of the day when it was made"
                helps = (f"{way_out}, and move this answer there",)
                yield Problem("`answer: unknown` stands in a record that is not of a search", (place,), helps=helps)


class _Asked(NamedTuple):
    """A request or milestone, with its event and case."""

    case: CaseFile
    event: Event
    request: Request

    @property
    def name(self) -> str:
        return f"{self.case.id}/{self.event.id}#{self.request.id}"

    @property
    def runs_from(self) -> Reference | None:
        after = self.request.within.after if self.request.within else None
        return Reference(self.case.full(after)) if after and after.item else None

    def place_of_term(self, scope: Scope) -> Place:
        route = scope.items(self.case, self.event).routes[self.request.id]
        return scope.place(self.event, (*route[:2], "within", "after"), "runs from the next", self.case)

    def place_of_asked(self, scope: Scope) -> Place:
        """Returns the place of `asked_of`; for a milestone without it, the place of `lead`."""
        field, position, _ = scope.items(self.case, self.event).routes[self.request.id]
        own = getattr(self.event, str(field))[position].asked_of
        return scope.place(self.event, (field, position, "asked_of") if own else ("lead",), "asked of these", self.case)


def _asked(scope: Scope, reference: Reference) -> _Asked | None:
    found = scope.found(reference)
    request = scope.items(*found).asks.get(reference.item or "") if found else None
    return _Asked(*found, request) if found and request else None


def _answering(scope: Scope, event: Event, position: int, answer: Answer) -> Iterator[tuple[Route, NamedParty]]:
    """Yields the parties that answer, with their routes: those in `of`, else the actors of the event."""
    field, actors = acting(event)
    if answer.of:
        yield from _routed(answer.of, ("answers", position, "of"))
    elif answer.answer not in TOLD_BY_ANYBODY and scope.sound(event, field):
        yield from _routed(actors, (field,))


def _routed(parties: Sequence[NamedParty], route: Route) -> Iterator[tuple[Route, NamedParty]]:
    for position, party in enumerate(parties):
        yield route_of_party(party, (*route, position)), party


def _counts(party: NamedParty, asked: Sequence[NamedParty], on: FuzzyDate, registry: Registry) -> bool:
    """True if an answer of a day counts for a party that was asked, or if that is not known."""
    names = [whole.party for whole in asked]
    if not names or PUBLIC in names or party.party in names:
        return True
    if not all(map(registry.knows, names)) or not _descent_known(party.party, registry):
        return True  # also for `unknown`
    return any(registry.may_belong(party.party, name, on) for name in names)


def _descent_known(name: str, registry: Registry) -> bool:
    """True if the party and everything it is part of, at any depth, can be read."""
    todo = [name]
    for part in todo:  # the loop appends to it
        if part not in registry.parties or part in registry.flawed:
            return False
        todo.extend(whole for whole in registry.parties[part].wholes if whole not in todo)
    return True


_MOST_SHOWN = 10
"""The most requests of one circle that are shown."""


@rule("OC326", "terms-run-in-a-circle")
def terms_run_in_a_circle(scope: Scope) -> Iterator[Problem]:
    """The terms of some requests run from one another in a circle.

    Why it matters
        None of the terms can begin, so none has a last day.
    Wrong
        work-plan: within {days: 60, after: …#forum}  and  forum: within {days: 90, after: …#work-plan}
    Right
        work-plan: within {days: 60}  and  forum: within {days: 90, after: …#work-plan}
    Not reported when
        The chain ends with a paper, a day, or a request without a term. OC314 reports a term that runs from itself.
    """
    if not any(use.field == "after" and use.reference.item for _, use, _ in scope.references):
        return  # every circle has one of these
    for circle in _circles(scope):
        first = circle[0]
        if len(circle) > 1 and first.case is scope.case and scope.sound(first.event, "requests", "milestones"):
            places = tuple(asked.place_of_term(scope) for asked in circle[:_MOST_SHOWN])
            more = len(circle) - len(places)
            notes = (f"{more} more requests are in this circle",) if more else ()
            helps = ("let one of them run from a paper's date: name only the event in `after`, or leave `after` out",)
            yield Problem("these terms run from one another in a circle", places, notes, helps)


def _circles(scope: Scope) -> Iterator[tuple[_Asked, ...]]:
    """Yields each circle that a request of the case leads into, once, beginning with the first name by alphabet."""
    walked: set[str] = set()
    for event in scope.case.events:
        for request in event.asks:
            if not request.within or not request.within.after:
                continue  # it can end a chain, but is in no circle
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


@rule("OC325", "answered-in-contradiction")
def answered_in_contradiction(scope: Scope) -> Iterator[Problem]:
    """The same author gives two answers of one party to one request, and they exclude each other.

    Why it matters
        The last answer counts, and it is not known which of the two is the last.
    Wrong
        answers: [{request: …#publish, answer: met}, {request: …#publish, answer: refused}]
    Right
        answers: [{request: …#publish, answer: refused}]
    Not reported when
        One answer is certainly later, or `follows` the other, and so replaces it; or two authors disagree (a doubt).
    """
    events = scope.case.having("answers")
    counts = Counter(scope.case.full(answer.request) for event in events for answer in event.answers)
    several = {request for request, count in counts.items() if count > 1}
    answers: dict[tuple[str, str], dict[tuple[str, Outcome], _PartyAnswer]] = {}
    for given in _party_answers(scope, several) if several else ():  # an answer that a record repeats is kept once
        answers.setdefault((given.request, given.party), {}).setdefault((given.event.id, given.outcome), given)
    reported: set[tuple[Place, Place]] = set()
    for of_request in answers.values():
        for one, other in combinations(of_request.values(), 2):
            places = (other.place(scope, "and this answer"), one.place(scope, "this answer"))
            if one.clashes_with(other, scope.case) and places not in reported:
                reported.add(places)
                later = ("if one is later, show it with a date or with `follows`",) * (one.event.id != other.event.id)
                helps = ("keep the true answer", *later)
                message = f"`{other.outcome}` and `{one.outcome}` cannot both answer this request"
                yield Problem(message, places, helps=helps)


class _PartyAnswer(NamedTuple):
    """An answer of one party: its event and position, and the authors of the record."""

    event: Event
    position: int
    request: str
    party: str
    authors: frozenset[str]

    @property
    def outcome(self) -> Outcome:
        return self.event.answers[self.position].answer

    def place(self, scope: Scope, label: str) -> Place:
        return scope.place(self.event, ("answers", self.position, "answer"), label)

    def clashes_with(self, other: _PartyAnswer, case: CaseFile) -> bool:
        """True if the two answers cannot both be true and neither replaces the other."""
        if frozenset({self.outcome, other.outcome}) not in EXCLUDING:
            return False
        if self.event.id == other.event.id:
            return True
        known = bool(self.authors) and UNKNOWN not in self.authors
        return known and self.authors == other.authors and case.order_is_open(self.event, other.event)


def _party_answers(scope: Scope, requests: AbstractSet[str]) -> Iterator[_PartyAnswer]:
    """Yields the answers to these requests, for each party."""
    for event in scope.case.having("answers"):
        field, actors = acting(event)
        if not scope.sound(event, "dated", field):
            continue
        authors = frozenset(actor.party for actor in actors)
        for position, answer in enumerate(event.answers):
            request = scope.case.full(answer.request)
            for party in (answer.of or actors) if request in requests else ():
                if party.party != UNKNOWN:
                    yield _PartyAnswer(event, position, request, party.party, authors)


CHECKS = (
    answer_without_of, answered_by_nobody_asked, due_before_asked, item_takes_duty_id, answered_in_contradiction,
    terms_run_in_a_circle, search_in_a_paper,
)  # fmt: skip
