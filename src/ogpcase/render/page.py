"""The page a view is drawn on: its width in columns (None where lines are never broken) and its signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ogpcase.model.days import Days
from ogpcase.render.glyphs import UNICODE, Glyphs
from ogpcase.render.lines import GLUE
from ogpcase.values import frozen


@frozen
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
        return f"up to {days.most} {unit}" if short else f"at most {days.most} {unit}"
    if days.most is None:
        return (f"{days.fewest}+ {unit}" if short else f"at least {days.fewest} {unit}") if days.fewest else ""
    if days.fewest != days.most:
        return f"{days.fewest}{'-' if short else ' to '}{days.most} {unit}"
    return f"{'' if days.certain else '~' if short else 'about '}{days.fewest} {unit}"


def counted(number: int, one: str, several: str = "") -> str:
    """Returns `1 event`, `2 events`."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def either(words: Sequence[str]) -> str:
    """Returns `a letter, statement or development`."""
    *most, last = words
    joined = f"{', '.join(most)} or {last}" if most else last
    return f"{'an' if joined[0] in 'aeiou' else 'a'} {joined}"


def separated(parts: Iterable[str], page: Page) -> str:
    """Returns parts with dots between them; no line begins with a dot."""
    return f"{GLUE}{page.glyphs.dot} ".join(parts)


def date_in_short(text: str) -> str:
    """Returns an interval within one month as ISO 8601 shortens it, `2017-10-19/20`; other dates as they are."""
    start, slash, end = text.partition("/")
    full_day = 10
    if slash and len(start) == len(end) == full_day and start[:8] == end[:8]:
        return f"{start}/{end[8:]}"
    return text
