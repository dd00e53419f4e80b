"""All cases in short, for other programs: JSON and CSV."""

from collections.abc import Sequence

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Shape, Type, maybe, through
from ogpcase.reports.cases.rows import ListedCase, NextDue, Waiting
from ogpcase.reports.heading.tables import HEADING, version_of

NEXT_DUE: Shape[NextDue] = Shape(
    "next due",
    Column("request", "the reference of the request: its event and its item", Type.TEXT, "reference"),
    Column("text", "what is asked for"),
    Column("last_day", "the last day on which an answer is in time, as far as it is known", Type.DATE, "term.last_day"),
    Column("earliest", "the earliest that the last day can be", maybe(Type.DAY), "term.earliest"),
    Column("latest", "the latest that the last day can be", maybe(Type.DAY), "term.latest"),
    Column("days_left", "days left until the last day; null where it may have passed", maybe(DAYS), "left"),
    Column(
        "certain",
        "false where the last day is not exact or may have passed, or the request was perhaps never made",
        Type.FLAG,
    ),
    about="The next day on which a term runs out.",
)
WAITING: Shape[Waiting] = Shape(
    "waiting request",
    Column("request", "the reference of the request: its event and its item", Type.TEXT, "reference"),
    Column("text", "what is asked for"),
    Column("days", "days of attested silence, or days open", DAYS),
    Column("at_end", "true where the case ended before an answer; days open are then counted up to its end", Type.FLAG),
    Column("certain", "false where it depends on an event that has only possibly happened", Type.FLAG),
)
COLUMNS: Columns[ListedCase] = (
    *through(HEADING.columns, "heading"),
    Column(
        "days_in_stage",
        "days in the present stage, counted as `days_from_filing`; null for an end",
        maybe(DAYS),
        "in_stage",
    ),
    Column("events", "number of events so far; null where a record cannot be read", maybe(Type.NUMBER)),
    Column(
        "open_requests",
        "number of requests that somebody has not answered, without duties; null where not known",
        maybe(Type.NUMBER),
        "open_asks",
    ),
    Column("open_at_end", "number of these requests that were open when the case ended", maybe(Type.NUMBER)),
    Column(
        "perhaps_open", "number of other requests that may never have been made, or may be answered", maybe(Type.NUMBER)
    ),
    Column("next_due", "the open request whose last day comes first; null where no such day is known", maybe(NEXT_DUE)),
    Column(
        "longest_silence",
        "the open request whose silence is attested longest; duties and background papers do not count",
        maybe(WAITING),
        "silence",
    ),
    Column(
        "longest_open",
        "the request that has been open longest; duties and background papers do not count",
        maybe(WAITING),
        "open_longest",
    ),
)
"""A row for each case."""
LIST: Answer[Sequence[ListedCase], ListedCase] = Answer(
    "list",
    COLUMNS,
    lambda cases: cases,
    versions=lambda cases: sorted({version for case in cases for version in version_of(case.heading)}),
)
