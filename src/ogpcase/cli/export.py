"""`ogpcase export`: the records as flat tables for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.options import (
    AsOfOption,
    KnownByOption,
    LangOption,
    PublicOption,
    RootOption,
    WorkingOption,
    reader_of,
)
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ogpcase.model.as_of import Reader
    from ogpcase.model.casefile import CaseFile
    from ogpcase.output.columns import Table
    from ogpcase.reports.tables import TableName
    from ogpcase.workspace.opening import Workspace


class ExportFormat(StrEnum):
    """The formats of tables."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


class ExportTable(StrEnum):
    """The tables there are."""

    EVENTS = "events"
    REQUESTS = "requests"
    FINDINGS = "findings"
    MOVES = "moves"


_ENDINGS = {ExportFormat.CSV: "csv", ExportFormat.JSON: "json", ExportFormat.MARKDOWN: "md"}


def run(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="csv, json, markdown or parquet.")],
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    table: Annotated[
        list[ExportTable] | None, typer.Option("--table", help="Only this table: events, requests, …; repeats.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="Write a file for each table into this folder, of Parquet a folder."),
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    public: PublicOption = False,
    working: WorkingOption = False,
    root: RootOption = None,
) -> int:
    """A table of the events, one of the requests, one of the findings and one of the moves, of one case or of all.

    CSV has one table: choose it with --table, or have a file of each written with --to; no file is overwritten.
    Parquet is always written, parted by track and country, and needs `pip install 'ogpcase[parquet]'`.
    The columns are explained in docs/tables.md and docs/parquet.md.
    """
    from ogpcase.cli.reading import complaints, opened, refuse_unsaid
    from ogpcase.reports.tables import TABLES, tables_of

    names = [name for name in TABLES if not table or name in table]
    _refuse_printing(form, to, names)
    reader = reader_of(as_of, lang, known_by=known_by)
    if form is ExportFormat.PARQUET:
        from ogpcase.output.parquet import require_pyarrow

        require_pyarrow()
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    refuse_unsaid(workspace, loaded, public=public, working=working)
    cases = [each.casefile for each in loaded]
    if to is not None:
        _refuse_inside(workspace, to)
    if to is not None and form is ExportFormat.PARQUET:
        _write_parquet(to, cases, reader, names)
    elif to is not None:
        tables = tables_of(cases, reader, names)
        _write(to, {f"{each.name}.{_ENDINGS[form]}": _text([each], form, reader, case) for each in tables})
    else:
        from ogpcase.output.terminal import write_text

        write_text(_text(tables_of(cases, reader, names), form, reader, case))
    return complaints(workspace, loaded)


def _refuse_printing(form: ExportFormat, to: Path | None, names: Sequence[TableName]) -> None:
    """What is no single text cannot be printed."""
    if to is None and form is ExportFormat.PARQUET:
        raise Misused("Parquet is a folder of files and cannot be printed", "name a folder for them: --to DIR")
    if to is None and form is ExportFormat.CSV and len(names) > 1:
        raise Misused(
            "a CSV is one table, and there are several to print",
            f"choose one: --table {', --table '.join(names)}",
            "or write a file for each: --to DIR",
        )


def _text(tables: Sequence[Table[Any]], form: ExportFormat, reader: Reader, case: str | None) -> str:
    from ogpcase.output.columns import table_csv
    from ogpcase.reports.tables import tables_json, tables_markdown

    if form is ExportFormat.CSV:
        return "".join(map(table_csv, tables))
    return tables_json(tables, reader, case) if form is ExportFormat.JSON else tables_markdown(tables, reader)


def _refuse_inside(workspace: Workspace, folder: Path) -> None:
    """Only records belong into the case folder; every check of it would name what is written there."""
    if folder.resolve().is_relative_to(workspace.root.path.resolve()):
        raise Misused(f"`{folder}` is in the case folder, where only records are", "name a folder outside it with --to")


def _write(folder: Path, files: dict[str, str]) -> None:
    from ogpcase.store.export_files import write_outside

    _tell(write_outside(folder, files))


def _write_parquet(folder: Path, cases: Sequence[CaseFile], reader: Reader, names: Sequence[TableName]) -> None:
    from ogpcase.reports.tables import parquet_files
    from ogpcase.store.export_files import write_outside

    _tell(write_outside(folder, dict(parquet_files(cases, reader, names))))


def _tell(written: Iterable[Path]) -> None:
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    write([line(Piece("wrote   ", "good"), str(path)) for path in written])
