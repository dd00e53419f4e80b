"""The JSON of a comparison of two versions, and of a record's history."""

from typing import Any

from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe
from ogpcase.output.problems import PROBLEM
from ogpcase.reports.changes.fields import FieldChange
from ogpcase.reports.changes.rows import (
    AskChange,
    CaseChange,
    EventChange,
    OutcomeChange,
    PartyChange,
    SourceChange,
    Stand,
)
from ogpcase.reports.changes.text import headline_of
from ogpcase.reports.changes.versions import History, HistoryRow, Told
from ogpcase.reports.requests.tables import PARTY_ID
from ogpcase.workspace.comparing import Problems

STAND: Shape[Stand] = Shape(
    "stand",
    Column(
        "stage",
        "the stage; null where a record that cannot be read may move the case",
        maybe(Type.TEXT),
        lambda stand: stand.stage if stand.known else None,
    ),
    Column("since", "the date when the case first entered the stage", maybe(Type.DATE)),
    Column("perhaps", "the stage if the possible moves have happened; null where it is the same", maybe(Type.TEXT)),
)
FIELD: Shape[FieldChange] = Shape(
    "field change",
    Column("field", "the path of the field, such as `requests#work-plan.due`"),
    Column("before", "the earlier value; null where the field was not there", maybe(Type.TEXT)),
    Column("after", "the later value; null where the field is gone", maybe(Type.TEXT)),
)
_EVENT: Columns[Any] = (
    Column(
        "what",
        "`added`, `amended`, `renamed`, `withdrawn`, `unreadable` (the later version cannot be read) or `readable` "
        "(the earlier version cannot be read)",
    ),
    Column("event", "the event's id"),
    Column("was", "the event's earlier id, where it was renamed", maybe(Type.TEXT)),
)
_FIELDS: Column[Any] = Column(
    "fields", "the fields that changed; empty for an event that was added or withdrawn", many(FIELD)
)
EVENT: Shape[EventChange] = Shape(
    "event change",
    *_EVENT,
    Column("kind", "the kind of event; null where it cannot be read", maybe(Type.TEXT)),
    Column("dated", "the event's date; null where it cannot be read", maybe(Type.DATE)),
    Column("title", "the event's title; null where it cannot be read", maybe(Type.TEXT)),
    Column("inferred", "the fields of the event that no source states in words", Type.TEXTS),
    _FIELDS,
)
OUTCOME: Shape[OutcomeChange] = Shape(
    "outcome change",
    Column("party", "the party's name, or `unknown` where nobody is named"),
    PARTY_ID,
    Column(
        "before", "the earlier outcome, as in a [line](#line); null where the party was not asked", maybe(Type.TEXT)
    ),
    Column("after", "the later outcome; null where the party is no longer asked", maybe(Type.TEXT)),
    Column("told_by", "the event of the later version that reports the outcome", maybe(Type.TEXT)),
)
ASK: Shape[AskChange] = Shape(
    "request change",
    Column(
        "what",
        "`made`, `withdrawn`, `answered`, `unanswered` where answers were removed, or `withheld` where the later "
        "version is a public copy that leaves the answer out",
    ),
    Column("request", "the reference of the request: its event and its item"),
    Column("text", "what is asked for"),
    Column("due", "the last day on which an answer is in time, where one is set", maybe(Type.DATE)),
    Column("duty", "true where the policy asks, not a paper", Type.FLAG),
    Column("outcomes", "the parties whose outcome is new or has changed", many(OUTCOME)),
)
PARTY: Shape[PartyChange] = Shape(
    "party change",
    Column("what", "`added`, `amended`, `renamed` or `withdrawn`"),
    Column("party", "the party's id"),
    Column("was", "the party's earlier id, where it was renamed", maybe(Type.TEXT)),
    Column("name", "the party's name"),
    Column("fields", "the fields that changed", many(FIELD)),
)
SOURCE: Shape[SourceChange] = Shape(
    "source change",
    Column("what", "`added`, `amended` or `withdrawn`"),
    Column("source", "the source's id"),
    Column("title", "the source's title, else its address or id"),
    Column("fields", "the fields that changed", many(FIELD)),
)
MENDED: Shape[tuple[str, int]] = Shape(
    "mended",
    Column("code", "the check's code", Type.TEXT, lambda mended: mended[0]),
    Column("count", "how many problems of this check are gone", Type.NUMBER, lambda mended: mended[1]),
    plural="mended",
)
PROBLEMS: Shape[Problems] = Shape(
    "problems",
    Column("new", "the problems that the change adds", many(PROBLEM), "new.diagnostics"),
    Column("mended", "the checks with problems that are gone", many(MENDED), lambda problems: problems.mended.items()),
    Column("there_before", "how many problems are in both versions", Type.NUMBER, "remaining"),
    Column("not_judged", "how many problems are gone only because a record can no longer be read", Type.NUMBER),
)


def _what(case: CaseChange) -> str:
    return "opened" if case.before is None else "removed" if case.after is None else "changed"


DIFFERENCE: Answer[Told, CaseChange] = Answer(
    "diff",
    (
        Column("case", "the case's id"),
        Column("was", "the case's earlier id, where it was renamed", maybe(Type.TEXT)),
        Column("title", "the case's title"),
        Column("what", "`opened`, `removed` or `changed`", Type.TEXT, _what),
        Column("before", "the case's earlier stage; null where the case was not there", maybe(STAND)),
        Column("after", "the case's later stage; null where the case is gone", maybe(STAND)),
        Column("header", "the fields that changed in `case.yaml`", many(FIELD)),
        Column("events", "the events that changed", many(EVENT)),
        Column("asks", "the requests that were made, withdrawn or answered", many(ASK)),
        Column("sources", "the sources in files that changed", many(SOURCE)),
    ),
    lambda told: told.difference.cases,
    beside=(
        Column("headline", "the most important changes in one line", Type.TEXT, headline_of),
        Column("base", "the full name of the earlier commit"),
        Column("head", "the full name of the later commit; null for the working tree", maybe(Type.TEXT)),
        Column("failed", "true when a new problem is an error", Type.FLAG, "problems.new.failed"),
        Column("parties", "the parties that changed", many(PARTY), "difference.parties"),
        Column(
            "both_added",
            "the records that both versions added independently under the same name",
            Type.TEXTS,
            "difference.both_added",
        ),
        Column("problems", "the problems that the later version adds, removes and keeps", PROBLEMS),
    ),
)
HISTORY: Answer[History, HistoryRow] = Answer(
    "history",
    (
        Column("commit", "the commit's full name; null for what is not committed", maybe(Type.TEXT)),
        Column("on", "the day of the commit, in UTC; null for what is not committed", maybe(Type.DAY)),
        *_EVENT,
        _FIELDS,
    ),
    lambda history: history.rows,
    beside=(Column("reference", "the event or item asked for, with its case"),),
)
