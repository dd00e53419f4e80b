"""The ledger of requests for other programs: JSON, CSV and Markdown, one row for each party asked."""

from __future__ import annotations

from ogpcase.export.asks import line_row, missed_row, term_row
from ogpcase.export.basics import Mapped, flat_days
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.export.markdown import escaped, markdown_table
from ogpcase.views.requests import Asked, Requests
from ogpcase.views.shown import Reader

REQUESTS_COLUMNS = (
    "case", "request", "dated", "kind", "duty", "context", "certain", "by", "of", "text", "last_day",
    "earliest_last_day", "latest_last_day", "outcome", "outcome_certain", "timing", "open", "open_at_end", "told_by",
    "told_on", "fewest_days_to_answer", "most_days_to_answer", "fewest_days_open", "most_days_open",
)  # fmt: skip
"""The columns of requests: one row for each party asked; several names of a cell are separated by `; `."""


def requests_json(requests: Requests, reader: Reader, case: str | None) -> str:
    """Returns a row for each party asked, in the order of the ledger."""
    return dumps(around("requests", [request_row(row) for row in requests.rows], reader, case=case))


def requests_csv(requests: Requests) -> str:
    """Returns the rows as CSV with a header line; lengths of time are in days."""
    return table(REQUESTS_COLUMNS, map(request_cells, requests.rows))


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


def request_cells(row: Asked) -> Mapped:
    """The same in cells of a table."""
    whole = request_row(row)
    term = row.line.term
    return {
        **whole,
        "last_day": term.last_day if term else None,
        "earliest_last_day": term.earliest if term else None,
        "latest_last_day": term.latest if term else None,
        **flat_days("days_to_answer", row.line.after),
        **flat_days("days_open", row.line.open_for),
    }


def _markdown(row: Asked) -> list[str]:
    term = row.line.term
    last_day = (term.last_day or "not known") if term else ""
    perhaps = "" if row.line.certain else "perhaps "
    came = f"{perhaps}{row.line.outcome.replace('_', ' ')}{f', {row.line.told_on}' if row.line.told_on else ''}"
    by = "the policy" if row.ask.duty else "; ".join(row.by)
    return [escaped(each) for each in (row.dated, by, row.line.party, row.ask.text, last_day, came)]
