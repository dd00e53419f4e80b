"""Action plans and commitments as JSON."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe
from ogpcase.output.json import answer_json
from ogpcase.reports.asks.tables import REQUEST
from ogpcase.reports.plan.rows import PlanFile, PlanMention, ShownCommitment, SpokenTo
from ogpcase.reports.sources import ShownAssessment

ASSESSMENT: Shape[ShownAssessment] = Shape(
    "assessment",
    Column("by", "who assessed it"),
    Column("office", "the office that did, as printed", maybe(Type.TEXT)),
    Column("dated", "its date", Type.DATE),
    Column("completion", "how far the commitment was found to be completed"),
    Column("source", "the source's id within the event", maybe(Type.TEXT)),
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
    Column("number", "its number in the plan", maybe(Type.NUMBER)),
    Column("action_plan", "the reference of its action plan", maybe(Type.TEXT), "plan"),
    Column("dated", "its date", Type.DATE),
    Column("until", "the end of what it sets", maybe(Type.DATE)),
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
    Column("dated", "its date", Type.DATE),
    Column("title", "its title"),
    Column("process", "`interrupted` or `resumed`, where it says so", maybe(Type.TEXT)),
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


def plan_json(plan: PlanFile, reader: Reader) -> str:
    """Returns an action plan as one row."""
    return answer_json(PLAN, plan, reader, plan.case)
