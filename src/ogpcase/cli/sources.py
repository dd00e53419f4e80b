"""`ogpcase sources`: the texts that facts were read in, and how much rests on each."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json", translated=True)
def run(
    case: CasesArgument = None,
    full: Annotated[bool, typer.Option("--full", help="Show each source whole, on as many lines as it needs.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each source with its publisher, the days on which it was published and read, its kept copy, and how many records
    rest on it; those in files and those that events write out.

    `ogpcase show CASE/sources/ID` lists what rests on one, `ogpcase open CASE/sources/ID` opens it.
    """
    from ogpcase.reports.sources.rows import sources_of
    from ogpcase.reports.sources.tables import SOURCES
    from ogpcase.reports.sources.text import sources_lines

    casefiles = session.cases(case)
    sources = [sources_of(each, session.reader)._replace(full=full) for each in casefiles]
    return Report(sources, sources_lines, SOURCES, case=case, cases=casefiles)
