"""A difference and a history as JSON."""

from __future__ import annotations

from typing import Any

from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe
from ogpcase.output.verdicts import PROBLEM
from ogpcase.reports.changes.rows import (
    AskChange,
    CaseChange,
    EventChange,
    FieldChange,
    OutcomeChange,
    PartyChange,
    Stand,
)
from ogpcase.reports.changes.text import headline_of
from ogpcase.reports.changes.versions import History, HistoryRow, Told
from ogpcase.workspace.comparing import Problems

STAND: Shape[Stand] = Shape(
    "stand",
    Column(
        "stage",
        "the stage; null where a record that cannot be read may move the case",
        maybe(Type.TEXT),
        lambda stand: stand.stage if stand.known else None,
    ),
    Column("since", "the date of the first entry into it", maybe(Type.DATE)),
    Column("perhaps", "where merely possible moves would lead, if elsewhere", maybe(Type.TEXT)),
)
FIELD: Shape[FieldChange] = Shape(
    "field change",
    Column("field", "the field, as `requests#work-plan.due`"),
    Column("before", "what it said; null where it was not there", maybe(Type.TEXT)),
    Column("after", "what it says; null where it is gone", maybe(Type.TEXT)),
)
_EVENT: Columns[Any] = (
    Column(
        "what",
        "`added`, `amended`, `renamed`, `withdrawn`, or `unreadable` and `readable` where only one version can be read",
    ),
    Column("event", "its id"),
    Column("was", "its id before, where it was renamed", maybe(Type.TEXT)),
)
_FIELDS: Column[Any] = Column("fields", "what changed in it; empty for one added or withdrawn", many(FIELD))
EVENT: Shape[EventChange] = Shape(
    "event change",
    *_EVENT,
    Column("kind", "the kind of event; null where it cannot be read", maybe(Type.TEXT)),
    Column("dated", "its date; null where it cannot be read", maybe(Type.DATE)),
    Column("title", "its title; null where it cannot be read", maybe(Type.TEXT)),
    _FIELDS,
)
OUTCOME: Shape[OutcomeChange] = Shape(
    "outcome change",
    Column("party", "its name, or `unknown` where nobody is named"),
    Column("before", "the outcome, as in a [line](#line); null where it was not asked", maybe(Type.TEXT)),
    Column("after", "the outcome now; null where it is no longer asked", maybe(Type.TEXT)),
    Column("told_by", "the event of the later version that tells it", maybe(Type.TEXT)),
)
ASK: Shape[AskChange] = Shape(
    "request change",
    Column(
        "what",
        "`made`, `withdrawn`, `answered`, `unanswered` where answers are gone, or `withheld` where the later version "
        "is a public copy that leaves the answer out",
    ),
    Column("request", "the event and the item"),
    Column("text", "what is asked"),
    Column("due", "the last day in time, where one is set", maybe(Type.DATE)),
    Column("duty", "true where the policy asks", Type.FLAG),
    Column("outcomes", "one for each party whose outcome is new or another", many(OUTCOME)),
)
PARTY: Shape[PartyChange] = Shape(
    "party change",
    Column("what", "`added`, `amended` or `withdrawn`"),
    Column("party", "its id"),
    Column("name", "its name"),
    Column("fields", "what changed in it", many(FIELD)),
)
MENDED: Shape[tuple[str, int]] = Shape(
    "mended",
    Column("code", "the check's code", Type.TEXT, lambda mended: mended[0]),
    Column("count", "how many of its problems are gone", Type.NUMBER, lambda mended: mended[1]),
    plural="mended",
)
PROBLEMS: Shape[Problems] = Shape(
    "problems",
    Column("new", "what the change brings", many(PROBLEM), "new.diagnostics"),
    Column("mended", "what is no longer wrong", many(MENDED), lambda problems: problems.mended.items()),
    Column("there_before", "how many problems are in both versions", Type.NUMBER, "remaining"),
    Column("not_judged", "how many are gone only because a record cannot be read now", Type.NUMBER),
)


def _what(case: CaseChange) -> str:
    return "opened" if case.before is None else "removed" if case.after is None else "changed"


DIFFERENCE: Answer[Told, CaseChange] = Answer(
    "diff",
    (
        Column("case", "the case's id"),
        Column("title", "its title"),
        Column("what", "`opened`, `removed` or `changed`", Type.TEXT, _what),
        Column("before", "where it stood; null where it was not there", maybe(STAND)),
        Column("after", "where it stands; null where it is gone", maybe(STAND)),
        Column("header", "what changed in `case.yaml`", many(FIELD)),
        Column("events", "what became of its events", many(EVENT)),
        Column("asks", "what was asked, taken back or answered", many(ASK)),
    ),
    lambda told: told.difference.cases,
    beside=(
        Column("headline", "what matters most, in one line", Type.TEXT, headline_of),
        Column("base", "the full name of the earlier commit"),
        Column("head", "the full name of the later one; null for the working tree", maybe(Type.TEXT)),
        Column("failed", "true when a new problem is an error", Type.FLAG, "problems.new.failed"),
        Column("parties", "what became of parties", many(PARTY), "difference.parties"),
        Column(
            "both_added", "the records that both sides have made under one name", Type.TEXTS, "difference.both_added"
        ),
        Column("problems", "the problems of the later version", PROBLEMS),
    ),
)


HISTORY: Answer[History, HistoryRow] = Answer(
    "history",
    (
        Column("commit", "the commit's full name; null for what is not committed", maybe(Type.TEXT)),
        Column("on", "the day it was committed, in UTC; null for what is not committed", maybe(Type.DAY)),
        *_EVENT,
        _FIELDS,
    ),
    lambda history: history.rows,
    beside=(Column("reference", "the event or item asked for, with its case"),),
)
