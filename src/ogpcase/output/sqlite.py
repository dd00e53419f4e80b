"""Tables as an SQLite database, with keys and a search of all texts, and what Datasette is told of them.

The same rows give the same bytes with the same release of SQLite.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.errors import BrokenInstallation
from ogpcase.output.columns import Column, LinkedTable, Type, flat
from ogpcase.output.json import Mapped, dumps

if TYPE_CHECKING:
    import sqlite3

DATABASE, METADATA = "ogpcase.db", "metadata.json"
_TYPES = {Type.FLAG: "INTEGER", Type.NUMBER: "INTEGER"}
_WORDS = {Type.TEXT, Type.TEXTS}


def database(tables: Sequence[LinkedTable]) -> bytes:
    """Returns the bytes of the database; a list is a JSON array. Raises BrokenInstallation."""
    with closing(_empty()) as connection:
        for each in tables:
            connection.execute(_create(each))
        for each in tables:
            marks = ", ".join("?" for _ in each.table.header)
            values = ([_value(cell) for cell in row] for row in each.table.cells())
            connection.executemany(f"INSERT INTO {_quoted(each.table.name)} VALUES ({marks})", values)  # noqa: S608 - names are ours
        for each in tables:
            _make_searchable(connection, each)
        connection.commit()
        return connection.serialize()


def _empty() -> sqlite3.Connection:
    try:
        import sqlite3
    except ImportError as fault:
        raise BrokenInstallation(
            f"`export sqlite` needs Python's sqlite3: {fault}", "use a Python that has it"
        ) from fault
    connection = sqlite3.connect(":memory:")
    if connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is None:
        raise BrokenInstallation("`export sqlite` needs SQLite with FTS5", "use a Python that was built with it")
    return connection


def metadata(tables: Sequence[LinkedTable], title: str) -> str:
    """Returns what Datasette shows of the database: a sentence for each table and each column."""
    described: Mapped = {
        each.table.name: {
            "description": each.sentence,
            "columns": {column.name: column.sentence for column in flat(each.table.columns)},
        }
        for each in tables
    }
    return dumps({"title": title, "databases": {DATABASE.removesuffix(".db"): {"tables": described}}})


def _create(linked: LinkedTable) -> str:
    parts = [f"{_quoted(column.name)} {_type(column)}" for column in flat(linked.table.columns)]
    parts += [f"PRIMARY KEY ({_list(linked.key)})"] if linked.key else []
    parts += [f"FOREIGN KEY ({_list(key)}) REFERENCES {_quoted(other)} ({_list(key)})" for other, key in linked.refers]
    inner = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(linked.table.name)} (\n  {inner}\n)"


def _make_searchable(connection: sqlite3.Connection, linked: LinkedTable) -> None:
    """Makes the index that Datasette searches: all columns of words, without regard to case and accents."""
    name = linked.table.name
    index = _quoted(f"{name}_fts")
    words = _list([column.name for column in flat(linked.table.columns) if column.type in _WORDS])
    options = f"content='{name}', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({words}, {options})")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - names are ours


def _type(column: Column[Any]) -> str:
    of = column.type
    return _TYPES.get(of, "TEXT") if isinstance(of, Type) else "TEXT"


def _value(cell: object) -> object:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, list):
        return json.dumps([_inert(each) for each in cell], ensure_ascii=False)
    return cell if cell is None or isinstance(cell, int) else _inert(cell)


def _inert(value: object) -> str:
    """Returns a text without characters that control a terminal or that nobody sees; days in ISO format."""
    return harmless(str(value))


def _list(names: Sequence[str]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
