"""What programs give to `api`: a path, a day, a language, an id, a yes or no; anything else is refused."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

from ogpcase.diagnostics.visible_text import visible
from ogpcase.errors import Misused
from ogpcase.model.texts import LANGUAGE

_LONGEST = 80
"""Characters of a text that are told."""


def path_given(given: object) -> Path | None:
    """Returns the path of a folder. Raises Misused: no folder of any system can have it."""
    if given is None:
        return None
    try:
        path = os.fspath(given)  # type: ignore[call-overload]  # this is what finds out
        named = isinstance(path, str) and b"\0" not in os.fsencode(path)
    except (TypeError, UnicodeEncodeError):
        named = False
    if not named:
        raise _refused("path", "the path of a folder", given, "give a text or a `pathlib.Path`")
    return Path(path)


def day_given(name: str, given: object) -> date | None:
    """Returns the day of an argument. Raises Misused."""
    if given is None:
        return None
    try:
        if isinstance(given, datetime):
            return given.date()
        if isinstance(given, date):
            return given
        day = date.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:  # also of a date that stands for none, as pandas has it
        day = None
    if day is None or day.isoformat() != given:
        raise _refused(name, "a day", given, "give a date, or YYYY-MM-DD as 2018-07-16")
    return day


def language_given(given: object) -> str | None:
    """Returns the tag of a language. Raises Misused."""
    if given is None or (isinstance(given, str) and LANGUAGE.fullmatch(given)):
        return given
    raise _refused("lang", "a BCP 47 tag", given, "give one, as `es` or `es-MX`")


def id_given(given: object) -> str:
    """Returns what may be the id of a case. Raises Misused."""
    if isinstance(given, str):
        return given
    raise _refused("case", "the id of a case", given, "give one, as `mexico-2018`")


def choice_given(name: str, given: object) -> bool:
    """Returns a yes or no. Raises Misused: a text as `no` would count as yes."""
    if isinstance(given, bool):
        return given
    raise _refused(name, "True or False", given)


def _refused(name: str, kind: str, given: object, *hints: str) -> Misused:
    what = f"a value of the type `{type(given).__name__}`"
    if isinstance(given, str):
        what = f"`{visible(given[:_LONGEST])}{'…' * (len(given) > _LONGEST)}`"
    return Misused(f"{name} takes {kind}: {what} is not one", *hints)
