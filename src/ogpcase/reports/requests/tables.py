"""The ledger of requests for other programs: JSON, CSV and Markdown, one row for each party asked."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Answer, Column, Columns, Type, many, maybe, table_csv, through
from ogpcase.output.json import answer_json
from ogpcase.output.markdown import view_table
from ogpcase.reports.asks.tables import LINE, MISSED, OUTCOME, TERM
from ogpcase.reports.requests.rows import Asked, Requests


def _last_day(row: Asked) -> str:
    term = row.line.term
    return (term.last_day or "not known") if term else ""


def _came_back(row: Asked) -> str:
    perhaps = "" if row.line.certain else "perhaps "
    return f"{perhaps}{row.line.outcome.replace('_', ' ')}{f', {row.line.told_on}' if row.line.told_on else ''}"


COLUMNS: Columns[Asked] = (
    Column("case", "the case's id"),
    Column("request", "the event and the item", Type.TEXT, "reference"),
    Column("event", "the event"),
    Column("dated", "its date", Type.DATE, heading="Asked"),
    Column("kind", "the kind of event"),
    Column("title", "its title"),
    Column("context", "background, never a step", Type.FLAG),
    Column("certain", "whether it has certainly been asked by `as_of`", Type.FLAG),
    Column("duty", "true where the policy asks, not the paper", Type.FLAG, "ask.duty"),
    Column(
        "by",
        "who asks; empty where the policy does",
        Type.TEXTS,
        heading="By",
        look=lambda row: "the policy" if row.ask.duty else "; ".join(row.by),
    ),
    Column("of", "who is asked, or `unknown` where nobody is named", Type.TEXT, "line.party", heading="Of"),
    Column("text", "what is asked", Type.TEXT, "ask.text", heading="What"),
    Column("due", "the last day in time as the request names it", maybe(Type.DATE), "ask.due"),
    Column("term", "the term of this party", maybe(TERM), "line.term", heading="Last day", look=_last_day),
    Column("on_missed", "what follows when the term is missed", maybe(MISSED), "ask.on_missed"),
    Column("open", "false once it has certainly been answered", Type.FLAG),
    Column("open_at_end", "open when the case ended", Type.FLAG, lambda row: row.open and row.ask.at_end),
    Column(
        "outcome",
        "what came back, as in a [line](json.md#line)",
        Type.TEXT,
        "line.outcome",
        heading="What came back",
        look=_came_back,
    ),
    Column("outcome_certain", "the same as `certain` in a [line](json.md#line)", Type.FLAG, "line.certain"),
    *through(OUTCOME, "line"),
    Column("others", "who answered without being asked", many(LINE)),
)
"""A row for each party that was asked for something."""
REQUESTS: Answer[Requests, Asked] = Answer("requests", COLUMNS, lambda requests: requests.rows)


def requests_json(requests: Requests, reader: Reader, case: str | None) -> str:
    """Returns a row for each party asked, in the order of the ledger."""
    return answer_json(REQUESTS, requests, reader, case)


def requests_csv(requests: Requests) -> str:
    """Returns the rows as CSV with a header line; lengths of time are in days."""
    return table_csv(REQUESTS.table(requests))


def requests_markdown(requests: Requests) -> str:
    """Returns the rows as a table."""
    return "\n".join(view_table(REQUESTS.table(requests))) + "\n"
