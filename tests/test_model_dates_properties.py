"""FuzzyDate by its laws: order, certainty and doubt hold for every date, and any text is a date or refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from ogpcase.model.dates import PATTERN, FuzzyDate, NotADate, days_between

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
QUALIFIERS = st.sampled_from(["", "", "", "?", "~", "%"])
CUTS = st.sampled_from([4, 7, 10])


@st.composite
def plain(draw: st.DrawFn) -> str:
    """A year, a month or a day."""
    return draw(DAYS).isoformat()[: draw(CUTS)]


@st.composite
def points(draw: st.DrawFn) -> str:
    text = draw(DAYS).isoformat()
    year, month = text[:4], text[:7]
    rough = [f"{text[:3]}X", f"{text[:2]}XX", f"{year}-XX", f"{year}-XX-XX", f"{month}-XX"]
    return draw(st.sampled_from([year, month, text, *rough])) + draw(QUALIFIERS)


@st.composite
def intervals(draw: st.DrawFn) -> str:
    early, late = sorted([draw(DAYS), draw(DAYS)])
    start, end = (each.isoformat()[: draw(CUTS)] + draw(QUALIFIERS) for each in (early, late))
    return draw(
        st.sampled_from([f"{start}/{end}", f"{start}/..", f"../{end}", f"{start}/", f"/{end}"]),
    )


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, str]:
    cut = draw(CUTS)
    early, late = sorted([draw(DAYS), draw(DAYS)])
    return early.isoformat()[:cut], late.isoformat()[:cut]


@st.composite
def sets(draw: st.DrawFn) -> str:
    members = draw(st.lists(st.one_of(points(), ranges().map("..".join)), max_size=3))
    if draw(st.booleans()):
        members.insert(0, f"..{draw(plain())}")
    if draw(st.booleans()):
        members.append(f"{draw(plain())}..")
    if not members or (len(members) == 1 and ".." not in members[0]):
        members += [draw(plain()), draw(plain())]
    return f"[{','.join(members)}]"


TEXTS = st.one_of(points(), intervals(), sets(), st.just("unknown"))
DATES = TEXTS.map(FuzzyDate.parse)
EDTF_LIKE = st.one_of(
    TEXTS,
    st.text(alphabet="0123456789-/.?~%X[],unkowT:Y{} \n", max_size=24),
    st.from_regex(r"[0-9]{4}-[0-9X]{2}-[0-9X]{2}[?~%]?", fullmatch=True),
    st.text(max_size=12),
)


@given(TEXTS)
def test_the_text_is_kept_exactly(text: str) -> None:
    assert text == FuzzyDate.parse(text).text
    assert text == str(FuzzyDate.parse(text))


def refusal(text: str) -> str:
    """Returns why the text is no date; empty where it is one. Anything but NotADate is a bug and is raised."""
    try:
        FuzzyDate.parse(text)
    except NotADate as fault:
        return str(fault)
    return ""


@given(EDTF_LIKE)
@example("2018-07-16\n")
@example("٢٠١٨")
@example("\ud800")
def test_any_text_is_a_date_or_refused_without_being_quoted(text: str) -> None:
    message = refusal(text)
    assert not message or re.fullmatch(r"[`a-z0-9].{5,78}[^.]", message)
    assert len(text) < 12 or text not in message


@given(EDTF_LIKE)
def test_the_pattern_takes_every_date_and_little_else(text: str) -> None:
    """What the pattern takes and is no date fails at the length of a month or the order of bounds."""
    message = refusal(text)
    if re.fullmatch(PATTERN, text):
        assert not message or re.search(r"does not exist|leap year|ends before", message)
    else:
        assert message


@given(DATES)
def test_bounds_are_in_order(one: FuzzyDate) -> None:
    bounds = [each for each in (one.first, one.earliest, one.latest, one.last) if each]
    assert sorted(bounds) == bounds
    ends = [each for each in (one.end_earliest, one.end_latest, one.last) if each]
    assert sorted(ends) == ends


@given(DATES, DATES, DATES)
def test_display_order_is_total_and_transitive(one: FuzzyDate, two: FuzzyDate, three: FuzzyDate) -> None:
    assert 1 == sum([one < two, two < one, one.sort_key == two.sort_key])
    assert not one < two < three or one < three


@given(DAYS, DAYS)
def test_full_dates_agree_with_the_calendar(one: date, two: date) -> None:
    first, second = FuzzyDate.parse(one.isoformat()), FuzzyDate.parse(two.isoformat())
    assert (one < two) == (first < second) == first.certainly_before(second) == first.possibly_before(second)
    assert (one != two) == first.disjoint(second)
    assert ((two - one).days,) * 2 == days_between(first, second)
    assert (one <= two) == first.certain_by(two) == first.possible_by(two)


@given(DATES)
def test_unknown_is_last_and_proves_nothing(one: FuzzyDate) -> None:
    unknown = FuzzyDate.parse("unknown")
    assert not unknown < one
    assert not one.certainly_before(unknown)
    assert not unknown.certainly_before(one)
    assert one.possibly_before(unknown)
    assert unknown.possibly_before(one)
    assert unknown.may_overlap(one)


@given(DATES, DATES)
def test_what_is_certain_is_possible_and_never_both_ways(one: FuzzyDate, two: FuzzyDate) -> None:
    if one.certainly_before(two):
        assert one.possibly_before(two)
        assert not two.possibly_before(one)
        assert one < two
    assert one.may_overlap(two) == two.may_overlap(one)
    assert one.may_overlap(one)
    if one.disjoint(two):
        assert [False, False] == [one.qualified, two.qualified]


@given(DATES, DATES, DATES)
def test_certainly_before_is_transitive(one: FuzzyDate, two: FuzzyDate, three: FuzzyDate) -> None:
    assert not (one.certainly_before(two) and two.certainly_before(three)) or one.certainly_before(three)


@st.composite
def widened(draw: st.DrawFn) -> tuple[FuzzyDate, FuzzyDate]:
    """A full date, and one that says less of the same day."""
    day = draw(DAYS)
    text = day.isoformat()
    before, after = (day + timedelta(days=shift) for shift in (-draw(st.integers(0, 500)), draw(st.integers(0, 500))))
    wider = draw(
        st.sampled_from(
            [
                text[:7],
                text[:4],
                f"{text[:7]}-XX",
                f"{text[:3]}X",
                f"{text}?",
                f"{text}~",
                f"[{before}..{after}]",
                f"[..{after}]",
                f"[{before}..]",
                f"[{before},{text}]",
                "unknown",
            ]
        )
    )
    return FuzzyDate.parse(text), FuzzyDate.parse(wider)


@given(widened(), DATES, DAYS)
def test_saying_less_never_makes_anything_certain(
    pair: tuple[FuzzyDate, FuzzyDate], other: FuzzyDate, on: date
) -> None:
    """A less exact date that contains the day proves nothing that the day does not, and excludes nothing it allows."""
    exact, wide = pair
    assert exact.certainly_before(other) or not wide.certainly_before(other)
    assert other.certainly_before(exact) or not other.certainly_before(wide)
    assert wide.possibly_before(other) or not exact.possibly_before(other)
    assert other.possibly_before(wide) or not other.possibly_before(exact)
    assert exact.disjoint(other) or not wide.disjoint(other)
    assert exact.certain_by(on) or not wide.certain_by(on)
    assert wide.possible_by(on) or not exact.possible_by(on)
    assert not exact.disjoint(wide)


@given(widened(), DAYS)
def test_saying_less_widens_the_days_between(pair: tuple[FuzzyDate, FuzzyDate], on: date) -> None:
    exact, wide = pair
    other = FuzzyDate.parse(on.isoformat())
    days, _ = days_between(exact, other)
    assert days is not None
    assume(days >= 0)
    fewest, most = days_between(wide, other)
    assert fewest is None or 0 <= fewest <= days
    assert most is None or days <= most


@given(points())
def test_digits_begin_the_text_and_are_given_ones(text: str) -> None:
    digits = FuzzyDate.parse(text).digits
    assert re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", digits)
    assert text.rstrip("?~%").replace("-XX", "").replace("X", "0") == digits


@given(st.one_of(intervals(), sets()))
def test_digits_of_several_dates_are_of_the_first_given(text: str) -> None:
    first = re.search(r"[0-9][0-9X-]+", text)
    assert first is not None
    assert FuzzyDate.parse(first[0]).digits == FuzzyDate.parse(text).digits


@given(intervals())
def test_what_lasted_is_dated_by_its_start(text: str) -> None:
    whole, start = FuzzyDate.parse(text), text.partition("/")[0]
    if start in {"", ".."}:
        assert whole.earliest is None
        assert whole.end_latest == whole.latest
    else:
        assert FuzzyDate.parse(start).earliest == whole.earliest
        assert FuzzyDate.parse(start).certain_by(date.max) == whole.certain_by(date.max)


@pytest.mark.parametrize("text", ["[" * 400, "2018/" * 80, "?" * 400, "X" * 400, "-" * 400, "[" + ".." * 150 + "]"])
def test_hostile_texts_are_refused_at_once(text: str) -> None:
    with pytest.raises(NotADate):
        FuzzyDate.parse(text)
