"""The options that reading commands share, and what is made of them: the day, the reader, the format."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader

RootOption = Annotated[
    Path | None, typer.Option("--root", metavar="DIR", help="The case folder or its parent; else the nearest `cases/`.")
]
PublicOption = Annotated[
    bool, typer.Option("--public", help="As in the public copy; refused where none can be made of the folder.")
]
WorkingOption = Annotated[
    bool, typer.Option("--working", help="As in the working folder, with what the public copy leaves out.")
]
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="As the records would have shown it that day.")
]
KnownByOption = Annotated[
    str | None,
    typer.Option(
        "--known-by", metavar="DATE", help="Only what an outsider could know that day: published or received."
    ),
]
LangOption = Annotated[
    str | None, typer.Option("--lang", metavar="TAG", help="The language to show; else the case's own.")
]
DryChangeOption = Annotated[bool, typer.Option("--dry-run", help="Print the change as a diff; write nothing.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Short for --format json.")]


class TextOrJson(StrEnum):
    """The formats of most reading commands."""

    TEXT = "text"
    JSON = "json"


class ListFormat(StrEnum):
    """The formats of what is a table over cases."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


class TableFormat(StrEnum):
    """The formats of what is a table that people pass on."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[TextOrJson, typer.Option("--format", help="How to print it.")]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def today() -> date:
    """Returns the day it is, in UTC. Nobody else asks the clock."""
    return datetime.now(UTC).date()


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """Returns the day an option gives, or None where it is not given.

    Raises:
        Misused: if it is no day of the calendar.
    """
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not _DAY.fullmatch(text):
        raise Misused(f"{option} takes a day as 2018-07-16")
    return day


def reader_of(as_of: str | None, lang: str | None, *, known_by: str | None = None) -> Reader:
    """Returns who reads; what was known by a day is read as of that day, unless another is given.

    Raises:
        Misused: if the day is none, or the language is no BCP 47 tag.
    """
    from ogpcase.model.as_of import Reader

    if lang is not None and not re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", lang):
        raise Misused("--lang takes a BCP 47 tag, as `es` or `es-MX`")
    known = day_of(known_by, "--known-by")
    return Reader(day_of(as_of) or known or today(), lang, known)
