"""`ogpcase export`: the records as flat tables for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads, refuse_unsaid
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.output.columns import Table
    from ogpcase.output.lines import Line, Page
    from ogpcase.reports.tables import TableName
    from ogpcase.workspace.opening import Workspace

ExportFormat = Literal["csv", "json", "markdown", "parquet"]
ExportTable = StrEnum("ExportTable", ["events", "requests", "findings", "moves", "sources"])
_ENDINGS = {"markdown": "md"}
"""File endings that differ from the name of the format."""


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
    """A table each of the events, requests, findings, moves and sources, of one case or of all.

    CSV has one table: choose it with --table, or have a file of each written with --to; no file is overwritten.
    Parquet is always written, parted by track and country, and needs `pip install 'ogpcase[parquet]'`.
    The columns are explained in docs/tables.md and docs/parquet.md.
    """
    from ogpcase.reports.tables import TABLES, parquet_files, tables_of
    from ogpcase.store.export_files import write_outside

    names = [name for name in TABLES if not table or name in table]
    _refuse_printing(form, to, names)
    if form == "parquet":
        from ogpcase.output.parquet import require_pyarrow

        require_pyarrow()
    casefiles = session.cases(case)
    refuse_unsaid(session, session.workspace, casefiles)
    text = partial(_text, form, session.reader, case)
    if to is None:
        session.form = form  # an argument here, and no option
        tables = tables_of(casefiles, session.reader, names)
        return Report(tables, lambda _, __: [], formats={form: text})
    _refuse_inside(session.workspace, to)
    if form == "parquet":
        written = write_outside(to, dict(parquet_files(casefiles, session.reader, names)))
    else:
        tables = tables_of(casefiles, session.reader, names)
        written = write_outside(to, {f"{table.name}.{_ENDINGS.get(form, form)}": text([table]) for table in tables})
    return Report(written, _written_lines)


def _written_lines(paths: Sequence[Path], _: Page) -> list[Line]:
    from ogpcase.output.lines import Piece, line

    return [line(Piece("wrote   ", "good"), str(path)) for path in paths]


def _refuse_printing(form: ExportFormat, to: Path | None, names: Sequence[TableName]) -> None:
    """Refuses to print several CSV tables or Parquet, which need `--to`."""
    if to is None and form == "parquet":
        raise Misused("Parquet is a folder of files and cannot be printed", "name a folder for them: --to DIR")
    if to is None and form == "csv" and len(names) > 1:
        raise Misused(
            "a CSV is one table, and there are several to print",
            f"choose one: --table {', --table '.join(names)}",
            "or write a file for each: --to DIR",
        )


def _refuse_inside(workspace: Workspace, folder: Path) -> None:
    """Refuses to write into the case folder, where checks would report every other file."""
    if folder.resolve().is_relative_to(workspace.root.path.resolve()):
        raise Misused(f"`{folder}` is in the case folder, where only records are", "name a folder outside it with --to")


def _text(form: ExportFormat, reader: Reader, case: str | None, tables: Sequence[Table[Any]]) -> str:
    from ogpcase.output.columns import table_csv
    from ogpcase.output.json import answer_json
    from ogpcase.reports.tables import EXPORT, tables_markdown

    if form == "csv":
        return "".join(map(table_csv, tables))
    return answer_json(EXPORT, tables, reader, case) if form == "json" else tables_markdown(tables, reader)
