"""`ogpcase due`: the terms that run, and those that have run out."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.due.rows import Due

_LENGTH = re.compile(r"([0-9]{1,5})([dw]?)")


class DueFormat(StrEnum):
    """How terms can be printed."""

    TEXT = "text"
    CSV = "csv"
    ICS = "ics"
    JSON = "json"


def run(
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="LENGTH", help="Only last days from today on to so many later: 30d, 6w."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Leave with 1 when a term is listed.")] = False,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[DueFormat, typer.Option("--format", help="How to print it.")] = DueFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """The last days of what is asked and open, and of decisions that hold for a time, soonest first.

    A term that has passed with nothing recorded accuses nobody. What was open when a case ended is left out.
    With --within and --exit-code it serves a daily job; --format ics gives a calendar.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.due.rows import due_of
    from ogpcase.reports.due.tables import due_csv, due_json
    from ogpcase.reports.due.text import due_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    days = _days_of(within)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    due = due_of((each.casefile for each in loaded), reader, days)
    formats = {
        "csv": lambda: due_csv(due),
        "ics": lambda: _calendar(due, reader),
        "json": lambda: due_json(due, reader, case),
    }
    listed = EXIT_FAILED if exit_code and (due.rows or (due.not_known and days is None)) else EXIT_DONE
    report = Report(partial(due_lines, due), formats)
    return answer(workspace, loaded, report, DueFormat.JSON if json else form) or listed


def _calendar(due: Due, reader: Reader) -> str:
    from ogpcase.reports.due.calendar import due_ics  # brings icalendar

    return due_ics(due, reader)


def _days_of(length: str | None) -> int | None:
    if length is None:
        return None
    found = _LENGTH.fullmatch(length)
    if found is None:
        raise Misused("--within takes a number of days or weeks, as 30d or 6w")
    return int(found[1]) * (7 if found[2] == "w" else 1)
