"""The Mexico case at the end of every month: what was certain once stays certain, and no month breaks a view."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.trials import each_nth

from ogpcase.model.as_of import Reader
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.workspace.opening import Workspace

CASE = Workspace.open(Path(__file__).parents[2] / "cases").case("mexico-2018").casefile
MONTHS = [date(year, month, 1) - timedelta(days=1) for year in range(2015, 2021) for month in range(1, 13)]


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2015-01-01", "not_filed"),
        ("2018-07-15", "not_filed"),
        ("2018-07-16", "initial_review"),
        ("2018-08-23", "initial_review"),
        ("2018-08-24", "under_review"),
        ("2019-05-01", "under_review"),
        ("2019-05-02", "report_adopted"),
        ("2019-12-11", "report_adopted"),
        ("2019-12-12", "closed_addressed_domestically"),
        ("2026-11-22", "closed_addressed_domestically"),
    ],
)
def test_the_stage_on_each_day_that_matters(day: str, stage: str) -> None:
    heading = timeline_of(CASE, Reader(date.fromisoformat(day))).heading
    assert (stage, None) == (heading.stage, heading.perhaps)


def test_from_filing_to_end_it_took_514_days() -> None:
    heading = timeline_of(CASE, Reader(date(2026, 11, 22))).heading
    assert ("2018-07-16", "2019-12-12", 514, 514) == (
        heading.filed, heading.since, heading.length and heading.length.fewest, heading.length and heading.length.most,
    )  # fmt: skip


def test_certain_steps_and_rows_of_a_month_are_the_first_of_the_next() -> None:
    steps = [[(each.event.id, each.end) for each in standing(CASE, day).steps if each.certain] for day in MONTHS]
    rows = [[each.event.id for each in timeline_of(CASE, Reader(day)).rows if each.certain] for day in MONTHS]
    for early, late in pairwise(steps):
        assert early == late[: len(early)]
    for first, second in pairwise(rows):
        assert [each for each in second if each in first] == first


@pytest.mark.parametrize("language", [None, "es", "fr", "de"])
def test_no_month_breaks_a_view(language: str | None) -> None:
    for day in each_nth(MONTHS, 5 if language else 2, len(language or "")):
        reader = Reader(day, language)
        timeline, status, listed = timeline_of(CASE, reader), status_of(CASE, reader), listed_case(CASE, reader)
        assert timeline.heading == status.heading == listed.heading
        assert listed.events == len(timeline.rows)
        assert len(timeline.spans) == (timeline.rows[-1].stays if timeline.rows else 0)
        open_here = [each.ask.open for each in status.open_asks if not each.ask.duty]
        assert (listed.open_asks, listed.perhaps_open) == (open_here.count(True), open_here.count(None))
        rows = [row for row in requests_of([CASE], reader).rows if not row.ask.duty]
        for state, number in ((True, listed.open_asks), (None, listed.perhaps_open)):
            assert number == len({row.reference for row in rows if row.ask.open is state})
        assert all(number <= len(timeline.notes) for row in timeline.rows for number in row.notes)


def test_the_asks_of_february_2017_were_met_with_silence_once_a_paper_says_so() -> None:
    outcomes = {}
    for day in (date(2017, 5, 22), date(2017, 5, 23)):
        asks = [each for each in status_of(CASE, Reader(day)).open_asks if each.reference.startswith("2017-02-16")]
        outcomes[day.day] = [line.outcome for each in asks for line in each.ask.lines]
    assert {22: ["unanswered"] * 4, 23: ["silent"] * 4} == outcomes
