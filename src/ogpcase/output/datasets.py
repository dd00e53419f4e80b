"""Tables as a set that belongs together: a Data Package (https://datapackage.org) around their CSV, or a database.

The database is SQLite's, with keys and a search of all texts; Datasette is told what it holds. The same rows give the
same bytes with the same release of SQLite.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.errors import BrokenInstallation
from ogpcase.output.columns import Column, Table, Type, flat
from ogpcase.output.json import Mapped, dumps

if TYPE_CHECKING:
    import sqlite3

Key: TypeAlias = tuple[str, ...]
"""The columns whose values no two rows of a table share."""


class LinkedTable(NamedTuple):
    """A table, a sentence on its rows, its key (empty without one), and each other table that it refers to by a key."""

    table: Table[Any]
    sentence: str
    key: Key
    refers: tuple[tuple[str, Key], ...]


def linked(described: Iterable[tuple[Table[Any], str, Key]]) -> list[LinkedTable]:
    """Returns tables with what they refer to: a table that has all columns of another's key refers to that one."""
    several = list(described)
    return [
        LinkedTable(
            table,
            sentence,
            key,
            tuple(
                (other.name, its_key)
                for other, _, its_key in several
                if its_key and other.name != table.name and set(table.header).issuperset(its_key)
            ),
        )
        for table, sentence, key in several
    ]


DATAPACKAGE = "datapackage.json"
_FIELD_TYPES: Mapping[Type, Mapped] = {
    Type.DAY: {"type": "date"},
    Type.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Type.NUMBER: {"type": "integer"},
}
"""The types of fields that are no strings; an imprecise date is one."""
_DIALECT: Mapped = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}


def datapackage(tables: Sequence[LinkedTable], written: Callable[[str], bytes], title: str) -> str:
    """Returns the description of tables; `written` gives the bytes of the CSV of each, by the table's name."""
    resources = [_resource(each, written(each.table.name)) for each in tables]
    return dumps({"profile": "tabular-data-package", "name": "ogpcase-tables", "title": title, "resources": resources})


def _resource(linked: LinkedTable, data: bytes) -> Mapped:
    name = linked.table.name
    schema: Mapped = {"fields": [_field(column) for column in flat(linked.table.columns)], "missingValues": [""]}
    if linked.key:
        schema["primaryKey"] = list(linked.key)
    if linked.refers:
        schema["foreignKeys"] = [
            {"fields": list(key), "reference": {"resource": other, "fields": list(key)}} for other, key in linked.refers
        ]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "description": linked.sentence,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": _DIALECT,
        "schema": schema,
    }


def _field(column: Column[Any]) -> Mapped:
    of = column.type
    assert isinstance(of, Type)
    several = "; several are separated by `; `" if of is Type.TEXTS else ""
    written = "; a date in EDTF" if of is Type.DATE else ""
    return {
        "name": column.name,
        **_FIELD_TYPES.get(of, {"type": "string"}),
        "description": column.sentence + several + written,
    }


DATABASE, METADATA = "ogpcase.db", "metadata.json"
_SQL_TYPES: Mapping[object, str] = {Type.FLAG: "INTEGER", Type.NUMBER: "INTEGER"}
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


def _empty() -> "sqlite3.Connection":
    try:
        import sqlite3  # some builds of Python have none
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
    columns = flat(linked.table.columns)
    parts = [f"{_quoted(column.name)} {_SQL_TYPES.get(column.type, 'TEXT')}" for column in columns]
    parts += [f"PRIMARY KEY ({_list(linked.key)})"] if linked.key else []
    parts += [f"FOREIGN KEY ({_list(key)}) REFERENCES {_quoted(other)} ({_list(key)})" for other, key in linked.refers]
    inner = ",\n  ".join(parts)
    return f"CREATE TABLE {_quoted(linked.table.name)} (\n  {inner}\n)"


def _make_searchable(connection: "sqlite3.Connection", linked: LinkedTable) -> None:
    """Makes the index that Datasette searches: all columns of words, without regard to case and accents."""
    name = linked.table.name
    index = _quoted(f"{name}_fts")
    words = _list([column.name for column in flat(linked.table.columns) if column.type in _WORDS])
    options = f"content='{name}', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE {index} USING fts5({words}, {options})")
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")  # noqa: S608 - names are ours


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
