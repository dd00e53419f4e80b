"""Tables for pyarrow, pandas and polars, and as Parquet: the cells that a CSV has, with types. See docs/parquet.md.

These libraries are extras and take long to load: only these functions import them, each when it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from ogpcase import __version__
from ogpcase.errors import BrokenInstallation
from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, Table, Type, flat

if TYPE_CHECKING:
    from types import ModuleType

    from pandas import DataFrame
    from polars import DataFrame as PolarsFrame
    from pyarrow import DataType
    from pyarrow import Table as ArrowTable


_AT_ONCE = 1000
"""Rows of which Python's values are in memory at once, since pyarrow's take far less."""


def needed(module: str, by: str, extra: str) -> ModuleType:
    """Loads a module of a library that comes with an extra; `by` says what needs it.

    Raises:
        BrokenInstallation: it is not installed, or cannot be loaded.
    """
    library = module.partition(".")[0]
    try:
        import_module(library)
        return import_module(module)
    except ImportError as fault:
        there = not isinstance(fault, ModuleNotFoundError) or fault.name != library
        raise BrokenInstallation(
            f"{by} needs {library}, which {'cannot be loaded' if there else 'is not installed'}",
            f"install it with the tool: pip install 'ogpcase[{extra}]'",
        ) from fault


def types_of_cells(columns: Columns[Any]) -> Mapping[str, Type]:
    """Returns what each column of a table's cells holds, in order."""
    return {column.name: column.type for column in flat(columns) if isinstance(column.type, Type)}


def arrow_types(types: Mapping[str, Type], halves: frozenset[str] = frozenset()) -> Mapping[str, DataType]:
    """Returns the types of pyarrow for columns; the numbers of `halves` need not be whole."""
    from pyarrow import bool_, date32, float64, int64, list_, string  # an extra, which most runs do without

    others: dict[object, DataType] = {
        Type.TEXTS: list_(string()),
        Type.DAY: date32(),
        Type.FLAG: bool_(),
        Type.NUMBER: int64(),
    }
    return {name: float64() if name in halves else others.get(kind, string()) for name, kind in types.items()}


class Cells(NamedTuple):
    """The columns of a table, and the cells of its rows; the numbers of the columns `halves` need not be whole."""

    columns: Columns[Any]
    rows: Iterable[Sequence[object]]
    halves: frozenset[str] = frozenset()


def arrow_table(cells: Cells, by: str = "to_arrow") -> ArrowTable:
    """Returns a table for pyarrow. Raises BrokenInstallation, before a row is asked for."""
    arrow = needed("pyarrow", by, "parquet")
    types = arrow_types(types_of_cells(cells.columns), cells.halves)
    schema, rows = arrow.schema(list(types.items())), iter(cells.rows)
    parts = []
    while part := list(islice(rows, _AT_ONCE)):
        columns = [
            arrow.array(values, kind) for values, kind in zip(zip(*part, strict=True), schema.types, strict=True)
        ]
        parts.append(arrow.RecordBatch.from_arrays(columns, schema=schema))
    return arrow.Table.from_batches(parts, schema).combine_chunks()


def pandas_frame(cells: Cells) -> DataFrame:
    """Returns a table for pandas, with the types of pyarrow. Raises BrokenInstallation."""
    frames = needed("pandas", "to_pandas", "pandas")
    frame: DataFrame = arrow_table(cells, "to_pandas").to_pandas(types_mapper=frames.ArrowDtype)
    return frame


def polars_frame(cells: Cells) -> PolarsFrame:
    """Returns a table for polars. Raises BrokenInstallation."""
    frames = needed("polars", "to_polars", "polars")
    frame: PolarsFrame = frames.from_arrow(arrow_table(cells, "to_polars"))
    return frame


FORMAT = 1
"""The version of the schema: raised when a column goes away, or changes its name, its type or its meaning."""
ROW = "row"
"""The first column: the number of the row in its file, from 1, since engines keep no order."""
_NUMBER: Column[Any] = Column(ROW, "the number of the row", Type.NUMBER)


def types_of(columns: Columns[Any]) -> Mapping[str, Type]:
    """Returns what each column of a file holds, in order: `row`, then the columns that the CSV has."""
    return types_of_cells((_NUMBER, *columns))


NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""The value in a folder's name for a track or country that is not known; readers take it for null."""
_WRITTEN_AS = {"compression": "snappy", "version": "2.6", "data_page_version": "1.0"}
"""Set here because the defaults change with releases of pyarrow; every reader supports these."""


def parquet_file(table: Table[Any], reader: Reader) -> bytes:
    """Returns the bytes of the file of a table."""
    from pyarrow import BufferOutputStream  # an extra, which most runs do without
    from pyarrow.parquet import write_table  # the same

    rows = ((number, *cells) for number, cells in enumerate(table.cells(), start=1))
    numbered = arrow_table(Cells((_NUMBER, *table.columns), rows))
    out = BufferOutputStream()
    write_table(numbered.replace_schema_metadata(_about(table, reader)), out, **_WRITTEN_AS)
    written: bytes = out.getvalue().to_pybytes()
    return written


def _about(table: Table[Any], reader: Reader) -> Mapping[str, str]:
    said = {
        "ogpcase.format": str(FORMAT),
        "ogpcase.version": __version__,
        "ogpcase.table": table.name,
        "ogpcase.as_of": reader.on.isoformat(),
    }
    return {**said, "ogpcase.known_by": reader.known_by.isoformat()} if reader.known_by else said
