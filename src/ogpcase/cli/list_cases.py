"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json")
def run(*, session: ReadSession) -> Report:
    """Where each case stands and since when, what is open and due next, and what has been waited for longest.

    The bars show the days of each stay, all on one scale. Other cases that a case is related to are named with it.
    """
    from ogpcase.reports.cases.rows import listed_case
    from ogpcase.reports.cases.tables import LIST
    from ogpcase.reports.cases.text import listing_lines

    casefiles = session.cases(None)
    listed = [listed_case(casefile, session.reader) for casefile in casefiles]
    return Report(listed, listing_lines, LIST, cases=casefiles)
