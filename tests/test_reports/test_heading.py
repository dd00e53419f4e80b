"""The head of a case and its stays: where it stands, since when, how long it took, and nothing that is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.output.lines import Page, plain
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.heading.text import related_name
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.text import timeline_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))


def test_an_ended_case_took_from_filing_to_its_end(build: Build) -> None:
    head = timeline_of(build(), LATER).heading
    assert ("Sealed contracts in Arcadia", "Government of Arcadia", "Response Policy", "2017") == (
        head.title, head.subject, head.track, head.policy_version,
    )  # fmt: skip
    assert ("closed_addressed_domestically", "2024-06-03", "2023-04-10") == (head.stage, head.since, head.filed)
    assert Days(420, 420) == head.length
    assert None is head.perhaps


def test_an_open_case_has_lasted_to_the_reader_s_day(build: Build) -> None:
    head = timeline_of(build(), Reader(date(2023, 6, 1))).heading
    assert ("under_review", "2023-05-22", Days(52, 52)) == (head.stage, head.since, head.length)


OPEN = {"2024-01-15-report-review": None, "2024-06-03-resolution": None}


@pytest.mark.parametrize(
    ("changes", "day", "quiet", "days"),
    [
        (OPEN, date(2024, 8, 30), None, 508),
        (OPEN, date(2024, 8, 31), date(2023, 8, 30), 142),
        ({**OPEN, "2023-10-letter": {"kind": "letter", "dated": "2023-10", "context": True}}, date(2026, 1, 1),
         date(2023, 10, 31), 204),
        ({**OPEN, "undated-letter-x": {"kind": "letter", "dated": "unknown"}}, date(2026, 1, 1), None, 997),
        ({**OPEN, "2024-letter-x": {"kind": "letter", "dated": "[2024-01-01..2026-12-31]"}}, date(2026, 1, 1),
         None, 997),
        ({}, date(2026, 1, 1), None, 420),
    ],
    ids=["a year", "longer", "background", "undated", "perhaps later", "ended"],
)  # fmt: skip
def test_a_case_without_records_for_long_counts_to_its_last_record(
    build: Build, changes: dict[str, Any], day: date, quiet: date | None, days: int
) -> None:
    timeline = timeline_of(build(changes), Reader(day))
    length = timeline.heading.length
    assert length is not None
    assert (quiet, days) == (timeline.heading.quiet_since, length.most)
    if quiet is not None:
        assert (quiet - date(2023, 5, 22)).days == timeline.spans[-1].most_days
        said = "".join(map(plain, timeline_lines(timeline, Page())))
        assert f"days from filing to the last record · nothing recorded since {quiet}" in said


@pytest.mark.parametrize(
    ("dated", "quiet"), [("[..2016-12-01]", date(2016, 12, 1)), ("unknown", None)], ids=["no first day", "no day"]
)
def test_a_case_whose_records_have_no_first_day_counts_to_the_last_one(
    build: Build, dated: str, quiet: date | None
) -> None:
    only = {"kind": "letter", "senders": ["open-arcadia"], "dated": dated}
    others = {event.id: None for event in build().events}
    case = build({**others, "2016-12-01-letter-vague": only})
    assert quiet == timeline_of(case, LATER).heading.quiet_since


def test_what_of_the_last_step_is_inferred_is_said_beside_it(build: Build) -> None:
    case = build({"2024-06-03-resolution": {"inferred": ["moves_to"]}})
    said = "".join(map(plain, timeline_lines(timeline_of(case, LATER), Page())))
    assert "since 2024-06-03 (inferred: step)" in said


def test_before_filing_there_is_no_since_and_no_length(build: Build) -> None:
    head = timeline_of(build(), Reader(date(2023, 3, 1))).heading
    assert ("not_filed", None, None, None) == (head.stage, head.since, head.filed, head.length)


def test_since_is_the_first_entry_and_an_extension_does_not_reset_it(build: Build) -> None:
    more = {"kind": "letter", "senders": ["ogp-support-unit"], "moves_to": ["under_review"]}
    timeline = timeline_of(build({"2023-07-01-letter-extension": more}), Reader(date(2023, 8, 1)))
    assert "2023-05-22" == timeline.heading.since
    assert ["2023-04-10", "2023-05-22"] == [span.since for span in timeline.spans]


def test_what_may_have_happened_is_perhaps(build: Build) -> None:
    case = build({"2023-05-22-letter-notice": {"dated": "2023-05"}})
    heads = [timeline_of(case, Reader(date(2023, 5, day))).heading for day in (9, 31)]
    assert [("initial_review", "under_review"), ("under_review", None)] == [
        (each.stage, each.perhaps) for each in heads
    ]


def test_a_move_in_an_undated_event_is_only_ever_perhaps(build: Build) -> None:
    case = build({"2024-06-03-resolution": {"dated": "unknown"}})
    head = timeline_of(case, LATER).heading
    assert ("report_adopted", "closed_addressed_domestically") == (head.stage, head.perhaps)


def test_stays_have_their_days_and_an_end_has_none(build: Build) -> None:
    spans = timeline_of(build(), LATER).spans
    assert [
        ("initial_review", "2023-04-10", "2023-05-22", Days(42, 42)),
        ("under_review", "2023-05-22", "2024-01-15", Days(238, 238)),
        ("report_adopted", "2024-01-15", "2024-06-03", Days(140, 140)),
        ("closed_addressed_domestically", "2024-06-03", None, None),
    ] == [(each.stage, each.since, each.until, each.days) for each in spans]


def test_the_days_of_a_stay_are_as_exact_as_its_dates(build: Build) -> None:
    case = build(
        {"2023-05-22-letter-notice": {"dated": "2023-05"}, "2024-01-15-report-review": {"dated": "2024-01-15~"}}
    )
    assert [Days(21, 51, certain=False), Days(229, 259, certain=False)] == [
        each.days for each in timeline_of(case, LATER).spans[:2]
    ]


def test_several_stages_in_one_paper_are_several_stays(build: Build) -> None:
    case = build({"2023-05-22-letter-notice": {"moves_to": ["under_review", "report_adopted"]},
                  "2024-01-15-report-review": None})  # fmt: skip
    spans = timeline_of(case, LATER).spans
    assert [Days(42, 42), Days(0, 0), Days(378, 378), None] == [each.days for each in spans]


def test_a_header_that_cannot_be_read_leaves_the_case_its_id(build: Build) -> None:
    head = timeline_of(build(track="nonsense"), LATER).heading
    assert ("arcadia-2023", "unknown", "unknown", None) == (head.title, head.subject, head.track, head.policy_version)
    assert "closed_addressed_domestically" == head.stage


def test_related_cases_are_named(build: Build) -> None:
    urls = ["https://example.org/x", "https://example.org/y"]
    related = [{"relation": "later_case", "case": "arcadia-2025"},
               {"relation": "precedent", "title": {"es": "Otro"}, "urls": urls}]  # fmt: skip
    head = timeline_of(build(related=related), LATER).heading
    assert [
        ("Later case", "arcadia-2025", ()),
        ("Precedent", "Otro", ("https://example.org/x", "https://example.org/y")),
    ] == [(each.relation, each.title, each.urls) for each in head.related]


def test_a_list_counts_what_is_there_on_the_day(build: Build) -> None:
    listed = {
        day: listed_case(build(), Reader(date.fromisoformat(day))) for day in ("2023-01-01", "2023-06-01", "2023-09-01")
    }
    assert [(0, 0, None), (3, 1, Days(10, 10)), (4, 0, Days(102, 102))] == [
        (each.events, each.open_asks, each.in_stage) for each in listed.values()
    ]


def test_status_shows_what_is_open_with_its_age_and_the_moves_from_here(build: Build) -> None:
    status = status_of(build(), Reader(date(2023, 6, 1)))
    assert [("2023-02-01-letter-ask#publish", "2023-03-01", Days(120, 120))] == [
        (each.reference, each.ask.due, each.days) for each in status.open_asks if not each.ask.duty
    ]
    assert {"report_adopted", "withdrawn_by_country", "withdrawn_by_filer"} == {str(each.to) for each in status.moves}
    assert () == status_of(build(), LATER).moves


def test_departures_are_counted_once_they_are_certain(build: Build) -> None:
    """And only where there is a move: without one nothing was taken outside the policy."""
    departure = {"departure": [{"because": "Nobody foresaw it"}]}
    moving = {**departure, "moves_to": ["under_review"]}
    case = build({"2023-02-01-letter-ask": departure, "2023-08-30-letter-reply": moving})
    assert [0, 1] == [status_of(case, Reader(day)).departures for day in (date(2023, 8, 29), date(2023, 8, 30))]


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Contratos sellados en Arcadia"), ("fr", "Sealed contracts in Arcadia")]
)
def test_texts_are_in_the_reader_s_language_or_the_case_s(build: Build, language: str, title: str) -> None:
    """Which language stands in is said, once."""
    timeline = timeline_of(build(), Reader(date(2026, 1, 1), language))
    assert (title, ("en",)) == (timeline.heading.title, timeline.languages.shown)
    assert () == timeline_of(build(), Reader(date(2026, 1, 1), "en-GB")).languages.shown


def test_a_related_case_of_the_folder_is_shown_from_its_first_record_on(build: Build) -> None:
    """Background is no record of the case; of a case elsewhere nobody can say here when it began."""
    context = {"2022-01-01-letter-aside": {"kind": "letter", "senders": ["open-arcadia"], "context": True}}
    other = replace(build(context), id="arcadia-2024")
    related = [{"relation": "later_case", "case": "arcadia-2024"}, {"relation": "precedent", "title": "Elsewhere"}]
    case = replace(build(related=related), beside={"arcadia-2024": other})

    def named(day: date) -> list[str]:
        return [related_name(each) for each in timeline_of(case, Reader(day)).heading.related]

    unknown = "Elsewhere; when it began is not recorded here"
    assert [unknown] == named(date(2023, 1, 31))
    assert ["arcadia-2024", unknown] == named(date(2023, 2, 1))
    assert ["arcadia-2024", "Elsewhere"] == named(LATER.on)
    assert [unknown] == [
        related_name(each) for each in timeline_of(case, Reader(LATER.on, known_by=date(2023, 1, 1))).heading.related
    ]


def test_of_a_quiet_case_both_counts_are_explained(build: Build) -> None:
    case = build(dict.fromkeys(("2024-01-15-report-review", "2024-06-03-resolution", "2023-08-30-letter-reply")))
    said = [plain(each) for each in status_lines(status_of(case, Reader(date(2025, 1, 1))), Page())]
    assert "days open run to 2025-01-01, days of the case to its last record" in said
    assert "open         1 unanswered, 1 term passed, 700 d  Government of Arcadia" in said
