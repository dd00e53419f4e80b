"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json", translated=True)
def run(
    sort: Annotated[
        Literal["case", "stage", "since", "open", "due"],
        typer.Option("--sort", help="What to sort by: open requests most first, days soonest or longest ago first."),
    ] = "case",
    full: Annotated[
        bool, typer.Option("--full", help="Show the stays as bars, what was waited for longest, and related cases.")
    ] = False,
    *,
    session: ReadSession,
) -> Report:
    """Where each case stands and since when, how much is open, and what is due next: a line a case, with totals."""
    from ogpcase.reports.cases.rows import listed_case, sorted_cases
    from ogpcase.reports.cases.tables import LIST
    from ogpcase.reports.cases.text import full_listing_lines, listing_lines

    casefiles = session.cases(None)
    listed = sorted_cases((listed_case(casefile, session.reader) for casefile in casefiles), sort)
    return Report(listed, full_listing_lines if full else listing_lines, LIST, cases=casefiles)
