"""Records as flat tables for other tools, and the files that hold them: what `export` writes, see docs/tables.md."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar, get_args

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.columns import (
    Answer,
    Column,
    Columns,
    Table,
    Type,
    cells_of,
    csv_lines_of,
    flat,
    in_words,
    kept,
    table_csv,
)
from ogpcase.output.datasets import (
    DATABASE,
    DATAPACKAGE,
    METADATA,
    Key,
    LinkedTable,
    database,
    datapackage,
    linked,
    metadata,
)
from ogpcase.output.frames import NOT_KNOWN, parquet_file
from ogpcase.output.json import mappings_of
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.messages import marked
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.tables import COLUMNS as CASES
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.tables import FINDINGS_ONE_BY_ONE, finding_rows
from ogpcase.reports.requests.rows import open_first, requests_of
from ogpcase.reports.requests.tables import COLUMNS as REQUESTS
from ogpcase.reports.sources.rows import sources_of
from ogpcase.reports.sources.tables import COLUMNS as SOURCES
from ogpcase.reports.stats.rows import moves_of
from ogpcase.reports.stats.tables import MOVES
from ogpcase.reports.timeline.rows import papers_of
from ogpcase.reports.timeline.tables import EVENTS

TableName: TypeAlias = Literal["cases", "events", "requests", "findings", "moves", "sources"]
TABLES: tuple[TableName, ...] = get_args(TableName)
"""The tables that `export` writes, in this order."""
PARTED: tuple[TableName, ...] = tuple(name for name in TABLES if name != "cases")
"""Those that Parquet holds: the folders of its parts tell the track, which is a column of `cases`."""
Made = TypeVar("Made")


class Exported(NamedTuple):
    """A table: its columns, a sentence on its rows, and the rows that a case has.

    `key` are the columns that name a row, of a table that others refer to. `order` is what the rows are sorted by,
    where they stand in one order over all cases.
    """

    columns: Columns[Any]
    sentence: str
    rows: Callable[[CaseFile, Reader], Iterable[Any]]
    key: Key = ()
    order: Callable[[Any], Any] | None = None


EXPORTED: Mapping[TableName, Exported] = MappingProxyType({
    "cases": Exported(
        CASES, marked("A row for each case."), lambda case, reader: [listed_case(case, reader)], key=("case",)
    ),
    "events": Exported(
        EVENTS, marked("A row for each event, in the order of the case."), papers_of, key=("case", "event")
    ),
    "requests": Exported(
        REQUESTS,
        marked("A row for each request to a party, the longest open first."),
        lambda case, reader: requests_of([case], reader).rows,
        order=open_first,
    ),
    "findings": Exported(
        FINDINGS_ONE_BY_ONE,
        marked("A row for each finding on each allegation."),
        lambda case, reader: finding_rows(findings_of(case, reader)),
    ),
    "moves": Exported(
        MOVES, marked("A row for each stage that an event leads to, in the order of the case."), moves_of
    ),
    "sources": Exported(
        SOURCES,
        marked("A row for each source, in each case those on which most events rest first."),
        lambda case, reader: sources_of(case, reader).rows,
    ),
})  # fmt: skip


def _versions(tables: Sequence[Table[Any]]) -> list[str]:
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
        Column(
            "rows",
            "the table's rows: the values by column",
            Type.MAPPINGS,
            lambda table: mappings_of(flat(table.columns), table.rows),
        ),
    ),
    lambda tables: tables,
    versions=_versions,
)


def linked_tables(tables: Sequence[Table[Any]]) -> list[LinkedTable]:
    """Returns tables with their sentences, their keys, and which of them refer to which."""
    exported = ((table, EXPORTED[name]) for table in tables for name in TABLES if name == table.name)
    return linked((table, each.sentence, each.key) for table, each in exported)


def without_rows(names: Iterable[TableName] = TABLES) -> list[Table[Any]]:
    """Returns tables without rows, of which rows are written one by one."""
    return [Table(name, EXPORTED[name].columns, ()) for name in names]


def title_of(reader: Reader) -> str:
    """Returns what a set of tables is of, and for which day."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    return f"Cases under procedures of the Open Government Partnership, as of {reader.on}{known}"


def in_order(name: TableName, rows: Iterable[Any], made: Callable[[Any], Made]) -> Iterator[Made]:
    """Yields what is made of the rows of several cases, given case by case, in the table's order.

    Each row is let go when that is made of it, so that the records it holds are not all in memory at once.
    """
    if order := EXPORTED[name].order:
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
        self._made = {name: made(EXPORTED[name].columns) for name in self._rows}

    def add(self, case: CaseFile) -> None:
        """Adds the rows of a case."""
        for name, rows in self._rows.items():
            made, exported = self._made[name], EXPORTED[name]
            order = exported.order
            rows.extend((order and order(row), made(row)) for row in exported.rows(case, self._reader))

    def rows(self, name: TableName) -> list[Any]:
        """Returns what was made of the rows of a table, in the table's order."""
        if EXPORTED[name].order:
            self._rows[name].sort(key=itemgetter(0))
        return [made for _, made in self._rows[name]]

    def tables(self) -> tuple[Table[Any], ...]:
        """Returns the tables, where cells are kept."""
        return tuple(Table(name, kept(EXPORTED[name].columns), self.rows(name)) for name in self._rows)


def tables_of(cases: Iterable[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES) -> tuple[Table[Any], ...]:
    """Returns the tables asked for, over these cases; their rows are cells."""
    gathered = Gathered(reader, names)
    for case in cases:
        gathered.add(case)
    return gathered.tables()


def csv_files(cases: Iterable[CaseFile], reader: Reader, names: Sequence[TableName] = TABLES) -> Mapping[str, bytes]:
    """Returns the CSV of each table by its file's name, with the Data Package that describes them."""
    tables = without_rows(names)
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
