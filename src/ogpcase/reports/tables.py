"""Records as flat tables for other tools, documented in docs/tables.md, and every table that is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, get_args

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.columns import Columns, Table, mappings_of
from ogpcase.output.json import around, dumps
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.parquet import NOT_KNOWN, parquet_file
from ogpcase.reports.cases import tables as cases_tables
from ogpcase.reports.doubts import tables as doubts_tables
from ogpcase.reports.due import tables as due_tables
from ogpcase.reports.findings import tables as findings_tables
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.parties import tables as parties_tables
from ogpcase.reports.requests import tables as requests_tables
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.stats import tables as stats_tables
from ogpcase.reports.stats.rows import moves_of
from ogpcase.reports.timeline import tables as timeline_tables
from ogpcase.reports.timeline.rows import papers_of

TableName: TypeAlias = Literal["events", "requests", "findings", "moves"]
TABLES: tuple[TableName, ...] = get_args(TableName)
"""The tables that `export` writes, in this order."""
COLUMNS: Mapping[str, Columns[Any]] = MappingProxyType({
    "events": timeline_tables.EVENTS,
    "requests": requests_tables.COLUMNS,
    "findings": findings_tables.COLUMNS,
    "moves": stats_tables.MOVES,
    "timeline": timeline_tables.COLUMNS,
    "list": cases_tables.COLUMNS,
    "due": due_tables.COLUMNS,
    "doubts": doubts_tables.COLUMNS,
    "parties": parties_tables.COLUMNS,
    "durations": stats_tables.DURATIONS,
    "votes": stats_tables.VOTES,
    "asks": stats_tables.ASKS,
})  # fmt: skip
"""The columns of every table that is printed as CSV; several values of a cell of CSV are separated by `; `."""


def tables_of(cases: Sequence[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES) -> tuple[Table[Any], ...]:
    """Returns the tables asked for, over these cases."""
    return tuple(Table(name, COLUMNS[name], tuple(_ROWS[name](cases, reader))) for name in names)


def tables_json(tables: Sequence[Table[Any]], reader: Reader, case: str | None) -> str:
    """Returns a row for each table: its name, its columns and its rows."""
    rows = [{"table": each.name, "columns": each.header, "rows": mappings_of(each)} for each in tables]
    made = (move.policy_version for each in tables if each.name == "moves" for move in each.rows)
    versions = sorted({version for version in made if version})
    return dumps({**around("export", rows, reader, case=case), "policy_versions": versions})


def tables_markdown(tables: Sequence[Table[Any]], reader: Reader) -> str:
    """Returns the tables one after the other, each under its name."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    parts = [f"As of {reader.on}{known}."]
    for each in tables:
        rows = (list(map(_words, row)) for row in each.cells())
        parts += ["\n".join([f"## {each.name.capitalize()}", "", *markdown_table(each.header, rows)])]
    return "\n\n".join(parts) + "\n"


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
            yield f"{table.name}/{part}/part-0.parquet", parquet_file(table, reader)


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


_ROWS: Mapping[TableName, Callable[[Sequence[CaseFile], Reader], Iterable[Any]]] = MappingProxyType({
    "events": lambda cases, reader: (paper for case in cases for paper in papers_of(case, reader)),
    "requests": lambda cases, reader: requests_of(cases, reader).rows,
    "findings": lambda cases, reader: (
        row for case in cases for row in findings_tables.finding_rows(findings_of(case, reader, case.beside))
    ),
    "moves": lambda cases, reader: (move for case in cases for move in moves_of(case, reader)),
})  # fmt: skip


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return escaped(value.isoformat())
    return escaped("; ".join(map(str, value)) if isinstance(value, list | tuple) else value)
