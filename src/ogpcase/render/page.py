"""The page a view is drawn on: its width in columns (None where lines are never broken) and its signs."""

from __future__ import annotations

from dataclasses import dataclass

from ogpcase.render.glyphs import UNICODE, Glyphs
from ogpcase.views.heading import Days


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on."""

    width: int | None = None
    glyphs: Glyphs = UNICODE


def days_in_words(days: Days | None, *, short: bool = False) -> str:
    """Returns `39 days`, `about 3 days`, `10 to 40 days`, `at least 4 days`; empty where nothing is known."""
    if days is None or (days.fewest is None and days.most is None):
        return ""
    unit = "d" if short else ("day" if days.fewest == days.most == 1 else "days")
    if days.fewest is None:
        return f"at most {days.most} {unit}"
    if days.most is None:
        return f"at least {days.fewest} {unit}"
    if days.fewest != days.most:
        return f"{days.fewest}{'-' if short else ' to '}{days.most} {unit}"
    return f"{'' if days.certain else '~' if short else 'about '}{days.fewest} {unit}"


def date_in_short(text: str) -> str:
    """Returns an interval within one month as ISO 8601 shortens it, `2017-10-19/20`; other dates as they are."""
    start, slash, end = text.partition("/")
    full_day = 10
    if slash and len(start) == len(end) == full_day and start[:8] == end[:8]:
        return f"{start}/{end[8:]}"
    return text
