"""Figures over cases: no number that cannot be known, unknowns and what still goes on apart, nobody accused."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.output.lines import Page, plain
from ogpcase.reports.stats.rows import CaseCounts, Duration, Figure, Spread, Stats, spread_of, stats_of
from ogpcase.reports.stats.text import stats_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
NOTICE = "2023-05-22-letter-notice"
REPORT = "2024-01-15-report-review"
RESOLUTION = "2024-06-03-resolution"


def exactly(days: float) -> Figure:
    return Figure(days, days, certain=True)


def found(rows: Sequence[Duration], measure: str, start: str | None = None, to: str | None = None) -> Duration:
    (row,) = [each for each in rows if (each.measure, each.start, each.to) == (measure, start, to)]
    return row


def drawn(stats: Stats, width: int | None = 80) -> str:
    return "".join(f"{plain(each)}\n" for each in stats_lines(stats, Page(width)))


def named(case: CaseFile, name: str) -> CaseFile:
    return replace(case, id=name)


def test_the_days_between_stages_are_those_of_each_case_and_over_cases(build: Build) -> None:
    later = named(build({NOTICE: {"dated": "2023-06-01"}}), "arcadia-2025")
    stats = stats_of([build(), later], LATER)
    over = found(stats.over_cases, "between_stages", "initial_review", "under_review")
    assert (None, "response_policy") == (over.case, over.track)
    assert Spread(2, exactly(42), exactly(47), exactly(52)) == over.finished
    assert [("arcadia-2023", exactly(42)), ("arcadia-2025", exactly(52))] == [
        (each.case, each.finished.median)
        for each in stats.by_case
        if (each.measure, each.start) == ("between_stages", "initial_review")
    ]
    assert CaseCounts(2, 2, 0, 0, 0) == stats.counts


def test_from_filing_to_the_end_is_the_whole_case(build: Build) -> None:
    whole = found(stats_of([build()], LATER).by_case, "filing_to_end")
    assert (Spread(1, exactly(420), exactly(420), exactly(420)), Spread()) == (whole.finished, whole.so_far)


def test_another_day_that_a_source_gives_widens_the_lengths_beside_it(build: Build) -> None:
    """One within the recorded date says nothing else, and one before an earlier step would begin at no length."""

    def lengths(value: str) -> list[tuple[float | None, float | None, bool]]:
        case = build({NOTICE: {"also_dated": [{"value": value, "source": "page"}]}})
        rows = stats_of([case], LATER).by_case
        medians = [each.finished.median for each in rows if each.measure == "between_stages"]
        return [median[:3] for median in medians if median]

    alone = [(42, 42, True), (238, 238, True), (140, 140, True)]
    assert alone == lengths("2023-05") == lengths("2023-04-09")
    assert [(42, 44, False), (236, 238, False), (140, 140, True)] == lengths("2023-05-24")
    assert [(42, None, False), (0, 238, False), (140, 140, True)] == lengths("[2023-05-24..]")


def test_what_still_goes_on_is_so_far_and_in_nothing_else(build: Build) -> None:
    """It is counted to the last record, since nothing was recorded for long."""
    still = named(build({RESOLUTION: None}), "arcadia-2025")
    stats = stats_of([build(), still], LATER)
    stay = found(stats.over_cases, "in_stage", "report_adopted")
    assert (exactly(140), 1, exactly(0), 1) == (
        stay.finished.maximum, stay.finished.count, stay.so_far.maximum, stay.so_far.count,
    )  # fmt: skip
    whole = found(stats.over_cases, "filing_to_end")
    assert (exactly(420), exactly(280)) == (whole.finished.maximum, whole.so_far.maximum)
    assert CaseCounts(2, 1, 1, 0, 0) == stats.counts


def test_the_end_of_a_case_has_no_length(build: Build) -> None:
    rows = stats_of([build()], LATER).by_case
    assert [] == [each for each in rows if each.start == "closed_addressed_domestically"]


def test_imprecise_dates_give_ranges(build: Build) -> None:
    rows = stats_of([build({NOTICE: {"dated": "2023-05"}}), named(build(), "arcadia-2025")], LATER).over_cases
    spread = found(rows, "between_stages", "initial_review", "under_review").finished
    assert [Figure(21, 42, certain=False), Figure(31.5, 46.5, certain=False), Figure(42, 51, certain=False)] == [
        spread.minimum, spread.median, spread.maximum,
    ]  # fmt: skip


def test_a_figure_that_is_exact_is_not_called_about_for_the_sake_of_another() -> None:
    spread = spread_of([Days(21, 21), Days(40, 40, certain=False), Days(50, 50)])
    assert (exactly(21), Figure(40, 40, certain=False), exactly(50)) == spread.figures


def test_two_stages_in_one_paper_are_no_days_apart_however_imprecise_its_date(build: Build) -> None:
    case = build({NOTICE: {"moves_to": ["under_review", "report_adopted"], "dated": "2023-05"}, REPORT: None})
    spread = found(stats_of([case], LATER).by_case, "in_stage", "under_review").finished
    assert exactly(0) == spread.maximum


def test_a_move_of_unknown_date_may_have_cut_any_stay_short(build: Build) -> None:
    undated = {"kind": "letter", "senders": ["ogp-support-unit"], "dated": "unknown", "moves_to": ["suspended"]}
    rows = stats_of([build({"undated-letter": undated})], LATER).by_case
    assert [(0, 1)] * 6 == [(each.finished.count, each.finished.unknown) for each in rows if each.start]
    assert Spread(unknown=1) == found(rows, "filing_to_end").finished


def test_a_move_of_unknown_date_is_bound_by_what_it_follows_and_what_follows_it(build: Build) -> None:
    undated = {"kind": "letter", "senders": ["ogp-support-unit"], "dated": "unknown", "moves_to": ["suspended"],
               "follows": [NOTICE]}  # fmt: skip
    case = build({"undated-letter": undated, REPORT: {"follows": ["undated-letter"]}})
    rows = stats_of([case], LATER).by_case
    assert [("initial_review", 1), ("under_review", 1), ("report_adopted", 1), ("suspended", 1)] == [
        (each.start, each.finished.count) for each in rows if each.measure == "in_stage"
    ]
    assert exactly(420) == found(rows, "filing_to_end").finished.median


def test_a_stay_that_is_perhaps_over_is_not_so_far(build: Build) -> None:
    case = build({REPORT: {"dated": "[2024-01-15..2028-01-01]"}, RESOLUTION: None})
    stay = found(stats_of([case], LATER).by_case, "in_stage", "under_review")
    assert (Spread(), Spread(unknown=1)) == (stay.finished, stay.so_far)
    whole = found(stats_of([case], LATER).by_case, "filing_to_end")
    assert 1 == whole.so_far.count, "whichever of its stages it is in, the case is open"


def test_a_case_that_has_perhaps_ended_is_neither_so_far_nor_finished(build: Build) -> None:
    whole = found(stats_of([build({RESOLUTION: {"dated": "unknown"}})], LATER).by_case, "filing_to_end")
    assert (Spread(), Spread(unknown=1)) == (whole.finished, whole.so_far)


def test_an_extension_is_no_new_stay(build: Build) -> None:
    more = {"kind": "letter", "senders": ["ogp-support-unit"], "moves_to": ["under_review"]}
    stay = found(stats_of([build({"2023-07-01-letter": more})], LATER).by_case, "in_stage", "under_review")
    assert Spread(1, exactly(238), exactly(238), exactly(238)) == stay.finished


def test_tracks_are_not_mixed(build: Build) -> None:
    other = named(build(track="rapid_response", policy_version=None), "arcadia-2025")
    rows = stats_of([build(), other], LATER).over_cases
    assert [("response_policy", 1), ("rapid_response", 1)] == [
        (each.track, each.finished.count) for each in rows if each.measure == "filing_to_end"
    ]


def test_a_day_before_filing_has_no_figures(build: Build) -> None:
    stats = stats_of([build()], Reader(date(2023, 3, 1)))
    assert ((), (), CaseCounts(1, 0, 0, 1, 0)) == (stats.over_cases, stats.by_case, stats.counts)


def test_votes_are_told_as_recorded(build: Build) -> None:
    votes = {"for": 9, "against": 0, "method": "by hand"}
    (vote,) = stats_of([build({RESOLUTION: {"votes": votes}})], LATER).votes
    assert (9, 0, None, "by hand", ("C&S",), True) == (
        vote.votes.for_, vote.votes.against, vote.votes.abstain, vote.votes.method, vote.by, vote.certain,
    )  # fmt: skip
    text = drawn(stats_of([build({RESOLUTION: {"votes": votes}})], LATER))
    assert "  2024-06-03     9 for, 0 against, abstaining not recorded; by hand · " in text
    assert "vote not recorded" in drawn(stats_of([build()], LATER))


@pytest.mark.parametrize("width", [40, 80, 120, None])
def test_the_page_fits_and_its_bars_are_on_one_scale(build: Build, width: int | None) -> None:
    text = drawn(stats_of([build()], LATER), width)
    lines = text.splitlines()
    assert all(len(line) <= (width or 1000) or " " not in line.strip() for line in lines)
    place = next(place for place, line in enumerate(lines) if "the whole case" in line)
    of = {days: next(line for line in lines if line.endswith(f"  {days} days")) for days in (238, 420)}
    assert lines[place] == of[420] or width == 40  # a name stands above its bar where there is no room beside it
    whole, part = (of[days].count("█") for days in (420, 238))
    assert {40: 13, 80: 8, 120: 24, None: 12}[width] == whole
    assert 238 / 420 == pytest.approx(part / whole, abs=0.5 / whole)


def test_the_page_tells_what_it_counts(build: Build) -> None:
    undated = {"kind": "letter", "dated": "unknown", "moves_to": ["suspended"], "follows": ["2023-04-10-concern"]}
    cut_short = build({"undated-letter": undated, NOTICE: {"cites": ["undated-letter"]}})
    text = drawn(stats_of([cut_short, named(build(), "arcadia-2025")], LATER))
    for words in (
        "2 cases, 2 ended\n\nFrom stage to stage\n",
        "  42 days\n    days not known: 1\n",
        "  420 days\n    median of 2 · shortest 420 days · longest 420 days\n",
        "  2\n    2 refused · 2 late\n",
        "unanswered: nothing is recorded, which does not mean that nothing was done\n",
    ):
        assert words in text


def test_a_stay_that_begins_with_the_last_record_has_no_length_so_far_and_calls_are_not_counted(build: Build) -> None:
    call = {"kind": "letter", "senders": ["ogp-support-unit"], "requests": [
        {"id": "comment", "text": "Comment", "asked_of": ["public"]}]}  # fmt: skip
    last = dict.fromkeys(("2023-08-30-letter-reply", REPORT, RESOLUTION))
    text = drawn(stats_of([build({**last, "2023-03-01-letter-call": call})], LATER, one=True))
    assert re.search(r"\n  Under review, so far +no later record\n", text)
    assert "  1 call is not counted: nobody owes an answer to a call\n" in text
    meaning = "so far: up to this day, or to the last record of a case if that is more than a year old"
    assert meaning in " ".join(text.split())
