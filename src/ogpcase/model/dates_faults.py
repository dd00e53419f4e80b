"""What is wrong with a text that is no date: one message each, and what to write instead.

Which texts are dates is decided in dates_edtf; here is only what is said of the others.
"""

from __future__ import annotations

import re


class NotADate(ValueError):
    """The text is no date that this tool takes.

    `str()` is the message: one lowercase line that never repeats the text.
    `help` says what to write instead, empty where nothing is sure.
    """

    def __init__(self, message: str, help_line: str = "") -> None:
        super().__init__(message)
        self.help = help_line


_YEAR_FIRST = "write year-month-day with hyphens, as 2018-07-16"
_FORMS = "write it as 2018, 2018-07, 2018-07-16, 2018-07-XX, 2018-07/2018-09, `[2018-07-01..2018-07-15]` or unknown"

_FAULTS = (
    (r"^$", "a date is empty", "write `unknown` where no date is known"),
    (r"\s", "a date has spaces in it", "leave the spaces out"),
    (r"[\u2010-\u2015\u2212]", "the dashes in a date are not plain hyphens", _YEAR_FIRST),
    (r"[^!-~]", "a date has characters that no date has", _FORMS),
    (
        r"^(?i:unknown)$",
        "`unknown` does not stand alone in lower case",
        "write `unknown` alone; an interval's unknown end is left empty, as `2018-07/`",
    ),
    (r"^(?i:open)$", "an open end is not written as a word", "write an open end as `..`, as in `2024-10/..`"),
    (
        r"[{}]",
        "a set of which all are meant is not supported here",
        "record each day as its own event, or write one day somewhere in as `[2018-07-16,2018-07-18]`",
    ),
    (r"/", "an interval does not stand in a set", "write a stretch of days in a set with `..` between its bounds"),
    (r"T|:", "times of day are not supported here", "leave out the time"),
    (r"^Y", "years of more than four digits are not supported here", ""),
    (r"^-[0-9]", "years before the year 1 are not supported here", ""),
    (r"S[0-9]", "significant digits are not supported here", "write the digits that are known, as 201X"),
    (r"W[0-9]", "weeks are not supported here", "write the week's days, as 2018-07-16/2018-07-22"),
    (r"^[0-9]{4}-[0-9]{3}$", "days counted through the year are not supported here", _YEAR_FIRST),
    (
        r"^[0-9]{8}$|^[0-9]{4}[.][0-9]",
        "year, month and day are not parted by hyphens",
        _YEAR_FIRST,
    ),
    (r"^[0-9]{5,}", "a year has more than four digits", _YEAR_FIRST),
    (r"^[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{4}$", "the year does not come first", _YEAR_FIRST),
    (
        r"[-0-9][ux]",
        "a digit that is not given is not written as capital X",
        "write it as 201X, 2018-XX or 2018-07-XX",
    ),
    (r"[?~%]{2}", "a date has two qualifiers", "write `%` for both uncertain and approximate"),
    (
        r"[?~%].",
        "a qualifier does not stand at the very end of a date",
        "put it last: it then holds for the whole date; qualified parts (EDTF level 2) are not supported here",
    ),
    (
        r"^XXXX",
        "no digit of the year is given",
        "write `unknown`, or the bounds that are known, as `[..2018-07-16]`",
    ),
    (
        r"X",
        "the digits left out are not those at the right",
        "write 201X, 20XX, 2018-XX, 2018-07-XX or 2018-XX-XX; others (EDTF level 2) are not supported here",
    ),
    (
        r"\.\.",
        "a double dot stands where it means nothing",
        "write `2018-07/..` for an open end, `[2018-07-01..2018-07-15]` for one day somewhere in",
    ),
    (r"^[0-9]{4}-[0-9](?:-|$)|-[0-9]$", "month and day do not have two digits each", _YEAR_FIRST),
    (r"[\[\]]", "a bracket of a set does not stand at its end", _FORMS),
    (
        r",",
        "a list of dates does not stand in brackets",
        "write one day out of several as `[2018-07-16,2018-07-18]`",
    ),
)


def fault_of(text: str) -> NotADate:
    """Returns what to say of a text that does not have the shape of a date; never quotes it."""
    for pattern, message, help_line in _FAULTS:
        if re.search(pattern, text):
            return NotADate(message, help_line)
    return NotADate("this is not a date in EDTF", _FORMS)
