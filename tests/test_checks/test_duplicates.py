"""One event or one paper that a case records twice (OC230)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Twice = Callable[[dict[str, dict[str, Any]]], list[Problem]]
ASK, AGAIN = "2023-02-01-letter-ask", "2023-02-01-letter-plea"
LETTER: dict[str, Any] = {
    "kind": "letter",
    "dated": "2023-02-01",
    "title": "Open Arcadia asks for the sealed contracts",
    "senders": ["open-arcadia"],
    "addressees": ["government-of-arcadia"],
}
PAPER = {"id": "scan", "url": "https://example.org/letter.pdf"}
COPY = {"file": "sources/a.pdf", "sha256": "0" * 64}


@pytest.fixture
def twice(found: Callable[..., list[Problem]]) -> Twice:
    """Returns what OC230 says of the sound case with other events; their ids may not fit their dates."""
    return lambda events: [problem for problem in found(events) if problem.code == "OC230"]


def two(**changes: Any) -> dict[str, dict[str, Any]]:
    """The letter as one person recorded it, and as another did."""
    return {ASK: {"title": LETTER["title"]}, AGAIN: {**LETTER, **changes}}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "Open Arcadia asks for sealed contracts"},
        {"title": "OPEN ÁRCADIA asks for the  sealed contracts"},
        {"title": {"es": "Arcadia Abierta pide los contratos", "en": "Open Arcadia asks for the sealed contracts"}},
        {"addressees": None},
        {"senders": ["open-arcadia", "records-office"]},
        {"senders": [{"party": "open-arcadia", "as_named": "Arcadia Abierta"}]},
        {"summary": "They want them.", "received": "2023-02-03"},
    ],
)
def test_the_same_event_twice_is_warned_of(twice: Twice, changes: dict[str, Any]) -> None:
    (problem,) = twice(two(**changes))
    assert "warning" == problem.rule.severity
    assert f"this record looks like `{ASK}`, so it may be there twice" == problem.message
    assert [f"arcadia-2023/events/{AGAIN}.yaml", f"arcadia-2023/events/{ASK}.yaml"] == [
        place.file for place in problem.places
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"dated": "2023-02-02"},
        {"dated": "2023-02"},
        {"kind": "statement", "senders": None, "addressees": None, "issued_by": ["open-arcadia"]},
        {"senders": ["records-office"]},
        {"addressees": ["records-office"]},
        {"title": "Open Arcadia thanks for a meeting"},
        {"title": "Open Arcadia asks for the sealed contracts (2)"},
        {"title": {"es": "Open Arcadia asks for the sealed contracts"}},
        {"follows": [ASK]},
        {"withdrawn": {"on": "2024-01-01", "because": "It was there"}},
    ],
)
def test_what_differs_in_one_of_these_is_another_event(twice: Twice, changes: dict[str, Any]) -> None:
    assert [] == twice(two(**changes))


def test_titles_of_which_only_the_numbers_differ_are_not_alike(twice: Twice) -> None:
    numbered = two(title="Letter 2 of Open Arcadia") | {ASK: {"title": "Letter 1 of Open Arcadia"}}
    assert [] == twice(numbered)


def test_events_without_a_date_are_not_known_to_be_of_one_day(twice: Twice) -> None:
    undated = {"dated": "unknown", "requests": None}
    files = {f"undated-letter-{name}": {**LETTER, **undated} for name in ("one", "two")}
    assert [] == twice(files)


def test_commitments_of_one_plan_are_told_apart_by_their_numbers(twice: Twice) -> None:
    base = {"kind": "commitment", "dated": "2023", "title": "A commitment on contracts", "lead": ["records-office"]}
    files = {f"2023-commitment-{number}": {**base, "number": number} for number in (1, 2)}
    assert [] == twice(files)
    (problem,) = twice({**files, "2023-commitment-two": {**base, "number": 2}})
    assert "this record looks like `2023-commitment-2`, so it may be there twice" == problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAPER, {**PAPER, "id": "page"}),
        ({"id": "a", **COPY}, {"id": "b", **COPY, "file": "sources/b.pdf"}),
    ],
)  # fmt: skip
def test_the_same_paper_of_two_records_is_warned_of(twice: Twice, one: dict[str, Any], other: dict[str, Any]) -> None:
    """By its address or by its copy, whatever else the two say of it."""
    said = {"title": "A plea", "dated": "2023-02-02", "sources": [other], "paper": other["id"]}
    files = two(**said) | {ASK: {"sources": [one], "paper": one["id"]}}
    (problem,) = twice(files)
    assert f"this record has the same paper as `{ASK}`, so it may be there twice" == problem.message
    assert [] == twice(files | {AGAIN: {**files[AGAIN], "in_reply_to": [ASK]}})
    assert [] == twice(files | {AGAIN: {**files[AGAIN], "paper": None}})


def test_many_copies_are_each_reported_once(twice: Twice) -> None:
    files = {f"2023-02-01-letter-{number}": {**LETTER, "requests": None} for number in range(50)}
    assert 49 == len(twice(files))
