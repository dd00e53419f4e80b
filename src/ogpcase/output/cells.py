"""The smallest parts of the machine formats: days, and stretches of days."""

from __future__ import annotations

from datetime import date

from ogpcase.model.dates import Days

Mapped = dict[str, object]


def days_row(days: Days | None) -> Mapped | None:
    """A stretch of days: the fewest and the most it can have been, and whether the dates are exact."""
    return None if days is None else {"fewest": days.fewest, "most": days.most, "certain": days.certain}


def flat_days(name: str, days: Days | None) -> Mapped:
    """A stretch of days in two cells of a table, `fewest_…` and `most_…`."""
    return {f"fewest_{name}": days.fewest if days else None, f"most_{name}": days.most if days else None}


def day_row(day: date | None) -> str | None:
    """A day of the calendar."""
    return day.isoformat() if day else None
