"""The moves that cases made as a table."""

from __future__ import annotations

from ogpcase.output.columns import Column, Columns, ColumnType
from ogpcase.reports.moves.rows import MadeMove

COLUMNS: Columns[MadeMove] = (
    Column("case", "the case's id", lambda move: move.case),
    Column("event", "the event that makes the move", lambda move: move.event),
    Column("dated", "its date, as written", lambda move: move.dated),
    Column("from", "the stage before", lambda move: move.start),
    Column("to", "the stage after; the same for an extension", lambda move: move.to),
    Column(
        "certain",
        "whether the move has certainly been made; a move without a date never has",
        lambda move: move.certain,
        ColumnType.FLAG,
    ),
    Column("decided_by", "who acts in the event", lambda move: move.decided_by, ColumnType.TEXTS),
    Column("basis", "the clause that the event cites", lambda move: move.basis),
    Column("policy_version", "the version of the policy it is judged by", lambda move: move.policy_version),
    Column(
        "policy_row",
        "the row of `ogpcase policy` that it follows; empty where there is none, or the event cites another clause",
        lambda move: move.row,
    ),
    Column("clause", "the clause of that row", lambda move: move.clause),
    Column("evidence", "how well that row is known", lambda move: move.evidence),
    Column(
        "days_in_from_stage",
        "days since the first entry into the stage before; empty where nobody can know",
        lambda move: move.days,
        ColumnType.DAYS,
    ),
)
"""A row for each stage that an event leads to, in the order of the case."""
