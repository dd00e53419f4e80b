"""Records as flat tables for other tools: what `export` writes, documented in docs/tables.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.columns import Answer, Column, Columns, Table, Type, flat, in_words
from ogpcase.output.json import Mapped, mappings_of
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.parquet import NOT_KNOWN, parquet_file
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.tables import FINDINGS_ONE_BY_ONE, finding_rows
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.tables import COLUMNS as REQUESTS
from ogpcase.reports.sources.rows import sources_in
from ogpcase.reports.sources.tables import COLUMNS as SOURCES
from ogpcase.reports.sources.tables import rows_of
from ogpcase.reports.stats.rows import moves_of
from ogpcase.reports.stats.tables import MOVES
from ogpcase.reports.timeline.rows import papers_of
from ogpcase.reports.timeline.tables import EVENTS

TableName: TypeAlias = Literal["events", "requests", "findings", "moves", "sources"]
TABLES: tuple[TableName, ...] = get_args(TableName)
"""The tables that `export` writes, in this order."""
COLUMNS: Mapping[TableName, Columns[Any]] = MappingProxyType(
    {"events": EVENTS, "requests": REQUESTS, "findings": FINDINGS_ONE_BY_ONE, "moves": MOVES, "sources": SOURCES}
)


def _mappings(table: Table[Any]) -> list[Mapped]:
    return mappings_of(flat(table.columns), table.rows)


EXPORT: Answer[Sequence[Table[Any]], Table[Any]] = Answer(
    "export",
    (
        Column("table", "the table's name: `events`, `requests`, `findings`, `moves` or `sources`", Type.TEXT, "name"),
        Column("columns", "the names of the table's columns, in order", Type.TEXTS, "header"),
        Column("rows", "the table's rows: the values by column", Type.MAPPINGS, _mappings),
    ),
    lambda tables: tables,
    versions=lambda tables: sorted(
        {move.policy_version for table in tables if table.name == "moves" for move in table.rows if move.policy_version}
    ),
)


def tables_of(cases: Sequence[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES) -> tuple[Table[Any], ...]:
    """Returns the tables asked for, over these cases."""
    return tuple(Table(name, COLUMNS[name], tuple(_ROWS[name](cases, reader))) for name in names)


def tables_markdown(tables: Sequence[Table[Any]], reader: Reader) -> str:
    """Returns the tables one after the other, each under its name."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    parts = [f"As of {reader.on}{known}."]
    for each in tables:
        rows = ([escaped(in_words(value)) for value in row] for row in each.cells())
        parts += ["\n".join([f"## {each.name.capitalize()}", "", *markdown_table(each.header, rows)])]
    return "\n\n".join(parts) + "\n"


def parquet_files(
    cases: Sequence[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES
) -> Iterator[tuple[str, bytes]]:
    """Yields each file by its path, as `events/track=response_policy/country=MX/part-0.parquet`, parts in order.

    Every part has every table, even without rows. Without any case there is one part, of an unknown track and country.
    The same cases, reader and release of pyarrow give the same bytes.
    """
    wanted = tuple(names)
    for part, within in _parted(cases).items():
        for table in tables_of(within, reader, wanted):
            yield f"{table.name}/{part}/part-0.parquet", parquet_file(table, reader)


def _parted(cases: Sequence[CaseFile]) -> Mapping[str, list[CaseFile]]:
    """Returns the cases by folder, in the order given."""
    parts: dict[str, list[CaseFile]] = {}
    for case in cases:
        parts.setdefault(_part(case), []).append(case)
    return dict(sorted(parts.items())) or {_part(None): []}


def _part(case: CaseFile | None) -> str:
    header = case.header if case else None
    track, country = (str(header.track), header.country) if header else (NOT_KNOWN, NOT_KNOWN)
    return f"track={track}/country={country}"


_ROWS: Mapping[TableName, Callable[[Sequence[CaseFile], Reader], Iterable[Any]]] = MappingProxyType({
    "events": lambda cases, reader: (paper for case in cases for paper in papers_of(case, reader)),
    "requests": lambda cases, reader: requests_of(cases, reader).rows,
    "findings": lambda cases, reader: (
        row for case in cases for row in finding_rows(findings_of(case, reader, case.beside))
    ),
    "moves": lambda cases, reader: (move for case in cases for move in moves_of(case, reader)),
    "sources": lambda cases, reader: rows_of(sources_in(cases, reader)),
})  # fmt: skip
