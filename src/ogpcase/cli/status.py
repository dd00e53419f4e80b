"""`ogpcase status`: where a case stands."""

from __future__ import annotations

from ogpcase.cli.options import CaseArgument, DutiesOption
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("json")
def run(case: CaseArgument, duties: DutiesOption = False, *, session: ReadSession) -> Report:
    """The stage and since when, what was asked and is still open, and the moves the policy has from here."""
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.tables import STATUS
    from ogpcase.reports.status.text import status_lines

    casefile = session.case(case)
    status = status_of(casefile, session.reader)._replace(duties=duties)
    return Report(status, status_lines, STATUS, case=case, cases=[casefile])
