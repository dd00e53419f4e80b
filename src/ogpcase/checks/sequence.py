"""Two steps of the case that stand the wrong way round: by their dates, against what the policy's moves build on.

A step that no other date would make right is judged in checks.moves.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import Scope
from ogpcase.checks.steps import PlacedStep, exchanged
from ogpcase.diagnostics import Problem, rule
from ogpcase.model.dates import days_between


@rule("OC308", "steps-out-of-order")
def steps_out_of_order(scope: Scope) -> Iterator[Problem]:
    """A step of the case is dated before the step that it builds on.

    Why it matters
        The policy leads from one step to the next; dated the other way round, both cannot be right. Most often a
        year was mistyped.
    Wrong
        2018-05-02-report-review  moves_to: [report_adopted]  before  2018-08-24-letter  moves_to: [under_review]
    Right
        2019-05-02-report-review  moves_to: [report_adopted]  after  2018-08-24-letter  moves_to: [under_review]
    Not reported when
        The dates may overlap, either record carries a departure with a source, or the two steps would not be those of
        the policy in the other order either.
    """
    pair = exchanged(scope)
    if pair is not None:
        yield _turned(scope, *pair)


def _turned(scope: Scope, early: PlacedStep, late: PlacedStep) -> Problem:
    first, second = early.step.event, late.step.event
    fewest, most = days_between(first.dated, second.dated)
    days = "1 day" if fewest == 1 else f"{fewest} days"
    apart = days if fewest == most else f"at least {days}"
    places = (
        scope.place(first, ("dated",), f"{apart} before the step it builds on"),
        scope.place(second, ("dated",), "that one is dated here"),
        early.place(scope, "this step"),
        late.place(scope, "builds on this one"),
    )
    message = f"the step to `{early.step.end}` is dated before the one to `{late.step.end}`"
    helps = (
        "check the dates of both records",
        "if it did happen in this order, add `departure:` with a reason and a source to the earlier record",
    )
    return Problem(message, places, helps=helps)


CHECKS = (steps_out_of_order,)
