"""The ledger of requests for other programs: JSON, CSV and Markdown, one row for each party asked."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.reports.asks.tables import line_row, missed_row, term_row
from ogpcase.reports.requests.rows import Asked, Requests

COLUMNS: Columns[Asked] = (
    Column("case", "the case's id", lambda row: row.case),
    Column("request", "the event and the item", lambda row: row.reference),
    Column("dated", "the date of that event", lambda row: row.dated),
    Column("kind", "its kind", lambda row: row.kind),
    Column("duty", "whether the policy asks, not the paper", lambda row: row.ask.duty, ColumnType.FLAG),
    Column("context", "whether the event is background", lambda row: row.context, ColumnType.FLAG),
    Column("certain", "whether the request has certainly been made", lambda row: row.certain, ColumnType.FLAG),
    Column("by", "who asks", lambda row: row.by, ColumnType.TEXTS),
    Column("of", "who is asked", lambda row: row.line.party),
    Column("text", "what is asked", lambda row: row.ask.text),
    Column(
        "last_day", "the last day in time, as far as it is known", lambda row: row.line.term and row.line.term.last_day
    ),
    Column(
        "earliest_last_day",
        "the earliest day that it can be",
        lambda row: row.line.term and row.line.term.earliest,
        ColumnType.DAY,
    ),
    Column(
        "latest_last_day",
        "the latest day that it can be",
        lambda row: row.line.term and row.line.term.latest,
        ColumnType.DAY,
    ),
    Column("outcome", "what came back", lambda row: row.line.outcome),
    Column("outcome_certain", "whether that is certain", lambda row: row.line.certain, ColumnType.FLAG),
    Column("timing", "how that stands to the last day", lambda row: row.line.timing),
    Column("open", "whether something is still awaited", lambda row: row.open, ColumnType.FLAG),
    Column(
        "open_at_end",
        "whether it was still awaited when the case ended",
        lambda row: row.open and row.ask.at_end,
        ColumnType.FLAG,
    ),
    Column("told_by", "the event that tells of it", lambda row: row.line.told_by),
    Column("told_on", "that event's date", lambda row: row.line.told_on),
    Column("days_to_answer", "days from the request to what came back", lambda row: row.line.after, ColumnType.DAYS),
    Column(
        "days_open", "days it has been open, or was at the case's end", lambda row: row.line.open_for, ColumnType.DAYS
    ),
)
"""A row for each party that was asked for something."""


def requests_json(requests: Requests, reader: Reader, case: str | None) -> str:
    """Returns a row for each party asked, in the order of the ledger."""
    return dumps(around("requests", [request_row(row) for row in requests.rows], reader, case=case))


def requests_csv(requests: Requests) -> str:
    """Returns the rows as CSV with a header line; lengths of time are in days."""
    return table_csv(Table("requests", COLUMNS, requests.rows))


def requests_markdown(requests: Requests) -> str:
    """Returns the rows as a table."""
    columns = ["Asked", "By", "Of", "What", "Last day", "What came back"]
    return "\n".join(markdown_table(columns, map(_markdown, requests.rows))) + "\n"


def request_row(row: Asked) -> Mapped:
    """What one party was asked, and what came back."""
    line = line_row(row.line)
    return {
        "case": row.case,
        "request": row.reference,
        "event": row.event,
        "dated": row.dated,
        "kind": str(row.kind),
        "title": row.title,
        "context": row.context,
        "certain": row.certain,
        "duty": row.ask.duty,
        "by": list(row.by),
        "of": line.pop("party"),
        "text": row.ask.text,
        "due": row.ask.due,
        "term": term_row(row.line.term),
        "on_missed": missed_row(row.ask.on_missed),
        "open": row.open,
        "open_at_end": row.open and row.ask.at_end,
        "outcome": line.pop("outcome"),
        "outcome_certain": line.pop("certain"),
        **line,
        "others": [line_row(each) for each in row.others],
    }


def _markdown(row: Asked) -> list[str]:
    term = row.line.term
    last_day = (term.last_day or "not known") if term else ""
    perhaps = "" if row.line.certain else "perhaps "
    came = f"{perhaps}{row.line.outcome.replace('_', ' ')}{f', {row.line.told_on}' if row.line.told_on else ''}"
    by = "the policy" if row.ask.duty else "; ".join(row.by)
    return [escaped(each) for each in (row.dated, by, row.line.party, row.ask.text, last_day, came)]
