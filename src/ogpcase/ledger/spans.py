"""A day known to lie between two others, and what lies so many days, weeks, months or years after it.

Months and years clamp to the month's end: a month after 31 January is the last day of February.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta
from typing import Literal

from ogpcase.model.dates import FuzzyDate
from ogpcase.values import frozen

Unit = Literal["days", "weeks", "months", "years"]


@frozen
class DaySpan:
    """One day, as far as it is known: not before `earliest`, not after `latest`; None where that side is open.

    `firm` is false where a qualified date or an event that has only possibly happened stands behind it: such a day
    proves nothing to be in time or late.
    """

    earliest: date | None
    latest: date | None
    firm: bool = True

    @classmethod
    def on(cls, day: date) -> DaySpan:
        """Returns a day that is known."""
        return cls(day, day)

    @classmethod
    def of(cls, dated: FuzzyDate, *, firm: bool = True) -> DaySpan | None:
        """Returns the day a date speaks of, of what lasted its start; None where it is unknown."""
        if dated.form == "unknown":
            return None
        return cls(dated.earliest, dated.latest, firm and not dated.qualified)

    @classmethod
    def of_end(cls, dated: FuzzyDate) -> DaySpan | None:
        """Returns the last day a date speaks of, of what lasts its end; None where it is unknown."""
        if dated.form != "interval":
            return cls.of(dated)
        return cls(dated.end_earliest or dated.earliest, dated.end_latest, not dated.qualified)

    @property
    def exact(self) -> bool:
        """True where the one day is known."""
        return self.firm and self.earliest is not None and self.earliest == self.latest

    @property
    def text(self) -> str:
        """The day as a date of a record is written: `2024-06-05`, `[2024-06-01..2024-06-30]`, `2024-06-05?`."""
        if self.earliest is None and self.latest is None:
            return "unknown"
        first, last = (day.isoformat() if day else "" for day in (self.earliest, self.latest))
        return f"{first}{'' if self.firm else '?'}" if first == last else f"[{first}..{last}]"

    def after(self, count: int, unit: Unit) -> DaySpan:
        """Returns the day so many units later, at most the last day of the calendar, 9999-12-31."""
        return DaySpan(_later(self.earliest, count, unit), _later(self.latest, count, unit), self.firm)

    def or_else(self, other: DaySpan) -> DaySpan:
        """Returns a day that is either of two, and so is not firm."""
        return DaySpan(_least(self.earliest, other.earliest), _most(self.latest, other.latest), firm=False)

    def or_before(self, other: DaySpan) -> DaySpan:
        """Returns the earlier of two days: when the first of them has come."""
        known = [day for day in (self.latest, other.latest) if day is not None]
        earliest = _least(self.earliest, other.earliest)
        return DaySpan(earliest, min(known, default=None), self.firm and other.firm)

    def and_then(self, other: DaySpan) -> DaySpan:
        """Returns the later of two days: when both have come."""
        known = [day for day in (self.earliest, other.earliest) if day is not None]
        latest = _most(self.latest, other.latest)
        return DaySpan(max(known, default=None), latest, self.firm and other.firm)

    def certainly_after(self, other: DaySpan) -> bool:
        """True where every day it can be is after every day the other can be, and both are firm."""
        return self.firm and other.firm and bool(self.earliest and other.latest and self.earliest > other.latest)

    def certainly_by(self, other: DaySpan) -> bool:
        """True where no day it can be is after any day the other can be, and both are firm."""
        return self.firm and other.firm and bool(self.latest and other.earliest and self.latest <= other.earliest)


def _least(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else min(one, other)


def _most(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _later(day: date | None, count: int, unit: Unit) -> date | None:
    if day is None:
        return None
    if unit in ("months", "years"):
        return _months_later(day, count * (12 if unit == "years" else 1))
    try:
        return day + timedelta(days=count * (7 if unit == "weeks" else 1))
    except OverflowError:
        return date.max


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    from calendar import monthrange  # few cases have a term in months

    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
