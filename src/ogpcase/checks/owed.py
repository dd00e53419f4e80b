"""What the policy obliges a body to do once a case has moved: is there any record that speaks to it?

How such duties are answered and shown is the ledger's business; nothing is ever taken as done without a record.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import Scope
from ogpcase.checks.steps import PlacedStep, judged_steps
from ogpcase.diagnostics import Problem, Severity, rule
from ogpcase.model.ids import Reference
from ogpcase.policy.lifecycle import permitted, rests_elsewhere, version_of
from ogpcase.policy.version import Duty


@rule("OC407", "duty-without-answer", Severity.WARNING)
def duty_without_answer(scope: Scope) -> Iterator[Problem]:
    """A step brings duties with it, and no record says what became of them.

    Why it matters
        Who was told of a step, and when, is what filers and governments ask first. That nothing is recorded is not to
        say that nothing was done; it is a question that the case file leaves open.
    Wrong
        moves_to: [initial_review]  and no answer to  2018-07-16-concern#acknowledge-filers
    Right
        a letter with  answers: [{request: 2018-07-16-concern#acknowledge-filers, answer: met}]
    Not reported when
        Some record answers the duty, be it with `unknown` after a search in vain; the rule is not verified; the step
        is not one of the policy, or departs from it; or a record that may hold the answer cannot be read in full.
    """
    answered = _answered(scope)
    if answered is None:
        return
    owed: dict[str, tuple[PlacedStep, dict[str, Duty]]] = {}
    for placed in judged_steps(scope):
        event = placed.step.event
        for duty in _duties(scope, placed):
            if f"{scope.case.id}/{event.id}#{duty.id}" not in answered:
                owed.setdefault(event.id, (placed, {}))[1].setdefault(duty.id, duty)
    for placed, duties in owed.values():
        yield _unanswered(scope, placed, tuple(duties.values()))


def _unanswered(scope: Scope, placed: PlacedStep, duties: tuple[Duty, ...]) -> Problem:
    event, version = placed.step.event, version_of(scope.case, placed.step.event)
    count = "a duty" if len(duties) == 1 else f"{len(duties)} duties"
    evidence = placed.step.move.evidence if placed.step.move else ""
    notes = (
        *(f"`{duty.id}`: {duty.text}" for duty in duties),
        f"{version.version if version else ''} version, rule verified: {evidence}",
        "that nothing is recorded is not to say that nothing was done",
    )
    helps = (
        f"record what shows it: `answers: [{{request: {event.id}#{duties[0].id}, answer: met}}]`",
        "where it was looked for in vain, answer `unknown` in a `development` with `context: true`",
    )
    return Problem(
        f"no record answers {count} that came with this step", (placed.place(scope, "this step"),), notes, helps
    )


def _duties(scope: Scope, placed: PlacedStep) -> tuple[Duty, ...]:
    """Returns what a step brings with it, where it is certain that it does."""
    step = placed.step
    sure = step.certain and step.move and step.move.verified and permitted(scope.case, step)
    return step.move.then_due if sure and step.move and not rests_elsewhere(step) else ()


def _answered(scope: Scope) -> frozenset[str] | None:
    """Returns what the case's answers speak to; None where one cannot be read, or speaks to nothing that is there."""
    case = scope.case
    if case.unreadable or not all(scope.sound(event, "answers") for event in case.events):
        return None
    own = [answer.request for event in case.events for answer in event.answers]
    if not all(_is_there(scope, each) for each in own if case.owns(each)):
        return None
    return frozenset(map(case.full, own))


def _is_there(scope: Scope, reference: Reference) -> bool:
    event = scope.case.event_by_id.get(reference.event)
    if event is None:
        return False
    there = scope.route_of_item(scope.case, event, reference.item)
    return bool(there) or reference.item in scope.duty_ids(scope.case, event)


CHECKS = (duty_without_answer,)
