"""All cases in short, for other programs: JSON and CSV."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Shape, Type, maybe, through
from ogpcase.reports.cases.rows import ListedCase, NextDue, Silence
from ogpcase.reports.heading.tables import HEADING, version_of

NEXT_DUE: Shape[NextDue] = Shape(
    "next due",
    Column("request", "the event and the item", Type.TEXT, "reference"),
    Column("text", "what is asked"),
    Column("last_day", "the last day in time, as far as it is known", Type.DATE, "term.last_day"),
    Column("earliest", "the earliest day that it can be", maybe(Type.DAY), "term.earliest"),
    Column("latest", "the latest day that it can be", maybe(Type.DAY), "term.latest"),
    Column("days_left", "until then; null where it may be over", maybe(DAYS), "left"),
    Column("certain", "false where it is not known to the day, may be over, or was perhaps never asked", Type.FLAG),
)
SILENCE: Shape[Silence] = Shape(
    "longest silence",
    Column("request", "the event and the item", Type.TEXT, "reference"),
    Column("text", "what is asked"),
    Column("days", "how long nothing has come back, as far as is recorded", DAYS),
    Column("at_end", "true where the case has ended; the days are those up to its end", Type.FLAG),
    Column("certain", "false where it rests on an event that has only possibly happened", Type.FLAG),
)
COLUMNS: Columns[ListedCase] = (
    *through(HEADING.columns, "heading"),
    Column("days_in_stage", "in its present stage; null for an end", maybe(DAYS), "in_stage"),
    Column("events", "events so far; null where a record cannot be read", maybe(Type.NUMBER)),
    Column(
        "open_requests",
        "requests that somebody has not answered, duties apart; null where not known",
        maybe(Type.NUMBER),
        "open_asks",
    ),
    Column(
        "open_at_end", "those of them that were asked before the case ended, and still open then", maybe(Type.NUMBER)
    ),
    Column("next_due", "the open request whose last day comes first; null where no such day is known", maybe(NEXT_DUE)),
    Column(
        "longest_silence",
        "the request without an answer for longest; duties and background apart",
        maybe(SILENCE),
        "silence",
    ),
)
"""A row for each case."""
LIST: Answer[Sequence[ListedCase], ListedCase] = Answer(
    "list",
    COLUMNS,
    lambda cases: cases,
    versions=lambda cases: sorted({version for case in cases for version in version_of(case.heading)}),
)
