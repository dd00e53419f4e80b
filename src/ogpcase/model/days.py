"""Stretches of time in days: the fewest and the most they can have been, and whether their dates are exact."""

from __future__ import annotations

from datetime import date

from ogpcase.model.dates import FuzzyDate, days_between
from ogpcase.values import frozen


@frozen
class Days:
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
