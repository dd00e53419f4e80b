"""Tables of typed rows, which pyarrow, pandas and polars can take; the classes of rows are made from the columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, partial
from keyword import iskeyword
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ogpcase.model.dates import FuzzyDate
from ogpcase.output.columns import DAYS, Column, Columns, Only, Shape, Type, cells_of, flat
from ogpcase.output.frames import Cells, arrow_table, pandas_frame, polars_frame
from ogpcase.output.problems import PROBLEM
from ogpcase.reports.stats.tables import DURATIONS
from ogpcase.reports.tables import EXPORTED

if TYPE_CHECKING:
    from pandas import DataFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import Table as ArrowTable

    from ogpcase.api.rows import Problem

RowT = TypeVar("RowT")
DECLARED: Mapping[str, Columns[Any]] = MappingProxyType(
    {**{name: table.columns for name, table in EXPORTED.items()}, "durations": DURATIONS}
)
"""The columns of each table, by the table's name."""
SAID: Mapping[str, str] = MappingProxyType({
    **{name: table.sentence for name, table in EXPORTED.items()},
    "durations": "A row for each measure over all cases of a track, then for each measure in each case.",
})  # fmt: skip
"""What the rows of each table are."""
_PLAIN = {
    Type.TEXT: "str",
    Type.TEXTS: "tuple[str, ...]",
    Type.DATE: "str",
    Type.DAY: "date",
    Type.FLAG: "bool",
    Type.NUMBER: "int",
    Type.NUMBERS: "tuple[int, ...]",
    Type.KEYS: "tuple[str | int, ...]",
}
"""How Python writes the type of a plain value."""


def row_name(table: str) -> str:
    """Returns the name of the class of a table's rows: `EventRow` for `events`."""
    return f"{table.removesuffix('s').capitalize()}Row"


@cache
def shape_name(shape: Shape[Any]) -> str:
    """Returns the name of the class of a mapping: `OtherDate` for an `other date`."""
    return "".join(word.capitalize() for word in shape.name.split())


def fields_of(columns: Columns[Any]) -> Mapping[str, Column[Any]]:
    """Returns the columns that values have as fields, by the field's name: the column's, or `from_` for `from`."""
    there = (column for column in columns if column.only is not Only.CELLS)
    return {f"{column.name}_" if iskeyword(column.name) else column.name: column for column in there}


def type_of(name: str, column: Column[Any]) -> str:
    """Returns the type of a field of a class, as Python writes it."""
    held = column.holds
    if held.shape is not None:
        said = f"tuple[{shape_name(held.shape)}, ...]" if held.several else shape_name(held.shape)
    else:
        said = "float" if name == shape_name(DAYS) and held.of is Type.NUMBER else _PLAIN[Type(str(held.of))]
    return f"{said} | None" if held.null else said


def declared() -> dict[str, tuple[str, Columns[Any]]]:
    """Returns what each class is and its columns, by its name: those of rows, then those of mappings."""
    rows = {row_name(table): (f"A row of the table `{table}`.", columns) for table, columns in DECLARED.items()}
    mappings: dict[str, tuple[str, Columns[Any]]] = {}
    todo = [PROBLEM, *_held_by(column for columns in DECLARED.values() for column in columns)]
    while todo:
        shape = todo.pop()
        if shape_name(shape) not in mappings:
            said = "A length of time in days: whole numbers, or halves in a median." if shape is DAYS else shape.about
            said = said or f"{'An' if shape.name[0] in 'aeiou' else 'A'} {shape.name}."
            mappings[shape_name(shape)] = said, shape.columns
            todo += _held_by(shape.columns)
    return rows | dict(sorted(mappings.items()))


def _held_by(columns: Iterable[Column[Any]]) -> list[Shape[Any]]:
    return [shape for column in columns if (shape := column.holds.shape) is not None]


def _class(name: str, said: str, columns: Columns[Any]) -> type:
    types = {field: type_of(name, column) for field, column in fields_of(columns).items()}
    holds = {"__doc__": said, "__annotations__": types, "__module__": "ogpcase.api.rows"}
    return dataclass(frozen=True, slots=True)(type(name, (), holds))


CLASSES: Mapping[str, type] = {name: _class(name, *what) for name, what in declared().items()}
"""The classes of `rows`, by their names."""
_FIELDS = {name: fields_of(columns) for name, (_, columns) in declared().items()}


def problem_of(diagnostic: object) -> Problem:
    """Returns a diagnostic as a typed value."""
    made: Problem = _made(shape_name(PROBLEM), diagnostic)
    return made


def _made(name: str, row: object) -> Any:  # noqa: ANN401 - a class of `rows`, by its name
    return CLASSES[name](**{field: _value(column, row) for field, column in _FIELDS[name].items()})


def _value(column: Column[Any], row: object) -> object:
    """Returns what a column holds: codes as text, several values as a tuple, mappings as typed values."""
    value, shape = column.held_by(row), column.holds.shape
    if shape is None or value is None:
        return _plain(value)
    made = partial(_made, shape_name(shape))
    return tuple(map(made, value)) if column.holds.several else made(value)


def _plain(value: object) -> object:
    if isinstance(value, str | Enum | FuzzyDate):
        return str(value)  # also of a text that a report gave more to
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


class Table(Generic[RowT]):
    """Rows of one sort, computed anew whenever they are iterated; `list(table)` keeps them.

    In a frame each field has a column, but a mapping has one for each of its fields, a length of time two of them
    (`fewest_…` and `most_…`), and a list of mappings is put into words: docs/tables.md lists the columns.
    """

    def __init__(self, name: str, rows: Callable[[Callable[[Any], Any]], Iterable[Any]]) -> None:
        """`rows` returns what is made of each row by a function that it is given."""
        self._name = name
        self._rows = rows

    @property
    def name(self) -> str:
        """The table's name, as `events`."""
        return self._name

    @property
    def sentence(self) -> str:
        """What the rows are, in one sentence."""
        return SAID[self.name]

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns of the table's frames in order, each with a sentence on what it holds."""
        return {column.name: column.sentence for column in flat(DECLARED[self.name])}

    def __iter__(self) -> Iterator[RowT]:
        """Yields the rows in order. Raises NotRead."""
        return iter(self._rows(partial(_made, row_name(self.name))))

    def __repr__(self) -> str:
        return f"<ogpcase table of {self.name}>"

    def to_arrow(self) -> ArrowTable:
        """Returns the rows for pyarrow, with the types of docs/parquet.md; numbers of days of a median are floats.

        Raises NotRead; BrokenInstallation without pyarrow.
        """
        return arrow_table(self._cells())

    def to_pandas(self) -> DataFrame:
        """Returns the rows for pandas, with columns of pyarrow's types.

        Raises NotRead; BrokenInstallation without pandas or pyarrow.
        """
        return pandas_frame(self._cells())

    def to_polars(self) -> PolarsFrame:
        """Returns the rows for polars. Raises NotRead; BrokenInstallation without polars or pyarrow."""
        return polars_frame(self._cells())

    def _cells(self) -> Cells:
        columns = DECLARED[self.name]
        return Cells(columns, self._rows(cells_of(columns)), self._halves)

    @property
    def _halves(self) -> frozenset[str]:
        """The columns whose numbers need not be whole: lengths of time of which a median may be half."""
        names = self.columns if self.name == "durations" else ()
        return frozenset(name for name in names if {"fewest", "most"} & set(name.split("_")))
