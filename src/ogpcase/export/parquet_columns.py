"""What the columns of the Parquet tables hold, by table: the schema that docs/parquet.md has, with its version."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ogpcase.export.tables import COLUMNS, TableName

FORMAT = 1
"""The version of the schema: raised when a column goes away, or changes its name, its type or its meaning."""
ROW = "row"
"""The column before those of the table: which row of its file it is, from 1, since engines keep no order."""


class ColumnType(StrEnum):
    """What a column holds, by the name that docs/parquet.md calls it; any of them may be null."""

    TEXT = "text"
    TEXTS = "list of text"
    DAY = "day"
    FLAG = "true or false"
    NUMBER = "number"


_OTHER_THAN_TEXT: Mapping[TableName, Mapping[ColumnType, frozenset[str]]] = {
    "events": {
        ColumnType.TEXTS: frozenset({"actors", "addressees", "moves_to", "sources"}),
        ColumnType.DAY: frozenset({"earliest", "latest"}),
        ColumnType.FLAG: frozenset({"certain", "context", "departure"}),
    },
    "requests": {
        ColumnType.TEXTS: frozenset({"by"}),
        ColumnType.DAY: frozenset({"earliest_last_day", "latest_last_day"}),
        ColumnType.FLAG: frozenset({"duty", "context", "certain", "outcome_certain", "open", "open_at_end"}),
        ColumnType.NUMBER: frozenset(
            {"fewest_days_to_answer", "most_days_to_answer", "fewest_days_open", "most_days_open"}
        ),
    },
    "findings": {
        ColumnType.TEXTS: frozenset({"grounds", "evidence", "replies", "authors", "adopted_by"}),
        ColumnType.FLAG: frozenset({"certain", "carried", "report_certain"}),
    },
    "moves": {
        ColumnType.TEXTS: frozenset({"decided_by"}),
        ColumnType.FLAG: frozenset({"certain"}),
        ColumnType.NUMBER: frozenset({"fewest_days_in_from_stage", "most_days_in_from_stage"}),
    },
}


def types_of(table: TableName) -> Mapping[str, ColumnType]:
    """Returns what each column of a table holds, in order: `row`, then the columns that the CSV has."""
    kinds = {name: kind for kind, names in _OTHER_THAN_TEXT[table].items() for name in names}
    return {ROW: ColumnType.NUMBER, **{name: kinds.get(name, ColumnType.TEXT) for name in COLUMNS[table]}}
