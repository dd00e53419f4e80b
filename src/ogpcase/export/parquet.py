"""Apache Parquet: the tables of `export` with typed columns, parted by track and country. See docs/parquet.md.

pyarrow is an extra and takes long to load: only these functions import it, each when it is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ogpcase import __version__
from ogpcase.errors import BrokenInstallation
from ogpcase.export.parquet_columns import FORMAT, ROW, ColumnType, types_of
from ogpcase.export.tables import TABLES, Table, TableName, tables_of
from ogpcase.model.casefile import CaseFile
from ogpcase.views.shown import Reader

if TYPE_CHECKING:
    from pyarrow import DataType

NOT_KNOWN = "__HIVE_DEFAULT_PARTITION__"
"""What stands in a folder's name for a track or country that is not known; readers take it for null."""
_WRITTEN_AS = {"compression": "snappy", "version": "2.6", "data_page_version": "1.0"}
"""Said, not left to what a release of pyarrow takes by itself; every reader has these."""


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


def parquet_files(
    cases: Sequence[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES
) -> Iterator[tuple[str, bytes]]:
    """Yields each file by its path, as `events/track=response_policy/country=MX/part-0.parquet`, parts in order.

    Every part has every table, be it without a row; without any case there is one part, of which nothing is known.
    The same cases, reader and release of pyarrow give the same bytes.
    """
    wanted = tuple(names)
    for part, within in _parted(cases).items():
        for table in tables_of(within, reader, wanted):
            yield f"{table.name}/{part}/part-0.parquet", _file(table, reader)


def _parted(cases: Sequence[CaseFile]) -> Mapping[str, list[CaseFile]]:
    """The cases by the folder they belong to, each folder's in the order given."""
    parts: dict[str, list[CaseFile]] = {}
    for case in cases:
        parts.setdefault(_part(case), []).append(case)
    return dict(sorted(parts.items())) or {_part(None): []}


def _part(case: CaseFile | None) -> str:
    header = case.header if case else None
    track, country = (str(header.track), header.country) if header else (NOT_KNOWN, NOT_KNOWN)
    return f"track={track}/country={country}"


def _file(table: Table, reader: Reader) -> bytes:
    from pyarrow import BufferOutputStream, array, schema
    from pyarrow import Table as ArrowTable
    from pyarrow.parquet import write_table

    arrow = _arrow_types()
    types = types_of(table.name)
    rows = [{**row, ROW: number} for number, row in enumerate(table.rows, start=1)]
    columns = [array([_value(row.get(name), kind) for row in rows], arrow[kind]) for name, kind in types.items()]
    fields = schema([(name, arrow[kind]) for name, kind in types.items()], _about(table, reader))
    out = BufferOutputStream()
    write_table(ArrowTable.from_arrays(columns, schema=fields), out, **_WRITTEN_AS)
    written: bytes = out.getvalue().to_pybytes()
    return written


def _arrow_types() -> Mapping[ColumnType, DataType]:
    from pyarrow import bool_, date32, int64, list_, string

    return {
        ColumnType.TEXT: string(),
        ColumnType.TEXTS: list_(string()),
        ColumnType.DAY: date32(),
        ColumnType.FLAG: bool_(),
        ColumnType.NUMBER: int64(),
    }


def _value(value: object, kind: ColumnType) -> object:
    """A day may come as text of the calendar; everything else is of its column's type, or pyarrow refuses it."""
    return date.fromisoformat(value) if kind is ColumnType.DAY and isinstance(value, str) else value


def _about(table: Table, reader: Reader) -> Mapping[str, str]:
    """What a file says of itself."""
    said = {
        "ogpcase.format": str(FORMAT),
        "ogpcase.version": __version__,
        "ogpcase.table": table.name,
        "ogpcase.as_of": reader.on.isoformat(),
    }
    return {**said, "ogpcase.known_by": reader.known_by.isoformat()} if reader.known_by else said
