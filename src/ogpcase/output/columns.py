"""The columns of a table, each declared once: CSV, Markdown, JSON, Parquet and docs/tables.md are made from them.

CSV is as RFC 4180 has it, in UTF-8, with no cell that a spreadsheet would run as a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum, StrEnum
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from ogpcase.diagnostics.visible_text import harmless

Row = TypeVar("Row")


class ColumnType(StrEnum):
    """What a column holds, by the name that docs/tables.md calls it; any of them may be empty."""

    TEXT = "text"
    TEXTS = "list of text"
    DAY = "day"
    FLAG = "true or false"
    NUMBER = "number"
    DAYS = "days"
    """A length of time; `flat` makes two columns of numbers of it."""


class Column(NamedTuple, Generic[Row]):
    """A column: its name, a sentence on what it holds, how it is computed from a row, and what sort of value it is.

    The value is of its type, or None: text or a code, several of them, a `date`, a bool, a number, or `Days`.
    """

    name: str
    sentence: str
    value: Callable[[Row], object]
    type: ColumnType = ColumnType.TEXT


Columns: TypeAlias = tuple[Column[Row], ...]


class Table(NamedTuple, Generic[Row]):
    """Rows and what is said of each; `name` is what a command calls the table."""

    name: str
    columns: Columns[Row]
    rows: Sequence[Row]

    @property
    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in flat(self.columns)]

    def cells(self) -> Iterator[list[object]]:
        """Yields the values of each row, in the order of the columns; codes as text, several values as a list."""
        columns = flat(self.columns)
        for row in self.rows:
            yield [_plain(column.value(row)) for column in columns]


def flat(columns: Columns[Row]) -> Columns[Row]:
    """Returns the columns with two for each length of time: the fewest and the most days that it can have been."""
    return tuple(part for column in columns for part in _parts(column))


def _parts(column: Column[Row]) -> Iterator[Column[Row]]:
    if column.type is not ColumnType.DAYS:
        yield column
        return
    for end, sentence in (("fewest", column.sentence), ("most", "the same")):
        yield Column(f"{end}_{column.name}", sentence, _end_of(column, end), ColumnType.NUMBER)


def _end_of(column: Column[Row], end: str) -> Callable[[Row], object]:
    def value(row: Row) -> object:
        days = column.value(row)
        return None if days is None else getattr(days, end)

    return value


def mappings_of(table: Table[Any]) -> list[dict[str, object]]:
    """Returns the rows of a table as JSON has them: a mapping for each, days as text."""
    return [{name: _json(value) for name, value in zip(table.header, row, strict=True)} for row in table.cells()]


def _json(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return str(value)
    return list(map(str, value)) if isinstance(value, list | tuple) else value


_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def table_csv(table: Table[Any]) -> str:
    """Returns a table as CSV with a header line, all cells quoted, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows(map(cell, row) for row in table.cells())
    return out.getvalue()


def cell(value: object) -> str:
    """Returns a value as the text of a cell; one that would be a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return cell("; ".join(str(each) for each in value))
    text = harmless(" ".join(str(value).split("\n")).replace("\r", " "))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
