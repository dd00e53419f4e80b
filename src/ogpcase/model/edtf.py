"""EDTF as it is read here: a text in, its form and its days out; or what is wrong with it."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple


class NotADate(ValueError):
    """The text is no date that this tool takes.

    `str()` is the message: one lowercase line that never repeats the text.
    `help` says what to write instead, empty where nothing is sure.
    """

    def __init__(self, message: str, help_line: str = "") -> None:
        super().__init__(message)
        self.help = help_line


_YEAR_FIRST = "write year-month-day with hyphens, as 2018-07-16"
_FORMS = "write it as 2018, 2018-07, 2018-07-16, 2018-07-XX, 2018-07/2018-09, `[2018-07-01..2018-07-15]` or unknown"

_FAULTS = (
    (r"^$", "a date is empty", "write `unknown` where no date is known"),
    (r"\s", "a date has spaces in it", "leave the spaces out"),
    (r"[\u2010-\u2015\u2212]", "the dashes in a date are not plain hyphens", _YEAR_FIRST),
    (r"[^!-~]", "a date has characters that no date has", _FORMS),
    (
        r"^(?i:unknown)$",
        "`unknown` does not stand alone in lower case",
        "write `unknown` alone; an interval's unknown end is left empty, as `2018-07/`",
    ),
    (r"^(?i:open)$", "an open end is not written as a word", "write an open end as `..`, as in `2024-10/..`"),
    (
        r"[{}]",
        "a set of which all are meant is not supported here",
        "record each day as its own event, or write one day somewhere in as `[2018-07-16,2018-07-18]`",
    ),
    (r"/", "an interval does not stand in a set", "write a stretch of days in a set with `..` between its bounds"),
    (r"T|:", "times of day are not supported here", "leave out the time"),
    (r"^Y", "years of more than four digits are not supported here", ""),
    (r"^-[0-9]", "years before the year 1 are not supported here", ""),
    (r"S[0-9]", "significant digits are not supported here", "write the digits that are known, as 201X"),
    (r"W[0-9]", "weeks are not supported here", "write the week's days, as 2018-07-16/2018-07-22"),
    (r"^[0-9]{4}-[0-9]{3}$", "days counted through the year are not supported here", _YEAR_FIRST),
    (
        r"^[0-9]{8}$|^[0-9]{4}[.][0-9]",
        "year, month and day are not parted by hyphens",
        _YEAR_FIRST,
    ),
    (r"^[0-9]{5,}", "a year has more than four digits", _YEAR_FIRST),
    (r"^[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{4}$", "the year does not come first", _YEAR_FIRST),
    (
        r"[-0-9][ux]",
        "a digit that is not given is not written as capital X",
        "write it as 201X, 2018-XX or 2018-07-XX",
    ),
    (r"[?~%]{2}", "a date has two qualifiers", "write `%` for both uncertain and approximate"),
    (
        r"[?~%].",
        "a qualifier does not stand at the very end of a date",
        "put it last: it then holds for the whole date; qualified parts (EDTF level 2) are not supported here",
    ),
    (
        r"^XXXX",
        "no digit of the year is given",
        "write `unknown`, or the bounds that are known, as `[..2018-07-16]`",
    ),
    (
        r"X",
        "the digits left out are not those at the right",
        "write 201X, 20XX, 2018-XX, 2018-07-XX or 2018-XX-XX; others (EDTF level 2) are not supported here",
    ),
    (
        r"\.\.",
        "a double dot stands where it means nothing",
        "write `2018-07/..` for an open end, `[2018-07-01..2018-07-15]` for one day somewhere in",
    ),
    (r"^[0-9]{4}-[0-9](?:-|$)|-[0-9]$", "month and day do not have two digits each", _YEAR_FIRST),
    (r"[\[\]]", "a bracket of a set does not stand at its end", _FORMS),
    (
        r",",
        "a list of dates does not stand in brackets",
        "write one day out of several as `[2018-07-16,2018-07-18]`",
    ),
)


def fault_of(text: str) -> NotADate:
    """Returns what to say of a text that does not have the shape of a date; never quotes it."""
    for pattern, message, help_line in _FAULTS:
        if re.search(pattern, text):
            return NotADate(message, help_line)
    return NotADate("this is not a date in EDTF", _FORMS)


_PART = re.compile(
    r"(?:(?P<rough>[0-9]{2}(?:[0-9]X|XX))"
    r"|(?P<year>[0-9]{4})(?:-XX(?:-XX)?|-(?P<month>[0-9]{2})(?:-(?:XX|(?P<day>[0-9]{2})))?)?)"
    r"(?P<qualifier>[?~%]?)"
)
_MONTHS = (
    ("January", 31),
    ("February", 28),
    ("March", 31),
    ("April", 30),
    ("May", 31),
    ("June", 30),
    ("July", 31),
    ("August", 31),
    ("September", 30),
    ("October", 31),
    ("November", 30),
    ("December", 31),
)
_SEASONS = range(21, 42)


class Part(NamedTuple):
    """One date inside a text: its first and last day, the digits given, its qualifier or nothing."""

    first: date
    last: date
    digits: str
    qualifier: str


def part_of(text: str) -> Part:
    """Returns a single date of level 0 or 1, with its qualifier; raises NotADate where the text is none."""
    match = _PART.fullmatch(text)
    if match is None:
        raise fault_of(text)
    rough, year, month, day, qualifier = match.group("rough", "year", "month", "day", "qualifier")
    digits = "-".join(filter(None, (year, month, day))) or rough.replace("X", "0")
    if digits.startswith("0000"):
        raise NotADate("the year 0000 is not supported here")
    if rough:
        return Part(date(int(digits), 1, 1), date(int(rough.replace("X", "9")), 12, 31), digits, qualifier)
    first, last = _days(int(year), month, day)
    return Part(first, last, digits, qualifier)


def _days(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    length = _length(year, month)
    if day is None:
        return date(year, int(month), 1), date(year, int(month), length)
    if not 1 <= int(day) <= length:
        name = _MONTHS[int(month) - 1][0]
        if (name, day) == ("February", "29"):
            raise NotADate(f"{year:04} is no leap year: February has 28 days")
        raise NotADate(f"day {day} does not exist: {name} has {length} days")
    only = date(year, int(month), int(day))
    return only, only


def _length(year: int, month: str) -> int:
    """Returns how many days the month has."""
    number = int(month)
    if number in _SEASONS:
        raise NotADate("seasons and quarters are not supported here", "write their months, as `[2018-06..2018-08]`")
    if not 1 <= number <= len(_MONTHS):
        raise NotADate(f"month {month} does not exist")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTHS[number - 1][1] + (1 if number == 2 and leap else 0)  # noqa: PLR2004 - February


Form = Literal["unknown", "point", "interval", "set"]

SortKey = tuple[bool, date, date]
"""Undated or not, then the earliest and the latest day, with the bound given in place of an open side."""

LONGEST = 400
"""The most characters a date may have: a set is a handful of days, not a calendar."""

_YEAR = r"(?!0000)[0-9]{4}"
_MONTH = r"(?:0[1-9]|1[0-2])"
_DATE = rf"{_YEAR}(?:-{_MONTH}(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
_END = rf"{_DATE}[?~%]?"
_POINT = rf"(?:{_DATE}|(?!000)[0-9]{{3}}X|(?!00)[0-9]{{2}}XX|{_YEAR}-(?:{_MONTH}-XX|XX(?:-XX)?))[?~%]?"
_MEMBER = rf"(?:{_DATE}\.\.{_DATE}|{_POINT})"
_SET = (
    rf"\[(?:{_DATE}\.\.{_DATE}|\.\.{_DATE}|{_DATE}\.\."
    rf"|(?:{_MEMBER}|\.\.{_DATE})(?:,{_MEMBER})*,(?:{_MEMBER}|{_DATE}\.\.))\]"
)
PATTERN = rf"^(?:unknown|{_POINT}|{_END}/(?:{_END}|\.\.)?|(?:\.\.)?/{_END}|{_SET})$"
"""The shape of every date taken here, for JSON Schema: all but the lengths of months and the order of bounds."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Stretch(NamedTuple):
    """Days in a row; None where nothing bounds them."""

    first: date | None
    last: date | None


class Reading(NamedTuple):
    """What a text says: see FuzzyDate, whose properties these are.

    `stretches` are the days it may mean: of an interval the whole of it, of a set one for each member.
    """

    form: Form
    earliest: date | None
    latest: date | None
    end_earliest: date | None
    end_latest: date | None
    stretches: tuple[Stretch, ...]
    qualifiers: str
    digits: str
    sort_key: SortKey


_UNKNOWN = Reading(
    form="unknown",
    earliest=None,
    latest=None,
    end_earliest=None,
    end_latest=None,
    stretches=(Stretch(None, None),),
    qualifiers="",
    digits="undated",
    sort_key=(True, date.max, date.max),
)


def read(text: str) -> Reading:
    """Returns what the text says; raises NotADate where it is no date."""
    if _DAY.fullmatch(text):  # nearly every date: the others may take their time
        return _day(text)
    if text == "unknown":
        return _UNKNOWN
    if len(text) > LONGEST:
        raise NotADate(f"a date has more than {LONGEST} characters", "name the bounds only, as `[2018-07..2018-09]`")
    if text.startswith("["):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _point(text)


def _day(text: str) -> Reading:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _point(text)  # which says what is wrong with it
    return Reading("point", day, day, None, None, (Stretch(day, day),), "", text, (False, day, day))


def _point(text: str) -> Reading:
    part = part_of(text)
    first, last = part.first, part.last
    key = (False, first, last)
    return Reading("point", first, last, None, None, (Stretch(first, last),), part.qualifier, part.digits, key)


def _interval(text: str) -> Reading:
    if text.count("/") > 1:
        raise NotADate("an interval has more than one slash", "write the days with hyphens, as 2017-10-19/2017-10-20")
    left, _, right = text.partition("/")
    start, end = _end(left), _end(right)
    given = [part for part in (start, end) if part]
    if not given:
        raise NotADate("an interval has neither a start nor an end", "write `unknown` where no date is known")
    if start and end and end.last < start.first:
        raise NotADate("an interval ends before it starts", "write the start first, then the end")
    # A start is never after the end, nor an end before the start: 2018/2018-03 starts in March at the latest.
    first, latest = given[0].first, min(part.last for part in given)
    earliest = start.first if start else None
    end_latest = end.last if end else None
    return Reading(
        form="interval",
        earliest=earliest,
        latest=latest,
        end_earliest=max(part.first for part in given) if end else None,
        end_latest=end_latest,
        stretches=(Stretch(earliest, end_latest),),
        qualifiers="".join(part.qualifier for part in given),
        digits=given[0].digits,
        sort_key=(False, first, latest),
    )


def _end(text: str) -> Part | None:
    if text in {"", ".."}:
        return None
    part = part_of(text)
    if "X" in text:
        raise NotADate("an end of an interval has an X", "write the month or year alone: 2018-07 instead of 2018-07-XX")
    return part


def _set(text: str) -> Reading:
    if not text.endswith("]"):
        raise NotADate("a set is not closed", "end it with `]`")
    members = text[1:-1].split(",")
    if len(members) == 1 and ".." not in text:
        raise NotADate("a set does not have two dates to choose from", "write one date without brackets")
    final = len(members) - 1
    stretches = []
    parts: list[Part] = []
    for position, member in enumerate(members):
        stretch, bounds = _member(member, begins=position == 0, ends=position == final)
        stretches.append(stretch)
        parts += bounds
    lows = [low for low, _ in stretches if low]
    highs = [high for _, high in stretches if high]
    return Reading(
        form="set",
        earliest=min(lows) if len(lows) == len(stretches) else None,
        latest=max(highs) if len(highs) == len(stretches) else None,
        end_earliest=None,
        end_latest=None,
        stretches=tuple(stretches),
        qualifiers="".join(part.qualifier for part in parts),
        digits=parts[0].digits,
        sort_key=(False, min(part.first for part in parts), max(part.last for part in parts)),
    )


def _member(text: str, *, begins: bool, ends: bool) -> tuple[Stretch, list[Part]]:
    """Returns the days of one member of a set, and the dates written in it."""
    low, dots, high = text.partition("..")
    if not dots:
        part = part_of(text)
        return Stretch(part.first, part.last), [part]
    if not (low or high) or (not low and not begins) or (not high and not ends):
        raise NotADate(
            "a range in a set has no bound",
            "only the first member may be open at its start, only the last at its end",
        )
    bounds = [_bound(each) for each in (low, high) if each]
    if low and high:
        if len(low) != len(high):
            raise NotADate("the bounds of a range are not equally exact", "write both as years, as months or as days")
        if bounds[1].last < bounds[0].first:
            raise NotADate("a range in a set ends before it starts", "write the earlier bound first")
    return Stretch(bounds[0].first if low else None, bounds[-1].last if high else None), bounds


def _bound(text: str) -> Part:
    part = part_of(text)
    if "X" in text or part.qualifier:
        raise NotADate("a bound of a range has an X or a qualifier", "write the bound with its digits only")
    return part
