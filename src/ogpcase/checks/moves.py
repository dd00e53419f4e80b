"""Checks each step against the policy table: the move, the body, the kind of paper, the clause, and the duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Severity, rule
from ogpcase.diagnostics.visible_text import command
from ogpcase.model.casefile import file_of_header
from ogpcase.model.events import Event
from ogpcase.model.problems import listed
from ogpcase.model.uses import acting, route_of_party
from ogpcase.policy.lifecycle import (
    Step,
    case_was_open,
    clause_carries,
    made_moot,
    permitted,
    report_judged,
    rests_elsewhere,
    right_body,
    right_paper,
    rivals,
    steps,
)
from ogpcase.policy.procedures import Duty, Move, judged_by, procedure_of

DEPART = "if it did happen so, keep the record true and add `departure:` with a reason and a source"


class PlacedStep(NamedTuple):
    """A step, its position in the event's `moves_to`, and the step before it."""

    step: Step
    position: int
    before: PlacedStep | None

    def place(self, scope: Scope, label: str) -> Place:
        """Returns the place of the stage that the step leads to."""
        return scope.place(self.step.event, ("moves_to", self.position), label)


@lru_cache(maxsize=1)
def judged_steps(scope: Scope) -> tuple[PlacedStep, ...]:
    """Returns the steps in a certain order: all before the first event with a contradictory date."""
    if any(scope.to_come(event.day) for event in scope.case.moving):
        return ()  # its place is not known, so no step's start is
    pairs = [pair for of_event in scope.contradictions.values() for pair in of_event]
    doubted = {pair.event.id for pair in pairs} | {pair.later.id for pair in pairs if pair.case is scope.case}
    number: Counter[str] = Counter()
    judged: list[PlacedStep] = []
    for step in steps(scope.case):
        if step.event.id in doubted:
            break
        judged.append(PlacedStep(step, number[step.event.id], judged[-1] if judged else None))
        number[step.event.id] += 1
    return tuple(judged)


def steps_at_fault(scope: Scope) -> Iterator[PlacedStep]:
    """Yields wrong steps, except those that the wrong step before them, or two exchanged dates, explain."""
    slip: PlacedStep | None = None
    first, last = exchanged(scope) or (0, -1)
    for number, placed in enumerate(judged_steps(scope)):
        if first <= number <= last + 1 and first < last:
            slip = None
            continue
        wrong = case_was_open(scope.case, placed.step) is False or permitted(scope.case, placed.step) is False
        if wrong and not (slip and slip is placed.before and _explains(scope, slip.step, placed.step)):
            yield placed
            slip = None if scope.departs(placed.step.event) else placed


@lru_cache(maxsize=1)
def exchanged(scope: Scope) -> tuple[int, int] | None:
    """Returns the positions of a step that is not permitted and of a certainly later step, if exchanging helps.

    With the first after the second, both, all steps between and the next must be permitted; neither has a departure.
    """
    placed = judged_steps(scope)
    for first, early in enumerate(placed):
        if permitted(scope.case, early.step) is False and _stands_alone(scope, early):
            for last, late in enumerate(placed[first + 1 :], first + 1):
                apart = early.step.event.day.certainly_before(late.step.event.day)
                if apart and _stands_alone(scope, late) and _right_when_moved(scope, placed, first, last):
                    return first, last
    return None


def _stands_alone(scope: Scope, placed: PlacedStep) -> bool:
    return len(placed.step.event.moves_to) == 1 and not scope.departs(placed.step.event)


def _right_when_moved(scope: Scope, placed: Sequence[PlacedStep], first: int, last: int) -> bool:
    """True if each step would be permitted with the first directly after the last."""
    at = placed[first].step.start
    for moved in (*placed[first + 1 : last + 1], placed[first], *placed[last + 1 : last + 2]):
        table = judged_by(scope.case, moved.step.event)
        if table is None or not table.rows(at, moved.step.end):
            return False
        at = moved.step.end
    return True


def _explains(scope: Scope, slip: Step, step: Step) -> bool:
    """True if both steps would be permitted with another stage between them."""
    table = judged_by(scope.case, step.event)
    if table is None:
        return False
    instead = {str(slip.start), *(move.to for move in table.moves_from(slip.start))}
    return any(table.rows(stage, step.end) for stage in instead)


@rule("OC401", "unpermitted-move")
def unpermitted_move(scope: Scope) -> Iterator[Problem]:
    """A record moves the case to a stage that the policy does not permit from its present stage.

    Why it matters
        A step between is not recorded, a date is wrong, or the procedure was not followed.
    Wrong
        a case in initial_review  moves_to: [suspended]
    Right
        a case in initial_review  moves_to: [under_review]
    Not reported when
        The event has a departure with a source, is undated, follows a record that cannot be read, or directly follows
        a wrong step that explains it. Two exchanged dates are another check.
    """
    for placed in steps_at_fault(scope):
        step, table = placed.step, judged_by(scope.case, placed.step.event)
        if table and case_was_open(scope.case, step):
            moves = dict.fromkeys(move.to for move in table.moves_from(step.start))
            names = [event.id for event in rivals(scope.case, step)]
            perhaps = (f"if it came after {listed(names)}, write that in `follows`",) if names else ()
            helps = (f"permitted from here: {listed(tuple(moves))}", *perhaps, DEPART)
            message = f"{table.version_label} has no move from `{step.start}` to `{step.end}`"
            before = f"here it moved to `{step.start}`"
            places = _and_the_one_before(scope, placed, "not permitted from the present stage", before)
            yield Problem(message, places, helps=helps)


def _and_the_one_before(scope: Scope, placed: PlacedStep, label: str, before: str) -> tuple[Place, ...]:
    first = placed.place(scope, label)
    return (first, placed.before.place(scope, before)) if placed.before else (first,)


@rule("OC402", "wrong-body")
def wrong_body(scope: Scope) -> Iterator[Problem]:
    """A step is taken by another body than the policy requires.

    Why it matters
        The decision of another body is not valid, or the record names the wrong body.
    Wrong
        moves_to: [suspended]  by: [ogp-criteria-and-standards]
    Right
        moves_to: [suspended]  by: [ogp-steering-committee]
    Not reported when
        The actor is missing, `unknown`, without a readable file, or OGP as a whole; or the rule is not verified.
    """
    for placed in judged_steps(scope):
        if right_body(scope.case, placed.step) is False:
            rows = _rows(scope, placed)
            procedure = procedure_of(scope.case)
            who = " or ".join(dict.fromkeys(procedure.deciders(row) for row in rows))
            event = placed.step.event
            places = (_actors(scope, event), placed.place(scope, "this step"))
            helps = ("if the paper names another body, write that body here", DEPART)
            notes = (f"{who} decides it ({_known(scope, placed, rows)})",)
            yield Problem(
                f"the move to `{placed.step.end}` is made by a body that may not decide it", places, notes, helps
            )


def _actors(scope: Scope, event: Event) -> Place:
    field, parties = acting(event)
    route = route_of_party(parties[0], (field, 0)) if len(parties) == 1 else (field,)
    return scope.place(event, route, "acts here")


@rule("OC403", "clause-does-not-carry")
def clause_does_not_carry(scope: Scope) -> Iterator[Problem]:
    """A decision cites a clause of the policy that does not permit it.

    Why it matters
        For example, III.B.9 permits closing a case as addressed domestically only if the report says so.
    Wrong
        basis: III.B.9  on a report with  conclusion: not_addressed
    Right
        basis: III.B.9  on a report with  conclusion: addressed_domestically
    Not reported when
        The number of the clause could not be verified, or the conclusion of the report is not known.
    """
    for placed in judged_steps(scope):
        if clause_carries(scope.case, placed.step) is False:
            yield _not_carried(scope, placed)


def _not_carried(scope: Scope, placed: PlacedStep) -> Problem:
    step, rows = placed.step, _rows(scope, placed)
    report = report_judged(scope.case, step.event)
    row = next((row for row in rows if row.requires.report_concludes), None)
    here = placed.place(scope, "this move")
    first = scope.place(step.event, ("basis",), "the clause cited") if step.basis else here
    basis = f"basis {step.basis}" if step.basis else "the report"
    message = f"{basis} does not permit this move to `{step.end}`"
    if row is None or report is None:
        notes = (f"{step.basis} permits another move ({_known(scope, placed, rows)})",)
        return Problem(message, (first, here), notes, ("cite the clause that permits it", DEPART))
    second = scope.place(report, ("conclusion",), "the adopted report concludes otherwise")
    wanted = row.requires.report_concludes
    helps = (
        "if the case was decided on another ground, cite that clause in `basis`",
        f"if the report was misread, set `conclusion` to `{wanted}`",
    )
    notes = (f"{row.clause}: {row.requires.text} ({_known(scope, placed, (row,))})",)
    return Problem(message, (first, second), notes, helps)


@rule("OC404", "wrong-paper")
def wrong_paper(scope: Scope) -> Iterator[Problem]:
    """A step is recorded in another kind of paper than the policy requires.

    Why it matters
        For example, a resolution closes a case, and a letter about the resolution does not.
    Wrong
        kind: letter  moves_to: [suspended]
    Right
        kind: resolution  moves_to: [suspended]
    Not reported when
        The rule is not verified, or the event has a departure with a source.
    """
    for placed in judged_steps(scope):
        if right_paper(scope.case, placed.step) is False:
            rows, event = _rows(scope, placed), placed.step.event
            kinds = dict.fromkeys(f"a {kind.label.lower()}" for row in rows for kind in row.carried_by)
            places = (scope.place(event, ("kind",), "this paper"), placed.place(scope, "this step"))
            notes = (f"{' or '.join(kinds)} makes this move ({_known(scope, placed, rows)})",)
            helps = ("record the move with the paper that decides it", DEPART)
            message = f"a {event.kind.label.lower()} cannot move a case to `{placed.step.end}`"
            yield Problem(message, places, notes, helps)


@rule("OC405", "move-after-an-end")
def move_after_an_end(scope: Scope) -> Iterator[Problem]:
    """A record moves a case that has ended.

    Why it matters
        No rule and no example of a reopened case is known. A later matter is a new case.
    Wrong
        closed_addressed_domestically  and later  moves_to: [under_review]
    Right
        a new case with  related: [{case: mexico-2018, relation: earlier_case}]
    Not reported when
        The event has a departure with a source or is undated, or the step that ended the case is itself reported.
    """
    for placed in steps_at_fault(scope):
        if case_was_open(scope.case, placed.step) is False:
            places = _and_the_one_before(scope, placed, "a move of an ended case", "it ended here")
            helps = ("open a new case for a new matter, with this one under `related`", DEPART)
            yield Problem("the case had ended before this move", places, helps=helps)


@rule("OC406", "move-in-undated-event", Severity.WARNING)
def move_in_undated_event(scope: Scope) -> Iterator[Problem]:
    """An undated record moves the case.

    Why it matters
        The stage of the case follows from dated steps. This step is shown as `perhaps` and does not move the case.
    Wrong
        dated: unknown  moves_to: [under_review]
    Right
        dated: "[2018-07-16..2018-08-24]"  moves_to: [under_review]
    Not reported when
        The date is known roughly, or the event is context.
    """
    for event in scope.case.having("moves_to"):
        if event.day.form == "unknown" and scope.sound(event, "dated") and not event.context:
            places = (scope.place(event, ("dated",), "no date"), scope.place(event, ("moves_to",), "this step"))
            helps = ("give the known bounds, as `[2018-07-16..2018-08-24]` or `[..2018-08-24]`",)
            yield Problem("an undated record moves the case", places, helps=helps)


@rule("OC407", "duty-without-answer", Severity.WARNING)
def duty_without_answer(scope: Scope) -> Iterator[Problem]:
    """Steps of a case bring duties, and no record answers them.

    Why it matters
        Filers and governments first ask who was notified of a step, and when. The case file leaves that open.
    Wrong
        moves_to: [initial_review]  and no answer to  2018-07-16-concern#acknowledge-filers
    Right
        a letter with  answers: [{request: 2018-07-16-concern#acknowledge-filers, answer: met}]
    Not reported when
        A record answers the duty, even with `unknown`, or makes it pointless; the rule is not verified; the step is not
        permitted or has a departure; or a record that may have the answer cannot be read in full.
    """
    answered = _answered(scope)
    if answered is None:
        return
    owed: dict[str, tuple[PlacedStep, dict[str, Duty]]] = {}
    for placed in judged_steps(scope):
        event = placed.step.event
        for duty in () if scope.departs(event) else _duties(scope, placed.step):
            if f"{scope.case.id}/{event.id}#{duty.id}" not in answered and not made_moot(scope.case, event, duty):
                owed.setdefault(event.id, (placed, {}))[1].setdefault(duty.id, duty)
    if owed:
        yield _unanswered(scope, tuple(owed.values()))


_MOST_SHOWN = 10
"""The most steps of one case whose duties are shown."""


def _unanswered(scope: Scope, owed: Sequence[tuple[PlacedStep, dict[str, Duty]]]) -> Problem:
    """Returns one problem for the case: its message and first place stay as steps and answers are added."""
    places = [Place(file_of_header(scope.case.id), ("track",), "the procedure that lays them on its bodies")]
    notes: list[str] = []
    for placed, duties in owed[:_MOST_SHOWN]:
        count = "a duty" if len(duties) == 1 else f"{len(duties)} duties"
        places.append(placed.place(scope, f"this step brought {count}"))
        notes.append(f"{placed.step.event.id}: {', '.join(f'`{name}`' for name in duties)}")
    notes += [f"{len(owed) - _MOST_SHOWN} more steps brought duties"] if len(owed) > _MOST_SHOWN else []
    first, duties = owed[0]
    helps = (
        f"read them: `{command('ogpcase requests', scope.case.id)} --duties`",
        f"record an answer: `answers: [{{request: {first.step.event.id}#{next(iter(duties))}, answer: met}}]`",
        "if a search found nothing, answer `unknown` in a `development` with `context: true`",
    )
    message = "no record answers some duties that steps of this case brought"
    return Problem(message, tuple(places), (*notes, "no record does not mean that nothing was done"), helps)


def _duties(scope: Scope, step: Step) -> tuple[Duty, ...]:
    """Returns the duties that a step certainly brings, without those whose answers a public copy leaves out."""
    sure = step.certain and step.move and step.move.verified and permitted(scope.case, step)
    due = step.move.then_due if sure and step.move and not rests_elsewhere(step) else ()
    return tuple(duty for duty in due if duty.id not in step.event.answer_withheld)


def _answered(scope: Scope) -> frozenset[str] | None:
    """Returns the requests that the case answers; None if an answer cannot be read or its request does not exist."""
    case = scope.case
    unread = any("answers" in fields for name, fields in case.flawed.items() if name in case.event_by_id)
    if case.unreadable or unread:
        return None
    requests = [answer.request for event in case.having("answers") for answer in event.answers]
    for request in filter(case.owns, requests):
        event = case.event_by_id.get(request.event)
        items = scope.items(case, event) if event else None
        if items is None or (request.item not in items.routes and request.item not in items.duties):
            return None
    return frozenset(map(case.full, requests))


def _rows(scope: Scope, placed: PlacedStep) -> tuple[Move, ...]:
    table = judged_by(scope.case, placed.step.event)
    return table.rows(placed.step.start, placed.step.end) if table else ()


def _known(scope: Scope, placed: PlacedStep, rows: tuple[Move, ...]) -> str:
    table = judged_by(scope.case, placed.step.event)
    evidence = "; ".join(dict.fromkeys(row.evidence.words for row in rows))
    return f"{table.version_label if table else 'the policy'}; {evidence}"


CHECKS = (
    unpermitted_move, wrong_body, clause_does_not_carry, wrong_paper, move_after_an_end, move_in_undated_event,
    duty_without_answer,
)  # fmt: skip
