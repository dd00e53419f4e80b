"""`ogpcase findings`: each allegation beside what was said to it and what was found of it."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    JsonOption,
    KnownByOption,
    LangOption,
    PublicOption,
    RootOption,
    TableFormat,
    reader_of,
)


def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[TableFormat, typer.Option("--format", help="How to print it.")] = TableFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Each allegation of the Concern and its addenda, beside the evidence, the replies and the findings on it.

    An allegation to which no reply is recorded, and one that no report speaks to, are named at the top. That nothing
    is recorded is not to say that nothing was said.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.findings.rows import findings_of
    from ogpcase.reports.findings.tables import findings_csv, findings_json, findings_markdown
    from ogpcase.reports.findings.text import findings_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    findings = findings_of(loaded.casefile, reader, workspace.casefiles)
    formats = {
        "markdown": lambda: findings_markdown(findings),
        "csv": lambda: findings_csv(findings),
        "json": lambda: findings_json(findings, reader),
    }
    report = Report(partial(findings_lines, findings), formats)
    return answer(workspace, [loaded], report, TableFormat.JSON if json else form)
