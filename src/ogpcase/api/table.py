"""A table of typed rows, which pyarrow, pandas and polars can take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ogpcase.api.values import DECLARED, SAID, row_of
from ogpcase.output.columns import cells_of, flat
from ogpcase.output.frames import Cells, arrow_table, pandas_frame, polars_frame

if TYPE_CHECKING:
    from pandas import DataFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import Table as ArrowTable

RowT = TypeVar("RowT")


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
        return iter(self._rows(partial(row_of, self.name)))

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
