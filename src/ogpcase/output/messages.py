"""What the program says, in the language of its reader: catalogues of gettext, keyed by the English words.

A message is marked where it stands in the code: by `_`, `ngettext`, `pgettext` and `with_days`, which translate it, or
by `marked`, which leaves that to whoever prints it. Labels of code lists and of OGP's procedures are messages too; `_`
is given them by those who print them. A message without a translation is said in English.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es", "fr")
"""The languages that the program speaks, by their BCP 47 tags."""
CATALOGUES = Path(__file__).parent / "catalogues"
_SPOKEN = ContextVar("language", default=ENGLISH)
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the locale of messages, the first that is set before the others."""


@contextmanager
def speaking(tag: str | None) -> Iterator[None]:
    """Inside the block messages are in the language of a BCP 47 tag; in English where the program does not speak it."""
    before = _SPOKEN.set(language_of(tag))
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def language_of(tag: str | None) -> str:
    """Returns the language in which the program speaks to a reader of a BCP 47 tag: `es` for `es-MX`."""
    language = (tag or ENGLISH).partition("-")[0].lower()
    return language if language in LANGUAGES else ENGLISH


def language_of_locale() -> str | None:
    """Returns the language in which the program speaks where nobody asked for one, the locale's; None for English."""
    locale = next(filter(None, map(os.environ.get, _LOCALE)), "")
    language = language_of(locale.partition(".")[0].partition("@")[0].replace("_", "-"))
    return None if language == ENGLISH else language


def _(message: str, **values: object) -> str:
    """Returns a message in the language spoken, with values in its `{places}`."""
    return _filled(_catalogue(_SPOKEN.get()).gettext(message), values)


def ngettext(one: str, several: str, number: float, **values: object) -> str:
    """Returns the one of two messages that fits a number, which both may hold as `{number}`; a fraction is several."""
    whole = int(number)
    said = _catalogue(_SPOKEN.get()).ngettext(one, several, whole if whole == number else 2)
    return _filled(said, {"number": number, **values})


def with_days(message: str, *, say: Callable[[str], str] = str, **days: object) -> str:
    """Returns a message with dates in its `{places}`, each as `say` says it.

    Languages that put an article before a day of the calendar have two wordings: one for days, and one for months,
    years, spans and words, in the context `not a day`.
    """
    texts = {name: f"{day}" for name, day in days.items()}
    context = None if all(map(_FULL_DAY.fullmatch, texts.values())) else NOT_A_DAY
    said = pgettext(context, message) if context else _(message)
    return _filled(said, {name: say(text) for name, text in texts.items()})


NOT_A_DAY = "not a day"
"""The context of a message in which a date stands that is no day of the calendar."""
_FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def pgettext(context: str, message: str, **values: object) -> str:
    """Returns a message that other languages word otherwise elsewhere; `context` tells translators where it stands."""
    return _filled(_catalogue(_SPOKEN.get()).pgettext(context, message), values)


def marked(message: str) -> str:
    """Returns a message as it is: a mark for the catalogues. `_` translates it when it is printed."""
    return message


def _filled(message: str, values: Mapping[str, object]) -> str:
    return message.format_map(values) if values else message


@cache
def _catalogue(language: str) -> NullTranslations:
    """Returns the messages of a language; each catalogue is read once, and English needs none."""
    if language == ENGLISH:
        return NullTranslations()
    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)
