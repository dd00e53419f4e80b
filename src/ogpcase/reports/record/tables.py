"""One record, action plan or case header as JSON."""

from ogpcase.model.spans import Bound, Known, bounds_in_words
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
    Column("by", "who assessed the commitment"),
    Column("office", "the assessor's office, as printed", maybe(Type.TEXT), "assessment.by.office"),
    Column("dated", "the date of the assessment", Type.DATE, "assessment.dated"),
    Column("completion", "how far the commitment was found to be completed", Type.TEXT, "assessment.completion"),
    Column("source", "the source's id within the event", maybe(Type.TEXT), "assessment.source"),
    Column("source_title", "the title of the source", maybe(Type.TEXT)),
    Column("certain", "whether the assessment certainly existed by `as_of`", Type.FLAG),
)
SPOKEN_TO: Shape[SpokenTo] = Shape(
    "request spoken to",
    Column("request", "the reference of the request: its case, event and item"),
    Column("text", "what is asked for"),
    Column("answer", "the answer that the commitment gives; null where it only cites the request", maybe(Type.TEXT)),
    plural="requests spoken to",
)
COMMITMENT: Shape[ShownCommitment] = Shape(
    "commitment",
    Column("event", "the reference of the event, with its case", Type.TEXT, "reference"),
    Column("title", "the commitment's title"),
    Column("number", "the commitment's number in the plan", maybe(Type.NUMBER), "event.number"),
    Column("action_plan", "the reference of its action plan", maybe(Type.TEXT), "plan"),
    Column("dated", "the date of the commitment", Type.DATE, "event.dated"),
    Column("until", "the last day of the period that the commitment sets", maybe(Type.DATE), "event.until"),
    Column("certain", "whether the commitment was certainly made by `as_of`", Type.FLAG),
    Column("lead", "who leads the commitment, with the name and the office as printed", Type.TEXTS),
    Column("milestones", "the commitment's milestones and their outcomes", many(REQUEST)),
    Column("milestones_met", "number of milestones that everybody asked has certainly met", Type.NUMBER, "met"),
    Column(
        "milestones_perhaps_met",
        "number of further milestones that may have been met by `as_of`",
        Type.NUMBER,
        "perhaps_met",
    ),
    Column("assessments", "the assessments, by date", many(ASSESSMENT)),
    Column("latest_assessments", "the latest assessment by each assessor", many(ASSESSMENT), "latest"),
    Column("speaks_to", "the requests of others that the commitment answers or cites", many(SPOKEN_TO)),
)
MENTION: Shape[PlanMention] = Shape(
    "plan development",
    Column("event", "the reference of the event, with its case", Type.TEXT, "reference"),
    Column("dated", "the date of the event", Type.DATE, "event.dated"),
    Column("title", "the event's title"),
    Column("process", "`interrupted` or `resumed`, where the event says so", maybe(Type.TEXT), "event.process"),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
)
_NAMED: Columns[PlanFile] = (
    Column("reference", "the plan's reference, as `ogpcase show` takes it"),
    Column("title", "the plan's name, or a title made from its number"),
    Column("number", "the plan's number", maybe(Type.NUMBER)),
    Column("periods", "the years that the plan covers, as each record writes them", Type.TEXTS),
)
PLAN_IN_SHORT: Shape[PlanFile] = Shape(
    "plan in short",
    *_NAMED,
    Column(
        "commitments",
        "number of the plan's commitments that are recorded",
        Type.NUMBER,
        lambda plan: len(plan.commitments),
    ),
    plural="plans in short",
)
PLAN: Answer[PlanFile, PlanFile] = Answer(
    "plan",
    (
        Column("case", "the case's id"),
        *_NAMED,
        Column("names", "the plan's name, as each record spells it", Type.TEXTS),
        Column("commitments", "the plan's commitments, by number", many(COMMITMENT)),
        Column("developments", "other events that name the plan", many(MENTION)),
    ),
    lambda plan: [plan],
)
BOUND: Shape[Bound] = Shape(
    "bound",
    Column("day", "the day", Type.DAY),
    Column(
        "by",
        "what gives it: a link to or from another event, a day of the record, or `retrieved` or `source_published` of "
        "a source",
    ),
    Column("of", "the id of the other event or of the source; null for a day of the record", maybe(Type.TEXT)),
    Column("dated", "the date that gives the bound, as written", Type.DATE, "written"),
)
BOUNDED: Shape[Known] = Shape(
    "bounded day",
    Column("earliest", "the first day that it can be of; null where there is none", maybe(Type.DAY), "day.earliest"),
    Column("latest", "the last day that it can be of; null where there is none", maybe(Type.DAY), "day.latest"),
    Column("no_earlier", "what gives the first day, unless its own date does", maybe(BOUND)),
    Column("no_later", "what gives the last day, unless its own date does", maybe(BOUND)),
    Column("says", "the same in words", Type.TEXT, bounds_in_words),
)
COLUMNS: Columns[Record] = (
    Column("reference", "the reference of the event, the item or the party"),
    Column("title", "the title, or the party's name"),
    Column("values", "the fields of the record by name, in their order", Type.MAPPING),
    Column(
        "outcomes",
        "for each item that asks for something, a list of [lines](#line)",
        Type.MAPPING,
        lambda record: {ask.item: mappings_of(LINE.columns, ask.lines) for ask in record.asks},
    ),
    Column("commitment", "how far a commitment has come; null for other records", maybe(COMMITMENT)),
    Column("bounded", "what bounds the day of an event, if more than its date does; else null", maybe(BOUNDED)),
)
RECORD: Answer[Record, Record] = Answer("record", COLUMNS, lambda record: [record])
CASE: Answer[CaseRecord, CaseRecord] = Answer(
    "case",
    (
        *through(HEADING.columns, "heading"),
        Column("country", "the country, as a code of ISO 3166-1", maybe(Type.TEXT)),
        Column("language", "the language of texts that do not name their own", maybe(Type.TEXT)),
        Column(
            "events",
            "for each kind, the number of events that have certainly happened by `as_of`",
            Type.MAPPING,
            lambda case: {each.kind: each.times for each in case.kinds},
        ),
        Column(
            "perhaps_events",
            "for each kind, the number of further events that have perhaps happened",
            Type.MAPPING,
            lambda case: {each.kind: each.perhaps for each in case.kinds if each.perhaps},
        ),
        Column("earliest", "the date of the first event, as written", maybe(Type.DATE)),
        Column("latest", "the date of the last event, as written", maybe(Type.DATE)),
        Column("action_plans", "the action plans that the case's records name", many(PLAN_IN_SHORT), "plans"),
    ),
    lambda case: [case],
    versions=lambda case: version_of(case.heading),
)
