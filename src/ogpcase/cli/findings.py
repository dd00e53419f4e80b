"""`ogpcase findings`: each allegation with the replies to it and the findings on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from ogpcase.cli.options import CaseArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("markdown", "csv", "json", translated=True)
def run(
    case: CaseArgument,
    full: Annotated[bool, typer.Option("--full", help="Show every text, every name, and the evidence cited.")] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each allegation of the Concern and its addenda, beside the replies to it and the findings on it: a line each.

    A word says of each whether a reply to it and a finding on it are recorded. No record does not mean that nothing was
    said.
    """
    from ogpcase.reports.findings.rows import findings_of
    from ogpcase.reports.findings.tables import FINDINGS, findings_csv, findings_markdown
    from ogpcase.reports.findings.text import findings_lines

    casefile = session.case(case)
    findings = replace(findings_of(casefile, session.reader), full=full)
    formats = {"markdown": findings_markdown, "csv": findings_csv}
    return Report(findings, findings_lines, FINDINGS, formats, case, [casefile])
