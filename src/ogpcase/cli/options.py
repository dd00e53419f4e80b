"""Arguments and options that several verbs share, and the day and the reader that they give."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader

DutiesOption = Annotated[bool, Option("--duties", help="Show the duties of the policy too.")]
CaseArgument = Annotated[
    str, Argument(help="The case's id, as mexico-2018, or a beginning of it; default: the only case.")
]
"""The case of a reading verb, which `reads` completes."""
OptionalCase = Annotated[
    str | None, Argument(help="The case's id, as mexico-2018, or a beginning of it; default: the only case.")
]
"""The same of a writing verb, which completes it itself."""
CasesArgument = Annotated[str | None, Argument(help="The case's id or a beginning of it; default: all cases.")]
ReferenceArgument = Annotated[
    str, Argument(metavar="REF", help="CASE, CASE/EVENT, CASE/EVENT#ITEM, CASE/sources/ID, parties/ID, or an id.")
]
RootOption = Annotated[
    Path | None, Option("--root", metavar="DIR", help="The case folder or its parent; default: the nearest `cases/`.")
]
LangOption = Annotated[
    str | None, Option("--lang", metavar="TAG", help="The language to show; else the locale's or the case's own.")
]
DryChangeOption = Annotated[bool, Option("--dry-run", help="Print the change as a diff; write nothing.")]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def today() -> date:
    """Returns today's date where the user is. No other part of the command line asks the clock."""
    return datetime.now().astimezone().date()


def day_of(text: str | None, option: str = "--as-of") -> date | None:
    """Returns the day that an option gives, or None; raises Misused if it is not one day of the calendar."""
    if text is None:
        return None
    from ogpcase.editing.typed_dates import FORMS, written_date
    from ogpcase.model.dates import NotADate

    a_day = "write it as 2018-07-16, 16/07/2018 or 16 July 2018"
    try:
        written = written_date(text, today())
    except NotADate as fault:
        hint = a_day if fault.help == FORMS else fault.help  # which has months and years too
        raise Misused(f"{option} takes a day; {fault}", *filter(None, [hint])) from None
    if not _DAY.fullmatch(written):
        raise Misused(f"{option} takes a day; this is not one day", a_day)
    return date.fromisoformat(written)


def reader_of(as_of: str | None, lang: str | None, *, known_by: str | None = None) -> Reader:
    """Returns the reader; `as_of` defaults to `known_by`, and that to today.

    Raises Misused if a day does not exist, or the language is not a BCP 47 tag.
    """
    from ogpcase.model.as_of import Reader

    known = day_of(known_by, "--known-by")
    return Reader(day_of(as_of) or known or today(), spoken_tag(lang), known)


def spoken_tag(lang: str | None) -> str | None:
    """Returns the tag of a language; raises Misused if it is no BCP 47 tag, or begins with no language."""
    from ogpcase.diagnostics import suggestion
    from ogpcase.model.texts import LANGUAGE, language_known, language_meant

    if lang is None:
        return None
    if not LANGUAGE.fullmatch(lang):
        raise Misused("--lang takes a BCP 47 tag, as `es` or `es-MX`")
    if not language_known(lang):
        meant = suggestion(language_meant(lang)) or ("write the code of the language, as `es` or `es-MX`",)
        raise Misused(f"--lang: `{lang}` is not a language tag", *meant)
    return lang


def root_words(root: Path | None) -> tuple[str, ...]:
    """Returns the words of the option that names the folder, to print in a command."""
    return ("--root", str(root)) if root is not None else ()
