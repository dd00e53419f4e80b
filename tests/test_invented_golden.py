"""Invented cases that do what real ones have done: whole pages and JSON, compared with those that a person has read.

The cases are fictional, countries, bodies and papers alike. OGPCASE_BLESS=1 writes what is expected anew; what changed
is then for a person to read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.blessing import hold

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.json import answer_json
from ogpcase.output.lines import Line, Page, cells, plain
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.tables import FINDINGS
from ogpcase.reports.findings.text import findings_lines
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.tables import REQUESTS
from ogpcase.reports.requests.text import requests_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.tables import STATUS
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.tables import TIMELINE
from ogpcase.reports.timeline.text import full_lines, timeline_lines
from ogpcase.workspace.opening import Workspace

HERE = Path(__file__).parent
FOLDER = HERE / "corpus" / "sound" / "invented" / "cases"
GOLDEN = HERE / "golden" / "invented"
WORKSPACE = Workspace.open(FOLDER)
READER = Reader(date(2026, 11, 22))
PAGE = Page(80)

TEXT: dict[str, Callable[[CaseFile], list[Line]]] = {
    "timeline": lambda case: timeline_lines(timeline_of(case, READER), PAGE),
    "timeline-full": lambda case: full_lines(with_texts(timeline_of(case, READER), case, READER), PAGE),
    "status": lambda case: status_lines(status_of(case, READER), PAGE),
    "requests": lambda case: requests_lines(requests_of([case], READER), PAGE),
    "findings": lambda case: findings_lines(findings_of(case, READER), PAGE),
}
JSON: dict[str, Callable[[CaseFile], str]] = {
    "timeline": lambda case: answer_json(TIMELINE, timeline_of(case, READER), READER, case.id),
    "status": lambda case: answer_json(STATUS, status_of(case, READER), READER, case.id),
    "requests": lambda case: answer_json(REQUESTS, requests_of([case], READER), READER, case.id),
    "findings": lambda case: answer_json(FINDINGS, findings_of(case, READER), READER, case.id),
}
CASES = WORKSPACE.case_ids()


def case(name: str) -> CaseFile:
    return WORKSPACE.case(name).casefile


@pytest.mark.parametrize("view", TEXT)
@pytest.mark.parametrize("name", CASES)
def test_the_page_is_the_one_that_was_found_good(name: str, view: str) -> None:
    lines = TEXT[view](case(name))
    hold(GOLDEN / name / f"{view}.txt", "".join(f"{plain(each)}\n" for each in lines))
    wide = [plain(each) for each in lines if cells(plain(each)) > 80]
    assert [] == [each for each in wide if " " in each.strip(" │")]


@pytest.mark.parametrize("view", JSON)
@pytest.mark.parametrize("name", CASES)
def test_the_json_is_the_one_that_was_found_good(name: str, view: str) -> None:
    answer: dict[str, Any] = json.loads(JSON[view](case(name)))
    answer.pop("ogpcase")  # the version of the program
    hold(GOLDEN / name / f"{view}.json", json.dumps(answer, indent=1, ensure_ascii=False) + "\n")


def test_a_case_whose_outcome_nobody_knows_is_never_shown_as_closed() -> None:
    heading = status_of(case("vestrel-2024"), READER).heading
    assert (False, "Under review") == (heading.stage.ends, heading.stage.label)
    assert heading.perhaps is not None


def test_a_parallel_track_is_shown_beside_the_case_and_never_merged() -> None:
    one, other = (timeline_of(case(name), READER) for name in ("ossimar-2022", "ossimar-2023"))
    assert {"ossimar-2023"} == {each.case for each in one.heading.related if each.code == "parallel_track"}
    assert set() == {row.event.id for row in one.rows} & {row.event.id for row in other.rows}


def test_a_country_that_misses_every_ask_is_told_of_as_its_sources_tell() -> None:
    """Silence lasts as attested, a term of a month that was met in it is in time, and a call counts for nobody."""
    rows = {row.reference.partition("#")[2]: row for row in requests_of([case("kestria-2022")], READER).rows}
    outcomes = {name: (row.line.outcome, row.line.timing, row.open) for name, row in rows.items() if not row.ask.duty}
    assert {
        "publish-budget": ("silent", "late", True),
        "hold-hearing": ("silent", "no_limit", True),
        "government-response": ("silent", "late", True),
        "budget-laws": ("met", "on_time", False),
        "comment": ("call", "ended", False),
        "propose-reviewer": ("call", "no_limit", False),
        "open-budget": ("not_met", "due_passed", False),
        "budget-forum": ("not_met", "due_passed", False),
        "last-plan": ("unanswered", "due_passed", True),
    } == outcomes
    silence, waited = (getattr(rows["publish-budget"].line, name) for name in ("silent_for", "open_for"))
    assert (96, 1746) == (silence.fewest, waited.fewest)
