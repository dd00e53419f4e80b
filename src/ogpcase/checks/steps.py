"""What a departure lifts: the procedure's problems with the event that carries it, and no other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem
from ogpcase.model.casefile import file_of_event
from ogpcase.policy.lifecycle import Step, case_was_open, permitted, permitted_moves, row_for, steps, version_of


class PlacedStep(NamedTuple):
    """A step, with its position in its event's `moves_to`, and the step before it."""

    step: Step
    position: int
    before: PlacedStep | None

    def place(self, scope: Scope, label: str) -> Place:
        """Returns the place of the stage it leads to."""
        return scope.place(self.step.event, ("moves_to", self.position), label)


@lru_cache(maxsize=1)
def judged_steps(scope: Scope) -> tuple[PlacedStep, ...]:
    """Returns the steps whose place among the others is not in doubt: up to the first moving event out of its time."""
    return tuple(_judged_steps(scope))


def _judged_steps(scope: Scope) -> Iterator[PlacedStep]:
    seen: Counter[str] = Counter()
    before: PlacedStep | None = None
    doubted = _out_of_time(scope)
    if any(event.moves_to and not event.context and scope.to_come(event.dated) for event in scope.case.events):
        return  # where it belongs is not known, and so neither where any other step begins
    for step in steps(scope.case):
        if step.event.id in doubted:
            return
        before = PlacedStep(step, seen[step.event.id], before)
        seen[step.event.id] += 1
        yield before


def _out_of_time(scope: Scope) -> frozenset[str]:
    """The events whose dates contradict what the records say of their order."""
    pairs = [each for several in scope.contradictions.values() for each in several]
    return frozenset({each.event.id for each in pairs} | {each.later.id for each in pairs if each.case is scope.case})


def steps_at_fault(scope: Scope) -> Iterator[PlacedStep]:
    """Yields the steps that the table does not have, or of a case that had ended; not those one slip explains.

    Nor those that only two exchanged dates put where they stand.
    """
    slip: PlacedStep | None = None
    first, last = _first_exchange(scope) or (0, -1)
    for number, placed in enumerate(judged_steps(scope)):
        if first <= number <= last + 1 and first < last:
            slip = None
            continue
        wrong = case_was_open(scope.case, placed.step) is False or permitted(scope.case, placed.step) is False
        if wrong and not (slip and slip is placed.before and _explains(scope, slip.step, placed.step)):
            yield placed
            slip = None if scope.departs(placed.step.event) else placed


def exchanged(scope: Scope) -> tuple[PlacedStep, PlacedStep] | None:
    """Returns a step that is not permitted where it stands and a certainly later one after which it would be.

    In that order every step between and the next one would be permitted too, and neither of the two departs.
    """
    found = _first_exchange(scope)
    return (judged_steps(scope)[found[0]], judged_steps(scope)[found[1]]) if found else None


@lru_cache(maxsize=1)
def _first_exchange(scope: Scope) -> tuple[int, int] | None:
    return next(_exchanges(scope, judged_steps(scope)), None)


def _exchanges(scope: Scope, placed: Sequence[PlacedStep]) -> Iterator[tuple[int, int]]:
    for first, early in enumerate(placed):
        if permitted(scope.case, early.step) is False and _stands_alone(scope, early):
            for last in range(first + 1, len(placed)):
                late = placed[last]
                apart = early.step.event.dated.certainly_before(late.step.event.dated)
                if apart and _stands_alone(scope, late) and _right_when_moved(scope, placed, first, last):
                    yield first, last


def _stands_alone(scope: Scope, placed: PlacedStep) -> bool:
    return len(placed.step.event.moves_to) == 1 and not scope.departs(placed.step.event)


def _right_when_moved(scope: Scope, placed: Sequence[PlacedStep], first: int, last: int) -> bool:
    """True when each step would be permitted if the first of these came right after the last of them."""
    at = placed[first].step.start
    for one in (*placed[first + 1 : last + 1], placed[first], *placed[last + 1 : last + 2]):
        version = version_of(scope.case, one.step.event)
        if version is None or not row_for(version, at, one.step.end):
            return False
        at = one.step.end
    return True


def _explains(scope: Scope, slip: Step, step: Step) -> bool:
    """True when another stage in the place of the one slipped to would make both steps permitted ones."""
    version = version_of(scope.case, step.event)
    if version is None:
        return False
    instead = {slip.start, *(move.to for move in permitted_moves(slip.start, version))}
    return any(row_for(version, stage, step.end) for stage in instead)


PROCEDURE = "OC4"
"""What the codes of all problems with the procedure begin with."""


def is_waived(problem: Problem, scope: Scope) -> bool:
    """True when the event that a problem of procedure is with carries a departure, or one that cannot be read."""
    if not problem.code.startswith(PROCEDURE):
        return False
    file = problem.places[0].file
    event = next((each for each in scope.case.events if file_of_event(scope.case.id, each.id) == file), None)
    return event is not None and (scope.departs(event) or not scope.sound(event, "departure"))
