"""An event as a page: all that its record says is on it, in words, whatever the kind of event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of
from ogpcase.output.lines import ASCII, Page, plain
from ogpcase.reports.record.rows import event_record
from ogpcase.reports.record.text import part_of, record_lines
from ogpcase.reports.shown import fact_words, said_of, somebody
from ogpcase.workspace.opening import Workspace

TESTS = Path(__file__).parents[1]
FOLDERS = (
    TESTS.parent / "cases",
    TESTS / "folders" / "arcadia" / "cases",
    *(TESTS / "corpus" / "sound" / name / "cases" for name in ("arcadia", "arcadia-answered", "invented")),
)
READER = Reader(date(2026, 11, 22))


def cases() -> Iterator[CaseFile]:
    for folder in FOLDERS:
        workspace = Workspace.open(folder)
        yield from (workspace.case(name).casefile for name in workspace.case_ids())


def words_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            word = {"gives": fact_words, "inferred": fact_words, "of": somebody, "party": somebody}.get(name)
            yield from words_in(each) if word is None else map(word, [each] if isinstance(each, str) else each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_in(each)
    elif not isinstance(value, bool):
        yield said_of(str(value))


def squeezed(text: str) -> str:
    return "".join(sign for sign in text if not sign.isspace()).casefold()


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: case.id)
@pytest.mark.parametrize("page", [Page(None), Page(80), Page(40, ASCII)], ids=["piped", "80", "40"])
def test_everything_that_a_record_says_is_on_its_page(case: CaseFile, page: Page) -> None:
    """A code by its label, a fact that a source gives or that is inferred by its noun, and a field with blanks."""
    for event in case.events:
        record = event_record(case, event, READER)
        shown = squeezed("".join(plain(each) for each in record_lines(record, page)))
        values = {name: value for name, value in record.words.items() if name not in {"paper", "told_by"}}
        said = {squeezed(each.replace("_", " ")) for each in words_in(values)}
        page_says = squeezed(shown.replace("_", " "))
        assert [] == [each for each in said if each not in page_says], (event.id, page.width)


def test_the_paper_and_the_source_that_tells_of_it_are_marked() -> None:
    case = Workspace.open(FOLDERS[0]).case("mexico-2018").casefile
    letter = case.event_by_id["2017-05-23-letter-core-group-exit"]
    text = "\n".join(plain(each) for each in record_lines(event_record(case, letter, READER), Page(None)))
    assert (
        "  · The core group's letter to the Tripartite Technical Secretariat, English text (the paper itself)\n"
        "    gives senders, addressees, signatories, citations, answers\n"
    ) in text
    assert "  · Espionaje digital rompe Alianza por Gobierno Abierto (tells of it as past)\n" in text


def test_what_follows_a_missed_term_stands_with_the_ask() -> None:
    case = Workspace.open(FOLDERS[0]).case("mexico-2018").casefile
    letter = case.event_by_id["2015-07-letter-south-african-organisations"]
    text = "\n".join(plain(each) for each in record_lines(event_record(case, letter, READER), Page(None)))
    assert (
        "    → Government of South Africa: unanswered\n"
        "    if missed: The organisations would consider a formal complaint to OGP's Steering Committee\n"
    ) in text


def test_asks_and_answers_are_shown_both_ways() -> None:
    """What came back on an ask with the record that tells of it, and what is answered with who asked it when."""
    case = Workspace.open(FOLDERS[0]).case("mexico-2018").casefile
    asks, answers = (
        "\n".join(plain(each) for each in record_lines(event_record(case, case.event_by_id[name], READER), Page(None)))
        for name in ("2017-02-16-letter-core-group", "2017-05-23-letter-core-group-exit")
    )
    assert "\nWhat it asks\n  · Have the surveillance investigated urgently" in asks
    assert "    → National Digital Strategy Coordination: silent for 96 days, told 2017-05-23 (2017-05-23-lett" in asks
    assert "\nWhat it answers\n  · Have the surveillance investigated urgently" in answers
    assert "    asked by Core group of civil society of Mexico on 2017-02-16\n" in answers
    assert (
        "    mexico-2018/2017-02-16-letter-core-group#investigation\n    → no answer, of Secretary of Public" in answers
    )
    assert (
        "\nRecords that name it\n  2017-05     The national open government process is interrupted (follows)\n"
        in answers
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_field_has_a_part_of_the_page(kind: Kind) -> None:
    """Those that say who and when by the shape of their values; a field that is new is never left out."""
    parts = {field.name: part_of(field) for field in fields_of(kind)}
    assert {"kind": "elsewhere", "dated": "When", "summary": "What it says", "languages": "Other facts"}.items() <= (
        parts.items()
    )
    assert {"Who"} == {parts[field.name] for field in fields_of(kind) if field.shape == "party"}
