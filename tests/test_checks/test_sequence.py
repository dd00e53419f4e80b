"""Steps the wrong way round: told once, at both dates, where exchanging the two would make both permitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
NOTICE, REPORT, RESOLUTION = "2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution"
MOVED = {
    "kind": "report",
    "adopted_by": ["ogp-criteria-and-standards"],
    "conclusion": "addressed_domestically",
    "moves_to": ["report_adopted"],
}
NO_LINKS: dict[str, Any] = {"adopts": None, "cites": None}


def early(dated: str, **changes: Any) -> dict[str, dict[str, Any] | None]:
    """The review report under another date, and nothing else that would tell its order."""
    return {REPORT: None, f"{dated}-report-review": {**MOVED, "dated": dated, **changes}, RESOLUTION: NO_LINKS}


def test_two_steps_that_were_exchanged_are_one_problem_at_both_dates(found: Found) -> None:
    (problem,) = found(early("2023-05-15"))
    assert ("OC308", "error") == (problem.code, problem.rule.severity)
    assert "the step to `report_adopted` is dated before the one to `under_review`" == problem.message
    assert [
        (
            "arcadia-2023/events/2023-05-15-report-review.yaml",
            ("dated",),
            "7 days before the step it must follow",
        ),
        (f"arcadia-2023/events/{NOTICE}.yaml", ("dated",), "that step is dated here"),
        ("arcadia-2023/events/2023-05-15-report-review.yaml", ("moves_to", 0), "this step"),
        (f"arcadia-2023/events/{NOTICE}.yaml", ("moves_to", 0), "must come after this one"),
    ] == [(each.file, each.route, each.label) for each in problem.places]


def test_a_last_step_that_stands_first_is_told_and_not_as_a_move_after_an_end(found: Found) -> None:
    """The closing resolution with its year mistyped comes before the report it builds on."""
    closing = {"kind": "resolution", "dated": "2023-06-03", "by": ["ogp-criteria-and-standards"], "basis": "III.B.9"}
    closing |= {"moves_to": ["closed_addressed_domestically"]}
    assert ["OC308"] == [each.code for each in found({RESOLUTION: None, "2023-06-03-resolution": closing})]


@pytest.mark.parametrize("dated", ["2023-05", "2023-05-15~", "unknown"])
def test_what_may_be_in_order_is_not(found: Found, dated: str) -> None:
    """Where the dates leave the order open, or one is only approximate, no order is told of."""
    name = "undated" if dated == "unknown" else dated.rstrip("~")
    event = {**MOVED, "dated": dated}
    problems = found({REPORT: None, f"{name}-report-review": event, RESOLUTION: NO_LINKS})
    assert "OC308" not in [each.code for each in problems]


def test_a_step_that_no_date_would_make_right_is_a_move_that_is_not_permitted(found: Found) -> None:
    changes = early("2023-05-15", moves_to=["suspended"])
    changes[RESOLUTION] = {**NO_LINKS, "moves_to": None, "basis": None}
    assert ["OC401"] == [each.code for each in found(changes)]


@pytest.mark.parametrize("departing", [NOTICE, "2023-05-15-report-review"])
def test_a_departure_of_either_lifts_it(found: Found, departing: str) -> None:
    """What did happen in this order stays in the file; the other step is then judged where it stands."""
    changes = early("2023-05-15")
    departure = {"departure": [{"because": "It was so.", "sources": ["page"]}]}
    changes[departing] = {**(changes.get(departing) or {}), **departure}
    assert "OC308" not in [each.code for each in found(changes)]
