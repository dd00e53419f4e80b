"""Dates as people type them: taken where only one day or month can be meant, else refused with a way out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.editing.typed_dates import written_date
from ogpcase.model.dates import NotADate

TODAY = date(2026, 11, 30)


def each_in(words: str) -> list[str]:
    return words.split()


MONTHS = {
    "en": each_in("January February March April May June July August September October November December"),
    "es": each_in("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "fr": each_in("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
}
SHORT = {
    "en": each_in("Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec"),
    "es": each_in("ene. feb. mar. abr. may. jun. jul. ago. sep. oct. nov. dic."),
    "fr": each_in("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
}
WEEKDAYS = {
    "en": each_in("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "es": each_in("lunes martes miércoles jueves viernes sábado domingo"),
    "fr": each_in("lundi mardi mercredi jeudi vendredi samedi dimanche"),
}
WORDED = {
    "en": (
        "{d} {m} {y}", "{m} {d}, {y}", "{m} {d} {y}", "{y} {m} {d}", "{d}-{m}-{y}", "{d}/{m}/{y}", "{d}th of {m} {y}",
        "{w}, {d} {m} {y}", "  {d}  {m}   {y} ",
    ),
    "es": (
        "{d} de {m} de {y}", "{d} de {m} del {y}", "a {d} de {m} de {y}", "{w} {d} de {m} de {y}",
        "{d}º de {m} de {y}",
    ),
    "fr": ("{d} {m} {y}", "le {d} {m} {y}", "{w} {d} {m} {y}", "{d}er {m} {y}"),
}  # fmt: skip
NUMBERED = ("{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}", "{y} / {m} / {d}", "{y}-{m:02}-{d:02}", "{y}/{m:02}/{d:02}")
LAST_YEAR = ("{}/{}/{}", "{}.{}.{}", "{}-{}-{}", "{} / {} / {}", "{:02}/{:02}/{}", "{:02}.{:02}.{}")
LANGUAGES = st.sampled_from(sorted(MONTHS))
AsTyped = Callable[[str], str]
AS_TYPED: st.SearchStrategy[AsTyped] = st.sampled_from(
    (str, str.upper, str.casefold, lambda text: normalize("NFD", text), lambda text: text.replace("é", "e"))
)


def year(day: date) -> str:
    return f"{day.year:04}"


def taken(typed: str, day: date = TODAY) -> str:
    return written_date(typed, day)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("16 July 2018", "2018-07-16"), ("July 16, 2018", "2018-07-16"), ("16 de julio de 2018", "2018-07-16"),
        ("1er août 2018", "2018-08-01"), ("1º de enero de 2018", "2018-01-01"), ("1° janvier 2018", "2018-01-01"),
        ("julio de 2018", "2018-07"), ("July 2018", "2018-07"), ("setiembre de 2018", "2018-09"),
        ("16/07/2018", "2018-07-16"), ("07/16/2018", "2018-07-16"), ("16.7.2018", "2018-07-16"),
        ("16-07-2018", "2018-07-16"), ("2018/07/16", "2018-07-16"), ("16-Jul-2018", "2018-07-16"),
        ("3/3/2024", "2024-03-03"), ("7/2018", "2018-07"), ("2018/7", "2018-07"), ("2018-7-6", "2018-07-06"),
        ("today", "2026-11-30"), ("Hoy", "2026-11-30"), ("aujourd'hui", "2026-11-30"),
        ("Aujourd\N{RIGHT SINGLE QUOTATION MARK}hui", "2026-11-30"),
        ("yesterday", "2026-11-29"), ("ayer", "2026-11-29"), ("hier", "2026-11-29"), ("Unknown", "unknown"),
    ],
)  # fmt: skip
def test_what_can_mean_one_day_or_month_is_taken(typed: str, edtf: str) -> None:
    assert edtf == taken(typed)


@pytest.mark.parametrize(
    "edtf",
    [
        "2018", "2018-07", "2018-07-16", "2018-07-XX", "201X", "2018-07-16~", "2017-10-19/2017-10-20", "2024-10/..",
        "1999/2000", "[2025-07-01..2025-11-30]", "[..2025-12-01]", "[2015-04-14,2015-04-15]", "unknown",
    ],
)  # fmt: skip
def test_what_is_edtf_stays_as_written(edtf: str) -> None:
    assert edtf == taken(edtf)


@given(st.dates(date(1900, 1, 1)), LANGUAGES, st.data(), AS_TYPED)
def test_a_day_in_words_comes_back(day: date, language: str, data: st.DataObject, as_typed: AsTyped) -> None:
    """Every real day, in every language and form, with a whole or a short month, whatever case and accents."""
    names = data.draw(st.sampled_from((MONTHS, SHORT)))[language]
    form = data.draw(st.sampled_from(WORDED[language]))
    words = {"d": day.day, "m": names[day.month - 1], "y": year(day), "w": WEEKDAYS[language][day.weekday()]}
    assert day.isoformat() == taken(as_typed(form.format(**words)))


@given(st.dates(date(1900, 1, 1)), LANGUAGES, st.data(), AS_TYPED)
def test_a_month_in_words_comes_back(day: date, language: str, data: st.DataObject, as_typed: AsTyped) -> None:
    name = data.draw(st.sampled_from((MONTHS, SHORT)))[language][day.month - 1]
    form = data.draw(st.sampled_from(("{} {}", "{} de {}", "{}, {}", "{}/{}")))
    assert day.isoformat()[:7] == taken(as_typed(form.format(name, year(day))))


@given(st.dates(date(1900, 1, 1)), st.sampled_from(NUMBERED))
def test_a_day_in_numbers_with_the_year_first_comes_back(day: date, form: str) -> None:
    assert day.isoformat() == taken(form.format(d=day.day, m=day.month, y=year(day)))


@given(st.dates(date(1900, 1, 1)), st.sampled_from(LAST_YEAR))
def test_a_day_in_numbers_never_passes_for_another(day: date, form: str) -> None:
    """With the year last, a form that can mean two days is refused, and with `order` each reading comes back."""
    by_day, by_month = form.format(day.day, day.month, year(day)), form.format(day.month, day.day, year(day))
    assert day.isoformat() == written_date(by_day, TODAY, "day-first")
    assert day.isoformat() == written_date(by_month, TODAY, "month-first")
    if day.day > 12 or day.day == day.month:
        assert [day.isoformat()] * 2 == [taken(by_day), taken(by_month)]
        return
    other = day.replace(month=day.day, day=day.month)
    for typed, readings in ((by_day, (day, other)), (by_month, (other, day))):
        with pytest.raises(NotADate) as refused:
            taken(typed)
        assert "write {} or {}".format(*readings) == refused.value.help


@given(st.text() | st.text("0123456789 -/.XjulyJULYdeº?~[],"))
def test_any_text_is_a_date_or_refused_with_a_reason(text: str) -> None:
    """What comes back stays as it is the next time; nothing else than NotADate is raised."""
    with suppress(NotADate):
        edtf = taken(text)
        assert edtf == taken(edtf)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/02/2018", "day 31 does not exist: February has 28 days"),
        ("02/30/2018", "day 30 does not exist: February has 28 days"),
        ("29 de febrero de 2018", "2018 is not a leap year: February has 28 days"),
        ("13/13/2018", "month 13 does not exist"),
        ("5 de febrero de 1024", "the year 1024 is long past"),
        ("16/07/18", "the year is missing, or does not have four digits"),
        ("July 16", "the year is missing, or does not have four digits"),
        ("Tuesday 16 July 2018", "the day of the week is not that of the date"),
        ("20180716", "year, month and day are not separated by hyphens"),
    ],
)
def test_a_refusal_says_why(typed: str, message: str) -> None:
    with pytest.raises(NotADate) as refused:
        taken(typed)
    assert message == str(refused.value)


@pytest.mark.parametrize(
    "typed",
    ["Jully 2018", "jui 2018", "ju 2018", "mid-July 2018", "16-18 July 2018", "July 2018?", "July 2018 -", "16 07 2018",
     "Monday July 2018", "July August 2018", "16 July 2018 2019", "next week"],
)  # fmt: skip
def test_what_could_mean_something_else_is_refused(typed: str) -> None:
    """Nothing typed is dropped: neither a word, nor a mark that may say that the date is uncertain."""
    with pytest.raises(NotADate) as refused:
        taken(typed)
    assert "this is not a date" == str(refused.value)
    assert refused.value.help.startswith("write it as 16 July 2018")


def test_an_order_that_was_said_is_kept_to() -> None:
    """A table that says `day-first` never takes a month first, and says what the cell would mean then."""
    with pytest.raises(NotADate) as refused:
        written_date("07/16/2018", TODAY, "day-first")
    assert "the day does not come first" == str(refused.value)
    assert "write 2018-07-16 if that is meant" == refused.value.help
