"""Apache Parquet: the tables of `export` with typed columns, parted by track and country. See docs/parquet.md.

pyarrow is an extra and takes long to load: only these functions import it, each when it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ogpcase import __version__
from ogpcase.errors import BrokenInstallation
from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Columns, Table, Type, flat

if TYPE_CHECKING:
    from pyarrow import DataType


FORMAT = 1
"""The version of the schema: raised when a column goes away, or changes its name, its type or its meaning."""
ROW = "row"
"""The first column: the number of the row in its file, from 1, since engines keep no order."""


def types_of(columns: Columns[Any]) -> Mapping[str, Type]:
    """Returns what each column of a file holds, in order: `row`, then the columns that the CSV has."""
    plain = {column.name: column.type for column in flat(columns) if isinstance(column.type, Type)}
    return {ROW: Type.NUMBER, **plain}


NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""The value in a folder's name for a track or country that is not known; readers take it for null."""
_WRITTEN_AS = {"compression": "snappy", "version": "2.6", "data_page_version": "1.0"}
"""Set here because the defaults change with releases of pyarrow; every reader supports these."""


def require_pyarrow() -> None:
    """Loads pyarrow.

    Raises:
        BrokenInstallation: it is not installed, or cannot be loaded.
    """
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it can be had
    except ImportError as fault:
        there = not isinstance(fault, ModuleNotFoundError) or fault.name != "pyarrow"
        raise BrokenInstallation(
            f"`export parquet` needs pyarrow, which {'cannot be loaded' if there else 'is not installed'}",
            "install it with the tool: pip install 'ogpcase[parquet]'",
        ) from fault


def parquet_file(table: Table[Any], reader: Reader) -> bytes:
    """Returns the bytes of the file of a table."""
    from pyarrow import BufferOutputStream, array, schema  # an extra, which most runs do without
    from pyarrow import Table as ArrowTable  # the same
    from pyarrow.parquet import write_table  # the same

    types = {name: _arrow_type(kind) for name, kind in types_of(table.columns).items()}
    rows = [(number, *cells) for number, cells in enumerate(table.cells(), start=1)]
    columns = [array([row[place] for row in rows], kind) for place, kind in enumerate(types.values())]
    fields = schema(list(types.items()), _about(table, reader))
    out = BufferOutputStream()
    write_table(ArrowTable.from_arrays(columns, schema=fields), out, **_WRITTEN_AS)
    written: bytes = out.getvalue().to_pybytes()
    return written


def _arrow_type(kind: Type) -> DataType:
    from pyarrow import bool_, date32, int64, list_, string  # an extra, which most runs do without

    others: dict[object, DataType] = {
        Type.TEXTS: list_(string()),
        Type.DAY: date32(),
        Type.FLAG: bool_(),
        Type.NUMBER: int64(),
    }
    return others.get(kind, string())


def _about(table: Table[Any], reader: Reader) -> Mapping[str, str]:
    """The metadata of a file."""
    said = {
        "ogpcase.format": str(FORMAT),
        "ogpcase.version": __version__,
        "ogpcase.table": table.name,
        "ogpcase.as_of": reader.on.isoformat(),
    }
    return {**said, "ogpcase.known_by": reader.known_by.isoformat()} if reader.known_by else said
