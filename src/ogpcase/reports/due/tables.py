"""The dated terms as JSON and CSV."""

from __future__ import annotations

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, maybe
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.requests.tables import MISSED, TERM

COLUMNS: Columns[DueRow] = (
    Column("case", "the case's id"),
    Column("reference", "the reference of the request or the decision"),
    Column(
        "what",
        "`request`, or `decision` for a decision that holds for a limited time",
        Type.TEXT,
        lambda row: "request" if row.request else "decision",
    ),
    Column("text", "what is asked for, or for how long the decision holds"),
    Column("of", "who is asked; null for a decision", maybe(Type.TEXT)),
    Column(
        "of_id",
        "the id of who is asked; null for a decision, and where nobody is named",
        maybe(Type.TEXT),
        lambda row: row.request and row.request.line.party_id,
    ),
    Column("last_day", "the last day of the term, as far as it is known", maybe(Type.DATE)),
    Column("earliest", "the earliest that the last day can be", maybe(Type.DAY)),
    Column("latest", "the latest that the last day can be", maybe(Type.DAY)),
    Column("certain", "whether the last day is exact, and the event that sets it has certainly happened", Type.FLAG),
    Column("timing", "whether the last day has passed on the day `as_of`, as in a [line](json.md#line)"),
    Column("days", "days left until the last day, or days since it passed", maybe(DAYS)),
    Column(
        "outcome",
        "the outcome, as in a [line](json.md#line); null for a decision",
        maybe(Type.TEXT),
        lambda row: row.request and row.request.line.outcome,
    ),
    Column(
        "term",
        "the term with all its fields; null for a decision",
        maybe(TERM),
        lambda row: row.request and row.request.line.term,
        only=Only.JSON,
    ),
    Column(
        "on_missed",
        "what follows when the term is missed",
        maybe(MISSED),
        lambda row: row.request and row.request.ask.on_missed,
    ),
    Column(
        "inferred",
        "true where no source states the request in words",
        Type.FLAG,
        lambda row: row.request is not None and row.request.ask.inferred,
    ),
)
"""A row for each term, those without a known day last."""
LEFT_OUT: Shape[Due] = Shape(
    "left out",
    Column("later", "number of terms that end after the days asked for", Type.NUMBER),
    Column("passed", "number of terms that ended before the days asked for", Type.NUMBER),
    Column("ended", "number of terms of cases that have ended", Type.NUMBER),
    Column("duties", "number of terms of duties of the policy, without `--duties`", Type.NUMBER),
)
DUE: Answer[Due, DueRow] = Answer(
    "due",
    COLUMNS,
    lambda due: (*due.rows, *due.not_known),
    beside=(Column("left_out", "how many terms have no row, and why", LEFT_OUT, lambda due: due),),
)
