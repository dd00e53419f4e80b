"""Days as far as they are known: the calendar against two other reckonings, and the algebra against brute force."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import get_args

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.ledger.terms import Counted, DaySpan, counted_from, fixed
from ogpcase.model.codelists import CountedFrom
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.items import Unit

UNITS: tuple[Unit, ...] = get_args(Unit)
ANY_DAY = st.dates(date(1000, 1, 1), date(9999, 12, 31))
NEAR_AN_END = st.one_of(
    ANY_DAY,
    st.dates(date(9990, 1, 1), date(9999, 12, 31)),
    st.builds(
        lambda year, month: date(year + month // 12, month % 12 + 1, 1) - timedelta(1),
        st.integers(1990, 2100),
        st.integers(1, 12),
    ),
    st.sampled_from([date(2024, 2, 29), date(2000, 2, 29), date(9999, 12, 31)]),
)
COUNTS = st.one_of(st.integers(0, 40), st.integers(0, 12000))


def by_hand(day: date, count: int, unit: Unit) -> date:
    """The same calendar, walked month by month; days are counted on the proleptic calendar's number of the day."""
    if unit in {"days", "weeks"}:
        number = day.toordinal() + count * (7 if unit == "weeks" else 1)
        return date.fromordinal(min(number, date.max.toordinal()))
    year, month = day.year, day.month
    for _ in range(count * (12 if unit == "years" else 1)):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if year > 9999:
        return date.max
    for number in range(day.day, 27, -1):  # clamps by trying: the last that exists
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, day.day)


def later(day: date, count: int, unit: Unit) -> date:
    """The day that a span of one day gives."""
    span = DaySpan.on(day).after(count, unit)
    assert span.earliest == span.latest
    assert span.latest is not None
    return span.latest


@given(NEAR_AN_END, COUNTS, st.sampled_from(UNITS))
@settings(max_examples=examples(75, 300))
def test_the_calendar_is_that_of_a_count_by_hand(day: date, count: int, unit: Unit) -> None:
    assert by_hand(day, count, unit) == later(day, count, unit)


@given(NEAR_AN_END, COUNTS, st.sampled_from(UNITS))
@settings(max_examples=examples(75, 300))
def test_the_calendar_is_that_of_another_library(day: date, count: int, unit: Unit) -> None:
    relativedelta = pytest.importorskip("dateutil.relativedelta").relativedelta
    try:
        expected = day + relativedelta(**{unit: count})
    except (ValueError, OverflowError):
        expected = date.max
    assert expected == later(day, count, unit)


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2023-01-31", 1, "months", "2023-02-28"),
        ("2023-01-31", 3, "months", "2023-04-30"),
        ("2023-01-31", 12, "months", "2024-01-31"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2096-02-29", 4, "years", "2100-02-28"),
        ("1896-02-29", 4, "years", "1900-02-28"),
        ("1996-02-29", 4, "years", "2000-02-29"),
        ("2023-12-31", 2, "months", "2024-02-29"),
        ("2023-06-01", 0, "days", "2023-06-01"),
        ("2023-06-01", 0, "months", "2023-06-01"),
        ("2024-02-15", 2, "weeks", "2024-02-29"),
        ("2024-02-01", 30, "days", "2024-03-02"),
        ("9999-12-01", 30, "days", "9999-12-31"),
    ],
)
def test_an_end_of_month_is_clamped_and_a_leap_day_kept(start: str, count: int, unit: Unit, end: str) -> None:
    assert date.fromisoformat(end) == later(date.fromisoformat(start), count, unit)


def test_clamping_is_from_the_day_itself_and_not_from_a_day_clamped_before() -> None:
    """Two months are not a month twice: 31 January gives 31 March, not 29 March."""
    january = DaySpan.on(date(2024, 1, 31))
    assert date(2024, 3, 31) == january.after(2, "months").latest
    assert date(2024, 3, 29) == january.after(1, "months").after(1, "months").latest


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("count", [1, 10**6, 10**12, 10**30])
def test_what_lies_beyond_the_calendar_is_its_last_day(unit: Unit, count: int) -> None:
    assert DaySpan.on(date.max) == DaySpan.on(date.max).after(count, unit)
    reaching = DaySpan(date(9000, 1, 1), date.max).after(1, unit)
    assert (later(date(9000, 1, 1), 1, unit), date.max) == (reaching.earliest, reaching.latest)
    assert DaySpan(date.max, None) == DaySpan(date.max, None).after(count, unit)


@given(NEAR_AN_END, NEAR_AN_END, COUNTS, st.sampled_from(UNITS))
def test_a_later_start_never_gives_an_earlier_end(one: date, other: date, count: int, unit: Unit) -> None:
    early, late = sorted([one, other])
    ends = [later(each, count, unit) for each in (early, late)]
    assert ends[0] <= ends[1]


@given(NEAR_AN_END, COUNTS, COUNTS, st.sampled_from(UNITS))
def test_a_longer_term_never_ends_earlier(day: date, one: int, other: int, unit: Unit) -> None:
    short, long = sorted([one, other])
    ends = [later(day, each, unit) for each in (short, long)]
    assert day <= ends[0] <= ends[1]


@st.composite
def spans(draw: st.DrawFn, first: date = date(2024, 2, 20), days: int = 12) -> DaySpan:
    """A span within a few days, so that all its days can be tried."""
    low, high = sorted([draw(st.integers(0, days)), draw(st.integers(0, days))])
    earliest = draw(st.sampled_from([None, first + timedelta(low)]))
    latest = draw(st.sampled_from([None, first + timedelta(high)]))
    return DaySpan(earliest, latest, draw(st.booleans()))


WINDOW = [date(2024, 2, 10) + timedelta(each) for each in range(32)]


def may_be(span: DaySpan, day: date | None) -> bool:
    """True when the day is one of those that the span allows."""
    if day is None:
        return span.latest is None
    return (span.earliest is None or span.earliest <= day) and (span.latest is None or day <= span.latest)


def days_of(span: DaySpan) -> list[date]:
    return [day for day in WINDOW if may_be(span, day)]


@given(spans(), st.integers(0, 40), st.sampled_from(UNITS))
def test_after_allows_just_the_days_after_those_it_may_be(span: DaySpan, count: int, unit: Unit) -> None:
    moved = span.after(count, unit)
    ends = [later(day, count, unit) for day in days_of(span)]
    assert all(may_be(moved, end) for end in ends)
    assert span.earliest is None or min(ends) == moved.earliest
    assert span.latest is None or max(ends) == moved.latest
    assert span.firm is moved.firm


@given(spans(), spans())
def test_or_else_allows_both_and_is_never_firm(one: DaySpan, other: DaySpan) -> None:
    either = one.or_else(other)
    assert {*days_of(one), *days_of(other)} <= set(days_of(either))
    assert not either.firm
    assert other.or_else(one) == either
    ends = [each.earliest for each in (one, other)]
    assert (min(ends) if None not in ends else None) == either.earliest  # type: ignore[type-var]


@given(spans(), spans(), spans())
def test_and_then_allows_just_the_later_of_two(one: DaySpan, other: DaySpan, third: DaySpan) -> None:
    both = one.and_then(other)
    later_ones = {max(pair) for pair in product(days_of(one), days_of(other))}
    assert later_ones == set(days_of(both))
    assert (one.firm and other.firm) is both.firm
    assert other.and_then(one) == both
    assert one.and_then(one) == one
    assert both.and_then(third) == one.and_then(other.and_then(third))


@given(spans(), spans(), spans())
def test_or_before_allows_just_the_earlier_of_two(one: DaySpan, other: DaySpan, third: DaySpan) -> None:
    first = one.or_before(other)
    earlier_ones = {min(pair) for pair in product(days_of(one), days_of(other))}
    assert earlier_ones == set(days_of(first))
    assert (one.firm and other.firm) is first.firm
    assert other.or_before(one) == first
    assert one.or_before(one) == one
    assert first.or_before(third) == one.or_before(other.or_before(third))


@given(spans(), spans())
def test_what_is_certain_holds_of_every_day_they_may_be(one: DaySpan, other: DaySpan) -> None:
    """And the other way round: where it holds of every day and both are firm, it is certain."""
    firm = one.firm and other.firm
    pairs = list(product(days_of(one), days_of(other)))
    assert (firm and all(mine > theirs for mine, theirs in pairs)) == one.certainly_after(other)
    assert (firm and all(mine <= theirs for mine, theirs in pairs)) == one.certainly_by(other)


@given(spans(), spans())
def test_after_and_by_are_never_both_certain(one: DaySpan, other: DaySpan) -> None:
    assert not (one.certainly_after(other) and one.certainly_by(other))
    assert not (one.certainly_after(other) and other.certainly_after(one))
    if not (one.firm and other.firm):
        assert [False, False] == [one.certainly_after(other), one.certainly_by(other)]
    if one.exact and other.exact:
        assert one.certainly_after(other) is not one.certainly_by(other)


@given(spans(), spans(), spans())
def test_knowing_less_proves_nothing_more(one: DaySpan, more: DaySpan, other: DaySpan) -> None:
    """A wider or an unsure day is never certain where the narrower is not."""
    wide = DaySpan(one.or_else(more).earliest, one.or_else(more).latest, one.firm and more.firm)
    assert one.certainly_after(other) or not wide.certainly_after(other)
    assert one.certainly_by(other) or not wide.certainly_by(other)
    assert other.certainly_after(one) or not other.certainly_after(wide)
    assert other.certainly_by(one) or not other.certainly_by(wide)


@given(spans())
@example(DaySpan(None, None))
@example(DaySpan(date(1000, 1, 1), date(9999, 12, 31)))
@example(DaySpan(None, date(2024, 6, 30), firm=False))
def test_the_text_of_a_day_is_a_date_that_says_the_same(span: DaySpan) -> None:
    """That a range is not firm has no place in it."""
    again = DaySpan.of(FuzzyDate.parse(span.text)) or DaySpan(None, None)
    assert (span.earliest, span.latest) == (again.earliest, again.latest)
    assert again.firm is (span.firm or span.earliest != span.latest or span.earliest is None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-06-05", ("2024-06-05", "2024-06-05", True), ("2024-06-05", "2024-06-05", True)),
        ("2024-06", ("2024-06-01", "2024-06-30", True), ("2024-06-30", "2024-06-30", True)),
        ("2024", ("2024-01-01", "2024-12-31", True), ("2024-12-31", "2024-12-31", True)),
        ("2024-06-XX", ("2024-06-01", "2024-06-30", True), ("2024-06-01", "2024-06-30", True)),
        ("202X", ("2020-01-01", "2029-12-31", True), ("2020-01-01", "2029-12-31", True)),
        ("2024-06~", ("2024-06-01", "2024-06-30", False), ("2024-06-30", "2024-06-30", False)),
        ("2024-06/2024-09", ("2024-06-01", "2024-06-30", True), ("2024-09-30", "2024-09-30", True)),
        ("2024-06/2024-09?", ("2024-06-01", "2024-06-30", False), ("2024-09-30", "2024-09-30", False)),
        ("../2024-09", (None, "2024-09-30", True), ("2024-09-30", "2024-09-30", True)),
        ("2024-06/..", ("2024-06-01", "2024-06-30", True), ("2024-06-01", None, True)),
        ("[..2024-06-30]", (None, "2024-06-30", True), (None, "2024-06-30", True)),
        ("[2024-06-01..]", ("2024-06-01", None, True), ("2024-06-01", None, True)),
        ("[2024-06-01,2024-06-09]", ("2024-06-01", "2024-06-09", True), ("2024-06-01", "2024-06-09", True)),
    ],
)
def test_a_date_gives_its_start_or_its_end(
    text: str, start: tuple[str | None, str | None, bool], end: tuple[str | None, str | None, bool]
) -> None:
    dated = FuzzyDate.parse(text)
    for expected, span in ((start, DaySpan.of(dated)), (end, DaySpan.of_end(dated))):
        assert span is not None
        days = tuple(each.isoformat() if each else None for each in (span.earliest, span.latest))
        assert expected == (*days, span.firm)


def test_an_unknown_date_gives_no_day_and_no_term() -> None:
    unknown = FuzzyDate.parse("unknown")
    assert [None, None] == [DaySpan.of(unknown), DaySpan.of_end(unknown)]
    assert (None, "day") == (fixed(unknown).day, fixed(unknown).not_known)


def test_only_one_firm_day_is_exact() -> None:
    day = date(2024, 6, 5)
    told = [DaySpan(day, day), DaySpan(day, day, firm=False), DaySpan(day, day + timedelta(1)), DaySpan(None, None)]
    assert [True, False, False, False] == [each.exact for each in told]
    assert not DaySpan.on(day).or_else(DaySpan.on(day)).exact


@given(spans(), COUNTS, st.sampled_from(UNITS))
def test_a_term_counted_from_a_day_is_as_firm_as_the_day(span: DaySpan, count: int, unit: Unit) -> None:
    counted = Counted(count, unit, None, CountedFrom.DATED)
    limit = counted_from(counted, span)
    assert (span.after(count, unit), None, counted) == (limit.day, limit.not_known, limit.counted)
    assert (None, "start") == (counted_from(counted, None).day, counted_from(counted, None).not_known)
