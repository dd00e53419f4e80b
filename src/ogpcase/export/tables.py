"""Records as flat tables for other tools: one list of columns each, documented in docs/tables.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias, get_args

from ogpcase.export.basics import Mapped, day_row, flat_days
from ogpcase.export.csv import table
from ogpcase.export.findings import FINDINGS_COLUMNS, findings_cells
from ogpcase.export.json import around, dumps
from ogpcase.export.markdown import escaped, markdown_table
from ogpcase.export.requests import REQUESTS_COLUMNS, request_cells
from ogpcase.model.casefile import CaseFile
from ogpcase.values import frozen
from ogpcase.views.findings import findings_of
from ogpcase.views.moves import MadeMove, moves_of
from ogpcase.views.papers import PaperRow, papers_of
from ogpcase.views.requests import requests_of
from ogpcase.views.shown import Reader

TableName: TypeAlias = Literal["events", "requests", "findings", "moves"]
TABLES: tuple[TableName, ...] = get_args(TableName)
"""The tables there are, in the order they are written."""

EVENTS_COLUMNS = (
    "case", "event", "dated", "earliest", "latest", "received", "published", "kind", "title", "actors", "addressees",
    "moves_to", "stage_after", "certain", "context", "departure", "sources",
)  # fmt: skip
"""The columns of events: one row for each, in the order of the case."""
MOVES_COLUMNS = (
    "case", "event", "dated", "from", "to", "certain", "decided_by", "basis", "policy_version", "policy_row", "clause",
    "evidence", "fewest_days_in_from_stage", "most_days_in_from_stage",
)  # fmt: skip
"""The columns of moves: one row for each stage that an event leads to, in the order of the case."""
COLUMNS: Mapping[TableName, tuple[str, ...]] = {
    "events": EVENTS_COLUMNS,
    "requests": REQUESTS_COLUMNS,
    "findings": FINDINGS_COLUMNS,
    "moves": MOVES_COLUMNS,
}
"""The columns of each table; several values of a cell of CSV are separated by `; `."""


@frozen
class Table:
    """A table: its name, its columns, and its rows by column; a column that a row does not have is null there."""

    name: TableName
    columns: tuple[str, ...]
    rows: tuple[Mapped, ...]


def tables_of(cases: Sequence[CaseFile], reader: Reader, names: Iterable[TableName] = TABLES) -> tuple[Table, ...]:
    """Returns the tables asked for, over these cases."""
    return tuple(Table(name, COLUMNS[name], tuple(_rows(name, cases, reader))) for name in names)


def table_csv(whole: Table) -> str:
    """Returns a table as CSV with a header line."""
    return table(whole.columns, whole.rows)


def tables_json(tables: Sequence[Table], reader: Reader, case: str | None) -> str:
    """Returns a row for each table: its name, its columns and its rows."""
    rows = [
        {
            "table": each.name,
            "columns": list(each.columns),
            "rows": [{name: _value(row.get(name)) for name in each.columns} for row in each.rows],
        }
        for each in tables
    ]
    made = (row.get("policy_version") for each in tables if each.name == "moves" for row in each.rows)
    versions = sorted({str(version) for version in made if version})
    return dumps({**around("export", rows, reader, case=case), "policy_versions": versions})


def tables_markdown(tables: Sequence[Table], reader: Reader) -> str:
    """Returns the tables one after the other, each under its name."""
    known = f", as known by {reader.known_by}" if reader.known_by else ""
    parts = [f"As of {reader.on}{known}."]
    for each in tables:
        rows = ([_words(row.get(name)) for name in each.columns] for row in each.rows)
        parts += ["\n".join([f"## {each.name.capitalize()}", "", *markdown_table(each.columns, rows)])]
    return "\n\n".join(parts) + "\n"


def _rows(name: TableName, cases: Sequence[CaseFile], reader: Reader) -> Iterable[Mapped]:
    if name == "requests":
        return map(request_cells, requests_of(cases, reader).rows)
    if name == "findings":
        return (row for case in cases for row in findings_cells(findings_of(case, reader, case.beside)))
    if name == "moves":
        return (_move_cells(move) for case in cases for move in moves_of(case, reader))
    return (_event_cells(paper) for case in cases for paper in papers_of(case, reader))


def _event_cells(paper: PaperRow) -> Mapped:
    row = paper.row
    return {
        "case": paper.case,
        "event": row.event,
        "dated": row.dated,
        "earliest": day_row(row.earliest),
        "latest": day_row(row.latest),
        "received": paper.received,
        "published": paper.published,
        "kind": str(row.kind),
        "title": row.title,
        "actors": list(row.actors),
        "addressees": list(row.addressees),
        "moves_to": [str(stage) for stage in row.moves_to],
        "stage_after": str(row.stage),
        "certain": row.certain,
        "context": row.context,
        "departure": row.departed,
        "sources": [each.url or each.title or each.file or each.id for each in row.sources],
    }


def _move_cells(move: MadeMove) -> Mapped:
    return {
        "case": move.case,
        "event": move.event,
        "dated": move.dated,
        "from": str(move.start),
        "to": str(move.to),
        "certain": move.certain,
        "decided_by": list(move.decided_by),
        "basis": move.basis,
        "policy_version": move.policy_version,
        "policy_row": move.row,
        "clause": move.clause,
        "evidence": move.evidence,
        **flat_days("days_in_from_stage", move.days),
    }


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped("; ".join(map(str, value)) if isinstance(value, list | tuple) else value)
