"""`ogpcase export`: the records as flat tables for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads, refuse_unsaid, unreadable_in
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.model.casefile import CaseFile
    from ogpcase.reports.tables import TableName
    from ogpcase.workspace.opening import Workspace

ExportFormat = Literal["csv", "json", "markdown", "parquet"]
ExportTable = StrEnum("ExportTable", ["events", "requests", "findings", "moves"])
_ENDINGS = {"markdown": "md"}
"""The endings of files that are not called as their format is."""


@reads(options=("as_of", "known_by", "lang", "public", "working", "root"))
def run(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="csv, json, markdown or parquet.")],
    case: CasesArgument = None,
    table: Annotated[
        list[ExportTable] | None, typer.Option("--table", help="Only this table: events, requests, …; repeats.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Write a file for each table into this folder, of Parquet a folder."),
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """A table of the events, one of the requests, one of the findings and one of the moves, of one case or of all.

    CSV has one table: choose it with --table, or have a file of each written with --to; no file is overwritten.
    Parquet is always written, parted by track and country, and needs `pip install 'ogpcase[parquet]'`.
    The columns are explained in docs/tables.md and docs/parquet.md.
    """
    from ogpcase.output.lines import Piece, line
    from ogpcase.reports.tables import TABLES, parquet_files
    from ogpcase.store.export_files import write_outside

    names = [name for name in TABLES if not table or name in table]
    _refuse_printing(form, to, names)
    if form == "parquet":
        from ogpcase.output.parquet import require_pyarrow

        require_pyarrow()
    casefiles = session.cases(case)
    refuse_unsaid(session, session.workspace, casefiles)
    unreadable = unreadable_in(casefiles)
    text = partial(_text, casefiles, form, session.reader, case)
    if to is None:
        session.form = form  # an argument here, and no option
        return Report(lambda _: [], {form: partial(text, names)}, unreadable=unreadable)
    _refuse_inside(session.workspace, to)
    if form == "parquet":
        written = write_outside(to, dict(parquet_files(casefiles, session.reader, names)))
    else:
        written = write_outside(to, {f"{name}.{_ENDINGS.get(form, form)}": text([name]) for name in names})
    lines = [line(Piece("wrote   ", "good"), str(path)) for path in written]
    return Report(lambda _: lines, {}, unreadable=unreadable)


def _refuse_printing(form: ExportFormat, to: Path | None, names: Sequence[TableName]) -> None:
    """What is no single text cannot be printed."""
    if to is None and form == "parquet":
        raise Misused("Parquet is a folder of files and cannot be printed", "name a folder for them: --to DIR")
    if to is None and form == "csv" and len(names) > 1:
        raise Misused(
            "a CSV is one table, and there are several to print",
            f"choose one: --table {', --table '.join(names)}",
            "or write a file for each: --to DIR",
        )


def _refuse_inside(workspace: Workspace, folder: Path) -> None:
    """Only records belong into the case folder; every check of it would name what is written there."""
    if folder.resolve().is_relative_to(workspace.root.path.resolve()):
        raise Misused(f"`{folder}` is in the case folder, where only records are", "name a folder outside it with --to")


def _text(
    casefiles: Sequence[CaseFile], form: ExportFormat, reader: Reader, case: str | None, names: Sequence[TableName]
) -> str:
    from ogpcase.output.columns import table_csv
    from ogpcase.reports.tables import tables_json, tables_markdown, tables_of

    tables = tables_of(casefiles, reader, names)
    if form == "csv":
        return "".join(map(table_csv, tables))
    return tables_json(tables, reader, case) if form == "json" else tables_markdown(tables, reader)
