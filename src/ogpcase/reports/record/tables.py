"""One record, item or case header as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe, through
from ogpcase.output.json import answer_json, mappings_of
from ogpcase.reports.asks.tables import LINE
from ogpcase.reports.heading.tables import HEADING, version_of
from ogpcase.reports.plan.tables import COMMITMENT, PLAN_IN_SHORT
from ogpcase.reports.record.rows import Appearance, CaseRecord, Record

APPEARANCE: Shape[Appearance] = Shape(
    "appearance",
    Column("event", "the case and the event", Type.TEXT, "reference"),
    Column("dated", "its date", Type.DATE),
    Column("role", "the field that names the party"),
)


class RecordRow(NamedTuple):
    """A record, and for a party where it is named."""

    record: Record
    appears_in: Sequence[Appearance] = ()


_RECORD: Columns[Record] = (
    Column("reference", "what it is called"),
    Column("title", "its title, or the party's name"),
    Column("values", "its fields by name, in the order of the record", Type.MAPPING),
    Column(
        "outcomes",
        "by item, what came back: a list of [lines](#line)",
        Type.MAPPING,
        lambda record: {ask.item: mappings_of(LINE.columns, ask.lines) for ask in record.asks},
    ),
    Column("commitment", "what became of a commitment; null for everything else", maybe(COMMITMENT)),
)
COLUMNS: Columns[RecordRow] = (
    *through(_RECORD, "record"),
    Column("appears_in", "for a party, where it is named", many(APPEARANCE)),
)
RECORD: Answer[RecordRow, RecordRow] = Answer("record", COLUMNS, lambda row: [row])
CASE: Answer[CaseRecord, CaseRecord] = Answer(
    "case",
    (
        *through(HEADING.columns, "heading"),
        Column("country", "the country, by ISO 3166-1", maybe(Type.TEXT)),
        Column("language", "the language of its plain texts", maybe(Type.TEXT)),
        Column(
            "events",
            "by kind, how many have certainly happened by `as_of`",
            Type.MAPPING,
            lambda case: {each.kind: each.times for each in case.kinds},
        ),
        Column(
            "perhaps_events",
            "by kind, how many more perhaps",
            Type.MAPPING,
            lambda case: {each.kind: each.perhaps for each in case.kinds if each.perhaps},
        ),
        Column("earliest", "the date of the first event, as written", maybe(Type.DATE)),
        Column("latest", "the date of the last event, as written", maybe(Type.DATE)),
        Column("action_plans", "the plans that its records name", many(PLAN_IN_SHORT), "plans"),
    ),
    lambda case: [case],
    versions=lambda case: version_of(case.heading),
)


def record_json(record: Record, appearances: Sequence[Appearance], reader: Reader, case: str | None) -> str:
    """Returns one record or item as one row."""
    return answer_json(RECORD, RecordRow(record, appearances), reader, case)


def case_json(case: CaseRecord, reader: Reader) -> str:
    """Returns what a case's header says as one row."""
    return answer_json(CASE, case, reader, case.heading.case)
