"""`ogpcase status`: where a case stands."""

from __future__ import annotations

from ogpcase.cli.options import CaseArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("json")
def run(case: CaseArgument, *, session: ReadSession) -> Report:
    """The stage and since when, what was asked and is still open, and the moves the policy has from here."""
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.tables import STATUS
    from ogpcase.reports.status.text import status_lines

    casefile = session.case(case)
    return Report(status_of(casefile, session.reader), status_lines, STATUS, case=case, cases=[casefile])
