"""Tables that refer to each other: which columns name a row, and which columns of another table name it too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from ogpcase.output.columns import Table

Key: TypeAlias = tuple[str, ...]
"""The columns whose values no two rows of a table share."""


class LinkedTable(NamedTuple):
    """A table, a sentence on its rows, its key (empty without one), and each other table that it refers to by a key."""

    table: Table[Any]
    sentence: str
    key: Key
    refers: tuple[tuple[str, Key], ...]


def linked(tables: Sequence[Table[Any]], sentences: Mapping[str, str], keys: Mapping[str, Key]) -> list[LinkedTable]:
    """Returns tables with what they refer to: a table that has all columns of another's key refers to that one."""
    there = {table.name: table for table in tables}
    return [
        LinkedTable(table, sentences[table.name], keys.get(table.name, ()), tuple(_refers(table, there, keys)))
        for table in tables
    ]


def _refers(table: Table[Any], there: Mapping[str, Table[Any]], keys: Mapping[str, Key]) -> Iterator[tuple[str, Key]]:
    columns = set(table.header)
    for other, key in keys.items():
        if other != table.name and other in there and columns.issuperset(key):
            yield other, key
