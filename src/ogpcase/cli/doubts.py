"""`ogpcase doubts`: what is uncertain, contradicted or unsourced."""

from __future__ import annotations

from functools import partial

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json")
def run(case: CasesArgument = None, *, session: ReadSession) -> Report:
    """Where sources disagree, what is not known or not for sure, what no source gives, and what would settle each."""
    from ogpcase.reports.doubts.rows import doubts_of
    from ogpcase.reports.doubts.tables import doubts_csv, doubts_json
    from ogpcase.reports.doubts.text import all_doubts_lines, doubts_lines

    casefiles, reader = session.cases(case), session.reader
    doubts = [doubts_of(casefile, reader) for casefile in casefiles]
    lines = partial(doubts_lines, doubts[0]) if case else partial(all_doubts_lines, doubts)
    formats = {"csv": lambda: doubts_csv(doubts), "json": lambda: doubts_json(doubts, reader, case=case)}
    return Report(lines, formats, casefiles)
