"""`ogpcase due`: the terms that run, and those that have run out."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from ogpcase.cli.options import CasesArgument, DutiesOption
from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused


@reads("csv", "ics", "json", translated=True)
def run(
    case: CasesArgument = None,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="LENGTH", help="Only terms that end within this time from today: 30d, 6w."),
    ] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Leave with 1 when a term is listed.")] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """The last days of what is asked and open, and of decisions that hold for a time, soonest first.

    A term that has passed with nothing recorded accuses nobody. What was open when a case ended is left out.
    With --within and --exit-code it serves a daily job; --format ics gives a calendar.
    """
    from ogpcase.reports.due.rows import Due, due_of
    from ogpcase.reports.due.tables import DUE
    from ogpcase.reports.due.text import due_lines

    days = _days_of(within)
    casefiles, reader = session.cases(case), session.reader
    due = due_of(casefiles, reader, days, duties=duties)

    def calendar(due: Due) -> str:
        from ogpcase.reports.due.tables import due_ics  # brings icalendar

        return due_ics(due, reader)

    listed = exit_code and (due.rows or (due.not_known and days is None))
    exits = EXIT_FAILED if listed else EXIT_DONE
    return Report(due, due_lines, DUE, {"ics": calendar}, case, casefiles, exit_code=exits)


def _days_of(length: str | None) -> int | None:
    if length is None:
        return None
    found = re.fullmatch(r"([0-9]{1,5})([dw]?)", length)
    if found is None:
        raise Misused("--within takes a number of days or weeks, as 30d or 6w")
    return int(found[1]) * (7 if found[2] == "w" else 1)
