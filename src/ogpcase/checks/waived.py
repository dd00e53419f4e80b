"""What a departure lifts: the procedure's problems with the event that carries it, and no other."""

from __future__ import annotations

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Problem
from ogpcase.model.casefile import file_of_event

PROCEDURE = "OC4"
"""What the codes of all problems with the procedure begin with."""


def is_waived(problem: Problem, scope: Scope) -> bool:
    """True when the event that a problem of procedure is with carries a departure, or one that cannot be read."""
    if not problem.code.startswith(PROCEDURE):
        return False
    file = problem.places[0].file
    event = next((each for each in scope.case.events if file_of_event(scope.case.id, each.id) == file), None)
    return event is not None and (scope.departs(event) or not scope.sound(event, "departure"))
