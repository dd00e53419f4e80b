"""What this project's cases look like in Spanish and French: pages that a person has read; `make bless` writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.blessing import hold
from tests.catalogues import TRANSLATED

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.lines import Line, Page, cells, plain
from ogpcase.output.messages import speaking
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.text import full_listing_lines, listing_lines
from ogpcase.reports.doubts.rows import doubts_of
from ogpcase.reports.doubts.text import doubts_lines
from ogpcase.reports.due.rows import due_of
from ogpcase.reports.due.text import due_lines
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.text import findings_lines
from ogpcase.reports.parties.rows import parties_in, party_file
from ogpcase.reports.parties.text import parties_lines, party_lines
from ogpcase.reports.record.rows import case_record, event_record
from ogpcase.reports.record.text import case_record_lines, record_lines
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.text import requests_lines
from ogpcase.reports.search.rows import search
from ogpcase.reports.search.text import search_lines
from ogpcase.reports.sources.rows import sources_of
from ogpcase.reports.sources.text import sources_lines
from ogpcase.reports.stats.rows import stats_of
from ogpcase.reports.stats.text import stats_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.text import full_lines, timeline_lines
from ogpcase.workspace.opening import Workspace

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 22)
FOLDER = Workspace.open(Path(__file__).parents[1] / "cases")
CASES = FOLDER.case_ids()
PAGE = Page(80)

VIEWS: dict[str, Callable[[CaseFile, Reader], list[Line]]] = {
    "status": lambda case, reader: status_lines(status_of(case, reader), PAGE),
    "status-all": lambda case, reader: status_lines(status_of(case, reader)._replace(whole=True, duties=True), PAGE),
    "requests": lambda case, reader: requests_lines(requests_of([case], reader), PAGE),
    "requests-full": lambda case, reader: requests_lines(
        requests_of([case], reader)._replace(full=True, duties=True), PAGE
    ),
    "timeline": lambda case, reader: timeline_lines(timeline_of(case, reader), PAGE),
    "findings": lambda case, reader: findings_lines(findings_of(case, reader), PAGE),
    "findings-full": lambda case, reader: findings_lines(replace(findings_of(case, reader), full=True), PAGE),
    "doubts": lambda case, reader: doubts_lines([doubts_of(case, reader)], PAGE),
    "sources": lambda case, reader: sources_lines([sources_of(case, reader)], PAGE),
    "timeline-full": lambda case, reader: full_lines(with_texts(timeline_of(case, reader), case, reader), PAGE),
}


SHOWN = {
    "report": "2019-05-02-report-review",
    "concern": "2018-07-16-concern",
    "resolution": "2019-12-12-resolution",
}


def _held(language: str, name: str, draw: Callable[[Reader], list[Line]]) -> None:
    with speaking(language):
        lines = [plain(each) for each in draw(Reader(TODAY, language))]
    hold(GOLDEN / language / f"{name}.txt", "".join(f"{each}\n" for each in lines))
    assert [] == [each for each in lines if cells(each) > 80 and " " in each.strip(" │") and "://" not in each]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_of_a_case_is_the_one_that_was_found_good(language: str, case: str, view: str) -> None:
    _held(language, f"{case}-{view}", lambda reader: VIEWS[view](FOLDER.case(case).casefile, reader))


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_list_is_the_one_that_was_found_good(language: str) -> None:
    listed = [FOLDER.case(case).casefile for case in CASES]
    for name, lines in (("list", listing_lines), ("list-full", full_listing_lines)):
        _held(language, name, lambda reader, lines=lines: lines([listed_case(case, reader) for case in listed], PAGE))  # type: ignore[misc]  # bound at once


OVER_CASES: dict[str, Callable[[list[CaseFile], Reader], list[Line]]] = {
    "stats": lambda cases, reader: stats_lines(stats_of(cases, reader, one=False), PAGE),
    "due": lambda cases, reader: due_lines(due_of(cases, reader, duties=True), PAGE),
    "parties": lambda cases, reader: parties_lines(parties_in(FOLDER.registry(), cases, reader), PAGE),
    "search": lambda cases, reader: search_lines(
        search(cases, FOLDER.registry(), reader, ("pegasus",), all_parties=True), PAGE
    ),
}


@pytest.mark.parametrize("view", OVER_CASES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_over_cases_is_the_one_that_was_found_good(language: str, view: str) -> None:
    cases = [FOLDER.case(case).casefile for case in CASES]
    _held(language, view, lambda reader: OVER_CASES[view](cases, reader))


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_of_an_event_is_the_one_that_was_found_good(language: str, name: str) -> None:
    case = FOLDER.case("mexico-2018").casefile
    _held(
        language,
        f"show-{name}",
        lambda reader: record_lines(event_record(case, case.event_by_id[SHOWN[name]], reader), PAGE),
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_of_a_header_is_the_one_that_was_found_good(language: str, case: str) -> None:
    _held(
        language,
        f"{case}-show",
        lambda reader: case_record_lines(case_record(FOLDER.case(case).casefile, reader), PAGE),
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_page_of_a_party_is_the_one_that_was_found_good(language: str) -> None:
    cases = [FOLDER.case(case).casefile for case in CASES]
    party = FOLDER.registry().parties["government-of-mexico"]
    _held(
        language,
        "show-party",
        lambda reader: party_lines(party_file(FOLDER.registry(), cases, party, reader), PAGE),
    )
