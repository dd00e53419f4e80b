"""Figures hold whatever the days were: an inexact date widens them, and never makes known what is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.reports.stats.rows import Figure, spread_of, stats_of

Build = Callable[..., CaseFile]
RANGES = st.tuples(st.integers(0, 500), st.integers(0, 500) | st.none()).map(
    lambda each: Days(each[0], None if each[1] is None else each[0] + each[1], certain=each[1] == 0)
)


def within(number: float, figure: Figure | None) -> bool:
    return figure is not None and figure.fewest <= number and (figure.most is None or number <= figure.most)


@given(st.lists(RANGES, min_size=1, max_size=6), st.data())
def test_whatever_the_days_were_the_figures_hold_them(stretches: list[Days], data: st.DataObject) -> None:
    """Whichever days within their ranges the stretches took, their figures lie within those given."""
    true = [
        data.draw(st.integers(days.fewest or 0, (days.fewest or 0) + 900 if days.most is None else days.most))
        for days in stretches
    ]
    spread = spread_of(stretches)
    assert within(min(true), spread.minimum)
    assert within(median(true), spread.median)
    assert within(max(true), spread.maximum)


@given(st.lists(RANGES | st.none(), max_size=6))
def test_unknown_stretches_are_counted_and_change_no_figure(stretches: list[Days | None]) -> None:
    known = [each for each in stretches if each is not None]
    spread = spread_of(stretches)
    assert (len(known), len(stretches) - len(known)) == (spread.count, spread.unknown)
    assert replace(spread_of(known), unknown=spread.unknown) == spread


LATEST = Reader(date(2030, 1, 1))
MOVES = ("2023-04-10-concern", "2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution")


def less_precise(day: date, form: str, spare: int) -> str:
    return {
        "month": f"{day:%Y-%m}",
        "year": f"{day:%Y}",
        "decade": f"{day:%Y}"[:3] + "X",
        "about": f"{day}~",
        "set": f"[{day - timedelta(spare)}..{day + timedelta(spare)}]",
        "by": f"[..{day + timedelta(spare)}]",
    }[form]


@given(
    days=st.lists(st.integers(0, 1200), min_size=4, max_size=4).map(sorted),
    replaced=st.integers(0, 3),
    form=st.sampled_from(["month", "year", "decade", "about", "set", "by"]),
    spare=st.integers(0, 400),
)
def test_a_less_precise_date_never_narrows_a_figure(
    build: Build, days: list[int], replaced: int, form: str, spare: int
) -> None:
    """Nor does it turn what is unknown into what is known; `follows` keeps the moves in their order."""
    dates = [date(2020, 1, 1) + timedelta(each) for each in days]
    exact = {name: {"dated": str(day)} for name, day in zip(MOVES, dates, strict=True)}
    chain: dict[str, dict[str, Any]] = {name: {"follows": [before]} for before, name in pairwise(MOVES)}
    other = {"2023-02-01-letter-ask": None, "2023-08-30-letter-reply": None}
    name = MOVES[replaced]
    vague = {**exact, name: {"dated": less_precise(dates[replaced], form, spare)}}
    before, after = (
        stats_of([build({**other, **{each: {**chain.get(each, {}), **one[each]} for each in MOVES}})], LATEST).by_case
        for one in (exact, vague)
    )
    assert [(each.measure, each.start, each.to) for each in before] == [
        (each.measure, each.start, each.to) for each in after
    ]
    for old, new in zip(before, after, strict=True):
        for narrow, wide in ((old.finished, new.finished), (old.so_far, new.so_far)):
            assert narrow.count + narrow.unknown == wide.count + wide.unknown
            assert wide.unknown >= narrow.unknown
            for figure in (narrow.minimum, narrow.median, narrow.maximum) if wide.count else ():
                assert figure is not None
                assert wide.median is not None
                assert within(figure.fewest, wide.median)
                assert not wide.median.certain or figure.certain
