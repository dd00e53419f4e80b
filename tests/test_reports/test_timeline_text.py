"""A timeline on a page: whatever the case, the lines fit, the columns stand under one another, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Kind
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.heading.text import stage_lines
from ogpcase.reports.timeline.rows import Filter, timeline_of
from ogpcase.reports.timeline.text import timeline_lines

HEADER: Mapping[str, Any] = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
                             "subject": "government", "country": "XA", "language": "en"}  # fmt: skip


def case(events: Mapping[str, Mapping[str, Any]], name: str = "Government of Arcadia", **header: object) -> CaseFile:
    bound = [bind_event({"kind": "letter", "title": "x", **each}, key, "f").record for key, each in events.items()]
    party = bind_party({"name": name, "classification": "government"}, "government", "f").record
    assert party is not None
    head = bind_header({**HEADER, **header}, "arcadia-2023", "f").record
    return assemble("arcadia-2023", head, tuple(each for each in bound if each), Registry({"government": party}))


def drawn(file: CaseFile, page: Page, reader: Reader | None = None, wanted: Filter | None = None) -> list[str]:
    return [plain(each) for each in timeline_lines(timeline_of(file, reader or Reader(date(2026, 1, 1)), wanted), page)]


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
    start = next(number for number, each in enumerate(lines) if each.startswith("  ── Initial review · 2 days ──"))
    assert ["  2023-04-10  ◆  Concern", "              │  concern · Government of Arcadia · → Initial"] == lines[
        start + 1 : start + 3
    ]
    bar = next(each for each in lines if "█" in each)
    assert cells(bar) == cells(lines[start]) == 58


def test_dates_and_gaps_stand_in_one_column_and_gaps_are_never_cut() -> None:
    """However many days, the number is whole; the words start in one column."""
    events = {
        "a": {"dated": "1901-02-03"},
        "b": {"dated": "2023-01"},
        "c": {"dated": "2023-03-01"},
        "d": {"dated": "[2023-03-05..]"},
    }
    lines = [
        each for each in drawn(case(events), Page(80)) if (each[:2] == "  " and each[2:3].strip()) or " d  │" in each
    ]
    assert ["44527-44557 d", "29-59 d", "4+ d"] == [each.split("│")[0].strip() for each in lines if " d  │" in each]
    assert 1 == len(
        {min(each.find(sign) for sign in "●│" if sign in each) for each in lines if "●" in each or "│" in each}
    )


def test_undated_events_stand_apart_at_the_end() -> None:
    lines = drawn(case({"a": {"dated": "unknown"}, "b": {"dated": "2023"}, "c": {"dated": "unknown"}}), Page(80))
    (rule,) = [each for each in lines if "── Undated ─" in each]
    assert lines.index(rule) > next(number for number, each in enumerate(lines) if each.startswith("  2023 "))


def test_a_long_date_is_broken_where_it_can_be() -> None:
    lines = drawn(case({"a": {"dated": "[2025-07-01..2025-11-30]"}, "b": {"dated": "2017-10-19/2018-10-20"}}), Page(80))
    assert ["  2017-10-19/     ●  x", "  2018-10-20      │  letter"] == [
        each for each in lines if each[2:6] in {"2017", "2018"}
    ]
    assert ["  [2025-07-01..   ●  x", "  2025-11-30]     │  letter"] == [each for each in lines if "2025" in each]


def test_what_is_shown_in_another_language_is_said() -> None:
    lines = drawn(case({"a": {"dated": "2023", "title": {"es": "Hola"}}}), Page(80), Reader(date(2026, 1, 1), "es"))
    assert "what is not recorded in `es` is shown in `en`" in lines


def test_where_a_case_perhaps_stands_is_said() -> None:
    file = case({"a": {"kind": "concern", "dated": "2023", "moves_to": ["initial_review"]}})
    heading = timeline_of(file, Reader(date(2023, 6, 1))).heading
    assert ["Not filed", "  perhaps Initial review: what may have happened by 2023-06-01 would move it there"] == [
        plain(each) for each in stage_lines(heading, Page())
    ]  # fmt: skip
