"""What this project's cases look like in Spanish and French: pages that a person has read; `make bless` writes them."""

from __future__ import annotations

from collections.abc import Callable
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
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.text import requests_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.full_text import full_lines
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.text import timeline_lines
from ogpcase.reports.timeline.texts import with_texts
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
    "timeline-full": lambda case, reader: full_lines(with_texts(timeline_of(case, reader), case, reader), PAGE),
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
