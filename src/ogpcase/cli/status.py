"""`ogpcase status`: where a case stands."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.options import CaseArgument, DutiesOption
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("json", translated=True)
def run(
    case: CaseArgument,
    whole: Annotated[bool, typer.Option("--all", help="Show each open request, each move and each link.")] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """A case on one screen: its stage and since when, what may follow, what runs out, and who has what open."""
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.tables import STATUS
    from ogpcase.reports.status.text import status_lines

    casefile = session.case(case)
    status = status_of(casefile, session.reader)._replace(duties=duties, whole=whole or duties)
    return Report(status, status_lines, STATUS, case=case, cases=[casefile])
