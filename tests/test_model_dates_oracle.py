"""FuzzyDate beside the library edtf: the same first and last day for hundreds of texts, and a list of where they part.

Who is right is judged by ISO 8601-2, by way of the Library of Congress' EDTF specification of 4 February 2019.
"""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from edtf import EDTFParseException, parse_edtf

from ogpcase.model.dates import FuzzyDate, NotADate

Bounds = tuple[date | None, date | None]

DATES = [
    "1985",
    "2000",
    "2018",
    "1900-02",
    "2000-02",
    "2016-02",
    "2018-07",
    "2018-12",
    "2016-02-29",
    "2018-07-16",
    "2019-12-12",
]
ROUGH = ["201X", "20XX", "2018-XX", "2018-XX-XX", "2018-07-XX", "2016-02-XX", "2018-02-XX", "1900-02-XX"]
IN_SETS = ["20XX", "2018-XX-XX", "2018-07-XX"]
QUALIFIERS = ["", "?", "~", "%"]


def generated() -> list[str]:
    """Levels 0 and 1 and one-of-a-set, as far as they are taken here; what runs backwards is left out."""
    points = [f"{text}{qualifier}" for text, qualifier in product([*DATES, *ROUGH], QUALIFIERS)]
    pairs = [(start, end) for start, end in product(DATES, DATES) if days_of(start)[0] <= days_of(end)[1]]
    intervals = [f"{start}/{end}" for start, end in pairs[::4]]
    qualified = [f"{start}{one}/{end}{two}" for (start, end), one, two in product(pairs[::24], QUALIFIERS, QUALIFIERS)]
    opened = [text for each, mark in product(DATES, QUALIFIERS) for text in (f"{each}{mark}/..", f"../{each}{mark}")]
    ranges = [f"{low}..{high}" for low, high in pairs if len(low) == len(high)]
    lists = [f"{one},{two}" for one, two in product([*DATES[::3], *IN_SETS, "2018-07-16?"], [*DATES[1::2], "201X"])]
    half_open = [text for each in DATES for text in (f"..{each}", f"{each}..", f"..{each},2020-05", f"1984,{each}..")]
    mixed = [f"1984,{each},2021-03-04" for each in ranges]
    return [
        *points,
        *intervals,
        *qualified,
        *opened,
        *(f"[{each}]" for each in (*ranges, *lists, *half_open, *mixed[::8])),
    ]


def days_of(text: str) -> tuple[date, date]:
    found = FuzzyDate.parse(text)
    assert found.first is not None
    assert found.last is not None
    return found.first, found.last


def ours(text: str) -> Bounds:
    found = FuzzyDate.parse(text)
    return found.first, found.last


def theirs(text: str) -> Bounds:
    """Returns the strict bounds; an infinite one is none."""
    found: Any = parse_edtf(text)
    low, high = (
        None if isinstance(each, float) else date(*each[:3]) for each in (found.lower_strict(), found.upper_strict())
    )
    return low, high


def test_first_and_last_days_are_the_oracles() -> None:
    texts = generated()
    assert len(texts) > 250
    assert {} == {text: (ours(text), theirs(text)) for text in texts if ours(text) != theirs(text)}


def test_qualifiers_are_the_oracles() -> None:
    for text, mark in product([*DATES, *ROUGH], QUALIFIERS):
        found: Any = parse_edtf(f"{text}{mark}")
        both = getattr(found, "is_uncertain_and_approximate", False)
        one = FuzzyDate.parse(f"{text}{mark}")
        assert (found.is_uncertain or both, found.is_approximate or both) == (one.uncertain, one.approximate)


def accepted_by_the_oracle(text: str) -> bool:
    try:
        parse_edtf(text)
    except EDTFParseException:
        return False
    return True


REFUSED_HERE = {
    # We are right: these are no dates by the standard.
    "2018-02-29": "edtf lets every February have 29 days; the standard's days are the calendar's",
    "1900-02-29": "the same: a century is a leap year only where 400 divides it",
    "2019/2018": "an interval runs from its start to its end; edtf does not compare them",
    "[2019..2018]": "a double dot stands for the values between its bounds, and there are none",
    " 2018": "the standard allows no spaces within an expression; edtf strips them",
    # edtf is right, and we take less on purpose: level 1 as far as records need it, of level 2 only one-of-a-set.
    "0000": "the standard has a year 0000; Python's calendar starts at 1, and no case is that old",
    "-0400": "level 1 has negative years; they are left out here",
    "Y170000002": "level 1 has long years; they are left out here",
    "2018-21": "level 1 has seasons; their days depend on the hemisphere, so they are left out here",
    "2018-07-16T10:00:00Z": "level 0 has times; they are left out here",
    "../..": "level 1 may leave either end open; with both open nothing is said, and here that is `unknown`",
    "2018-07-XX/2018-08": "level 2 takes X in an interval; here the month alone says the same",
    "2018-XX-16": "level 2 takes X anywhere; level 1 only from the right",
    "2XXX": "three X in a year are level 2, though edtf counts them to level 1; the specification names one or two",
    "201X-05": "level 2 takes X inside a date",
    "2018~-07": "level 2 qualifies parts of a date",
    "1950S2": "significant digits are level 2",
    "{2018,2019}": "all-of-a-set is level 2: several events, not one",
}


@pytest.mark.parametrize("text", REFUSED_HERE)
def test_refused_here_and_accepted_by_the_oracle(text: str) -> None:
    assert accepted_by_the_oracle(text)
    with pytest.raises(NotADate):
        FuzzyDate.parse(text)


OTHER_BOUNDS = {
    # We are right: an unknown end bounds nothing. edtf makes up ten years, a setting of its own and not the standard's.
    "2018/": ((date(2018, 1, 1), None), (date(2018, 1, 1), date(2028, 1, 1))),
    "/2018": ((None, date(2018, 12, 31)), (date(2008, 12, 31), date(2018, 12, 31))),
}


@pytest.mark.parametrize("text", OTHER_BOUNDS)
def test_other_bounds_than_the_oracles(text: str) -> None:
    assert OTHER_BOUNDS[text] == (ours(text), theirs(text))


def test_months_left_out_in_a_set_are_read_here_and_break_the_oracle() -> None:
    """The standard takes `2018-XX` as a member of a set; edtf takes it alone, but stumbles over it inside one."""
    assert (date(2000, 1, 1), date(2018, 12, 31)) == ours("[2018-XX,2000]")
    with pytest.raises(AttributeError):
        parse_edtf("[2018-XX,2000]")


def test_only_unknown_is_taken_here_and_not_by_the_oracle() -> None:
    """`unknown` is this tool's own word: EDTF has none for a date of which nothing is known but `XXXX-XX-XX`."""
    assert "unknown" == FuzzyDate.parse("unknown").form
    assert not accepted_by_the_oracle("unknown")
