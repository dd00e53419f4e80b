"""`ogpcase stats`: figures over cases, or of one."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import FOR_SPREADSHEETS, ReadSession, Report, reads
from ogpcase.errors import Misused


@reads("csv", "json", translated=True)
def run(
    case: CasesArgument = None,
    table: Annotated[
        Literal["durations", "votes", "asks"] | None,
        typer.Option("--table", help="Which figures `--format csv` prints; else durations."),
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Days from stage to stage, in each stage and in all; votes; and what came back from whom, in what time.

    What still goes on is told apart as "so far", and what nobody can know is counted apart. Where a date is not known
    to the day, a figure is given as the fewest and the most days that it can be.
    """
    from ogpcase.output.columns import table_csv
    from ogpcase.reports.stats.rows import stats_of
    from ogpcase.reports.stats.tables import STATS, table_of
    from ogpcase.reports.stats.text import stats_lines

    if table is not None and session.form not in {"csv", FOR_SPREADSHEETS}:
        raise Misused("--table chooses the table of a CSV", "add --format csv; text and JSON have all the figures")
    casefiles = session.cases(case)
    stats = stats_of(casefiles, session.reader, one=case is not None)
    formats = {"csv": lambda stats: table_csv(table_of(stats, table or "durations"))}
    return Report(stats, stats_lines, STATS, formats, case, casefiles)
