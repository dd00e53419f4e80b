"""Two answers of one party to one request: can both be true?

A later answer takes the place of an earlier one; what two tellers say differently is a doubt, and is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, rule
from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Event
from ogpcase.model.parties import UNKNOWN
from ogpcase.model.uses import acting
from ogpcase.values import frozen

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


@frozen
class _Told:
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
        if not event.answers:
            continue
        field, actors = acting(event)
        if not scope.sound(event, "answers", "dated", field):
            continue
        tellers = frozenset(each.party for each in actors)
        for position, answer in enumerate(event.answers):
            for party in answer.of or actors:
                if party.party != UNKNOWN:
                    yield _Told(event, position, scope.case.full(answer.request), party.party, tellers)


CHECKS = (answered_in_contradiction,)
