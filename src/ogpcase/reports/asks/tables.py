"""Requests, terms and what came back, as the rows of several questions hold them."""

from __future__ import annotations

from ogpcase.output.columns import DAYS, Column, Columns, Shape, Type, many, maybe
from ogpcase.reports.asks.rows import AskLine, CountedTerm, Missed, MovedTerm, RowAsk, ShownTerm
from ogpcase.reports.timeline.rows import RowAnswer


def came_back(line: AskLine, separator: str = ", ") -> str:
    """What came back from one party; where its parts answered for themselves, from each of them."""
    parts = separator.join(came_back(part, separator) for part in line.parts)
    return f"{line.party} {line.outcome}{f' ({parts})' if parts else ''}"


COUNTED: Shape[CountedTerm] = Shape(
    "counted",
    Column("count", "so many", Type.NUMBER, "number"),
    Column("unit", "`days`, `weeks`, `months` or `years`"),
    Column("after", "the event, or the request that has to be met; null for the paper itself", maybe(Type.TEXT)),
    Column("from", "the day it counts from: `dated`, `received` or `published`", Type.TEXT, "counted_from"),
)
MOVED: Shape[MovedTerm] = Shape(
    "move of a term",
    Column("to", "the new last day; null where it is not recorded", maybe(Type.DATE)),
    Column("by", "the event that moved it"),
    Column("on", "that event's date", Type.DATE),
    Column("brought_forward", "true where the new day is certainly earlier", Type.FLAG),
    Column("certain", "false where that event has only possibly happened", Type.FLAG),
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
        "`met`, `partly_met`, `refused`, `acknowledged`, `overtaken`, `silent`, `unanswered`, `unknown`, or `withheld` "
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
"""A request, whatever it is called by."""
REQUEST: Shape[RowAsk] = Shape(
    "request",
    Column("item", "its id within the event"),
    *ASKED,
    words=lambda ask: f"{ask.item}: {', '.join(map(came_back, ask.lines))}",
)
ANSWER: Shape[RowAnswer] = Shape(
    "answer",
    Column("request", "the request it speaks to"),
    Column("answer", "what came back, as recorded"),
    Column("of", "whose answer it is, where not that of who acts", Type.TEXTS),
    words=lambda answer: f"{answer.request}: {answer.answer}",
)
