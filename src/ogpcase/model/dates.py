"""FuzzyDate: a date in EDTF, kept as written and as exact as its source; how it is parsed and compared."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

LONGEST = 400
"""The most characters a date may have."""

Form = Literal["unknown", "point", "interval", "set"]

SortKey = tuple[bool, date, date]
"""A sort key: whether the date is unknown, then its first and its last day; an open side counts as the given bound."""


class NotADate(ValueError):
    """The text is not a date that ogpcase accepts.

    `str()` is the message, one lowercase line that never repeats the text; `help` says what to write, or is empty.
    """

    def __init__(self, message: str, help_line: str = "") -> None:
        super().__init__(message)
        self.help = help_line


class Stretch(NamedTuple):
    """Consecutive days; None on an open side."""

    first: date | None
    last: date | None


_DESCRIPTION = (
    "A date in EDTF, kept as written: 2018, 2018-07, 2018-07-16, 2018-07-XX, 201X. "
    "A final `?` means uncertain, `~` approximate, `%` both. "
    "2017-10-19/2017-10-20 or 2024-10/.. is an interval. "
    '"[2025-07-01..2025-11-30]", "[..2025-12-01]" or "[2015-04-14,2015-04-15]" (in quotes) is one day of a set. '
    "`unknown` if no date is known."
)
_EXAMPLES = ("2018-07-16", "2018-07", 2018, "2018-07-16~", "2024-10/..", "[2025-07-01..2025-11-30]", "unknown")


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
"""The form of every accepted date, for JSON Schema; the length of months and the order of bounds are not checked."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FuzzyDate:
    """A date as exact as its source: a day, a month, a year, an interval, one day of a set, or unknown.

    Dates are equal if their texts are. Two dates may overlap, so there are two questions: certainly_before and
    possibly_before. An interval counts by its start, which is never after its end, even where only the end is known.

    Attributes:
        text: as written.
        form: `unknown`, `point`, `interval` or `set`.
        earliest: the earliest day it may have happened or started; None where open or unknown.
        latest: the latest such day; None where open or unknown.
        stretches: the days it may mean: the whole interval, or one stretch for each member of a set.
        digits: how a file name begins: the digits of the first date, `2010` for 201X, `undated` for unknown.
        sort_key: sorts by digits; unknown dates come last.
        qualifiers: every `?`, `~` and `%` in it.
        end_earliest: the earliest day an interval may have ended; else None.
        end_latest: the latest such day; else None.
    """

    text: str
    form: Form
    earliest: date | None
    latest: date | None
    stretches: tuple[Stretch, ...]
    digits: str
    sort_key: SortKey
    qualifiers: str = ""
    end_earliest: date | None = None
    end_latest: date | None = None

    @classmethod
    def parse(cls, text: str) -> FuzzyDate:
        """Returns the date of a text; raises NotADate, a ValueError that never quotes the text."""
        return _parsed(str.__str__(text))  # the parser may give a subclass of str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"FuzzyDate(text={self.text!r})"

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, FuzzyDate) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: FuzzyDate) -> bool:
        return self.sort_key < other.sort_key

    @property
    def first(self) -> date | None:
        """The first day of the whole span; None where it is open."""
        return self.earliest

    @property
    def last(self) -> date | None:
        """The last day of the whole span, including an interval's end; None where it is open."""
        return self.end_latest if self.form == "interval" else self.latest

    @property
    def qualified(self) -> bool:
        """True if any part is uncertain or approximate: such a date proves no order."""
        return bool(self.qualifiers)

    @property
    def uncertain(self) -> bool:
        """True if any part has `?` or `%`."""
        return not set(self.qualifiers).isdisjoint("?%")

    @property
    def approximate(self) -> bool:
        """True if any part has `~` or `%`."""
        return not set(self.qualifiers).isdisjoint("~%")

    @property
    def exact(self) -> bool:
        """True if the day, or an interval's first day, is known and nothing is qualified."""
        return self.earliest is not None and self.earliest == self.latest and not self.qualified

    def certainly_before(self, other: FuzzyDate) -> bool:
        """True if every day of this date is before every day of the other; never if either is qualified."""
        if self.qualifiers or other.qualifiers or self.latest is None or other.earliest is None:
            return False
        return self.latest < other.earliest

    def possibly_before(self, other: FuzzyDate) -> bool:
        """True if some day of this date can be before some day of the other; always if either is qualified."""
        if self.qualified or other.qualified or self.earliest is None or other.latest is None:
            return True
        return self.earliest < other.latest

    def may_overlap(self, other: FuzzyDate) -> bool:
        """True if both may mean the same day; an interval means all its days. Always true if either is qualified."""
        if self.qualified or other.qualified:
            return True
        return any(
            (low is None or end is None or low <= end) and (start is None or high is None or start <= high)
            for low, high in self.stretches
            for start, end in other.stretches
        )

    def disjoint(self, other: FuzzyDate) -> bool:
        """True if they certainly have no day in common: only such dates conflict."""
        return not self.may_overlap(other)

    def certain_by(self, day: date) -> bool:
        """True once the latest day has come; never for an unknown date or a set with an open end."""
        return self.latest is not None and self.latest <= day

    def possible_by(self, day: date) -> bool:
        """True from the earliest day on; always where the start is open."""
        return self.earliest is None or self.earliest <= day

    @classmethod
    def _bind(cls, value: object) -> FuzzyDate:
        """Binds a text, or a number that keeps its written text (an unquoted 2018)."""
        if isinstance(value, FuzzyDate):
            return value
        try:
            return _parsed(str.__str__(value)) if isinstance(value, str) else cls.parse(_written(value))
        except NotADate as fault:
            raise PydanticCustomError("bad_date", "{why}", {"why": str(fault), "help": fault.help}) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Binds from text only: pydantic's own date would read 1531699200 as a day.

        Any other value is an error of type `bad_date`, with `why` and `help` in its context.
        """
        as_text = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(cls._bind, serialization=as_text)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Returns text of an accepted form, or a whole number, which YAML readers make of an unquoted year."""
        schema_of_dates: dict[str, Any] = {
            "type": ["string", "integer"],
            "description": _DESCRIPTION,
            "pattern": PATTERN,
            "maxLength": LONGEST,
            "minimum": 1000,
            "maximum": 9999,
            "examples": list(_EXAMPLES),
        }
        return schema_of_dates


def _written(value: object) -> str:
    written = value if isinstance(value, str) else getattr(value, "written", "" if value is None else None)
    if not isinstance(written, str):
        raise NotADate("a date is not written as text", "write it as 2018, 2018-07 or 2018-07-16")
    return written


_YEAR_FIRST = "write year-month-day with hyphens, as 2018-07-16"
_FORMS = "write it as 2018, 2018-07, 2018-07-16, 2018-07-XX, 2018-07/2018-09, `[2018-07-01..2018-07-15]` or unknown"

_FAULTS = (
    (r"^$", "a date is empty", "write `unknown` where no date is known"),
    (r"\s", "a date has spaces in it", _YEAR_FIRST),
    (r"[\u2010-\u2015\u2212]", "the dashes in a date are not plain hyphens", _YEAR_FIRST),
    (r"[^!-~]", "a date has characters that no date has", _FORMS),
    (
        r"^(?i:unknown)$",
        "`unknown` is not alone or not in lower case",
        "write `unknown` alone; an interval's unknown end is left empty, as `2018-07/`",
    ),
    (r"^(?i:open)$", "an open end is not written as a word", "write an open end as `..`, as in `2024-10/..`"),
    (
        r"[{}]",
        "a set that means all its dates is not supported here",
        "record each day as its own event; `[2018-07-16,2018-07-18]` means one of these days",
    ),
    (r"/", "a set cannot hold an interval", "write consecutive days in a set with `..` between the bounds"),
    (r"T|:", "times of day are not supported here", "leave out the time"),
    (r"^Y", "years of more than four digits are not supported here", ""),
    (r"^-[0-9]", "years before the year 1 are not supported here", ""),
    (r"S[0-9]", "significant digits are not supported here", "write the digits that are known, as 201X"),
    (r"W[0-9]", "weeks are not supported here", "write the week's days, as 2018-07-16/2018-07-22"),
    (r"^[0-9]{4}-[0-9]{3}$", "days counted through the year are not supported here", _YEAR_FIRST),
    (r"^[0-9]{8}$|^[0-9]{4}[.][0-9]", "year, month and day are not separated by hyphens", _YEAR_FIRST),
    (r"^[0-9]{5,}", "a year has more than four digits", _YEAR_FIRST),
    (r"^[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{4}$", "the year does not come first", _YEAR_FIRST),
    (r"[-0-9][ux]", "a digit that is not given is not written as capital X", "write it as 201X, 2018-XX or 2018-07-XX"),
    (r"[?~%]{2}", "a date has two qualifiers", "write `%` for both uncertain and approximate"),
    (
        r"[?~%].",
        "a qualifier does not stand at the very end of a date",
        "put it last: it then holds for the whole date; qualified parts (EDTF level 2) are not supported here",
    ),
    (r"^XXXX", "no digit of the year is given", "write `unknown`, or the bounds that are known, as `[..2018-07-16]`"),
    (
        r"X",
        "the digits left out are not those at the right",
        "write 201X, 20XX, 2018-XX, 2018-07-XX or 2018-XX-XX; others (EDTF level 2) are not supported here",
    ),
    (
        r"\.\.",
        "a date has a `..` in the wrong place",
        "write `2018-07/..` for an open end, `[2018-07-01..2018-07-15]` for one day of a range",
    ),
    (r"^[0-9]{4}-[0-9](?:-|$)|-[0-9]$", "month and day do not have two digits each", _YEAR_FIRST),
    (r"[\[\]]", "a bracket is not at the start or end of the date", _FORMS),
    (r",", "a list of dates is not in brackets", "write one day out of several as `[2018-07-16,2018-07-18]`"),
)


_PART = re.compile(
    r"(?:(?P<rough>[0-9]{2}(?:[0-9]X|XX))"
    r"|(?P<year>[0-9]{4})(?:-XX(?:-XX)?|-(?P<month>[0-9]{2})(?:-(?:XX|(?P<day>[0-9]{2})))?)?)"
    r"(?P<qualifier>[?~%]?)"
)
_SEASONS = range(21, 42)


class Part(NamedTuple):
    """One date of an interval or set: its first and last day, its digits, and its qualifier or an empty text."""

    first: date
    last: date
    digits: str
    qualifier: str


def part_of(text: str) -> Part:
    """Returns a single date of EDTF level 0 or 1, with its qualifier; raises NotADate for any other text."""
    match = _PART.fullmatch(text)
    if match is None:
        faults = (NotADate(*words) for pattern, *words in _FAULTS if re.search(pattern, text))
        raise next(faults, NotADate("this is not a date in EDTF", _FORMS))
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
        if (int(month), day) == (2, "29"):
            raise NotADate(f"{year:04} is not a leap year: February has 28 days")
        raise NotADate(f"day {day} does not exist: {month_name[int(month)]} has {length} days")
    only = date(year, int(month), int(day))
    return only, only


def _length(year: int, month: str) -> int:
    number = int(month)
    if number in _SEASONS:
        raise NotADate("seasons and quarters are not supported here", "write their months, as `[2018-06..2018-08]`")
    if not 1 <= number <= 12:  # noqa: PLR2004 - December
        raise NotADate(f"month {month} does not exist")
    return monthrange(year, number)[1]


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(maxsize=8192)
def _parsed(text: str) -> FuzzyDate:
    if _DAY.fullmatch(text):  # the quick way, for nearly every date
        return _day(text)
    if text == "unknown":
        return FuzzyDate(text, "unknown", None, None, (Stretch(None, None),), "undated", (True, date.max, date.max))
    if len(text) > LONGEST:
        raise NotADate(f"a date has more than {LONGEST} characters", "name the bounds only, as `[2018-07..2018-09]`")
    if text.startswith("["):
        return _set(text)
    if "/" in text:
        return _interval(text)
    return _point(text)


def _day(text: str) -> FuzzyDate:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _point(text)  # raises the error that names the fault
    return FuzzyDate(text, "point", day, day, (Stretch(day, day),), text, (False, day, day))


def _point(text: str) -> FuzzyDate:
    part = part_of(text)
    first, last, digits, qualifier = part
    return FuzzyDate(text, "point", first, last, (Stretch(first, last),), digits, (False, first, last), qualifier)


def _interval(text: str) -> FuzzyDate:
    if text.count("/") > 1:
        raise NotADate("an interval has more than one slash", "write the days with hyphens, as 2017-10-19/2017-10-20")
    left, _, right = text.partition("/")
    start, end = _end(left), _end(right)
    given = [part for part in (start, end) if part]
    if not given:
        raise NotADate("an interval has neither a start nor an end", "write `unknown` where no date is known")
    if start and end and end.last < start.first:
        raise NotADate("an interval ends before it starts", "write the start first, then the end")
    # The start is never after the end: 2018/2018-03 starts in March at the latest.
    first, latest = given[0].first, min(part.last for part in given)
    earliest = start.first if start else None
    end_latest = end.last if end else None
    return FuzzyDate(
        text,
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


def _set(text: str) -> FuzzyDate:
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
    return FuzzyDate(
        text,
        form="set",
        earliest=min(lows) if len(lows) == len(stretches) else None,
        latest=max(highs) if len(highs) == len(stretches) else None,
        stretches=tuple(stretches),
        qualifiers="".join(part.qualifier for part in parts),
        digits=parts[0].digits,
        sort_key=(False, min(part.first for part in parts), max(part.last for part in parts)),
    )


def _member(text: str, *, begins: bool, ends: bool) -> tuple[Stretch, list[Part]]:
    low, dots, high = text.partition("..")
    if not dots:
        part = part_of(text)
        return Stretch(part.first, part.last), [part]
    if not (low or high) or (not low and not begins) or (not high and not ends):
        raise NotADate(
            "a range in a set has no bound", "only the first member may be open at its start, only the last at its end"
        )
    bounds = [_bound(bound) for bound in (low, high) if bound]
    if low and high and bounds[1].last < bounds[0].first:
        raise NotADate("a range in a set ends before it starts", "write the earlier bound first")
    return Stretch(bounds[0].first if low else None, bounds[-1].last if high else None), bounds


def _bound(text: str) -> Part:
    part = part_of(text)
    if "X" in text or part.qualifier:
        raise NotADate("a bound of a range has an X or a qualifier", "write the bound with its digits only")
    return part


def days_between(earlier: FuzzyDate, later: FuzzyDate) -> tuple[int | None, int | None]:
    """Returns the fewest and the most days from `earlier` to `later`; None where a side is open.

    An interval counts from its start, and a qualified date by its digits. The caller says which date came first: the
    fewest days are 0 if the dates overlap, and both numbers are negative if `later` is certainly the earlier one.
    """
    fewest = most = None
    if later.latest is not None and earlier.earliest is not None:
        most = (later.latest - earlier.earliest).days
    if later.earliest is not None and earlier.latest is not None:
        fewest = (later.earliest - earlier.latest).days
        if most is None or most >= 0:
            fewest = max(fewest, 0)
    return fewest, most


class Days(NamedTuple):
    """A duration: the fewest and the most days it can be; None where not known.

    `certain` is false if one of the dates is imprecise or qualified.
    """

    fewest: int | None
    most: int | None
    certain: bool = True

    @classmethod
    def between(cls, earlier: FuzzyDate, later: FuzzyDate) -> Days:
        """Returns the days from one date to another; not known if `later` is certainly the earlier one."""
        fewest, most = days_between(earlier, later)
        if most is not None and most < 0:
            return cls(None, None, certain=False)
        return cls(fewest, most, certain=earlier.exact and later.exact)


def date_of(day: date) -> FuzzyDate:
    """Returns a day of the calendar as a date of a record."""
    return FuzzyDate.parse(day.isoformat())
