"""A whole timeline on a page: the columns stand under one another, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Kind
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.heading.text import stage_lines
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import Filter, timeline_of
from ogpcase.reports.timeline.text import full_lines

HEADER: Mapping[str, Any] = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
                             "subject": "government", "country": "XA", "language": "en"}  # fmt: skip


def case(events: Mapping[str, Mapping[str, Any]], name: str = "Government of Arcadia", **header: object) -> CaseFile:
    bound = [bind_event({"kind": "letter", "title": "x", **each}, key, "f").record for key, each in events.items()]
    party = bind_party({"name": name, "classification": "government"}, "government", "f").record
    assert party is not None
    head = bind_header({**HEADER, **header}, "arcadia-2023", "f").record
    return assemble("arcadia-2023", head, tuple(each for each in bound if each), Registry({"government": party}))


def drawn(file: CaseFile, page: Page, reader: Reader | None = None, wanted: Filter | None = None) -> list[str]:
    on = reader or Reader(date(2026, 1, 1))
    return [plain(each) for each in full_lines(with_texts(timeline_of(file, on, wanted), file, on), page)]


def test_a_case_without_events_says_so() -> None:
    lines = drawn(case({}), Page(80))
    assert "  nothing is recorded up to 2026-01-01" in lines
    assert not any("Before filing" in each for each in lines)
    filtered = drawn(case({"a": {"dated": "2023"}}), Page(80), wanted=Filter(kinds=frozenset({Kind.REPORT})))
    assert ["  no event is left to show", "1 other event is left out by the options given"] == [
        each for each in filtered if "event" in each
    ]


def test_a_single_event_stands_under_the_stage_it_brings() -> None:
    filing: dict[str, Any] = {
        "kind": "concern",
        "title": "Concern",
        "dated": "2023-04-10",
        "moves_to": ["initial_review"],
    }
    filing |= {"filers": ["government"]}
    lines = drawn(case({"2023-04-10-concern": filing}), Page(60), Reader(date(2023, 4, 12)))
    start = next(number for number, each in enumerate(lines) if each.startswith("██ Initial review · 2 days ──"))
    assert ["◆ 2023-04-10  Concern", "│   concern · Government of Arcadia · → Initial review"] == lines[
        start + 1 : start + 3
    ]
    (bar,) = [each for each in lines if set(each.strip()) == {"█"}]
    assert [58, 60] == [cells(bar), cells(lines[start])]


def test_every_gap_stands_between_its_events_and_is_never_cut() -> None:
    """However many days, the number is whole; the titles start in one column."""
    events = {
        "a": {"dated": "1901-02-03"},
        "b": {"dated": "2023-01"},
        "c": {"dated": "2023-01-20"},
        "d": {"dated": "[2023-03-05..]"},
    }
    lines = drawn(case(events), Page(80))
    gaps = [each for each in lines if each.startswith("┊")]
    assert ["44527 to 44557 days", "0 to 19 days", "at least 44 days"] == [each.rpartition("─ ")[2] for each in gaps]
    assert {14, 19} == {each.find("  x") + 2 for each in lines if each.startswith(("○", "◌"))}


def test_undated_events_stand_apart_at_the_end() -> None:
    lines = drawn(case({"a": {"dated": "unknown"}, "b": {"dated": "2023"}, "c": {"dated": "unknown"}}), Page(80))
    (rule,) = [each for each in lines if "── Undated ─" in each]
    assert lines.index(rule) > next(number for number, each in enumerate(lines) if each.startswith("○ 2023 "))


@pytest.mark.parametrize(
    ("dated", "shown"),
    [
        ("[2025-07-01..2025-11-30]", "2025-07-01..11-30"),
        ("[2025-07-01..2025-07-30]", "2025-07-01..30"),
        ("[2025-07..2026-01-30]", "2025-07..2026-01-30"),
        ("[..2025-11-30]", "by 2025-11-30"),
        ("[2025-11-30..]", "from 2025-11-30"),
        ("[2025-11-29,2025-11-30]", "2025-11-29 or 30"),
        ("[2025-11-01,2025-11-03..2025-11-05]", "[2025-11-01,2025-11-03..2025-11-05]"),
        ("2017-10-19/2018-10-20", "2017-10-19/2018-10-20"),
        ("2017-10-19/2017-11-20", "2017-10-19/11-20"),
        ("2017-10-19/..", "2017-10-19/.."),
        ("2018-07-XX", "2018-07-XX"),
        ("2018~", "2018~"),
    ],
)
def test_a_long_date_is_shortened_and_never_cut(dated: str, shown: str) -> None:
    (line,) = [each for each in drawn(case({"a": {"dated": dated}}), Page(80)) if each.startswith(("○", "◌"))]
    assert shown == line[2 : line.index("  x")].rstrip()


def test_what_is_shown_in_another_language_is_said() -> None:
    lines = drawn(case({"a": {"dated": "2023", "title": {"es": "Hola"}}}), Page(80), Reader(date(2026, 1, 1), "es"))
    assert "what is not recorded in Spanish is shown in English" in lines


def test_where_a_case_perhaps_stands_is_said() -> None:
    file = case({"a": {"kind": "concern", "dated": "2023", "moves_to": ["initial_review"]}})
    heading = timeline_of(file, Reader(date(2023, 6, 1))).heading
    assert ["Not filed", "  perhaps Initial review: what may have happened by 2023-06-01 would move it there"] == [
        plain(each) for each in stage_lines(heading, Page())
    ]  # fmt: skip


def test_every_text_of_an_event_is_told() -> None:
    """Those of its items with the parts that are not texts; what stands elsewhere on the page is not said twice."""
    clauses = [{"id": "end", "verb": "resolves", "text": "The case ends"}, {"id": "next", "text": "Others go on"}]
    resolution: dict[str, Any] = {
        "kind": "resolution",
        "dated": "2023-05-01",
        "summary": "In our words",
        "clauses": clauses,
    }
    resolution |= {"votes": {"for": 16, "against": 3, "abstain": 3, "method": "paper ballot"}}
    lines = drawn(case({"2023-05-01-resolution": resolution}), Page(80))
    body = [each.removeprefix("│   ") for each in lines if each.startswith("│")]
    assert [
        "resolution",
        "2023-05-01-resolution",
        "for 16, against 3, abstaining 3",
        "summary: In our words",
        "clauses:",
        "  · end · resolves · The case ends",
        "  · next · Others go on",
        "votes: for: 16 · against: 3 · abstain: 3 · method: paper ballot",
    ] == body
