"""Apache Parquet: the tables of `export` with typed columns, parted by track and country. See docs/parquet.md.

pyarrow is an extra and takes long to load: only these functions import it, each when it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogpcase import __version__
from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Columns, Table, Type
from ogpcase.output.frames import arrow_types, needed, types_of_cells

FORMAT = 1
"""The version of the schema: raised when a column goes away, or changes its name, its type or its meaning."""
ROW = "row"
"""The first column: the number of the row in its file, from 1, since engines keep no order."""


def types_of(columns: Columns[Any]) -> Mapping[str, Type]:
    """Returns what each column of a file holds, in order: `row`, then the columns that the CSV has."""
    return {ROW: Type.NUMBER, **types_of_cells(columns)}


NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""The value in a folder's name for a track or country that is not known; readers take it for null."""
_WRITTEN_AS = {"compression": "snappy", "version": "2.6", "data_page_version": "1.0"}
"""Set here because the defaults change with releases of pyarrow; every reader supports these."""


def require_pyarrow() -> None:
    """Loads pyarrow.

    Raises:
        BrokenInstallation: it is not installed, or cannot be loaded.
    """
    needed("pyarrow.parquet", "`export parquet`", "parquet")


def parquet_file(table: Table[Any], reader: Reader) -> bytes:
    """Returns the bytes of the file of a table."""
    from pyarrow import BufferOutputStream, array, schema  # an extra, which most runs do without
    from pyarrow import Table as ArrowTable  # the same
    from pyarrow.parquet import write_table  # the same

    types = arrow_types(types_of(table.columns))
    rows = [(number, *cells) for number, cells in enumerate(table.cells(), start=1)]
    columns = [array([row[place] for row in rows], kind) for place, kind in enumerate(types.values())]
    fields = schema(list(types.items()), _about(table, reader))
    out = BufferOutputStream()
    write_table(ArrowTable.from_arrays(columns, schema=fields), out, **_WRITTEN_AS)
    written: bytes = out.getvalue().to_pybytes()
    return written


def _about(table: Table[Any], reader: Reader) -> Mapping[str, str]:
    """The metadata of a file."""
    said = {
        "ogpcase.format": str(FORMAT),
        "ogpcase.version": __version__,
        "ogpcase.table": table.name,
        "ogpcase.as_of": reader.on.isoformat(),
    }
    return {**said, "ogpcase.known_by": reader.known_by.isoformat()} if reader.known_by else said
