"""Makes the typed values of `rows.py` and `shapes.py` of the rows that reports compute."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache, partial
from keyword import iskeyword
from types import MappingProxyType
from typing import Any

from ogpcase.api import rows, shapes
from ogpcase.model.dates import FuzzyDate
from ogpcase.output.columns import Column, Columns, Only, Shape
from ogpcase.output.verdicts import PROBLEM
from ogpcase.reports.stats.tables import DURATIONS
from ogpcase.reports.tables import EXPORTED

DECLARED: Mapping[str, Columns[Any]] = MappingProxyType(
    {**{name: table.columns for name, table in EXPORTED.items()}, "durations": DURATIONS}
)
"""The columns of each table, by the table's name."""
SAID: Mapping[str, str] = MappingProxyType({
    **{name: table.sentence for name, table in EXPORTED.items()},
    "durations": "A row for each measure over all cases of a track, then for each measure in each case.",
})  # fmt: skip
"""What the rows of each table are."""
PROBLEMS = PROBLEM
"""What a problem holds."""


def row_name(table: str) -> str:
    """Returns the name of the class of a table's rows: `EventRow` for `events`."""
    return f"{table.removesuffix('s').capitalize()}Row"


def shape_name(shape: Shape[Any]) -> str:
    """Returns the name of the class of a mapping: `OtherDate` for an `other date`."""
    return "".join(word.capitalize() for word in shape.name.split())


def fields_of(columns: Columns[Any]) -> Mapping[str, Column[Any]]:
    """Returns the columns that values have as fields, by the field's name: the column's, or `from_` for `from`."""
    there = (column for column in columns if column.only is not Only.CELLS)
    return {f"{column.name}_" if iskeyword(column.name) else column.name: column for column in there}


def row_of(table: str, row: object) -> Any:  # noqa: ANN401 - a class of `rows`, by the table's name
    """Returns a row of a table as a typed value."""
    return _made(*_class_of_rows(table), row)


def problem_of(diagnostic: object) -> shapes.Problem:
    """Returns a diagnostic as a typed value."""
    made: shapes.Problem = _made(*_class_of_shape(PROBLEMS), diagnostic)
    return made


@cache
def _class_of_rows(table: str) -> tuple[type, Mapping[str, Column[Any]]]:
    return getattr(rows, row_name(table)), fields_of(DECLARED[table])


@cache
def _class_of_shape(shape: Shape[Any]) -> tuple[type, Mapping[str, Column[Any]]]:
    return getattr(shapes, shape_name(shape)), fields_of(shape.columns)


def _made(made_of: type, columns: Mapping[str, Column[Any]], row: object) -> Any:  # noqa: ANN401 - a `made_of`
    return made_of(**{field: _value(column, row) for field, column in columns.items()})


def _value(column: Column[Any], row: object) -> object:
    """Returns what a column holds: codes as text, several values as a tuple, mappings as typed values."""
    value, shape = column.held_by(row), column.holds.shape
    if shape is None or value is None:
        return _plain(value)
    made = partial(_made, *_class_of_shape(shape))
    return tuple(map(made, value)) if column.holds.several else made(value)


def _plain(value: object) -> object:
    if isinstance(value, str | Enum | FuzzyDate):
        return str(value)  # also of a text that a report gave more to
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value
