"""Action plans and commitments as plain mappings and JSON."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.reports.asks.tables import ask_row
from ogpcase.reports.plan.rows import PlanFile, ShownCommitment
from ogpcase.reports.sources import ShownAssessment


def plan_json(plan: PlanFile, reader: Reader) -> str:
    """Returns an action plan as one row."""
    return dumps(around("plan", [plan_row(plan)], reader, case=plan.case))


def plan_row(plan: PlanFile) -> Mapped:
    """An action plan with all its commitments."""
    mentions = [
        {"event": each.reference, "dated": each.dated, "title": each.title, "process": each.process,
         "certain": each.certain} for each in plan.developments
    ]  # fmt: skip
    return {
        "case": plan.case,
        "reference": plan.reference,
        "title": plan.title,
        "names": list(plan.names),
        "number": plan.number,
        "periods": list(plan.periods),
        "commitments": [commitment_row(each) for each in plan.commitments],
        "developments": mentions,
    }


def plan_in_short(plan: PlanFile) -> Mapped:
    """An action plan as its case names it."""
    return {
        "reference": plan.reference,
        "title": plan.title,
        "number": plan.number,
        "periods": list(plan.periods),
        "commitments": len(plan.commitments),
    }


def commitment_row(each: ShownCommitment) -> Mapped:
    """A commitment with what became of it."""
    return {
        "event": each.reference,
        "title": each.title,
        "number": each.number,
        "action_plan": each.plan,
        "dated": each.dated,
        "until": each.until,
        "certain": each.certain,
        "lead": list(each.lead),
        "milestones": [ask_row(one) for one in each.milestones],
        "milestones_met": each.met,
        "milestones_perhaps_met": each.perhaps_met,
        "assessments": [_assessment(one) for one in each.assessments],
        "latest_assessments": [_assessment(one) for one in each.latest],
        "speaks_to": [{"request": one.request, "text": one.text, "answer": one.answer} for one in each.speaks_to],
    }


def _assessment(each: ShownAssessment) -> Mapped:
    return {
        "by": each.by,
        "office": each.office,
        "dated": each.dated,
        "completion": each.completion,
        "source": each.source,
        "source_title": each.source_title,
        "certain": each.certain,
    }
