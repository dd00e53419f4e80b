"""FuzzyDate by example: what each form means, and what is refused with which words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ogpcase.model.dates import FuzzyDate, NotADate


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def parse(text: str) -> FuzzyDate:
    return FuzzyDate.parse(text)


# text, form, earliest, latest, end_earliest, end_latest, digits
READINGS = [
    ("2018", "point", "2018-01-01", "2018-12-31", "", "", "2018"),
    ("2018-07", "point", "2018-07-01", "2018-07-31", "", "", "2018-07"),
    ("2018-07-16", "point", "2018-07-16", "2018-07-16", "", "", "2018-07-16"),
    ("2018-07-XX", "point", "2018-07-01", "2018-07-31", "", "", "2018-07"),
    ("2018-XX", "point", "2018-01-01", "2018-12-31", "", "", "2018"),
    ("2018-XX-XX", "point", "2018-01-01", "2018-12-31", "", "", "2018"),
    ("201X", "point", "2010-01-01", "2019-12-31", "", "", "2010"),
    ("20XX", "point", "2000-01-01", "2099-12-31", "", "", "2000"),
    ("201X~", "point", "2010-01-01", "2019-12-31", "", "", "2010"),
    ("2020-02-XX", "point", "2020-02-01", "2020-02-29", "", "", "2020-02"),
    ("1900-02", "point", "1900-02-01", "1900-02-28", "", "", "1900-02"),
    ("2000-02", "point", "2000-02-01", "2000-02-29", "", "", "2000-02"),
    ("0001", "point", "0001-01-01", "0001-12-31", "", "", "0001"),
    ("9999-12", "point", "9999-12-01", "9999-12-31", "", "", "9999-12"),
    ("2018-07-16?", "point", "2018-07-16", "2018-07-16", "", "", "2018-07-16"),
    ("2018-07~", "point", "2018-07-01", "2018-07-31", "", "", "2018-07"),
    ("2018%", "point", "2018-01-01", "2018-12-31", "", "", "2018"),
    ("unknown", "unknown", "", "", "", "", "undated"),
    ("2017-10-19/2017-10-20", "interval", "2017-10-19", "2017-10-19", "2017-10-20", "2017-10-20", "2017-10-19"),
    ("2024-10/..", "interval", "2024-10-01", "2024-10-31", "", "", "2024-10"),
    ("2024-10/", "interval", "2024-10-01", "2024-10-31", "", "", "2024-10"),
    ("../2018-07", "interval", "", "2018-07-31", "2018-07-01", "2018-07-31", "2018-07"),
    ("/2018-07", "interval", "", "2018-07-31", "2018-07-01", "2018-07-31", "2018-07"),
    ("2018/2018-03", "interval", "2018-01-01", "2018-03-31", "2018-03-01", "2018-03-31", "2018"),
    ("2018-07-16/2018-07", "interval", "2018-07-16", "2018-07-16", "2018-07-16", "2018-07-31", "2018-07-16"),
    ("2017~/2018-07?", "interval", "2017-01-01", "2017-12-31", "2018-07-01", "2018-07-31", "2017"),
    ("[2025-07-01..2025-11-30]", "set", "2025-07-01", "2025-11-30", "", "", "2025-07-01"),
    ("[..2025-12-01]", "set", "", "2025-12-01", "", "", "2025-12-01"),
    ("[..2017-07-21]", "set", "", "2017-07-21", "", "", "2017-07-21"),
    ("[2025-12-01..]", "set", "2025-12-01", "", "", "", "2025-12-01"),
    ("[2015-04-14,2015-04-15]", "set", "2015-04-14", "2015-04-15", "", "", "2015-04-14"),
    ("[2015-04-15,2015-04-14]", "set", "2015-04-14", "2015-04-15", "", "", "2015-04-15"),
    ("[1667,1668,1670..1672]", "set", "1667-01-01", "1672-12-31", "", "", "1667"),
    ("[1760-01,1760-02,1760-12..]", "set", "1760-01-01", "", "", "", "1760-01"),
    ("[..2018-07,2019?]", "set", "", "2019-12-31", "", "", "2018-07"),
    ("[201X,2022-03-05]", "set", "2010-01-01", "2022-03-05", "", "", "2010"),
    ("[..2018,2020..]", "set", "", "", "", "", "2018"),
]


@pytest.mark.parametrize("reading", READINGS, ids=lambda each: each[0])
def test_a_text_means_these_days(reading: tuple[str, ...]) -> None:
    text, form, earliest, latest, end_earliest, end_latest, digits = reading
    found = parse(text)
    assert (text, form, digits) == (found.text, found.form, found.digits)
    assert (day(earliest), day(latest)) == (found.earliest, found.latest)
    assert (day(end_earliest), day(end_latest)) == (found.end_earliest, found.end_latest)
    assert day(earliest) == found.first
    assert day(end_latest if form == "interval" else latest) == found.last


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a date is empty"),
        ("  ", "a date has spaces in it"),
        (" 2018", "a date has spaces in it"),
        ("2018\n", "a date has spaces in it"),
        ("[2015, 2016]", "a date has spaces in it"),
        ("2018\u201307", "the dashes in a date are not plain hyphens"),
        ("\u0662\u0660\u0661\u0668", "a date has characters that no date has"),
        ("Unknown", "`unknown` is not alone or not in lower case"),
        ("2018/unknown", "`unknown` is not alone or not in lower case"),
        ("2018/open", "an open end is not written as a word"),
        ("last summer", "a date has spaces in it"),
        ("summer", "this is not a date in EDTF"),
        ("2018-13", "month 13 does not exist"),
        ("2018-00", "month 00 does not exist"),
        ("2018-00-05", "month 00 does not exist"),
        ("2018-04-31", "day 31 does not exist: April has 30 days"),
        ("2018-01-00", "day 00 does not exist: January has 31 days"),
        ("2018-02-29", "2018 is not a leap year: February has 28 days"),
        ("1900-02-29", "1900 is not a leap year: February has 28 days"),
        ("2020-02-30", "day 30 does not exist: February has 29 days"),
        ("2018-02-29?/..", "2018 is not a leap year: February has 28 days"),
        ("2018-21", "seasons and quarters are not supported here"),
        ("2018-34", "seasons and quarters are not supported here"),
        ("2018-07-16T10:00:00Z", "times of day are not supported here"),
        ("Y17000", "years of more than four digits are not supported here"),
        ("12018", "a year has more than four digits"),
        ("-0400", "years before the year 1 are not supported here"),
        ("0000", "the year 0000 is not supported here"),
        ("00XX", "the year 0000 is not supported here"),
        ("1950S2", "significant digits are not supported here"),
        ("2018-W29", "weeks are not supported here"),
        ("2018-197", "days counted through the year are not supported here"),
        ("20180716", "year, month and day are not separated by hyphens"),
        ("2018.07.16", "year, month and day are not separated by hyphens"),
        ("16-07-2018", "the year does not come first"),
        ("2018-7-16", "month and day do not have two digits each"),
        ("2018-07-6", "month and day do not have two digits each"),
        ("2018-07-xx", "a digit that is not given is not written as capital X"),
        ("201u", "a digit that is not given is not written as capital X"),
        ("2018?~", "a date has two qualifiers"),
        ("2018~-07", "a qualifier does not stand at the very end of a date"),
        ("?2018", "a qualifier does not stand at the very end of a date"),
        ("XXXX-XX-XX", "no digit of the year is given"),
        ("2XXX", "the digits left out are not those at the right"),
        ("201X-05", "the digits left out are not those at the right"),
        ("2018-XX-16", "the digits left out are not those at the right"),
        ("2018-1X", "the digits left out are not those at the right"),
        ("2018-07-1X", "the digits left out are not those at the right"),
        ("2018..2019", "a date has a `..` in the wrong place"),
        ("{2018,2019}", "a set that means all its dates is not supported here"),
        ("16/07/2018", "an interval has more than one slash"),
        ("/", "an interval has neither a start nor an end"),
        ("../..", "an interval has neither a start nor an end"),
        ("2018-07-16/2018-07-15", "an interval ends before it starts"),
        ("2019?/2018~", "an interval ends before it starts"),
        ("2018-07-XX/2018-08", "an end of an interval has an X"),
        ("[2018-07-16", "a set is not closed"),
        ("2018]", "a bracket is not at the start or end of the date"),
        ("2018,2019", "a list of dates is not in brackets"),
        ("[]", "a set does not have two dates to choose from"),
        ("[2018]", "a set does not have two dates to choose from"),
        ("[2018,]", "a date is empty"),
        ("[..]", "a range in a set has no bound"),
        ("[2018..,2019]", "a range in a set has no bound"),
        ("[2017,..2018]", "a range in a set has no bound"),
        ("[2018-06..2018-05-31]", "a range in a set ends before it starts"),
        ("[2019..2018]", "a range in a set ends before it starts"),
        ("[2018~..2019]", "a bound of a range has an X or a qualifier"),
        ("[..201X]", "a bound of a range has an X or a qualifier"),
        ("[2017/2018,2019]", "a set cannot hold an interval"),
        ("[2018," + "2019," * 80 + "2020]", "a date has more than 400 characters"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, message: str) -> None:
    with pytest.raises(NotADate, match=f"^{re.escape(message)}$"):
        parse(text)


def test_a_refusal_says_what_to_write_instead() -> None:
    with pytest.raises(ValueError, match="year does not come first") as caught:
        parse("16-07-2018")
    assert isinstance(caught.value, NotADate)
    assert "write year-month-day with hyphens, as 2018-07-16" == caught.value.help
