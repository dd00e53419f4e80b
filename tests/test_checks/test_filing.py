"""Words of another version or track: named where they stand, and never where they are the version's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

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


MISSED = {"requests": [{"id": "a", "text": "Do.", "on_missed": {"text": "Then.", "stage": "inactive"}}]}


OTHER_MOVES = ("2023-04-10-concern", "2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution")
STILL: dict[str, dict[str, Any]] = {name: {"moves_to": None, "answers": None} for name in OTHER_MOVES}


@pytest.mark.parametrize(
    ("header", "values", "route", "message", "helped"),
    [
        ({}, {"moves_to": ["inactive"]}, ("moves_to", 0), "Response Policy has no stage `inactive`",
         "write `suspended`"),
        ({}, {"moves_to": ["received"]}, ("moves_to", 0), "Response Policy has no stage `received`",
         "write `initial_review`"),
        ({}, MISSED, ("requests", 0, "on_missed", "stage"), "Response Policy has no stage `inactive`",
         "write `suspended`"),
        ({"track": "procedural_review", "policy_version": None}, {"moves_to": ["suspended"]}, ("moves_to", 0),
         "Procedural Review has no stage `suspended`", "write `inactive`"),
        ({"track": "rapid_response", "policy_version": "2020"}, {"moves_to": ["permanently_suspended"]},
         ("moves_to", 0), "Rapid Response has no stage `permanently_suspended`",
         "its stages are `requested`, `answered_by_ogp`"),
    ],
)  # fmt: skip
def test_a_stage_in_the_words_of_another_version_or_track(  # noqa: PLR0913, PLR0917 - the parts of one example
    found: Found,
    header: dict[str, Any],
    values: dict[str, Any],
    route: tuple[str | int, ...],
    message: str,
    helped: str,
) -> None:
    told = found({**STILL, **statement(**values)}, header=header)
    problems = [each for each in told if each.code == "OC421"]
    assert [(route, message)] == [(each.places[0].route, each.message) for each in problems]
    assert problems[0].helps[0].startswith(helped)


def test_each_track_may_use_its_own_stages(found: Found) -> None:
    header = {"track": "procedural_review", "policy_version": None}
    told = found({**STILL, **statement(moves_to=["inactive"])}, header=header)
    assert "OC421" not in [each.code for each in told]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({"policy_version": None}, "this case does not say which version of Response Policy applies"),
        ({"policy_version": "2018"}, "Response Policy has no version `2018`"),
        ({"track": "procedural_review", "policy_version": "2017"}, "Procedural Review has no version `2017`"),
        ({"track": "rapid_response", "policy_version": None},
         "this case does not say which version of Rapid Response applies"),
    ],
)  # fmt: skip
def test_the_version_is_one_of_the_track(found: Found, header: dict[str, Any], message: str) -> None:
    problems = found(statement(), header=header)
    assert [message] == [each.message for each in problems if each.code == "OC422"]


def test_no_stage_is_judged_by_a_procedure_that_nothing_names(tmp_path: Path, ogpcase: Callable[..., Any]) -> None:
    """Of a header without a title nothing is read, and so not under which procedure the case is."""
    copytree(Path(__file__).parents[2] / "cases", tmp_path / "cases")
    header = tmp_path / "cases" / "turkey-2014" / "case.yaml"
    header.write_text(header.read_text(encoding="utf-8").replace("title: ", "tittle: ", 1), encoding="utf-8")
    told = ogpcase("validate", header.parent, "--format", "json", "--root", tmp_path)
    assert {"OC202"} == {each["code"] for each in json.loads(told.stdout)["rows"]}
