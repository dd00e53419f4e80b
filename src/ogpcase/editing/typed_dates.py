"""Dates as people type them in English, Spanish and French, turned into EDTF."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple
from unicodedata import combining, normalize

from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.parties import UNKNOWN

Order = Literal["day-first", "month-first"]
"""Which number comes first where a date is written in numbers and its year comes last."""

_MONTHS = (
    ("january", "enero", "janvier"),
    ("february", "febrero", "fevrier"),
    ("march", "marzo", "mars"),
    ("april", "abril", "avril"),
    ("may", "mayo", "mai"),
    ("june", "junio", "juin"),
    ("july", "julio", "juillet"),
    ("august", "agosto", "aout"),
    ("september", "septiembre", "setiembre", "septembre"),
    ("october", "octubre", "octobre"),
    ("november", "noviembre", "novembre"),
    ("december", "diciembre", "decembre"),
)
"""The names of each month without accents; a beginning that only one month has is an abbreviation."""
_SHORTEST = 3
"""The fewest letters of an abbreviation."""
_WEEKDAYS = (
    ("monday", "lunes", "lundi"),
    ("tuesday", "martes", "mardi"),
    ("wednesday", "miercoles", "mercredi"),
    ("thursday", "jueves", "jeudi"),
    ("friday", "viernes", "vendredi"),
    ("saturday", "sabado", "samedi"),
    ("sunday", "domingo", "dimanche"),
)
_DAYS_AGO: Mapping[str, int] = MappingProxyType(
    {"today": 0, "hoy": 0, "aujourd'hui": 0, "yesterday": 1, "ayer": 1, "hier": 1}
)
_JOINING = frozenset({"a", "de", "del", "el", "la", "le", "of", "on", "the", "du"})
"""Words that join the parts of a date and say nothing."""
_NUMBERS = re.compile(r"([0-9]+) ?([-/.]) ?([0-9]+)(?: ?\2 ?([0-9]+))?")
_PART = r"(?:[0-9]+|[a-z']+)"
_WORDS = re.compile(rf"{_PART}(?:[ ,./-]+{_PART})*[.]?")
_ORDINAL = re.compile(r"(?<=[0-9])(?:(?:st|nd|rd|th|er|ero|o)\b|°)")
_YEAR_DIGITS = 4
_DECEMBER = 12
_FIRST_YEAR = 1900
"""A year before this one, typed in words or with slashes, is a slip of the finger."""
FORMS = "write it as 16 July 2018, July 2018, 16/07/2018, 2018-07-16, 2018-07, 2018 or unknown"


class _Typed(NamedTuple):
    """The numbers of a date as typed; `day` is None where only a month is given."""

    year: str
    month: str
    day: str | None = None

    def edtf(self) -> str:
        """Returns the date in EDTF; raises NotADate if there is no such day or month."""
        if len(self.year) != _YEAR_DIGITS:
            raise NotADate("the year is missing, or does not have four digits", "write it in full, as 2018")
        if int(self.year) < _FIRST_YEAR:
            raise NotADate(f"the year {self.year} is long past", f"if it is meant, write it as {self.year}-MM-DD")
        return FuzzyDate.parse("-".join([self.year, *(part.zfill(2) for part in (self.month, self.day) if part)])).text

    @property
    def real(self) -> bool:
        """True if there is such a day or month."""
        try:
            return bool(self.edtf())
        except NotADate:
            return False


def written_date(typed: str, today: date, order: Order | None = None) -> str:
    """Returns a typed date in EDTF; what is EDTF already stays as it is.

    `order` says which number comes first, for example in a table whose dates are all written one way.
    Raises NotADate if it is not a date, there is no such day, or it can mean two days; the help then gives both.
    """
    text = " ".join(typed.split())
    try:
        return FuzzyDate.parse(text).text
    except NotADate as fault:
        plain = _plain(text)
        if plain in _DAYS_AGO:
            return (today - timedelta(days=_DAYS_AGO[plain])).isoformat()
        if numbers := _NUMBERS.fullmatch(plain):
            return _from_numbers(numbers[1], numbers[3], numbers[4], order)
        if not text or not re.search(r"[a-z]{3}| ", plain):  # it looks like EDTF
            raise
        if plain == UNKNOWN:
            return UNKNOWN
        if not _WORDS.fullmatch(plain):
            raise NotADate("this is not a date", FORMS) from fault
    return _from_words(re.findall(_PART, plain))


def _plain(text: str) -> str:
    """Returns a text in lower case, without accents and the endings of ordinal numbers."""
    letters = (
        letter
        for letter in normalize("NFKD", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
        if not combining(letter)
    )
    return _ORDINAL.sub("", "".join(letters))


def _from_numbers(first: str, second: str, third: str | None, order: Order | None) -> str:
    year_first = len(first) == _YEAR_DIGITS
    if third is None:
        return (_Typed(first, second) if year_first else _Typed(second, first)).edtf()
    if year_first:
        return _Typed(first, second, third).edtf()
    by_order: dict[Order, _Typed] = {
        "day-first": _Typed(third, second, first),
        "month-first": _Typed(third, first, second),
    }
    if order is not None:
        return _in_order(by_order, order)
    readings = tuple(dict.fromkeys(typed.edtf() for typed in by_order.values() if typed.real))
    if len(readings) > 1:
        raise NotADate("the day and the month can be taken for each other", f"write {' or '.join(readings)}")
    return readings[0] if readings else by_order["month-first" if int(second) > _DECEMBER else "day-first"].edtf()


def _in_order(by_order: Mapping[Order, _Typed], order: Order) -> str:
    """Returns the date in the order that was said; raises NotADate, with the other date if only that one is real."""
    (other,) = (typed for name, typed in by_order.items() if name != order)
    if other.real and not by_order[order].real:
        first = order.removesuffix("-first")
        raise NotADate(f"the {first} does not come first", f"write {other.edtf()} if that is meant")
    return by_order[order].edtf()


def _from_words(parts: Sequence[str]) -> str:
    """Returns the date of a month's name, a year, and perhaps a day and its weekday; raises NotADate."""
    numbers = [part for part in parts if part.isdigit()]
    words = [part for part in parts if not part.isdigit() and part not in _JOINING]
    weekdays = [place for word in words for place, names in enumerate(_WEEKDAYS) if word in names]
    months = [month for word in words if (month := _month_named(word))]
    if len(months) != 1 or len(months) + len(weekdays) != len(words) or len(weekdays) > 1:
        raise NotADate("this is not a date", FORMS)
    years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    days = [number for number in numbers if number not in years]
    if len(years) > 1 or len(days) > 1 or (weekdays and not days):
        raise NotADate("this is not a date", FORMS)
    written = _Typed(years[0] if years else "", str(months[0]), days[0] if days else None).edtf()
    if weekdays and date.fromisoformat(written).weekday() != weekdays[0]:
        name = _WEEKDAYS[date.fromisoformat(written).weekday()][0].capitalize()
        raise NotADate("the day of the week is not that of the date", f"{written} is a {name}")
    return written


def _month_named(word: str) -> int | None:
    """Returns the month that alone has a name that begins with a word; None for a word of two letters."""
    fitting = [
        number
        for number, names in enumerate(_MONTHS, 1)
        if len(word) >= _SHORTEST and any(name.startswith(word) for name in names)
    ]
    return fitting[0] if len(fitting) == 1 else None
