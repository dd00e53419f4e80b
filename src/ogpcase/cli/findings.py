"""`ogpcase findings`: each allegation beside what was said to it and what was found of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.findings.rows import Findings


class FindingsFormat(StrEnum):
    """How allegations and findings can be printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[FindingsFormat, typer.Option("--format", help="How to print it.")] = FindingsFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Each allegation of the Concern and its addenda, beside the evidence, the replies and the findings on it.

    An allegation to which no reply is recorded, and one that no report speaks to, are named at the top. That nothing
    is recorded is not to say that nothing was said.
    """
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.findings.rows import findings_of

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    findings = findings_of(loaded.casefile, reader, workspace.casefiles)
    name_folder(workspace, [loaded], FindingsFormat.JSON if json else form)
    _print(findings, reader, FindingsFormat.JSON if json else form)
    return complaints(workspace, [loaded])


def _print(findings: Findings, reader: Reader, form: FindingsFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is FindingsFormat.TEXT:
        from ogpcase.reports.findings.text import findings_lines

        write(findings_lines(findings, page_for()))
        return
    from ogpcase.reports.findings.tables import findings_csv, findings_json, findings_markdown

    if form is FindingsFormat.JSON:
        write_text(findings_json(findings, reader))
    else:
        write_text(findings_csv(findings) if form is FindingsFormat.CSV else findings_markdown(findings))
