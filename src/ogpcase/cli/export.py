"""`ogpcase export`: the records as flat tables for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, KnownByOption, LangOption, RootOption, reader_of
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ogpcase.export.tables import Table
    from ogpcase.views.shown import Reader
    from ogpcase.workspace import Workspace


class ExportFormat(StrEnum):
    """The formats of tables."""

    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


class ExportTable(StrEnum):
    """The tables there are."""

    EVENTS = "events"
    REQUESTS = "requests"
    FINDINGS = "findings"
    MOVES = "moves"


_ENDINGS = {ExportFormat.CSV: "csv", ExportFormat.JSON: "json", ExportFormat.MARKDOWN: "md"}


def run(
    form: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="csv, json or markdown.")],
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    table: Annotated[
        list[ExportTable] | None, typer.Option("--table", help="Only this table: events, requests, …; repeats.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Write a file for each table into this folder.")
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    root: RootOption = None,
) -> int:
    """A table of the events, one of the requests, one of the findings and one of the moves, of one case or of all.

    CSV has one table: choose it with --table, or have a file of each written with --to; no file is overwritten.
    The columns are explained in docs/tables.md. What is withheld is in no table.
    """
    from ogpcase.cli.reading import complaints, opened
    from ogpcase.export.tables import TABLES, tables_of

    names = [name for name in TABLES if not table or name in table]
    if form is ExportFormat.CSV and to is None and len(names) > 1:
        raise Misused(
            "a CSV is one table, and there are several to print",
            f"choose one: --table {', --table '.join(names)}",
            "or write a file for each: --to DIR",
        )
    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    tables = tables_of([each.casefile for each in loaded], reader, names)
    if to is None:
        from ogpcase.render.terminal import write_text

        write_text(_text(tables, form, reader, case))
    else:
        _refuse_inside(workspace, to)
        _write(to, {f"{each.name}.{_ENDINGS[form]}": _text([each], form, reader, case) for each in tables})
    return complaints(workspace, loaded)


def _text(tables: Sequence[Table], form: ExportFormat, reader: Reader, case: str | None) -> str:
    from ogpcase.export.tables import table_csv, tables_json, tables_markdown

    if form is ExportFormat.CSV:
        return "".join(map(table_csv, tables))
    return tables_json(tables, reader, case) if form is ExportFormat.JSON else tables_markdown(tables, reader)


def _refuse_inside(workspace: Workspace, folder: Path) -> None:
    """Only records belong into the case folder; every check of it would name what is written there."""
    if folder.resolve().is_relative_to(workspace.root.path.resolve()):
        raise Misused(f"`{folder}` is in the case folder, where only records are", "name a folder outside it with --to")


def _write(folder: Path, files: dict[str, str]) -> None:
    from ogpcase.render.lines import Piece, line
    from ogpcase.render.terminal import write
    from ogpcase.store.outside import write_outside

    written = write_outside(folder, files)
    write([line(Piece("wrote   ", "good"), str(path)) for path in written])
