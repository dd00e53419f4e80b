"""FuzzyDate: a date as exact as its source allows, kept as written, with the questions that doubt leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ogpcase.model.edtf import LONGEST, PATTERN, Form, NotADate, Reading, SortKey, read

__all__ = ["Form", "FuzzyDate", "NotADate", "SortKey", "days_between"]

_DESCRIPTION = (
    "A date in EDTF, kept as written: 2018, 2018-07, 2018-07-16, 2018-07-XX, 201X. "
    "A last `?` says uncertain, `~` approximate, `%` both. "
    "2017-10-19/2017-10-20 or 2024-10/.. is what lasted; "
    '"[2025-07-01..2025-11-30]", "[..2025-12-01]" or "[2015-04-14,2015-04-15]" (in quotes) is one day somewhere in. '
    "`unknown` where there is none."
)
_EXAMPLES = ("2018-07-16", "2018-07", 2018, "2018-07-16~", "2024-10/..", "[2025-07-01..2025-11-30]", "unknown")


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date as exact as the source allows: a day, a month, a year, an interval, one day of a set, or unknown.

    Equal where the text is equal. Two dates may overlap, so "before" has two questions: certainly_before and
    possibly_before. What lasted is dated by its start. Raises NotADate, a ValueError, for a text that is no date.
    """

    text: str
    _reading: Reading = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_reading", read(self.text))

    @classmethod
    def parse(cls, text: str) -> FuzzyDate:
        """Returns the date that the text says; raises NotADate, a ValueError that never quotes the text."""
        return _parsed(str.__str__(text))  # a text that is more than text is kept as text

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: FuzzyDate) -> bool:
        return self.sort_key < other.sort_key

    @property
    def form(self) -> Form:
        """`unknown`, `point`, `interval` or `set`."""
        return self._reading.form

    @property
    def earliest(self) -> date | None:
        """The earliest day it may have happened, or started; None where open or unknown."""
        return self._reading.earliest

    @property
    def latest(self) -> date | None:
        """The latest day it may have happened, or started; None where open or unknown.

        What lasted started by the day it ended, even where only the end is known.
        """
        return self._reading.latest

    @property
    def end_earliest(self) -> date | None:
        """The earliest day an interval may have ended; None where open, unknown or no interval."""
        return self._reading.end_earliest

    @property
    def end_latest(self) -> date | None:
        """The latest day an interval may have ended; None where open, unknown or no interval."""
        return self._reading.end_latest

    @property
    def first(self) -> date | None:
        """The first day of the whole span; None where nothing bounds it."""
        return self._reading.earliest

    @property
    def last(self) -> date | None:
        """The last day of the whole span, an interval's end included; None where nothing bounds it."""
        return self._reading.end_latest if self._reading.form == "interval" else self._reading.latest

    @property
    def qualified(self) -> bool:
        """True where any part is uncertain or approximate: such a date proves no order."""
        return bool(self._reading.qualifiers)

    @property
    def uncertain(self) -> bool:
        """True where any part has `?` or `%`."""
        return any(each in self._reading.qualifiers for each in "?%")

    @property
    def approximate(self) -> bool:
        """True where any part has `~` or `%`."""
        return any(each in self._reading.qualifiers for each in "~%")

    @property
    def exact(self) -> bool:
        """True where the one day it is dated by is known, and nothing in the date is qualified."""
        return self.earliest is not None and self.earliest == self.latest and not self.qualified

    @property
    def sort_key(self) -> SortKey:
        """Where it stands among others: by its digits, an open side by the bound given, unknown last."""
        return self._reading.sort_key

    @property
    def digits(self) -> str:
        """The start of a file name: the first date's given digits, `2010` for 201X, `undated` for unknown."""
        return self._reading.digits

    def certainly_before(self, other: FuzzyDate) -> bool:
        """True where every day of this one is before every day of the other; never where either is qualified."""
        one, two = self._reading, other._reading
        if one.qualifiers or two.qualifiers or one.latest is None or two.earliest is None:
            return False
        return one.latest < two.earliest

    def possibly_before(self, other: FuzzyDate) -> bool:
        """True unless no day of this one can be before a day of the other; always where either is qualified."""
        if self.qualified or other.qualified or self.earliest is None or other.latest is None:
            return True
        return self.earliest < other.latest

    def may_overlap(self, other: FuzzyDate) -> bool:
        """True where both may mean the same day; of what lasted, any day from start to end. Always where qualified."""
        if self.qualified or other.qualified:
            return True
        return any(
            (low is None or end is None or low <= end) and (start is None or high is None or start <= high)
            for low, high in self._reading.stretches
            for start, end in other._reading.stretches
        )

    def disjoint(self, other: FuzzyDate) -> bool:
        """True where they have certainly no day in common: only such dates conflict."""
        return not self.may_overlap(other)

    def certain_by(self, day: date) -> bool:
        """True once the latest day, by its digits, has come; never for an unknown one or a set open at its end."""
        return self.latest is not None and self.latest <= day

    def possible_by(self, day: date) -> bool:
        """True from the earliest day on, by its digits; always where nothing bounds it at its start."""
        return self.earliest is None or self.earliest <= day

    @classmethod
    def _bind(cls, value: object) -> FuzzyDate:
        """Takes what a record holds: a text, or a value that remembers how it was written (a plain 2018)."""
        if isinstance(value, FuzzyDate):
            return value
        try:
            return cls.parse(_written(value))
        except NotADate as fault:
            raise PydanticCustomError("bad_date", "{why}", {"why": str(fault), "help": fault.help}) from None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Binds from text only, never through pydantic's own date, which reads 1531699200 as a day.

        What is no date is an error of type `bad_date`, with `why` and `help` as its context.
        """
        told = core_schema.plain_serializer_function_ser_schema(str, return_schema=core_schema.str_schema())
        return core_schema.no_info_plain_validator_function(cls._bind, serialization=told)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Returns text of the shape taken here, or a whole number: what YAML readers make of a plain year."""
        answer: dict[str, Any] = {
            "type": ["string", "integer"],
            "description": _DESCRIPTION,
            "pattern": PATTERN,
            "maxLength": LONGEST,
            "minimum": 1000,
            "maximum": 9999,
            "examples": list(_EXAMPLES),
        }
        return answer


def _written(value: object) -> str:
    written = value if isinstance(value, str) else getattr(value, "written", "" if value is None else None)
    if not isinstance(written, str):
        raise NotADate("a date is not written as text", "write it as 2018, 2018-07 or 2018-07-16")
    return written


@lru_cache(maxsize=8192)
def _parsed(text: str) -> FuzzyDate:
    return FuzzyDate(text)


def days_between(earlier: FuzzyDate, later: FuzzyDate) -> tuple[int | None, int | None]:
    """Returns the fewest and the most days from `earlier` to `later`, by their digits; None where not knowable.

    What lasted counts from its start. The caller says which came first: where the dates leave that open, the fewest
    is 0, not negative; both numbers are negative where `later` is certainly the earlier one. Qualified dates count
    by their digits: say "about".
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
    """A stretch of time in days: the fewest and the most it can have been; None where not knowable.

    `certain` is false where a date is imprecise or qualified.
    """

    fewest: int | None
    most: int | None
    certain: bool = True

    @classmethod
    def between(cls, earlier: FuzzyDate, later: FuzzyDate) -> Days:
        """Returns the days from one date to another, by their digits; nothing is known where the later is earlier."""
        fewest, most = days_between(earlier, later)
        if most is not None and most < 0:
            return cls(None, None, certain=False)
        return cls(fewest, most, certain=earlier.exact and later.exact)


def date_of(day: date) -> FuzzyDate:
    """Returns a day of the calendar as a date of a record."""
    return FuzzyDate.parse(day.isoformat())
