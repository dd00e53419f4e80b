"""Records as flat tables for other tools: what `export` writes, documented in docs/tables.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar, get_args

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.columns import (
    Answer,
    Column,
    Columns,
    Key,
    LinkedTable,
    Table,
    Type,
    cells_of,
    csv_lines_of,
    flat,
    in_words,
    kept,
    linked,
    table_csv,
)
from ogpcase.output.datapackage import NAME as DATAPACKAGE
from ogpcase.output.datapackage import datapackage
from ogpcase.output.frames import NOT_KNOWN, parquet_file
from ogpcase.output.json import Mapped, mappings_of
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.messages import marked
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.tables import COLUMNS as CASES
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.tables import FINDINGS_ONE_BY_ONE, finding_rows
from ogpcase.reports.requests.rows import open_first, requests_of
from ogpcase.reports.requests.tables import COLUMNS as REQUESTS
from ogpcase.reports.sources.rows import sources_in
from ogpcase.reports.sources.tables import COLUMNS as SOURCES
from ogpcase.reports.sources.tables import rows_of
from ogpcase.reports.stats.rows import moves_of
from ogpcase.reports.stats.tables import MOVES
from ogpcase.reports.timeline.rows import papers_of
from ogpcase.reports.timeline.tables import EVENTS

TableName: TypeAlias = Literal["cases", "events", "requests", "findings", "moves", "sources"]
TABLES: tuple[TableName, ...] = get_args(TableName)
"""The tables that `export` writes, in this order."""
PARTED: tuple[TableName, ...] = tuple(name for name in TABLES if name != "cases")
"""Those that Parquet holds: the folders of its parts tell the track, which is a column of `cases`."""
COLUMNS: Mapping[TableName, Columns[Any]] = MappingProxyType(
    {
        "cases": CASES,
        "events": EVENTS,
        "requests": REQUESTS,
        "findings": FINDINGS_ONE_BY_ONE,
        "moves": MOVES,
        "sources": SOURCES,
    }
)
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "cases": marked("A row for each case."),
        "events": marked("A row for each event, in the order of the case."),
        "requests": marked("A row for each request to a party, the longest open first."),
        "findings": marked("A row for each finding on each allegation."),
        "moves": marked("A row for each stage that an event leads to, in the order of the case."),
        "sources": marked("A row for each source, in each case those on which most events rest first."),
    }
)
"""What the rows of each table are."""
Made = TypeVar("Made")
ORDER: Mapping[TableName, Callable[[Any], Any]] = MappingProxyType({"requests": open_first})
"""What the rows of a table are sorted by, where they stand in one order over all cases."""
KEYS: Mapping[str, Key] = MappingProxyType({"cases": ("case",), "events": ("case", "event")})
"""The columns that name a row, of the tables that others refer to."""


def _mappings(table: Table[Any]) -> list[Mapped]:
    return mappings_of(flat(table.columns), table.rows)


def _versions(tables: Sequence[Table[Any]]) -> list[str]:
    """Returns the versions of the policy that moves were judged by."""
    versions = (
        column.held_by(row)
        for table in tables
        for column in table.columns
        for row in table.rows
        if (table.name, column.name) == ("moves", "policy_version")
    )
    return sorted({version for version in versions if version})


EXPORT: Answer[Sequence[Table[Any]], Table[Any]] = Answer(
    "export",
    (
        Column(
            "table",
            "the table's name: `cases`, `events`, `requests`, `findings`, `moves` or `sources`",
            Type.TEXT,
            "name",
        ),
        Column("columns", "the names of the table's columns, in order", Type.TEXTS, "header"),
        Column("rows", "the table's rows: the values by column", Type.MAPPINGS, _mappings),
    ),
    lambda tables: tables,
    versions=_versions,
)


def linked_tables(tables: Sequence[Table[Any]]) -> list[LinkedTable]:
    """Returns tables with their sentences, their keys, and which of them refer to which."""
    return linked(tables, SENTENCES, KEYS)


def title_of(reader: Reader) -> str:
    """Returns what a set of tables is of, and for which day."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    return f"Cases under procedures of the Open Government Partnership, as of {reader.on}{known}"


def rows_of_case(name: TableName, case: CaseFile, reader: Reader) -> Iterable[Any]:
    """Returns the rows of a table that a case has, in the table's order."""
    return _ROWS[name](case, reader)


def in_order(name: TableName, rows: Iterable[Any], made: Callable[[Any], Made]) -> Iterator[Made]:
    """Yields what is made of the rows of several cases, given case by case, in the table's order.

    Each row is let go when that is made of it, so that the records it holds are not all in memory at once.
    """
    if order := ORDER.get(name):
        yield from map(itemgetter(1), sorted(((order(row), made(row)) for row in rows), key=itemgetter(0)))
    else:
        yield from map(made, rows)


def tables_markdown(tables: Sequence[Table[Any]], reader: Reader) -> str:
    """Returns the tables one after the other, each under its name."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    parts = [f"As of {reader.on}{known}."]
    for each in tables:
        rows = ([escaped(in_words(value)) for value in row] for row in each.cells())
        parts += ["\n".join([f"## {each.name.capitalize()}", "", *markdown_table(each.header, rows)])]
    return "\n\n".join(parts) + "\n"


_ROWS: Mapping[TableName, Callable[[CaseFile, Reader], Iterable[Any]]] = MappingProxyType({
    "cases": lambda case, reader: [listed_case(case, reader)],
    "events": papers_of,
    "requests": lambda case, reader: requests_of([case], reader).rows,
    "findings": lambda case, reader: finding_rows(findings_of(case, reader, case.beside)),
    "moves": moves_of,
    "sources": lambda case, reader: rows_of(sources_in([case], reader)),
})  # fmt: skip


class Gathered:
    """The tables asked for, over cases that are given one by one.

    Of each row only what is `made` of it is kept: its cells, unless said otherwise.
    """

    def __init__(
        self,
        reader: Reader,
        names: Iterable[TableName] = TABLES,
        made: Callable[[Columns[Any]], Callable[[Any], Any]] = cells_of,
    ) -> None:
        self._reader = reader
        self._rows: Mapping[TableName, list[tuple[object, Any]]] = {name: [] for name in names}
        self._made = {name: made(COLUMNS[name]) for name in self._rows}

    def add(self, case: CaseFile) -> None:
        """Adds the rows of a case."""
        for name, rows in self._rows.items():
            made, order = self._made[name], ORDER.get(name)
            rows.extend((order and order(row), made(row)) for row in rows_of_case(name, case, self._reader))

    def rows(self, name: TableName) -> list[Any]:
        """Returns what was made of the rows of a table, in the table's order."""
        if name in ORDER:
            self._rows[name].sort(key=itemgetter(0))
        return [made for _, made in self._rows[name]]

    def tables(self) -> tuple[Table[Any], ...]:
        """Returns the tables, where cells are kept."""
        return tuple(Table(name, kept(COLUMNS[name]), self.rows(name)) for name in self._rows)


def tables_of(cases: Iterable[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES) -> tuple[Table[Any], ...]:
    """Returns the tables asked for, over these cases; their rows are cells."""
    gathered = Gathered(reader, names)
    for case in cases:
        gathered.add(case)
    return gathered.tables()


def csv_files(cases: Iterable[CaseFile], reader: Reader, names: Sequence[TableName] = TABLES) -> Mapping[str, bytes]:
    """Returns the CSV of each table by its file's name, with the Data Package that describes them."""
    tables = [Table(name, COLUMNS[name], ()) for name in names]
    gathered = Gathered(reader, names, csv_lines_of)
    for case in cases:
        gathered.add(case)
    written: dict[str, bytes] = {
        name: "".join([table_csv(table), *gathered.rows(name)]).encode()
        for name, table in zip(names, tables, strict=True)
    }
    package = datapackage(linked_tables(tables), written.__getitem__, title_of(reader))
    return {**{f"{name}.csv": data for name, data in written.items()}, DATAPACKAGE: package.encode()}


def sqlite_files(
    cases: Iterable[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES
) -> Mapping[str, str | bytes]:
    """Returns the database of the tables, and what Datasette shows of them. Raises BrokenInstallation."""
    from ogpcase.output.sqlite import DATABASE, METADATA, database, metadata  # loads SQLite

    several = linked_tables(tables_of(cases, reader, names))
    return {DATABASE: database(several), METADATA: metadata(several, title_of(reader))}


def parquet_files(
    cases: Iterable[CaseFile], reader: Reader, names: Sequence[TableName] = PARTED
) -> Iterator[tuple[str, bytes]]:
    """Yields each file by its path, as `events/track=response_policy/country=MX/part-0.parquet`, parts in order.

    Every part has every table, even without rows. Without any case there is one part, of an unknown track and country.
    The same cases, reader and release of pyarrow give the same bytes.
    """
    parts: dict[str, Gathered] = {}
    for case in cases:
        part = _part(case)
        parts[part] = parts.get(part) or Gathered(reader, names)
        parts[part].add(case)
    for part, gathered in sorted(parts.items()) or [(_part(None), Gathered(reader, names))]:
        for table in gathered.tables():
            yield f"{table.name}/{part}/part-0.parquet", parquet_file(table, reader)


def _part(case: CaseFile | None) -> str:
    header = case.header if case else None
    track, country = (str(header.track), header.country) if header else (NOT_KNOWN, NOT_KNOWN)
    return f"track={track}/country={country}"
