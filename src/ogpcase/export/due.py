"""The dated terms as JSON and CSV."""

from __future__ import annotations

from ogpcase.export.asks import missed_row, term_row
from ogpcase.export.basics import Mapped, day_row, days_row, flat_days
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.views.due import Due, DueRow
from ogpcase.views.shown import Reader

DUE_COLUMNS = (
    "case", "reference", "text", "of", "last_day", "earliest_last_day", "latest_last_day", "certain", "timing",
    "fewest_days", "most_days",
)  # fmt: skip
"""The columns of the terms; `days` are those left, or those since the last day where it has passed."""


def due_json(due: Due, reader: Reader, case: str | None) -> str:
    """Returns a row for each term, those without a known day last, and how many were left out and why."""
    rows = [_row(each) for each in (*due.rows, *due.not_known)]
    left_out = {"later": due.later, "passed": due.passed, "ended": due.ended}
    return dumps({**around("due", rows, reader, case=case), "left_out": left_out})


def due_csv(due: Due) -> str:
    """Returns the rows as CSV with a header line."""
    return table(DUE_COLUMNS, map(_cells, (*due.rows, *due.not_known)))


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


def _cells(each: DueRow) -> Mapped:
    return {
        **_row(each),
        "earliest_last_day": each.earliest,
        "latest_last_day": each.latest,
        **flat_days("days", each.days),
    }
