"""Dates of records in words: `16 July 2018`, `about July 2018`, `between 1 June 2024 and 30 June 2024`."""

from __future__ import annotations

import re

from ogpcase.output.messages import _, marked
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
    if text[-1:] in _SIGNS and not text.startswith("["):
        return _(_SIGNS[text[-1]], date=in_long(text[:-1]))
    start, slash, end = text.partition("/")
    if slash:
        return _(
            "{first} to {last}", first=in_long(start), last=in_long(end) if end.strip(".") else _("no recorded end")
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
    return (
        _("{day} {month} {year}", day=int(day), month=name, year=year)
        if day
        else _("{month} {year}", month=name, year=year)
    )
