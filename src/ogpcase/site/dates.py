"""Dates of records in words: `16 July 2018`, `about July 2018`, `between 1 and 30 June 2024`."""

from __future__ import annotations

import re
from typing import NamedTuple

from ogpcase.reports.requests.text import day_words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d{2})(?:-(\d{2}))?(?![\w-])")
_SIGNS = {"~": "about {}", "?": "perhaps {}", "%": "perhaps about {}"}


class Words(NamedTuple):
    """How a language writes dates."""

    language: str

    def day(self, year: str, month: str, day: str | None) -> str:
        """Returns a day, or a month without one."""
        named = f"{_MONTHS[int(month) - 1]} {year}"
        return f"{int(day)} {named}" if day else named


def in_long(text: str, words: Words) -> str:
    """Returns a date as it is written in a record, EDTF, in words."""
    if text == "unknown":
        return "date not known"
    if text[-1:] in _SIGNS and not text.startswith("["):
        return _SIGNS[text[-1]].format(in_long(text[:-1], words))
    start, slash, end = text.partition("/")
    if slash:
        return f"{in_long(start, words)} to {in_long(end, words) if end.strip('.') else 'a day not recorded'}"
    if text.endswith("-XX"):
        return f"a day in {in_long(text.removesuffix('-XX'), words)}"
    if re.fullmatch(r"\d{3}X", text):
        return f"the {text[:3]}0s"
    said = day_words(text).replace("\N{NO-BREAK SPACE}", " ")
    return _DAY.sub(lambda found: words.day(*found.groups()), said)
