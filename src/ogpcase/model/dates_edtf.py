"""EDTF as it is read here: a text in, its form and its days out.

Levels 0 and 1 of ISO 8601-2's profile (the Library of Congress' EDTF of February 2019) without times, seasons,
and negative or long years; of level 2 only one-of-a-set. Where the levels leave a choice:

- X stands for one or two digits of a year alone, or for whole months and days at the right (level 1); in an interval it
  would be level 2 and is refused, in the members of a set it is taken.
- An interval may lack one end: `..` is open, an empty one is unknown. Both read the same: there is no day.
- The bounds of a range in a set may be years, months or days, but both the same (level 2's rule), and bare.
- What runs backwards by its digits is refused, qualified or not.

A single date is read in dates_parts; what is said of a text that is none stands in dates_faults.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from ogpcase.model.dates_faults import NotADate
from ogpcase.model.dates_parts import Part, part_of

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
