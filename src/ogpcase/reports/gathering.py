"""The tables over many cases of which one at a time is in memory, and the files that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.columns import Columns, Table, cells_of, csv_lines_of, kept, table_csv
from ogpcase.output.datapackage import NAME as DATAPACKAGE
from ogpcase.output.datapackage import datapackage
from ogpcase.output.frames import NOT_KNOWN, parquet_file
from ogpcase.reports.tables import COLUMNS, ORDER, PARTED, TABLES, TableName, linked_tables, rows_of_case, title_of


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
