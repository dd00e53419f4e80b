"""The columns of a table, each declared once: CSV, Markdown, JSON, Parquet and their pages of docs/ come from them.

A column holds plain values, or mappings of a `Shape`. JSON nests mappings. In a table each field of a mapping has a
column of its own, and a list of mappings is put into words.
CSV follows RFC 4180, in UTF-8, and has no cell that a spreadsheet would run as a formula.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, StrEnum
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.dates import FuzzyDate

Row = TypeVar("Row")
Whole = TypeVar("Whole")


class Type(StrEnum):
    """The type of a plain value, by its name in the documentation."""

    TEXT = "text"
    TEXTS = "list of text"
    DATE = "date"
    """A date of a record, in EDTF as written."""
    DAY = "day"
    """A day of the calendar."""
    FLAG = "true or false"
    NUMBER = "number"
    NUMBERS = "list of numbers"
    KEYS = "list of text and numbers"
    MAPPING = "mapping"
    """Free names, each with a plain value; in JSON only."""
    MAPPINGS = "list of mappings"


class Held(NamedTuple):
    """What a column holds: a plain value, or a mapping of a shape or several; and whether it may be null.

    A shape that holds itself is given by a function.
    """

    of: "Type | Shape[Any] | Callable[[], Shape[Any]]"
    several: bool = False
    null: bool = False

    @property
    def shape(self) -> "Shape[Any] | None":
        """What the mappings hold; None of plain values."""
        if isinstance(self.of, Type):
            return None
        return self.of if isinstance(self.of, Shape) else self.of()

    def __str__(self) -> str:
        shape = self.shape
        if shape is None:
            name = str(self.of)
        else:
            link = f"(#{shape.name.lower().replace(' ', '-')})"
            name = f"list of [{shape.plural}]{link}" if self.several else f"[{shape.name}]{link}"
        return f"{name}{' or null' * self.null}"


class Only(StrEnum):
    """Where a column is used if not everywhere: only in JSON, or only in the cells of a table."""

    JSON = "json"
    CELLS = "cells"


class Column(NamedTuple, Generic[Row]):
    """A column: its name, a sentence on what it holds, its type, and how it is computed from a row.

    `value` is a function, or the path of an attribute (`heading.stage`), which ends at an empty one; without it the
    attribute has the column's name. A column with a `heading` is also in the Markdown table of its view; `look` makes
    its text, or several lines.
    """

    name: str
    sentence: str
    type: "Held | Type | Shape[Any]" = Type.TEXT
    value: Callable[[Row], object] | str = ""
    only: Only | None = None
    heading: str = ""
    look: Callable[[Row], str | Sequence[str]] | None = None

    @property
    def holds(self) -> Held:
        """What it holds."""
        return self.type if isinstance(self.type, Held) else Held(self.type)

    def held_by(self, row: Row) -> Any:  # noqa: ANN401 - what it is, its type says
        """Returns what the column holds for a row."""
        if not self.value:
            return getattr(row, self.name)
        if not isinstance(self.value, str):
            return self.value(row)
        held: Any = row
        for name in self.value.split("."):
            held = None if held is None else getattr(held, name)
        return held


Columns: TypeAlias = tuple[Column[Row], ...]


class Shape(Generic[Row]):
    """The fields of a mapping.

    `about` is a sentence on it, where its name does not say enough.
    `words` puts one mapping of a list into a cell; without it no cell has the list.
    """

    def __init__(
        self,
        name: str,
        *columns: Column[Row],
        plural: str = "",
        about: str = "",
        words: Callable[[Row], str] | None = None,
    ) -> None:
        self.name = name
        self.about = about
        self.columns = columns
        self.plural = plural or f"{name}s"
        self.words = words


def maybe(kind: Type | Shape[Any]) -> Held:
    """Returns a type that may be null."""
    return Held(kind, null=True)


def many(kind: Shape[Any] | Callable[[], Shape[Any]]) -> Held:
    """Returns the type of a list of mappings."""
    return Held(kind, several=True)


DAYS: Shape[Any] = Shape(
    "days",
    Column("fewest", "the fewest days that it can have been", maybe(Type.NUMBER)),
    Column("most", "the most days that it can have been", maybe(Type.NUMBER)),
    Column("certain", "false where a date is imprecise or qualified", Type.FLAG),
)
"""A length of time; in a table it has two columns, for the fewest and the most days."""


def through(columns: Columns[Any], way: Callable[[Any], Any] | str) -> Columns[Any]:
    """Returns columns for a row whose attribute is the row that the columns were declared for."""
    inner: Column[Any] = Column("", "", value=way)
    return tuple(
        column._replace(value=partial(_inside, inner, column.held_by), heading="", look=None) for column in columns
    )


class Answer(NamedTuple, Generic[Whole, Row]):
    """The answer of a command: the rows of a report, and the fields beside the rows in JSON.

    `kind` is what the rows are called; `versions` are those of the policy that were used. `timeless` is true where the
    answer depends on no day.
    """

    kind: str
    columns: Columns[Row]
    rows: Callable[[Whole], Iterable[Row]]
    beside: Columns[Whole] = ()
    versions: Callable[[Whole], Iterable[str]] = lambda _: ()
    timeless: bool = False

    def table(self, whole: Whole) -> "Table[Row]":
        """Returns the rows of a report as a table."""
        return Table(self.kind, self.columns, tuple(self.rows(whole)))


class Table(NamedTuple, Generic[Row]):
    """Columns and rows; `name` is what a command calls the table."""

    name: str
    columns: Columns[Row]
    rows: Sequence[Row]

    @property
    def header(self) -> list[str]:
        """The names of the columns that have cells."""
        return [column.name for column in flat(self.columns)]

    def cells(self) -> Iterator[list[object]]:
        """Yields the values of each row, in the order of the columns."""
        return map(cells_of(self.columns), self.rows)


def cells_of(columns: Columns[Row]) -> Callable[[Row], list[object]]:
    """Returns what gives the values of a row in the order of the columns; codes as text, several values as a list."""
    flattened = flat(columns)
    return lambda row: [plain(column.held_by(row)) for column in flattened]


def kept(columns: Columns[Any]) -> Columns[Sequence[object]]:
    """Returns the columns of a table whose rows are the cells that `cells_of` gives."""
    return tuple(column._replace(value=itemgetter(place)) for place, column in enumerate(flat(columns)))


def flat(columns: Columns[Row]) -> Columns[Row]:
    """Returns the columns of a table's cells: two for a length of time, and one for each column of a mapping."""
    return tuple(cell for column in columns if column.only is not Only.JSON for cell in _cells(column))


def _cells(column: Column[Row]) -> Iterator[Column[Row]]:
    held = column.holds
    if isinstance(held.of, Type):
        if held.of is not Type.MAPPING:
            yield column._replace(type=held.of, only=None)
        return
    shape = held.shape
    assert shape is not None
    if held.several:
        if words := shape.words:
            yield Column(column.name, column.sentence, Type.TEXTS, partial(_in_words, column, words))
    elif shape is DAYS:
        for end in ("fewest", "most"):
            sentence = f"the {end} possible: {column.sentence}"
            yield Column(f"{end}_{column.name}", sentence, Type.NUMBER, partial(_inside, column, attrgetter(end)))
    else:
        for inner in flat(shape.columns):
            sentence = f"{column.sentence.partition(';')[0]}: {inner.sentence}"
            yield Column(f"{column.name}_{inner.name}", sentence, inner.type, partial(_inside, column, inner.held_by))


def _in_words(column: Column[Row], words: Callable[[Any], str], row: Row) -> list[str]:
    return [words(each) for each in column.held_by(row)]


def _inside(column: Column[Row], value: Callable[[Any], object], row: Row) -> object:
    """Returns a part of a column's value; None if the column is empty."""
    inner = column.held_by(row)
    return None if inner is None else value(inner)


def plain(value: object) -> object:
    """Returns a value with codes and written dates as text, and several values as a list."""
    if isinstance(value, Enum | FuzzyDate):
        return str(value)
    return list(map(plain, value)) if isinstance(value, list | tuple) else value


_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def table_csv(table: Table[Any]) -> str:
    """Returns a table as CSV with a header line, all cells quoted, lines ended by CR LF."""
    return "".join([csv_line(table.header), *map(csv_line, table.cells())])


def csv_line(values: Iterable[object]) -> str:
    """Returns the line of a table in CSV, with its end."""
    line: str = _LINES.writerow(map(cell, values))
    return line


def csv_lines_of(columns: Columns[Row]) -> Callable[[Row], str]:
    """Returns what gives the line of a row in CSV."""
    cells = cells_of(columns)
    return lambda row: csv_line(cells(row))


class _Given:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


_LINES = csv.writer(_Given(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
BYTE_ORDER_MARK = "\ufeff"
"""By this a spreadsheet knows a CSV for UTF-8; without it, it takes each accent for two other letters."""


def for_spreadsheets(csv_text: str) -> str:
    """Returns a CSV that a spreadsheet opens with its accents."""
    return BYTE_ORDER_MARK + csv_text


def cell(value: object) -> str:
    """Returns a value as the text of a cell; one that would be a formula gets an apostrophe before it."""
    text = harmless(in_words(value).replace("\n", " ").replace("\r", " "))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def in_words(value: object) -> str:
    """Returns a value as text: nothing for None, several separated by `; `."""
    if isinstance(value, list | tuple):
        return "; ".join(map(in_words, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
