"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from functools import partial

from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json")
def run(*, session: ReadSession) -> Report:
    """Where each case stands and since when, what is open and due next, and what has been waited for longest.

    The bars show the days of each stay, all on one scale. Other cases that a case is related to are named with it.
    """
    from ogpcase.reports.cases.rows import listed_case
    from ogpcase.reports.cases.tables import list_csv, list_json
    from ogpcase.reports.cases.text import listing_lines

    casefiles, reader = session.cases(None), session.reader
    cases = [listed_case(casefile, reader) for casefile in casefiles]
    formats = {"csv": lambda: list_csv(cases), "json": lambda: list_json(cases, reader.on, reader.known_by)}
    return Report(partial(listing_lines, cases), formats, casefiles)
