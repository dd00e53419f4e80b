"""One record: its file's name, the sources and fields its own parts name, and where it was read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of, questions_of

Found = Callable[..., list[Problem]]
REPLY = "2023-08-30-letter-reply"


def told(problems: list[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].route) for each in problems]


@pytest.mark.parametrize(
    ("event_id", "dated", "kind"),
    [
        ("2023-12-01-letter", "2023-12-01", "letter"),
        ("2023-12-01-letter-to-all", "2023-12-01?", "letter"),
        ("2023-12-letter-to-all", "2023-12-XX", "letter"),
        ("2023-12-01-statement", "[..2023-12-01]", "statement"),
        ("2023-12-01-development", "2023-12-01/2023-12-03", "development"),
        ("2020-statement-old", "202X", "statement"),
        ("undated-letter-found", "unknown", "letter"),
    ],
)
def test_a_file_called_by_its_date_and_kind(found: Found, event_id: str, dated: str, kind: str) -> None:
    assert [] == found({event_id: {"kind": kind, "dated": dated}})


@pytest.mark.parametrize(
    ("event_id", "dated", "field", "right"),
    [
        ("2023-12-02-letter", "2023-12-01", "dated", "2023-12-01-letter"),
        ("2023-12-letter-all", "2023-12-01", "dated", "2023-12-01-letter-all"),
        ("2023-12-01-letter-all", "2023-12", "dated", "2023-12-letter-all"),
        ("2023-12-01-statement-all", "2023-12-01", "kind", "2023-12-01-letter-all"),
        ("2023-12-01-lettering", "2023-12-01", "kind", "2023-12-01-letter-lettering"),
        ("letter-all", "2023-12-01", "dated", "2023-12-01-letter-all"),
        ("undated-letter", "unknown", "kind", "undated-letter-in-few-words"),
    ],
)
def test_a_file_called_otherwise(found: Found, event_id: str, dated: str, field: str, right: str) -> None:
    """The help gives the right name, with the words of the old one kept."""
    (problem,) = found({event_id: {"kind": "letter", "dated": dated}})
    assert ("OC212", (field,)) == (problem.code, problem.places[0].route)
    assert f"rename the file to `{right}.yaml`, also in references to it" == problem.helps[0]


def test_a_date_that_cannot_be_read_says_nothing_of_the_name(found: Found) -> None:
    assert [] == found({REPLY: {"dated": "2023-08-32"}})


def test_sources_that_are_not_listed(found: Found) -> None:
    changes: dict[str, Any] = {
        "also_dated": [{"value": "2023-08-31", "source": "pag"}],
        "also_stated": [{"field": "senders", "value": "x", "source": "page"}],
        "departure": [{"because": "It was so.", "sources": ["page", "register"]}],
        "paper": "page",
        "told_by": "register",
    }
    problems = found({REPLY: changes})
    routes = [("also_dated", 0, "source"), ("departure", 0, "sources", 1), ("told_by",)]
    assert [("OC213", route) for route in routes] == told(problems)
    known = ("the sources here are `page`",)
    assert [("did you mean `page`?",), known, known] == [each.helps for each in problems]


def test_facts_that_the_kind_does_not_have(found: Found) -> None:
    changes: dict[str, Any] = {
        "also_stated": [{"field": "sender", "value": "x", "source": "page"}],
        "sources": [{"id": "page", "title": "A page", "gives": ["dated", "answers#publish", "findings"]}],
        "inferred": ["senders", "conclusion"],
    }
    problems = found({REPLY: changes})
    routes = [("also_stated", 0, "field"), ("sources", 0, "gives", 2), ("inferred", 1)]
    assert [("OC214", route) for route in routes] == told(problems)
    assert ("did you mean `senders`?",) == problems[0].helps


def test_an_event_without_a_source_is_only_warned_of(found: Found) -> None:
    (problem,) = found({REPLY: {"sources": None}})
    assert ("OC501", "warning", "missing") == (problem.code, problem.rule.severity, problem.places[0].part)
    assert "answers" in problem.places[0].after


def test_a_departure_needs_a_source(found: Found) -> None:
    (problem,) = found({REPLY: {"departure": [{"because": "It was so."}]}})
    assert ("OC502", ("departure", 0)) == (problem.code, problem.places[0].route)


def test_the_version_of_the_policy_is_missed_on_its_own_track_only(found: Found) -> None:
    """Without a version nothing is said of the moves: nobody can judge them."""
    (problem,) = found(header={"policy_version": None})
    assert ("OC422", "missing") == (problem.code, problem.places[0].part)
    moves = ("2023-04-10-concern", "2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution")
    events = {name: {"moves_to": None, "answers": None} for name in moves}
    told = found(events, header={"policy_version": None, "track": "procedural_review"})
    assert "OC422" not in [each.code for each in told]


NAMES_A_SOURCE: dict[str, Any] = {
    "also_dated": [{"value": "2019-05", "source": "register"}],
    "also_stated": [{"field": "title", "value": "x", "source": "register"}],
    "assessments": [{"by": "ogp", "dated": "2020", "completion": "limited", "source": "register"}],
    "departure": [{"because": "It was so.", "sources": ["register"]}],
    "paper": "register",
    "told_by": "register",
}
"""A value for every field of an event that names one of its sources, or whose items do."""


@pytest.mark.parametrize("field", NAMES_A_SOURCE)
def test_each_field_that_names_a_source_is_looked_at(found: Found, field: str) -> None:
    commitment = {"kind": "commitment", "dated": "2019", field: NAMES_A_SOURCE[field]}
    assert [("OC213", field)] == [(code, route[0]) for code, route in told(found({"2019-commitment": commitment}))]


def test_no_other_field_of_an_event_names_a_source() -> None:
    naming = {
        field.name
        for field in fields_of(*Kind)
        if any(each.shape == "source" and each.holds is str for each in (field, *questions_of(field.holds)))
    }
    assert NAMES_A_SOURCE.keys() == naming - {"sources"}
