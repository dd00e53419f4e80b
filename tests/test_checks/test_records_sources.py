"""Copies are pinned, and what a source gives is in the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
ASK = "2023-02-01-letter-ask"


def source(**changes: Any) -> dict[str, dict[str, Any]]:
    return {ASK: {"sources": [{"id": "page", "url": "https://example.org/arcadia", **changes}]}}


def test_a_copy_without_its_digest_is_warned_of(found: Found) -> None:
    (problem,) = found(source(file="sources/letter.pdf"))
    assert ("OC503", "warning") == (problem.code, problem.rule.severity)
    assert [(("sources", 0, "sha256"), "missing"), (("sources", 0, "file"), "value")] == [
        (each.route, each.part) for each in problem.places
    ]
    assert [] == found(source(file="sources/letter.pdf", sha256="0" * 64))


@pytest.mark.parametrize("name", ["received", "basis", "requests#publsh", "moves_to", "context"])
def test_a_fact_that_is_not_there_is_warned_of(found: Found, name: str) -> None:
    (problem,) = found(source(gives=["dated", name]))
    assert ("OC504", "warning", ("sources", 0, "gives", 1)) == (
        problem.code, problem.rule.severity, problem.places[0].route,
    )  # fmt: skip


def test_what_is_inferred_is_in_the_record(found: Found) -> None:
    (problem,) = found({ASK: {"inferred": ["senders", "received"]}})
    assert ("OC504", ("inferred", 1)) == (problem.code, problem.places[0].route)
    assert ("the record has no `received` to infer", ("add `received`, or remove it from `inferred`",)) == (
        problem.message, problem.helps,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["kind", "dated", "senders", "requests", "requests#publish", "sources"])
def test_a_fact_that_is_there_is_not(found: Found, name: str) -> None:
    assert [] == found(source(gives=[name]))


def test_a_fact_that_was_left_out_as_wrong_is_not(found: Found) -> None:
    """The wrong field itself is what is reported."""
    changes = source(gives=["received"])
    changes[ASK]["received"] = "2023-02-30"
    assert [] == found(changes)
