"""The tables that readers take away, written case by case into files that are kept only while they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from typing import Any, NamedTuple

from ogpcase.output.columns import Columns, Table, flat, table_csv
from ogpcase.reports.tables import COLUMNS, TABLES, TableName
from ogpcase.site.pages import Drawer

_IN_MEMORY = 1 << 20
"""Bytes of a table that are held in memory; more goes to a file without a name."""
_SENTENCES: Mapping[TableName, str] = {
    "events": "Each event of each case, with its day, who acts, and the stage of the case after it.",
    "requests": "Each request to each party: who asks, its term, and what came back.",
    "findings": "Each allegation with what was said of it and found.",
    "moves": "Each step from stage to stage, with who decided it and by which rule.",
    "sources": "Each text that facts were read in.",
}


class ShownTable(NamedTuple):
    """A table on the page of downloads: what it holds, its files with what each is, and its columns."""

    name: str
    sentence: str
    files: tuple[tuple[str, str], ...]
    columns: Columns[object]


class Downloads:
    """The tables of all cases; each case is given to `read` once."""

    def __init__(self) -> None:
        self._files = {name: SpooledTemporaryFile(_IN_MEMORY) for name in TABLES}  # noqa: SIM115 - `files` closes them
        self._begun = False

    def read(self, tables: Mapping[TableName, Iterable[Any]]) -> None:
        """Writes the rows of a case, by their tables."""
        for name, rows in tables.items():
            head, _, lines = table_csv(Table(name, COLUMNS[name], tuple(rows))).partition("\r\n")
            self._files[name].write((lines if self._begun else f"{head}\r\n{lines}").encode())
        self._begun = True

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yields each table."""
        for name, file in self._files.items():
            with file:
                file.seek(0)
                yield f"downloads/{name}.csv", file.read()


def downloads_page(drawer: Drawer) -> tuple[str, bytes]:
    """Draws the page that leads to the tables."""
    tables = [ShownTable(name, _SENTENCES[name], ((f"{name}.csv", "CSV"),), flat(COLUMNS[name])) for name in TABLES]
    return drawer.draw("downloads.html", "downloads/", tables=tables)
