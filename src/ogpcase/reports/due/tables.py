"""The dated terms as JSON and CSV."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, around, day_row, days_row, dumps
from ogpcase.reports.asks.tables import missed_row, term_row
from ogpcase.reports.due.rows import Due, DueRow

COLUMNS: Columns[DueRow] = (
    Column("case", "the case's id", lambda row: row.case),
    Column("reference", "the event and the item", lambda row: row.reference),
    Column("text", "what is asked, or what ends", lambda row: row.text),
    Column("of", "who is asked", lambda row: row.of),
    Column("last_day", "the last day in time, as far as it is known", lambda row: row.last_day),
    Column("earliest_last_day", "the earliest day that it can be", lambda row: row.earliest, ColumnType.DAY),
    Column("latest_last_day", "the latest day that it can be", lambda row: row.latest, ColumnType.DAY),
    Column("certain", "whether the term has certainly been set", lambda row: row.certain, ColumnType.FLAG),
    Column("timing", "how the day of the view stands to the last day", lambda row: row.timing),
    Column("days", "days left, or days since the last day where it has passed", lambda row: row.days, ColumnType.DAYS),
)
"""A row for each term, those without a known day last."""


def due_json(due: Due, reader: Reader, case: str | None) -> str:
    """Returns a row for each term, those without a known day last, and how many were left out and why."""
    rows = [_row(each) for each in (*due.rows, *due.not_known)]
    left_out = {"later": due.later, "passed": due.passed, "ended": due.ended}
    return dumps({**around("due", rows, reader, case=case), "left_out": left_out})


def due_csv(due: Due) -> str:
    """Returns the rows as CSV with a header line."""
    return table_csv(Table("due", COLUMNS, (*due.rows, *due.not_known)))


def _row(each: DueRow) -> Mapped:
    request = each.request
    return {
        "case": each.case,
        "reference": each.reference,
        "what": "request" if request else "decision",
        "text": each.text,
        "of": each.of,
        "last_day": each.last_day,
        "earliest": day_row(each.earliest),
        "latest": day_row(each.latest),
        "certain": each.certain,
        "timing": each.timing,
        "days": days_row(each.days),
        "outcome": request.line.outcome if request else None,
        "term": term_row(request.line.term) if request else None,
        "on_missed": missed_row(request.ask.on_missed) if request else None,
    }
