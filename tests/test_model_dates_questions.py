"""What is asked of one date or of two, by example: order, certainty, conflict, days between."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest

from ogpcase.model.dates import FuzzyDate, days_between


def parse(text: str) -> FuzzyDate:
    return FuzzyDate.parse(text)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate", "exact"),
    [
        ("2018-07-16", False, False, True),
        ("2018-07-16?", True, False, False),
        ("2018-07-16~", False, True, False),
        ("2018-07-16%", True, True, False),
        ("2018-07", False, False, False),
        ("2017-10-19/2017-10-20", False, False, True),
        ("2017-10-19/2017-10~", False, True, False),
        ("[2015-04-14,2015-04-15?]", True, False, False),
        ("[..2015-04-14]", False, False, False),
        ("unknown", False, False, False),
    ],
)
def test_qualifiers_anywhere_count(text: str, uncertain: bool, approximate: bool, exact: bool) -> None:  # noqa: FBT001 - a table
    found = parse(text)
    assert (uncertain, approximate, exact) == (found.uncertain, found.approximate, found.exact)
    assert (uncertain or approximate) == found.qualified


@pytest.mark.parametrize(
    ("one", "other", "certainly", "possibly"),
    [
        ("2018-07-15", "2018-07-16", True, True),
        ("2018-07-16", "2018-07-16", False, False),
        ("2018-07", "2018-07-16", False, True),
        ("2018-07-16", "2018-07", False, True),
        ("2018-06", "2018-07-16", True, True),
        ("2018-07-31", "2018-07", False, False),
        ("2017?", "2018", False, True),
        ("2018", "2017?", False, True),
        ("unknown", "2018", False, True),
        ("2018", "unknown", False, True),
        ("unknown", "unknown", False, True),
        ("2017/2019", "2018", True, True),
        ("2018", "2017/2019", False, False),
        ("../2017", "2018", True, True),
        ("2016", "../2017", False, True),
        ("[..2017-07-21]", "2017-07-22", True, True),
        ("2017-07-01", "[..2017-07-21]", False, True),
        ("[2018..]", "2017", False, False),
        ("2017", "[2018..]", True, True),
    ],
)
def test_before_is_two_questions(one: str, other: str, certainly: bool, possibly: bool) -> None:  # noqa: FBT001 - a table
    assert certainly == parse(one).certainly_before(parse(other))
    assert possibly == parse(one).possibly_before(parse(other))


@pytest.mark.parametrize(
    ("one", "other", "disjoint"),
    [
        ("2017-05-23", "2017-05-24", True),
        ("2017-05", "2017-05-24", False),
        ("2017-05-23?", "2017-05-24", False),
        ("2017-10-19/2017-10-20", "2017-10-20", False),
        ("2017-10-19/2017-10-20", "2017-10-21", True),
        ("2017-10-19/..", "2024", False),
        ("../2017", "2018", True),
        ("[2015-04-14,2015-06-15]", "2015-05", True),
        ("[2015-04-14,2015-06-15]", "2015-06", False),
        ("[..2017,2019..]", "2018-03", True),
        ("unknown", "2018", False),
    ],
)
def test_only_dates_without_a_common_day_are_disjoint(one: str, other: str, disjoint: bool) -> None:  # noqa: FBT001 - a table
    assert disjoint == parse(one).disjoint(parse(other))
    assert disjoint != parse(other).may_overlap(parse(one))


@pytest.mark.parametrize(
    ("text", "on", "possible", "certain"),
    [
        ("2018-07-16", "2018-07-15", False, False),
        ("2018-07-16", "2018-07-16", True, True),
        ("2018-07", "2018-07-01", True, False),
        ("2018-07", "2018-07-31", True, True),
        ("2018-07-16?", "2018-07-16", True, True),
        ("2024-10/..", "2024-10-31", True, True),
        ("2017/2019", "2017-12-31", True, True),
        ("[..2017-07-21]", "1900-01-01", True, False),
        ("[..2017-07-21]", "2017-07-21", True, True),
        ("[2017-07-21..]", "2030-01-01", True, False),
        ("[2017-07-21..]", "2017-07-20", False, False),
        ("unknown", "2030-01-01", True, False),
    ],
)
def test_a_date_is_possible_then_certain(text: str, on: str, possible: bool, certain: bool) -> None:  # noqa: FBT001 - a table
    assert possible == parse(text).possible_by(date.fromisoformat(on))
    assert certain == parse(text).certain_by(date.fromisoformat(on))


def test_display_order_is_by_digits_with_unknown_last() -> None:
    """The open side of a set sorts by the bound given; what lasted sorts by its start."""
    ordered = [
        "2017",
        "2017-02-16",
        "2017-07-21",
        "[..2017-07-22]",
        "2017-07-23~",
        "2017-07-24/2030",
        "[2017-07-25..]",
        "../2017-07-26",
        "2018",
        "9999-12-31",
        "unknown",
    ]
    assert ordered == [str(each) for each in sorted(map(parse, reversed(ordered)))]


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ("2018-07-16", "2018-08-24", (39, 39)),
        ("2018-07", "2018-08-24", (24, 54)),
        ("2018-07", "2018-07-16", (0, 15)),
        ("2018-07-16", "2018-07-16", (0, 0)),
        ("2018-08-24", "2018-07-16", (-39, -39)),
        ("2017-10-19/2017-10-20", "2017-10-21", (2, 2)),
        ("[..2018-07-16]", "2018-07-20", (4, None)),
        ("2018-07-16", "[2018-07-20..]", (4, None)),
        ("[2018-07-16..]", "2018-07-20", (None, 4)),
        ("unknown", "2018", (None, None)),
        ("2018-07-16~", "2018-07-20", (4, 4)),
    ],
)
def test_days_between_are_the_fewest_and_the_most(
    earlier: str, later: str, days: tuple[int | None, int | None]
) -> None:
    assert days == days_between(parse(earlier), parse(later))


def test_dates_are_equal_where_their_text_is() -> None:
    assert parse("2018-07") == copy.copy(parse("2018-07"))
    assert parse("2018-07") != parse("2018-07-XX")
    assert 1 == len({parse("2018-07"), copy.copy(parse("2018-07"))})
    assert "FuzzyDate(text='2018-07')" == repr(parse("2018-07"))


def test_a_copy_is_the_same_date() -> None:
    one = parse("[..2017-07-21]")
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert (one, one.latest, one.sort_key) == (other, other.latest, other.sort_key)
