"""The columns of requests, terms and outcomes, and the ledger with a row for each party asked."""

from typing import Any

from ogpcase.ledger import Counted, Moved
from ogpcase.model.events import Event
from ogpcase.output.columns import DAYS, Answer, Column, Columns, Shape, Type, many, maybe, through
from ogpcase.output.markdown import view_table
from ogpcase.output.messages import _, marked
from ogpcase.output.words import apart, date_in_short, perhaps
from ogpcase.reports.requests.rows import (
    Asked,
    AskLine,
    Missed,
    Requests,
    RowAsk,
    ShownTerm,
    folded_words,
    outcome_words,
    repeated_words,
)
from ogpcase.reports.shown import for_words, ids_of, inferred_words, named


def came_back(line: AskLine) -> str:
    """Returns the outcome for one party, and for each of its parts that answered separately."""
    parts = ", ".join(map(came_back, line.parts))
    return f"{line.party} {line.outcome}{f' ({parts})' if parts else ''}"


def came_back_in_words(line: AskLine) -> str:
    """Returns the same in the words of a view for people."""
    parts = apart(map(came_back_in_words, line.parts))
    words = f"{named(line.party)} {outcome_words(line.outcome)}"
    return f"{words} ({parts})" if parts else words


COUNTED: Shape[Counted] = Shape(
    "counted",
    Column("count", "the number of units", Type.NUMBER, "number"),
    Column("unit", "the unit: `days`, `weeks`, `months` or `years`"),
    Column(
        "after",
        "the event, or the request to be met, that starts the term; null where the paper itself does",
        maybe(Type.TEXT),
    ),
    Column(
        "from",
        "the date of the event or paper from which the term counts: `dated`, `received` or `published`",
        Type.TEXT,
        "counted_from",
    ),
    about="A term that is a number of days, weeks, months or years.",
)
MOVED: Shape[Moved] = Shape(
    "move of a term",
    Column("to", "the new last day; null where it is not recorded", maybe(Type.DATE)),
    Column("by", "the event that moved the last day", Type.TEXT, "told.event.id"),
    Column("on", "that event's date", Type.DATE, "told.event.dated"),
    Column("brought_forward", "true where the new day is certainly earlier", Type.FLAG),
    Column("certain", "false where that event has only possibly happened", Type.FLAG, "told.certain"),
    plural="moves of a term",
    about="A new last day for a request, and who gave it.",
)
TERM: Shape[ShownTerm] = Shape(
    "term",
    Column("last_day", "the last day on which an answer is in time, as far as it is known", maybe(Type.DATE)),
    Column("earliest", "the earliest that the last day can be; null where there is no such limit", maybe(Type.DAY)),
    Column("latest", "the latest that the last day can be; null where there is no such limit", maybe(Type.DAY)),
    Column("certain", "whether the last day is exact", Type.FLAG),
    Column("counted", "how the term is counted; null where the paper names a day", maybe(COUNTED)),
    Column("moves", "the changes of the last day, in order", many(MOVED)),
    Column(
        "not_known",
        "what is missing where the last day is not known: `start` (of the term) or `day`; else null",
        maybe(Type.TEXT),
    ),
)
MISSED: Shape[Missed] = Shape(
    "what follows",
    Column("text", "what follows, in the words of the paper"),
    Column("stage", "the stage that would follow", maybe(Type.TEXT)),
    about="What follows when a term is missed.",
)
OUTCOME: Columns[AskLine] = (
    Column(
        "timing",
        "whether the answer was in time: `on_time`, `late`, `possibly_late`, `running`, `due_passed`, `ended` for a "
        "call, `no_limit` or `unknown`",
    ),
    Column("timing_days", "days since the last day, or days left until it", maybe(DAYS)),
    Column("days_to_answer", "days from the request to the answer", maybe(DAYS), "after"),
    Column(
        "days_open",
        "days that the request has been open, up to `as_of` or the end of the case",
        maybe(DAYS),
        "open_for",
    ),
    Column(
        "days_silent",
        "days from the request to the last paper that attests that no answer came; null unless `silent`",
        maybe(DAYS),
        "silent_for",
    ),
    Column("told_by", "the event that reports the outcome", maybe(Type.TEXT)),
    Column("told_on", "that event's date", maybe(Type.DATE)),
    Column("answer_inferred", "true where no source states the answer in words", Type.FLAG, "inferred"),
    Column("parts", "the parts of the party that answered separately", many(lambda: LINE)),
)
"""What came back from one party, and when."""
PARTY_ID: Column[Any] = Column("party_id", "the party's id; null where nobody is named", maybe(Type.TEXT))
"""Of what has a `party_id` of its own."""
LINE: Shape[AskLine] = Shape(
    "line",
    Column(
        "party", "the party's name, the name as printed of nobody in particular, or `unknown` where nobody is named"
    ),
    PARTY_ID,
    Column(
        "outcome",
        "the answer: `met`, `partly_met`, `not_met`, `refused`, `acknowledged`, `overtaken`, `silent`, `unanswered`, "
        "`unknown`, `not_read` where a record that cannot be read may tell of an answer, `withheld` where a public "
        "copy leaves the answer out, or `call` where the public or nobody in particular is asked and no answer is owed",
    ),
    Column(
        "certain",
        "false where the outcome depends on an event that has only possibly happened, or on an unknown order of events",
        Type.FLAG,
    ),
    *OUTCOME,
    words=came_back,
    about="What one party that was asked has done.",
)
ASKED: Columns[RowAsk] = (
    Column("text", "what is asked for"),
    Column("due", "the last day on which an answer is in time, where one is set", maybe(Type.DATE)),
    Column("extended_to", "the day that an answer moved the term to", maybe(Type.DATE)),
    Column("term", "the term for an answer; null where none is set", maybe(TERM)),
    Column(
        "on_missed", "what the paper says will follow when the term is missed; ogpcase never applies it", maybe(MISSED)
    ),
    Column("duty", "true where the policy asks, not the paper", Type.FLAG),
    Column("open_at_end", "true where the request was open when the case ended", Type.FLAG, "at_end"),
    Column("certain", "whether the request has certainly been made by `as_of`", Type.FLAG),
    Column("asked_of", "the outcome for each party asked", many(LINE), "lines"),
    Column("inferred", "true where no source states the request in words", Type.FLAG),
)
"""A request, without its reference."""
OPEN: Column[RowAsk] = Column(
    "open", "true until all asked have certainly answered; null where that is not known", maybe(Type.FLAG)
)
REQUEST: Shape[RowAsk] = Shape(
    "request",
    Column("item", "the request's id within the event"),
    *ASKED,
    words=lambda ask: f"{ask.item}: {', '.join(map(came_back, ask.lines))}",
)


def _came_back(row: Asked) -> str:
    outcome = perhaps(outcome_words(row.line.outcome), certain=row.line.certain)
    return f"{outcome}, {date_in_short(row.line.told_on)}" if row.line.told_on else outcome


def _by(row: Asked) -> str:
    return _("the policy") if row.ask.duty else f"{apart(map(named, row.by))}{for_words(row.on_behalf_of)}"


def _last_day(row: Asked) -> str:
    term = row.line.term
    return (date_in_short(term.last_day) if term.last_day else _("not known")) if term else ""


def inferred_in_brackets(event: Event) -> str:
    """Returns ` (inferred: date)`; nothing where sources state all fields of an event in words."""
    return f" ({words})" if (words := inferred_words(event.inferred)) else ""


COLUMNS: Columns[Asked] = (
    Column("case", "the case's id"),
    Column("request", "the reference of the request: its event and its item", Type.TEXT, "reference"),
    Column("event", "the id of the event that asks", Type.TEXT, "event.id"),
    Column(
        "dated",
        "the event's date",
        Type.DATE,
        "event.dated",
        heading=marked("Asked"),
        look=lambda row: date_in_short(row.event.dated.text),
    ),
    Column("kind", "the kind of event", Type.TEXT, "event.kind"),
    Column("title", "the event's title"),
    Column("context", "true for background, which is never a step of the case", Type.FLAG, "event.context"),
    Column("certain", "whether the request has certainly been made by `as_of`", Type.FLAG, "ask.certain"),
    Column("duty", "true where the policy asks, not the paper", Type.FLAG, "ask.duty"),
    Column("by", "who asks; empty where the policy asks", Type.TEXTS, heading=marked("By"), look=_by),
    Column(
        "by_ids",
        "the ids of those who ask, without those who are not named",
        Type.TEXTS,
        lambda row: () if row.ask.duty else ids_of(row.event.actors),
    ),
    Column("on_behalf_of", "for whom the actors ask, where that is somebody else", Type.TEXTS),
    Column(
        "on_behalf_of_ids",
        "the ids of those in `on_behalf_of`",
        Type.TEXTS,
        lambda row: () if row.ask.duty else ids_of(row.event.on_behalf_of),
    ),
    Column(
        "of",
        "who is asked, or `unknown` where nobody is named",
        Type.TEXT,
        "line.party",
        heading=marked("Of"),
        look=lambda row: named(row.line.party),
    ),
    Column("of_id", "the id of who is asked; null where nobody is named", maybe(Type.TEXT), "line.party_id"),
    Column(
        "text",
        "what is asked for",
        Type.TEXT,
        "ask.text",
        heading=marked("What"),
        look=lambda row: f"{row.ask.text}{inferred_in_brackets(row.event)}",
    ),
    Column("inferred", "the fields of the event that no source states in words", Type.TEXTS, "event.inferred"),
    Column("due", "the last day that the request itself names", maybe(Type.DATE), "ask.due"),
    Column("term", "the party's term", maybe(TERM), "line.term", heading=marked("Last day"), look=_last_day),
    Column("on_missed", "what follows when the term is missed", maybe(MISSED), "ask.on_missed"),
    Column("open", "true until the request is certainly answered; null where that is not known", maybe(Type.FLAG)),
    Column(
        "open_at_end",
        "true where the request was open when the case ended",
        maybe(Type.FLAG),
        lambda row: row.open and row.ask.at_end,
    ),
    Column(
        "outcome",
        "the outcome, as in a [line](json.md#line)",
        Type.TEXT,
        "line.outcome",
        heading=marked("What came back"),
        look=_came_back,
    ),
    Column(
        "outcome_certain",
        "whether the outcome is certain, as `certain` in a [line](json.md#line)",
        Type.FLAG,
        "line.certain",
    ),
    *through(OUTCOME, "line"),
    Column("others", "the parties that answered without being asked", many(LINE)),
)
"""A row for each party that was asked for something."""
REQUESTS: Answer[Requests, Asked] = Answer("requests", COLUMNS, lambda requests: requests.rows)


def requests_markdown(requests: Requests) -> str:
    """Returns the rows as a table, with a line on duties that are left out."""
    shown = requests._replace(rows=tuple(row for row in requests.rows if requests.duties or not row.ask.duty))
    words = folded_words(row.open for row in requests.rows if row.ask.duty and not requests.duties)
    said = filter(None, (repeated_words((row.case, row.reference) for row in shown.rows), words))
    return "\n".join([*view_table(REQUESTS.table(shown)), *(f"\n{each}" for each in said)]) + "\n"
