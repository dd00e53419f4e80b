"""`ogpcase export`: the records as flat tables for other tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from typer import Argument, Option

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads, refuse_unsaid
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.model.casefile import CaseFile
    from ogpcase.output.columns import Table
    from ogpcase.reports.tables import TableName

ExportFormat = Literal["csv", "json", "markdown", "parquet", "sqlite", "timelinejs"]
ExportTable = StrEnum("ExportTable", ["cases", "events", "requests", "findings", "moves", "sources"])
_FEW_CASES = 16
"""Loaded cases that are kept in memory: a small folder is read once, and a large one is never in memory whole."""
_ENDINGS = {"markdown": "md"}
"""File endings that differ from the name of the format."""


_TO_FILES = {"parquet": "Parquet is a folder of files", "sqlite": "SQLite is a database in a file"}
"""Formats that are never printed, and why."""


@reads(options=("as_of", "known_by", "lang", "public", "working", "root"))
def run(
    form: Annotated[
        ExportFormat, Argument(metavar="FORMAT", help="csv, json, markdown, parquet, sqlite or timelinejs.")
    ],
    case: CasesArgument = None,
    table: Annotated[list[ExportTable] | None, Option(help="Only this table: cases, events, …; repeats.")] = None,
    to: Annotated[
        Path | None, Option(metavar="DIR", help="Write a file for each table into this folder, of Parquet a folder.")
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """A table each of the cases, events, requests, findings, moves and sources, of one case or of all.

    CSV has one table: choose it with --table, or write a file of each with --to, with the datapackage.json that
    describes them; no file is overwritten. SQLite is one file for Datasette and others. Parquet is parted by track and
    country, and needs `pip install 'ogpcase[parquet]'`. TimelineJS is the timeline of a case, without tables.
    The columns are explained in docs/tables.md and docs/parquet.md.
    """
    from ogpcase.output.lines import Piece, line
    from ogpcase.reports.tables import TABLES
    from ogpcase.store.export_files import write_outside
    from ogpcase.workspace.opening import SOME_PARTIES

    names = [name for name in TABLES if not table or name in table]
    _refuse_choice(form, table, to, names)
    if form == "parquet":
        from ogpcase.output.frames import needed

        needed("pyarrow.parquet", "`export parquet`", "parquet")
    if to is not None and to.resolve().is_relative_to(session.workspace.root.path.resolve()):  # checks would report it
        raise Misused(f"`{to}` is in the case folder, where only records are", "name a folder outside it with --to")
    session.workspace.most_cases, session.workspace.most_parties = _FEW_CASES, SOME_PARTIES
    refuse_unsaid(session, session.workspace, session.one_by_one(case))
    if to is not None:
        written = write_outside(to, _files(form, session, case, names))
        return Report(written, lambda paths, _: [line(Piece("wrote   ", "good"), str(path)) for path in paths])
    session.form = form  # an argument here, and no option
    return Report(_text(form, session, case, names), lambda _, __: [], formats={form: str})


def _files(
    form: ExportFormat, session: ReadSession, case: str | None, names: Sequence[TableName]
) -> Mapping[str, str | bytes]:
    """Returns the files of a format by their paths; one case at a time is in memory."""
    from ogpcase.reports.tables import PARTED, csv_files, parquet_files, sqlite_files, tables_of

    cases, reader = session.one_by_one(case), session.reader
    if form == "timelinejs":
        return {f"{each.id}.json": _timelinejs(each, reader) for each in cases}
    if form == "parquet":
        return dict(parquet_files(cases, reader, [name for name in names if name in PARTED]))
    if form == "csv":
        return csv_files(cases, reader, names)
    if form == "sqlite":
        return sqlite_files(cases, reader, names)
    tables = tables_of(cases, reader, names)
    return {f"{table.name}.{_ENDINGS.get(form, form)}": _of_tables(form, reader, None, [table]) for table in tables}


def _text(form: ExportFormat, session: ReadSession, case: str | None, names: Sequence[TableName]) -> str:
    from ogpcase.reports.tables import tables_of

    if form != "timelinejs":
        return _of_tables(form, session.reader, case, tables_of(session.one_by_one(case), session.reader, names))
    count = 1 if case else len(session.workspace.case_ids())
    if count != 1:
        hint = "name the case, or write a file for each: --to DIR"
        raise Misused(f"a TimelineJS file is one case, and there are {count}", hint)
    (only,) = session.one_by_one(case)
    return _timelinejs(only, session.reader)


def _timelinejs(case: CaseFile, reader: Reader) -> str:
    from ogpcase.reports.timeline.paragraphs import timelinejs, with_texts
    from ogpcase.reports.timeline.rows import timeline_of, without_duties

    return timelinejs(without_duties(with_texts(timeline_of(case, reader), case, reader)), reader.on)


def _refuse_choice(
    form: ExportFormat, table: Sequence[ExportTable] | None, to: Path | None, names: Sequence[TableName]
) -> None:
    """Refuses tables that a format has not, and to print several CSV tables or what is not text: these need `--to`."""
    if to is None and form in _TO_FILES:
        raise Misused(f"{_TO_FILES[form]} and cannot be printed", "name a folder for what is written: --to DIR")
    if to is None and form == "csv" and len(names) > 1:
        raise Misused(
            "a CSV is one table, and there are several to print",
            f"choose one: --table {', --table '.join(names)}",
            "or write a file for each: --to DIR",
        )
    if form == "timelinejs" and table:
        raise Misused("a TimelineJS file has no tables", "leave --table out, or choose another format")
    if form == "parquet" and ExportTable["cases"] in (table or ()):
        raise Misused("Parquet has no table `cases`: its folders tell track and country", "choose other tables")


def _of_tables(form: ExportFormat, reader: Reader, case: str | None, tables: Sequence[Table[Any]]) -> str:
    from ogpcase.output.columns import table_csv
    from ogpcase.output.json import answer_json
    from ogpcase.reports.tables import EXPORT, tables_markdown

    if form == "csv":
        return "".join(map(table_csv, tables))
    return answer_json(EXPORT, tables, reader, case) if form == "json" else tables_markdown(tables, reader)
