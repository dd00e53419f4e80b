"""What a reader of a case finds on its first screen, and what must stand beside a fact that no source states."""

from __future__ import annotations

import re

import pytest
from tests.test_site.conftest import Pages

CASE = "mexico-2018/index.html"


@pytest.fixture(scope="module")
def glance(register: Pages) -> str:
    """The section "At a glance" of the Mexico case."""
    section = re.search(r'<section aria-labelledby="glance">.*?</section>', register[CASE].decode(), re.DOTALL)
    assert section
    return section.group()


def test_it_tells_what_ended_the_case_and_on_which_basis(glance: str) -> None:
    said = re.search(r"<dt>How the case ended</dt><dd>(.*?)</dd>", glance)
    assert said
    assert "12 December 2019</time>, on the basis of III.B.9: <a" in said.group(1)
    assert "Came last" not in glance


def test_it_names_those_who_have_open_requests_and_leads_to_them(glance: str, register: Pages) -> None:
    said = re.search(r"<dt>Open, asked of</dt><dd>(.*?)</dd>", glance)
    assert said
    asked = re.findall(r'<a href="#(asked-\d+)">([^<]*)</a> (\d+)', said.group(1))
    assert ("Government of Mexico", "6") == asked[0][1:]
    assert [6, 3, 2, 2, 2, 1, 1, 1] == [int(number) for _anchor, _name, number in asked]
    for anchor, name, number in asked:
        heading = re.search(rf'<h3 id="{anchor}">([^<]*)</h3>', register[CASE].decode())
        assert heading
        assert heading.group(1).lower().startswith(f"{name}: {number} ".lower())


def test_it_counts_the_doubts_by_kind(glance: str) -> None:
    assert re.search(r"30 doubts</a> · contradicted: 5 · uncertain: 20 · unsourced: 5</dd>", glance)


@pytest.mark.parametrize("page", [CASE, "findings/index.html"])
def test_a_conclusion_and_findings_that_are_inferred_say_so(page: str, register: Pages) -> None:
    shown = register[page].decode()
    assert "concludes: addressed domestically (inferred)</li>" in shown
    assert 3 == len(re.findall(r"addressed domestically: addressed \(inferred\)", shown))


def test_a_note_on_sources_that_disagree_stands_with_its_event(register: Pages) -> None:
    event = re.search(r'<li class="event" id="2018-07-16-concern">.*?</li>\n<li', register[CASE].decode(), re.DOTALL)
    assert event
    assert re.search(r'<li class="note">.*15 July 2018.*</li>', event.group())


def test_a_procedure_tells_what_its_filers_decide(register: Pages) -> None:
    page = register["procedures/response_policy-2017/index.html"].decode()
    filers = re.search(r"<dt>The filers</dt><dd>(.*?)</dd>", page)
    assert filers
    moves = re.findall(r'<a href="#(move-[^"]*)">([^<]*)</a> \(([^)]*)\)', filers.group(1))
    assert ["The filers file a Concern", "The filers take the Concern back"] == [title for _id, title, _known in moves]
    assert all(f'id="{anchor}"' in page for anchor, _title, _known in moves)


@pytest.mark.parametrize(
    ("language", "case", "since"),
    [
        ("es", "mexico-2018", "desde el 16 de julio de 2018"),
        ("es", "mexico-2023", "desde enero de 2023"),
        ("fr", "mexico-2018", "depuis le 16 juillet 2018"),
        ("fr", "mexico-2023", "depuis janvier 2023"),
    ],
)
def test_a_day_of_the_calendar_has_an_article_and_a_month_has_none(
    language: str, case: str, since: str, register: Pages
) -> None:
    page = register[f"{language}/{case}/index.html"].decode()
    assert since in re.sub(r"<[^>]*>", "", page)
