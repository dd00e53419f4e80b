"""Dates of records in words: `16 July 2018`, `about July 2018`, `between 1 June 2024 and 30 June 2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.output.messages import _, marked, with_days
from ogpcase.reports.requests.text import day_words

_MONTHS = (
    marked("January"), marked("February"), marked("March"), marked("April"), marked("May"), marked("June"),
    marked("July"), marked("August"), marked("September"), marked("October"), marked("November"), marked("December"),
)  # fmt: skip
_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])")
_SIGNS = {"~": marked("about {date}"), "?": marked("perhaps {date}"), "%": marked("perhaps about {date}")}


def in_long(text: str) -> str:
    """Returns a date as it is written in a record, EDTF, in words."""
    if text == "unknown":
        return _("date not known")
    if text[-1:] in _SIGNS and not text.startswith("[") and "/" not in text:
        return _(_SIGNS[text[-1]], date=in_long(text[:-1]))
    start, slash, end = text.partition("/")
    if slash:
        return with_days(
            "{first} to {last}", say=in_long, first=start, last=end if end.strip(".") else _("no recorded end")
        )
    if text.endswith("-XX"):
        return _("a day in {month}", month=in_long(text.removesuffix("-XX")))
    if re.fullmatch(r"\d{3}X", text):
        return _("the {decade}s", decade=f"{text[:3]}0")
    said = day_words(text).replace("\N{NO-BREAK SPACE}", " ")
    return _DAY.sub(lambda found: _day(*found.groups()), said)


def _day(year: str, month: str, day: str | None) -> str:
    """Returns a day, or a month without one."""
    name = _(_MONTHS[int(month) - 1])
    if not day:
        return _("{month} {year}", month=name, year=year)
    if day == "01":
        return _("1 {month} {year}", month=name, year=year)  # French counts it as the first
    return _("{day} {month} {year}", day=int(day), month=name, year=year)


_FULL = r"\d{4}-\d{2}-(?:\d{2}|XX)"
_WRITTEN = re.compile(
    rf"(?<![\w/#.-])(?:\[(?:{_FULL}|[.,])+\]|{_FULL}[~?%]?(?:(?:/|\.\.)(?:{_FULL}[~?%]?|(?:\d{{2}}-)?\d{{2}}\b))?)(?![\w/#-])"
)
"""A date within a sentence that names a day: as records write it, or with an end in short, `2017-06-27/28`."""


def dates_in(text: str) -> Iterator[tuple[str, str]]:
    """Yields the parts of a sentence, each with the date that it is, as records write it; empty for other words.

    A year or a month alone is left as it stands: `2011-12` may be a part of a title.
    """
    end = 0
    for found in _WRITTEN.finditer(text):
        yield text[end : found.start()], ""
        yield found.group(), _in_whole(found.group())
        end = found.end()
    yield text[end:], ""


def _in_whole(written: str) -> str:
    """Returns a date whose end may be in short with its whole end."""
    if written.startswith("["):
        return written
    first, mark, last = re.fullmatch(r"(.*?)(/|\.\.|$)(.*)", written).groups()  # type: ignore[union-attr]  # matches all
    whole = f"{first}{mark}{first[: len(first) - len(last)]}{last}" if last else first
    return f"[{whole}]" if mark == ".." else whole
