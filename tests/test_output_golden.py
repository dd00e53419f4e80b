"""What the Mexico case looks like: whole pages, compared with those that a person has read and found good.

`make bless` writes them again; read what changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.blessing import hold

from ogpcase.model.as_of import Reader
from ogpcase.model.ids import Reference
from ogpcase.output.lines import ASCII, UNICODE, Line, Page, cells, plain
from ogpcase.policy.procedures import procedure_named
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
from ogpcase.reports.record.rows import Record, case_record, event_record, item_record
from ogpcase.reports.record.text import case_record_lines, record_lines
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.text import requests_lines
from ogpcase.reports.search.rows import search, words_of
from ogpcase.reports.search.text import search_lines
from ogpcase.reports.sources.rows import source_pages, sources_of
from ogpcase.reports.sources.text import source_lines, sources_lines
from ogpcase.reports.stats.rows import stats_of
from ogpcase.reports.stats.text import stats_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.tables import policy_markdown, policy_mermaid
from ogpcase.reports.status.text import policy_lines, status_lines
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.text import full_lines, timeline_lines
from ogpcase.workspace.opening import Workspace

GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 22)
CASE = Workspace.open(Path(__file__).parents[1] / "cases").case("mexico-2018").casefile
PAGES = {
    "80": Page(80),
    "120": Page(120),
    "piped": Page(None),
    "ascii": Page(80, ASCII),
    "40": Page(40),
}


def record(page: Page) -> list[Line]:
    letter = CASE.event_by_id["2017-05-23-letter-core-group-exit"]
    return record_lines(event_record(CASE, letter, Reader(TODAY)), page)


def item(reference: str) -> Record:
    named = Reference(f"mexico-2018/{reference}")
    shown = item_record(CASE, CASE.event_by_id[named.event], named, Reader(TODAY))
    assert shown
    return shown


def full(page: Page) -> list[Line]:
    reader = Reader(TODAY)
    return full_lines(with_texts(timeline_of(CASE, reader), CASE, reader), page)


VIEWS: dict[str, Callable[[Page], list[Line]]] = {
    "timeline": lambda page: timeline_lines(timeline_of(CASE, Reader(TODAY)), page),
    "timeline-2018": lambda page: timeline_lines(timeline_of(CASE, Reader(date(2018, 9, 1), "es")), page),
    "timeline-full": full,
    "status": lambda page: status_lines(status_of(CASE, Reader(TODAY)), page),
    "status-2018": lambda page: status_lines(status_of(CASE, Reader(date(2018, 9, 1))), page),
    "list": lambda page: listing_lines(
        [listed_case(CASE, Reader(TODAY)), listed_case(CASE, Reader(date(2018, 8, 1)))], page
    ),
    "list-full": lambda page: full_listing_lines([listed_case(CASE, Reader(TODAY))], page),
    "status-all": lambda page: status_lines(status_of(CASE, Reader(date(2018, 9, 1)))._replace(whole=True), page),
    "requests": lambda page: requests_lines(requests_of([CASE], Reader(TODAY)), page),
    "requests-full": lambda page: requests_lines(requests_of([CASE], Reader(TODAY))._replace(full=True), page),
    "findings": lambda page: findings_lines(findings_of(CASE, Reader(TODAY)), page),
    "findings-full": lambda page: findings_lines(replace(findings_of(CASE, Reader(TODAY)), full=True), page),
    "doubts": lambda page: doubts_lines([doubts_of(CASE, Reader(TODAY))], page),
    "doubts-full": lambda page: doubts_lines([doubts_of(CASE, Reader(TODAY))._replace(full=True)], page),
    "stats": lambda page: stats_lines(stats_of([CASE], Reader(TODAY), one=True), page),
    "due": lambda page: due_lines(due_of([CASE], Reader(date(2018, 9, 25))), page),
    "parties": lambda page: parties_lines(parties_in(CASE.registry, [CASE], Reader(TODAY)), page),
    "parties-full": lambda page: parties_lines(
        parties_in(CASE.registry, [CASE], Reader(TODAY))._replace(full=True), page
    ),
    "sources": lambda page: sources_lines([sources_of(CASE, Reader(TODAY))], page),
    "sources-full": lambda page: sources_lines([sources_of(CASE, Reader(TODAY))._replace(full=True)], page),
    "policy": lambda page: policy_lines(procedure_named("response_policy-2017"), page),
    "policy-2014": lambda page: policy_lines(procedure_named("response_policy-2014"), page),
    "show": record,
    "show-case": lambda page: case_record_lines(case_record(CASE, Reader(TODAY)), page),
    "show-source": lambda page: source_lines(source_pages(CASE, "review-report", Reader(TODAY))[0], page),
    "search": lambda page: search_lines(
        search([CASE], CASE.registry, Reader(TODAY), words_of(["pegasus"]), all_parties=False), page
    ),
    "show-item": lambda page: record_lines(item("2018-07-16-concern#illegal-surveillance"), page),
    "show-request": lambda page: record_lines(item("2017-02-16-letter-core-group#investigation"), page),
    "show-party": lambda page: party_lines(
        party_file(CASE.registry, [CASE], CASE.registry.parties["inai"], Reader(TODAY)), page
    ),
}


NEWER = {"list-full", "status-all", "requests", "requests-full", "findings", "findings-full", "doubts", "doubts-full",
         "stats", "due", "parties", "parties-full", "sources", "sources-full",
         "show-case", "show-source", "search", "show-item", "show-request", "show-party"}  # fmt: skip
HELD = [(view, width) for view in VIEWS for width in PAGES if view not in NEWER or width in {"80", "120"}]
"""The pages that are kept; of some views two widths say enough."""


@pytest.mark.parametrize(("view", "width"), HELD)
def test_the_page_is_the_one_that_was_found_good(view: str, width: str) -> None:
    drawn = "".join(f"{plain(each)}\n" for each in VIEWS[view](PAGES[width]))
    hold(GOLDEN / f"{view}-{width}.txt", drawn)


@pytest.mark.parametrize("view", VIEWS)
def test_no_line_is_wider_than_the_page(view: str) -> None:
    """Single words apart, as addresses and references: cut in two they would lead nowhere."""
    for name, page in PAGES.items():
        for each in VIEWS[view](page):
            text = plain(each)
            alone = " " not in text.strip(" │|") or "://" in text
            assert page.width is None or alone or cells(text) <= page.width, (name, text)


@pytest.mark.parametrize("view", VIEWS)
def test_no_sign_stands_where_it_reads_badly(view: str) -> None:
    """No arrow ends a line, no dot begins one, and no mark of a note stands alone."""
    for page in PAGES.values():
        for each in VIEWS[view](page):
            text = plain(each).strip(" │|")
            assert not text.endswith(page.glyphs.arrow), text
            assert not text.startswith(f"{page.glyphs.dot} ") or view in {"show", "doubts-full", "timeline-full"}, text
            assert not (text.startswith("[") and text.endswith("]") and text[1:-1].isdigit()), text


@pytest.mark.parametrize("view", VIEWS)
def test_a_terminal_without_the_signs_gets_ascii_ones(view: str) -> None:
    def drawn(page: Page) -> set[str]:
        return {sign for each in VIEWS[view](page) for piece in each for sign in piece.text}

    signs = {sign for name in UNICODE.__match_args__ for sign in getattr(UNICODE, name) if not sign.isascii()}
    assert not signs & drawn(PAGES["ascii"])


COLUMNS_BETWEEN = {"timeline", "timeline-2018", "timeline-full", "list", "list-full", "requests", "stats", "parties",
                   "sources", "doubts", "findings"}  # fmt: skip
"""Views whose columns stand between the words of a text, or whose texts are cut, or bars drawn, for the page."""
FOLDED = {"status", "status-2018"}
"""Views that leave something out to fit one screen, and say so."""


@pytest.mark.parametrize("view", VIEWS)
def test_the_same_words_stand_on_every_page(view: str) -> None:
    """A narrower page breaks lines; it never leaves anything out."""

    def words(page: Page) -> str:
        text = "".join(plain(each) for each in VIEWS[view](page))
        drawing = {sign for name in page.glyphs.__match_args__ for sign in getattr(page.glyphs, name)}
        return "".join(sign for sign in text if not sign.isspace() and sign not in drawing)

    if view not in COLUMNS_BETWEEN:
        assert words(PAGES["piped"]) == words(PAGES["40"])
    if view not in COLUMNS_BETWEEN | FOLDED:
        assert words(PAGES["piped"]) == words(PAGES["80"])


def test_a_procedure_as_a_document_is_the_one_that_was_found_good() -> None:
    """The one with moves that either of two bodies decides."""
    table = procedure_named("procedural_review")
    hold(GOLDEN / "policy-procedural-review.md", policy_markdown(table))
    hold(GOLDEN / "policy-procedural-review.mmd", policy_mermaid(table))


def test_every_page_there_is_belongs_to_a_view() -> None:
    expected = {f"{view}-{width}.txt" for view, width in HELD} | {"diff-80.txt", "diff-120.txt"}
    assert expected == {each.name for each in GOLDEN.glob("*.txt")}
