"""Commitments with what became of them, and the action plans that group them, by number, else by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.record.rows import PlanFile, Plans, event_record, plan_file, plans_in
from ogpcase.reports.record.text import plan_lines, record_lines
from ogpcase.reports.shown import Shown

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ROADS, RIVERS = "2024-09-01-commitment-roads", "2024-09-01-commitment-rivers"
ROADS_FIELDS: Mapping[str, Any] = {
    "kind": "commitment",
    "action_plan": {"name": {"en": "Second Action Plan", "es": "Segundo Plan"}, "number": 2, "period": "2024-2026"},
    "number": 7,
    "lead": [{"party": "records-office", "as_named": "Office of Records", "office": "Registrar"}],
    "milestones": [
        {"id": "list", "text": "List the contracts", "due": "2024-12-01"},
        {"id": "portal", "text": "Open a portal"},
    ],
    "assessments": [
        {"by": "ogp-irm", "dated": "2026-03", "completion": "substantial", "source": "final"},
        {"by": "ogp-irm", "dated": "2025-06-01", "completion": "limited", "source": "midterm"},
        {"by": "open-arcadia", "dated": "2025", "completion": "not_started"},
    ],
    "answers": [{"request": "2023-02-01-letter-ask#publish", "answer": "partly_met"}],
    "sources": [{"id": "midterm", "title": "Midterm report"}, {"id": "final", "url": "https://example.org/final"}],
}
MET = {"kind": "development", "participants": ["records-office"],
       "answers": [{"request": f"{ROADS}#list", "answer": "met"}]}  # fmt: skip
IRM = {"ogp-irm": {"name": "IRM", "classification": "ogp_body", "body": "irm"}}


def plans(case: CaseFile, reader: Reader = LATER) -> dict[str, PlanFile]:
    return {each.reference: each for each in plans_in(Shown(case, reader))}


def test_a_plan_groups_its_commitments_with_what_became_of_them(build: Build) -> None:
    rivers = {**ROADS_FIELDS, "number": 3, "milestones": [], "assessments": [], "answers": []}
    case = build({ROADS: ROADS_FIELDS, RIVERS: rivers, "2024-11-01-development-list": MET}, IRM)
    plan = plans(case)["arcadia-2023/action-plan-2"]
    assert ("Second Action Plan", 2, ("2024-2026",)) == (plan.title, plan.number, plan.periods)
    assert [3, 7] == [each.event.number for each in plan.commitments]
    roads = plan.commitments[1]
    assert ("Records Office (as “Office of Records”), Registrar",) == roads.lead
    assert [("list", "met"), ("portal", "unanswered")] == [(one.item, one.lines[0].outcome) for one in roads.milestones]
    assert (1, 0) == (roads.met, roads.perhaps_met)
    assert [("2025", None), ("2025-06-01", "Midterm report"), ("2026-03", "https://example.org/final")] == [
        (one.assessment.dated.text, one.source_title) for one in roads.assessments
    ]
    assert [("Open Arcadia", "not_started"), ("IRM", "substantial")] == [
        (one.by, one.assessment.completion) for one in roads.latest
    ]
    assert [("arcadia-2023/2023-02-01-letter-ask#publish", "Publish them", "partly_met")] == [
        (one.request, one.text, one.answer) for one in roads.speaks_to
    ]


SPELLINGS: tuple[tuple[str, list[Mapping[str, Any]], list[str]], ...] = (
    ("a number tells", [{"number": 2, "name": "One"}, {"number": 2, "name": "Other"}], ["action-plan-2"]),
    ("other numbers are other plans", [{"number": 2, "name": "A"}, {"number": 3, "name": "A"}],
     ["action-plan-2", "action-plan-3"]),
    ("else the name tells", [{"name": "Open Plan"}, {"name": "OPEN  plan"}], ["action-plan-open-plan"]),
    ("in any language", [{"name": {"es": "Plan Abierto", "en": "Open Plan"}}, {"name": {"es": "Plan abierto"}}],
     ["action-plan-open-plan"]),
    ("a name without a number is that of the numbered plan",
     [{"name": "Open Plan"}, {"name": "Open plan", "number": 2}], ["action-plan-2"]),
    ("of two numbered plans of one name neither is guessed",
     [{"name": "A", "number": 2}, {"name": "A", "number": 3}, {"name": "A"}],
     ["action-plan-2", "action-plan-3", "action-plan-a"]),
    ("a name that gives no id leaves the period", [{"name": "გეგმა", "period": "2021-2023"}],
     ["action-plan-2021-2023"]),
    ("a plan that says nothing is none", [{}], []),
)  # fmt: skip


@pytest.mark.parametrize(("spelled", "expected"), [each[1:] for each in SPELLINGS], ids=[each[0] for each in SPELLINGS])
def test_two_spellings_are_one_plan(build: Build, spelled: list[Mapping[str, Any]], expected: list[str]) -> None:
    events = {
        f"2024-09-0{number}-commitment-{number}": {"kind": "commitment", "action_plan": each}
        for number, each in enumerate(spelled, 1)
    }
    assert [f"arcadia-2023/{each}" for each in expected] == list(plans(build(events)))


def test_a_development_that_names_a_plan_stands_under_it_and_no_later_one_does(build: Build) -> None:
    named = {"kind": "development", "process": "resumed", "action_plan": {"number": 2}}
    case = build({"2024-05-01-development-plan": named, "2025-05-01-development-plan": named})
    (plan,) = plans(case, Reader(date(2025, 1, 1))).values()
    assert ("Action plan 2", (), [("2024-05-01", "resumed")]) == (
        plan.title, plan.commitments, [(each.event.dated.text, each.event.process) for each in plan.developments]
    )  # fmt: skip
    assert {} == plans(case, Reader(date(2024, 4, 1)))


def test_what_came_later_is_not_in_a_plan_as_of_a_day(build: Build) -> None:
    case = build({ROADS: ROADS_FIELDS, "2024-11-01-development-list": MET}, IRM)
    (plan,) = plans(case, Reader(date(2025, 6, 1))).values()
    assert [("2025", False), ("2025-06-01", True)] == [
        (each.assessment.dated.text, each.certain) for each in plan.commitments[0].assessments
    ]
    assert [("2025-06-01", False)] == [
        (each.assessment.dated.text, each.certain)
        for each in plans(case, Reader(date(2025, 6, 1), known_by=date(2025, 6, 1)))[plan.reference]
        .commitments[0]
        .assessments[1:]
    ]
    shown = event_record(case, case.event_by_id[ROADS], Reader(date(2025, 5, 1))).values["assessments"]
    assert [{"by": "Open Arcadia", "dated": "2025", "completion": "not_started"}] == shown


def test_a_milestone_that_may_have_been_met_is_counted_as_perhaps(build: Build) -> None:
    case = build({ROADS: ROADS_FIELDS, "2024-development-list": {**MET, "dated": "2024-11/2025-02"}}, IRM)
    (plan,) = plans(case, Reader(date(2024, 11, 15))).values()
    assert (0, 1) == (plan.commitments[0].met, plan.commitments[0].perhaps_met)
    assert "0 of 2 recorded as met, perhaps 1 more" in "\n".join(map(plain, plan_lines(plan, Page(None))))


def test_a_commitments_page_names_its_plan_and_the_title_of_each_assessments_source(build: Build) -> None:
    case = build({ROADS: ROADS_FIELDS, "2024-11-01-development-list": MET}, IRM)
    record = event_record(case, case.event_by_id[ROADS], LATER)
    assert record.values["action_plan"]["reference"] == "arcadia-2023/action-plan-2"  # type: ignore[index, call-overload]
    assert ["Midterm report"] == [
        each["source_title"] for each in record.values["assessments"] if each.get("source") == "midterm"  # type: ignore[union-attr, call-overload, index]
    ]  # fmt: skip
    text = "\n".join(map(plain, record_lines(record, Page(None))))
    for words in (
        "\nMilestones: 1 of 2 recorded as met\n  · List the contracts (due 2024-12-01)\n    list\n",
        "    list\n    → Records Office: met, told 2024-11-01, in time\n",
        "\nAssessments\n  2025        assessed as not started by Open Arcadia\n  2025-06-01  assessed as limited",
        " assessed as limited by IRM (Midterm report)\n",
        "  answers, as partly met: Publish them\n    arcadia-2023/2023-02-01-letter-ask#publish\n",
    ):
        assert words in text
    assert "What came back" not in text


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_plan_fits_its_page(build: Build, width: int) -> None:
    case = build({ROADS: ROADS_FIELDS, "2024-11-01-development-list": MET}, IRM)
    plans_there = Plans.of(Shown(case, LATER))
    for each in map(plain, plan_lines(plan_file(plans_there, f"{case.id}/action-plan-2"), Page(width))):
        assert cells(each) <= width or " " not in each.strip() or "://" in each
