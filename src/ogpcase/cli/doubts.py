"""`ogpcase doubts`: what is uncertain, contradicted or unsourced."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json", translated=True)
def run(
    case: CasesArgument = None,
    full: Annotated[bool, typer.Option("--full", help="Show every doubt, with what each source says.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Where sources disagree, what is not known or not for sure, what no source gives, and what would settle each.

    Those on which the stage of the case hangs come first, then those about its steps; background comes last. A terminal
    shows the most important and counts the rest, a pipe shows all.
    """
    from ogpcase.reports.doubts.rows import doubts_of
    from ogpcase.reports.doubts.tables import DOUBTS
    from ogpcase.reports.doubts.text import all_doubts_lines, doubts_lines

    casefiles = session.cases(case)
    doubts = [doubts_of(casefile, session.reader)._replace(full=full) for casefile in casefiles]
    return Report(doubts, doubts_lines if case else all_doubts_lines, DOUBTS, case=case, cases=casefiles)
