"""Words of another version or track: named where they stand, and never where they are the version's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.model.bind import bind_event

Found = Callable[..., list[Problem]]
SAID = "2025-01-20-statement-ogp"


def statement(**changes: Any) -> dict[str, dict[str, Any]]:
    return {SAID: {"kind": "statement", "dated": "2025-01-20", "issued_by": ["ogp"], **changes}}


@pytest.mark.parametrize(
    ("changes", "field", "track"),
    [
        ({"as_stated_status": "inactive"}, "as_stated_status", "Procedural Review"),
        ({"as_stated_status": "Declared Inactive in OGP"}, "as_stated_status", "Procedural Review"),
        ({"basis": "Acted contrary to process"}, "basis", "Procedural Review"),
        ({"basis": "Rapid Response Protocol"}, "basis", "Rapid Response"),
    ],
)
def test_a_case_of_another_track_is_warned_of(found: Found, changes: dict[str, str], field: str, track: str) -> None:
    (problem,) = found(statement(**changes))
    assert ("OC423", "warning") == (problem.code, problem.rule.severity)
    assert f"this case uses a word of {track}" == problem.message
    assert [
        (f"arcadia-2023/events/{SAID}.yaml", (field,)),
        ("arcadia-2023/case.yaml", ("track",)),
    ] == [(each.file, each.route) for each in problem.places]


def test_every_record_that_uses_such_words_is_shown_in_one_warning(found: Found) -> None:
    events = statement(as_stated_status="inactive")
    events["2025-02-20-statement-ogp"] = {**events[SAID], "dated": "2025-02-20"}
    (problem,) = found(events)
    assert 3 == len(problem.places)


@pytest.mark.parametrize(
    "changes",
    [
        {"as_stated_status": "suspended"},
        {"as_stated_status": "hyperinactivity"},
        {"as_stated_status": "inactive", "context": True},
        {"as_stated_status": "inactive", "policy_version": "2014"},
        {"as_stated_status": "inactive", "departure": [{"because": "So it says.", "sources": ["page"]}]},
    ],
)
def test_a_word_that_may_be_right_is_not(found: Found, changes: dict[str, Any]) -> None:
    assert [] == found(statement(**changes))


def test_another_track_may_use_its_words(found: Found) -> None:
    header = {"track": "procedural_review", "policy_version": None}
    problems = found(statement(as_stated_status="inactive"), header=header)
    assert "OC423" not in [each.code for each in problems]


@pytest.mark.parametrize(
    ("values", "route", "message", "label"),
    [
        ({"moves_to": ["inactive"]}, ("moves_to", 0),
         "`inactive` is not a stage of the Response Policy in the 2017 version", "a word of the 2014 version"),
        ({"moves_to": ["received"]}, ("moves_to", 0),
         "`received` is not the code of a stage of the Response Policy", "the code is `initial_review`"),
        ({"requests": [{"id": "a", "text": "Do.", "on_missed": {"text": "Then.", "stage": "inactive"}}]},
         ("requests", 0, "on_missed", "stage"),
         "`inactive` is not a stage of the Response Policy in the 2017 version", "a word of the 2014 version"),
    ],
)  # fmt: skip
def test_a_stage_in_the_words_of_another_version(
    values: dict[str, Any], route: tuple[str | int, ...], message: str, label: str
) -> None:
    record = {"kind": "letter", "title": "A letter", "dated": "2025", **values}
    (problem,) = bind_event(record, "2025-letter", "a/events/2025-letter.yaml").problems
    assert ("OC421", route, message, label) == (
        problem.code, problem.places[0].route, problem.message, problem.places[0].label,
    )  # fmt: skip
