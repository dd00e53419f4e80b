"""The steps of a case as they can be judged: where each stands in its record, and which of them are at fault.

One wrong step or date puts later ones out of order; those are not named with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ogpcase.checks.scope import Scope
from ogpcase.checks.waived import departs
from ogpcase.diagnostics import Place
from ogpcase.policy.lifecycle import Step, permitted_moves, row_for, steps, version_of
from ogpcase.policy.permission import case_was_open, permitted


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step, with its position in its event's `moves_to`, and the step before it."""

    step: Step
    position: int
    before: PlacedStep | None

    def place(self, scope: Scope, label: str) -> Place:
        """Returns the place of the stage it leads to."""
        return scope.place(self.step.event, ("moves_to", self.position), label)


def judged_steps(scope: Scope) -> Iterator[PlacedStep]:
    """Yields the steps whose place among the others is not in doubt: up to the first moving event out of its time."""
    seen: Counter[str] = Counter()
    before: PlacedStep | None = None
    doubted = _out_of_time(scope)
    for step in steps(scope.case):
        if step.event.id in doubted:
            return
        before = PlacedStep(step, seen[step.event.id], before)
        seen[step.event.id] += 1
        yield before


def _out_of_time(scope: Scope) -> frozenset[str]:
    """The events whose dates contradict what the records say of their order, or have not come yet."""
    pairs = [each for several in scope.contradictions.values() for each in several]
    doubted = {each.event.id for each in pairs} | {each.later.id for each in pairs if each.case is scope.case}
    return frozenset(doubted | {event.id for event in scope.case.events if scope.to_come(event.dated)})


def steps_at_fault(scope: Scope) -> Iterator[PlacedStep]:
    """Yields the steps that the table does not have, or of a case that had ended; not those one slip explains."""
    slip: PlacedStep | None = None
    for placed in judged_steps(scope):
        wrong = case_was_open(scope.case, placed.step) is False or permitted(scope.case, placed.step) is False
        if wrong and not (slip and slip is placed.before and _explains(scope, slip.step, placed.step)):
            yield placed
            slip = None if departs(placed.step.event) else placed


def _explains(scope: Scope, slip: Step, step: Step) -> bool:
    """True when another stage in the place of the one slipped to would make both steps permitted ones."""
    version = version_of(scope.case, step.event)
    if version is None:
        return False
    instead = {slip.start, *(move.to for move in permitted_moves(slip.start, version))}
    return any(row_for(version, stage, step.end) for stage in instead)
