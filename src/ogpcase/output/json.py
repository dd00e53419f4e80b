"""JSON: every answer in the one envelope, its rows plain mappings. Documented in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from ogpcase.diagnostics import envelope
from ogpcase.diagnostics.visible_text import visible
from ogpcase.model.as_of import Reader
from ogpcase.model.dates import Days


def dumps(value: Mapping[str, object]) -> str:
    """Returns the value as JSON with a newline; what is invisible or cannot be encoded stands as JSON's escape."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    lines = text.split("\n")  # every other control character is escaped already
    text = "\n".join(
        each if each.isprintable() and visible(each) == each else "".join(map(_escaped, each)) for each in lines
    )
    return text.replace("##[", r"##\u005b") + "\n"  # a CI runner obeys `##[` anywhere in a line


def _escaped(character: str) -> str:
    return character if character.isprintable() and visible(character) == character else json.dumps(character)[1:-1]


def around(
    kind: str, rows: Sequence[Mapping[str, object]], reader: Reader, *, case: str | None = None
) -> dict[str, object]:
    """Returns the envelope around what a reader asked for."""
    known_by = reader.known_by.isoformat() if reader.known_by else None
    return envelope(kind, rows, as_of=reader.on.isoformat(), known_by=known_by, case=case)


Mapped = dict[str, object]


def days_row(days: Days | None) -> Mapped | None:
    """A stretch of days: the fewest and the most it can have been, and whether the dates are exact."""
    return None if days is None else {"fewest": days.fewest, "most": days.most, "certain": days.certain}


def day_row(day: date | None) -> str | None:
    """A day of the calendar."""
    return day.isoformat() if day else None
