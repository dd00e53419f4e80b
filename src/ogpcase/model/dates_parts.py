"""A single date inside an EDTF text, and the calendar it has to keep to.

Intervals and sets are made of these in dates_edtf.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ogpcase.model.dates_faults import NotADate, fault_of

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
