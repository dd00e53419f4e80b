"""The dated terms as JSON and CSV."""

from __future__ import annotations

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, maybe
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.requests.tables import MISSED, TERM

COLUMNS: Columns[DueRow] = (
    Column("case", "the case's id"),
    Column("reference", "the request, or the decision"),
    Column(
        "what",
        "`request`, or `decision` for the time a decision holds",
        Type.TEXT,
        lambda row: "request" if row.request else "decision",
    ),
    Column("text", "what is asked, or for how long it holds"),
    Column("of", "who is asked; null for a decision", maybe(Type.TEXT)),
    Column("last_day", "the last day as far as it is known", maybe(Type.DATE)),
    Column("earliest", "the earliest it can be", maybe(Type.DAY)),
    Column("latest", "the latest it can be", maybe(Type.DAY)),
    Column("certain", "whether the one day is known, and what sets it has happened", Type.FLAG),
    Column("timing", "how `as_of` stands to the last day, as in a [line](json.md#line)"),
    Column("days", "left, or since the last day where it has passed", maybe(DAYS)),
    Column(
        "outcome",
        "what came back, as in a [line](json.md#line); null for a decision",
        maybe(Type.TEXT),
        lambda row: row.request and row.request.line.outcome,
    ),
    Column(
        "term",
        "the whole term; null for a decision",
        maybe(TERM),
        lambda row: row.request and row.request.line.term,
        only=Only.JSON,
    ),
    Column(
        "on_missed",
        "what follows when it is missed",
        maybe(MISSED),
        lambda row: row.request and row.request.ask.on_missed,
    ),
)
"""A row for each term, those without a known day last."""
LEFT_OUT: Shape[Due] = Shape(
    "left out",
    Column("later", "terms that end later than asked for", Type.NUMBER),
    Column("passed", "terms that ended before", Type.NUMBER),
    Column("ended", "terms of cases that have ended", Type.NUMBER),
)
DUE: Answer[Due, DueRow] = Answer(
    "due",
    COLUMNS,
    lambda due: (*due.rows, *due.not_known),
    beside=(Column("left_out", "how many terms have no row, and why", LEFT_OUT, lambda due: due),),
)
