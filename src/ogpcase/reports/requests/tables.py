"""Requests, terms and what came back as columns, and the ledger with a row for each party asked."""

from __future__ import annotations

from ogpcase.ledger import Counted, Moved
from ogpcase.output.columns import DAYS, Answer, Column, Columns, Shape, Type, many, maybe, through
from ogpcase.output.markdown import view_table
from ogpcase.reports.requests.rows import Asked, AskLine, Missed, Requests, RowAsk, ShownTerm


def came_back(line: AskLine, separator: str = ", ") -> str:
    """Returns what came back from one party, and from each of its parts that answered for itself."""
    parts = separator.join(came_back(part, separator) for part in line.parts)
    return f"{line.party} {line.outcome}{f' ({parts})' if parts else ''}"


COUNTED: Shape[Counted] = Shape(
    "counted",
    Column("count", "so many", Type.NUMBER, "number"),
    Column("unit", "`days`, `weeks`, `months` or `years`"),
    Column("after", "the event, or the request that has to be met; null for the paper itself", maybe(Type.TEXT)),
    Column("from", "the day it counts from: `dated`, `received` or `published`", Type.TEXT, "counted_from"),
)
MOVED: Shape[Moved] = Shape(
    "move of a term",
    Column(
        "to",
        "the new last day; null where it is not recorded",
        maybe(Type.DATE),
        lambda moved: moved.to.text if moved.to else None,
    ),
    Column("by", "the event that moved it", Type.TEXT, "told.event.id"),
    Column("on", "that event's date", Type.DATE, "told.event.dated.text"),
    Column("brought_forward", "true where the new day is certainly earlier", Type.FLAG),
    Column("certain", "false where that event has only possibly happened", Type.FLAG, "told.certain"),
    plural="moves of a term",
)
TERM: Shape[ShownTerm] = Shape(
    "term",
    Column("last_day", "the last day in time as far as it is known; null where it is not", maybe(Type.DATE)),
    Column("earliest", "the earliest it can be; null where open or unknown", maybe(Type.DAY)),
    Column("latest", "the latest it can be; null where open or unknown", maybe(Type.DAY)),
    Column("certain", "whether the one day is known", Type.FLAG),
    Column("counted", "how it is counted; null where the paper names a day", maybe(COUNTED)),
    Column("moves", "how it was moved, in order", many(MOVED)),
    Column("not_known", "why there is no day: `start` or `day`; else null", maybe(Type.TEXT)),
)
MISSED: Shape[Missed] = Shape(
    "what follows", Column("text", "what follows"), Column("stage", "the stage that would follow", maybe(Type.TEXT))
)
OUTCOME: Columns[AskLine] = (
    Column("timing", "`on_time`, `late`, `possibly_late`, `running`, `due_passed`, `no_limit` or `unknown`"),
    Column("timing_days", "since the last day where it has passed, up to it where it runs", maybe(DAYS)),
    Column("days_to_answer", "from the request to what came back", maybe(DAYS), "after"),
    Column("days_open", "how long it has been open: up to `as_of`, or to the end of the case", maybe(DAYS), "open_for"),
    Column("told_by", "the event that tells it", maybe(Type.TEXT)),
    Column("told_on", "that event's date", maybe(Type.DATE)),
    Column("parts", "the parts of the party that answered for themselves", many(lambda: LINE)),
)
"""What came back from one party, and when."""
LINE: Shape[AskLine] = Shape(
    "line",
    Column("party", "its name, or `unknown` where nobody is named"),
    Column(
        "outcome",
        "`met`, `partly_met`, `refused`, `acknowledged`, `overtaken`, `silent`, `unanswered`, `unknown`, `not_read` "
        "where a record that cannot be read may tell of an answer, or `withheld` "
        "where a public copy leaves it out",
    ),
    Column("certain", "false where it rests on what has only possibly happened, or an order that is open", Type.FLAG),
    *OUTCOME,
    words=came_back,
)
ASKED: Columns[RowAsk] = (
    Column("text", "what is asked"),
    Column("due", "the last day in time, where one is set", maybe(Type.DATE)),
    Column("extended_to", "the day that an answer moved the term to", maybe(Type.DATE)),
    Column("term", "by when an answer is in time; null where no term is set", maybe(TERM)),
    Column("on_missed", "what the paper says follows when the term is missed; never applied by itself", maybe(MISSED)),
    Column("duty", "true where the policy asks, not the paper", Type.FLAG),
    Column("open_at_end", "asked before the case ended, and open then", Type.FLAG, "at_end"),
    Column("certain", "whether it has certainly been asked by `as_of`", Type.FLAG),
    Column("asked_of", "one for each party asked", many(LINE), "lines"),
)
"""A request, without its reference."""
REQUEST: Shape[RowAsk] = Shape(
    "request",
    Column("item", "its id within the event"),
    *ASKED,
    words=lambda ask: f"{ask.item}: {', '.join(map(came_back, ask.lines))}",
)


def _last_day(row: Asked) -> str:
    term = row.line.term
    return (term.last_day or "not known") if term else ""


def _came_back(row: Asked) -> str:
    perhaps = "" if row.line.certain else "perhaps "
    return f"{perhaps}{row.line.outcome.replace('_', ' ')}{f', {row.line.told_on}' if row.line.told_on else ''}"


COLUMNS: Columns[Asked] = (
    Column("case", "the case's id"),
    Column("request", "the event and the item", Type.TEXT, "reference"),
    Column("event", "the event", Type.TEXT, "event.id"),
    Column("dated", "its date", Type.DATE, "event.dated.text", heading="Asked"),
    Column("kind", "the kind of event", Type.TEXT, "event.kind"),
    Column("title", "its title"),
    Column("context", "background, never a step", Type.FLAG, "event.context"),
    Column("certain", "whether it has certainly been asked by `as_of`", Type.FLAG, "ask.certain"),
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
    Column("open", "false once it has certainly been answered; null where nobody knows", maybe(Type.FLAG)),
    Column("open_at_end", "open when the case ended", maybe(Type.FLAG), lambda row: row.open and row.ask.at_end),
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


def requests_markdown(requests: Requests) -> str:
    """Returns the rows as a table."""
    return "\n".join(view_table(REQUESTS.table(requests))) + "\n"
