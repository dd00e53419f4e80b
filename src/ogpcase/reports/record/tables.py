"""One record, action plan or case header as JSON."""

from __future__ import annotations

from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe, through
from ogpcase.output.json import mappings_of
from ogpcase.reports.heading.tables import HEADING, version_of
from ogpcase.reports.record.rows import (
    CaseRecord,
    PlanFile,
    PlanMention,
    Record,
    ShownAssessment,
    ShownCommitment,
    SpokenTo,
)
from ogpcase.reports.requests.tables import LINE, REQUEST

ASSESSMENT: Shape[ShownAssessment] = Shape(
    "assessment",
    Column("by", "who assessed it"),
    Column("office", "the office that did, as printed", maybe(Type.TEXT), "assessment.by.office"),
    Column("dated", "its date", Type.DATE, "assessment.dated.text"),
    Column("completion", "how far the commitment was found to be completed", Type.TEXT, "assessment.completion"),
    Column("source", "the source's id within the event", maybe(Type.TEXT), "assessment.source"),
    Column("source_title", "what that source is called", maybe(Type.TEXT)),
    Column("certain", "whether it was certainly there by `as_of`", Type.FLAG),
)
SPOKEN_TO: Shape[SpokenTo] = Shape(
    "request spoken to",
    Column("request", "the case, the event and the item"),
    Column("text", "what is asked"),
    Column("answer", "what the commitment answers, as recorded; null where it only cites it", maybe(Type.TEXT)),
    plural="requests spoken to",
)
COMMITMENT: Shape[ShownCommitment] = Shape(
    "commitment",
    Column("event", "the case and the event", Type.TEXT, "reference"),
    Column("title", "its title"),
    Column("number", "its number in the plan", maybe(Type.NUMBER), "event.number"),
    Column("action_plan", "the reference of its action plan", maybe(Type.TEXT), "plan"),
    Column("dated", "its date", Type.DATE, "event.dated.text"),
    Column(
        "until",
        "the end of what it sets",
        maybe(Type.DATE),
        lambda commitment: commitment.event.until.text if commitment.event.until else None,
    ),
    Column("certain", "whether it was certainly made by `as_of`", Type.FLAG),
    Column("lead", "who leads it, with the name and the office as printed", Type.TEXTS),
    Column("milestones", "its milestones, with what came back", many(REQUEST)),
    Column("milestones_met", "those that everybody asked has certainly met, as recorded", Type.NUMBER, "met"),
    Column("milestones_perhaps_met", "those more that may have been met by `as_of`", Type.NUMBER, "perhaps_met"),
    Column("assessments", "by date", many(ASSESSMENT)),
    Column("latest_assessments", "the last of each who assessed it", many(ASSESSMENT), "latest"),
    Column("speaks_to", "the requests of others that it answers or cites", many(SPOKEN_TO)),
)
MENTION: Shape[PlanMention] = Shape(
    "plan development",
    Column("event", "the case and the event", Type.TEXT, "reference"),
    Column("dated", "its date", Type.DATE, "event.dated.text"),
    Column("title", "its title"),
    Column("process", "`interrupted` or `resumed`, where it says so", maybe(Type.TEXT), "event.process"),
    Column("certain", "whether it has certainly happened by `as_of`", Type.FLAG),
)
_NAMED: Columns[PlanFile] = (
    Column("reference", "what `show` calls it"),
    Column("title", "its name, or its number in words"),
    Column("number", "its number", maybe(Type.NUMBER)),
    Column("periods", "the years it covers, as each record writes them", Type.TEXTS),
)
PLAN_IN_SHORT: Shape[PlanFile] = Shape(
    "plan in short",
    *_NAMED,
    Column("commitments", "how many of its commitments are recorded", Type.NUMBER, lambda plan: len(plan.commitments)),
    plural="plans in short",
)
PLAN: Answer[PlanFile, PlanFile] = Answer(
    "plan",
    (
        Column("case", "the case's id"),
        *_NAMED,
        Column("names", "its name as each record spells it", Type.TEXTS),
        Column("commitments", "by number", many(COMMITMENT)),
        Column("developments", "what else happened that names the plan", many(MENTION)),
    ),
    lambda plan: [plan],
)


COLUMNS: Columns[Record] = (
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
RECORD: Answer[Record, Record] = Answer("record", COLUMNS, lambda record: [record])
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
