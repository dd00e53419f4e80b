"""The tables that readers take away, written case by case into files that are kept only while they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple, Self, TypeAlias

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Columns, csv_lines_of, flat, table_csv
from ogpcase.output.datasets import DATAPACKAGE, datapackage
from ogpcase.reports.tables import EXPORTED, TABLES, TableName, linked_tables, title_of, without_rows
from ogpcase.site.pages import Drawer

FOLDER = "downloads/"
_IN_MEMORY = 1 << 20
"""Bytes of a table that are held in memory; more goes to a file without a name."""


Tables: TypeAlias = Mapping[TableName, Iterable[Any]]
"""The rows of a case, by their tables."""


class ShownTable(NamedTuple):
    """A table on the page of downloads: what it holds, its files with what each is, and its columns."""

    name: str
    sentence: str
    files: tuple[tuple[str, str], ...]
    columns: Columns[object]


class Downloads:
    """The tables of all cases, whose files are closed at the end of a block; each case is given to `read` once."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, SpooledTemporaryFile[bytes]] = {
            name: self._open.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the stack closes them
            for name in TABLES
        }
        self._lines = {name: csv_lines_of(EXPORTED[name].columns) for name in TABLES}
        for table in without_rows():
            self._files[table.name].write(table_csv(table).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, tables: Tables) -> None:
        """Writes the rows of a case, by their tables."""
        for name, rows in tables.items():
            self._files[name].writelines(line.encode() for line in map(self._lines[name], rows))

    def files(self, reader: Reader) -> Iterator[tuple[str, bytes]]:
        """Yields each table, and the Data Package that describes them."""
        tables = linked_tables(without_rows())
        yield f"{FOLDER}{DATAPACKAGE}", datapackage(tables, self._written, title_of(reader)).encode()
        yield from ((f"{FOLDER}{name}.csv", self._written(name)) for name in self._files)

    def _written(self, name: str) -> bytes:
        """Returns a whole table; all of a large register at once would be much."""
        file = self._files[name]
        file.seek(0)
        return file.read()


def downloads_page(drawer: Drawer) -> tuple[str, bytes]:
    """Draws the page that leads to the tables."""
    tables = [
        ShownTable(name, each.sentence, ((f"{name}.csv", "CSV"),), flat(each.columns))
        for name, each in EXPORTED.items()
    ]
    return drawer.draw("downloads.html", FOLDER, tables=tables, package=DATAPACKAGE)
