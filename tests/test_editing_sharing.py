"""`validate --fix` moves what several events share into a file, and gives each text an id of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.checks.scope import Scope
from ogpcase.checks.sources import CHECKS
from ogpcase.editing.changing import with_texts
from ogpcase.editing.sharing import shared
from ogpcase.model.casefile import CaseFile
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit

CASE = "arcadia-2023"
HEADER = "title: T\ntrack: response_policy\npolicy_version: '2017'\nsubject: gov\ncountry: XA\nlanguage: en\n"
URL = "https://example.org/news/the-vote.html"


def folder(*events: str, **sources: str) -> Workspace:
    """A folder with an event of January for each text of `sources` and what follows it, and with source files."""
    files = {f"{CASE}/case.yaml": HEADER, "parties/gov.yaml": "name: Gov\nclassification: government\n"}
    for number, text in enumerate(events, 1):
        head = f"kind: development\ntitle: E\ndated: 2023-01-{number:02}\n"
        files[f"{CASE}/events/2023-01-{number:02}-development.yaml"] = head + text
    files |= {f"{CASE}/sources/{name.replace('_', '-')}.yaml": text for name, text in sources.items()}
    memory = MemoryFiles({file: text.encode() for file, text in files.items()})
    return Workspace(Root(Path("cases"), "cases"), memory, Path())


def mended(workspace: Workspace) -> dict[str, str]:
    """The texts of the files that change, by the end of their path; mending again changes nothing."""
    changes = shared(workspace, workspace.case(CASE))
    after = with_texts(workspace, {change.file: change.new for change in changes})
    assert () == shared(after, after.case(CASE))
    return {
        change.file.removeprefix(f"{CASE}/"): change.new.partition("dated: ")[2][11:] or change.new
        for change in changes
    }


def event(number: int) -> str:
    return f"events/2023-01-{number:02}-development.yaml"


def test_one_address_becomes_one_file_and_what_stays_keeps_its_comments() -> None:
    first = f"""\
sources:
  # found by hand
  - id: news  # of the vote
    url: {URL}
    language: en
    # all that it says
    gives: [dated]
  - id: copy
    title: A copy
"""
    second = f"sources:\n  - {{id: vote, title: News of the vote, url: {URL!r}, language: en}}  # the same\n"
    third = f"sources: [{{id: news, publisher: The Paper, url: {URL!r}, language: en, gives: dated}}]\n"
    assert {
        "sources/news.yaml": f"title: News of the vote\npublisher: The Paper\nurl: {URL}\nlanguage: en\n",
        event(1): "sources:\n  # found by hand\n  - id: news  # of the vote\n    # all that it says\n"
        "    gives: [dated]\n  - id: copy\n    title: A copy\n",
        event(2): "sources:\n  - news  # the same\n",
        event(3): "sources: [{id: news, gives: dated}]\n",
    } == mended(folder(first, second, third))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (f"url: {URL}, retrieved: 2020", f"url: {URL}, retrieved: 2021"),
        (f"url: {URL}, retrieved: 2020", f"url: {URL}"),
        (f"url: {URL}, language: en", f"url: {URL}, language: eo"),
        (f"url: {URL}, withhold: all", f"url: {URL}"),
        (f"url: {URL}", "title: The vote"),
        ("title: The vote", "title: The vote, publisher: P"),
        (f"url: {URL}, archived_url: 'https://a.example/1'", f"url: {URL}, archived_url: 'https://a.example/2'"),
        (f"file: sources/a.pdf, sha256: {'0' * 64}", f"file: sources/a.pdf, sha256: {'1' * 64}"),
    ],
)
def test_what_may_be_two_texts_stays_two(one: str, other: str) -> None:
    assert {} == mended(folder(f"sources: [{{id: a, {one}}}]\n", f"sources: [{{id: b, {other}}}]\n"))


@pytest.mark.parametrize("text", [f"file: sources/a.pdf, sha256: {'0' * 64}", "title: The vote, publisher: P"])
def test_a_digest_or_else_all_fields_tell_that_two_are_one(text: str) -> None:
    found = mended(folder(f"sources: [{{id: a, {text}}}]\n", f"sources: [{{id: a, {text}, gives: [dated]}}]\n"))
    assert ("sources: [a]\n", "sources: [{id: a, gives: [dated]}]\n") == (found[event(1)], found[event(2)])


@pytest.mark.parametrize(
    ("text", "name"),
    [(f"url: {URL}", "the-vote"), (f"url: {URL}, title: 'How it was voted'", "how-it-was-voted")],
)
def test_an_id_that_says_nothing_gives_way_to_words(text: str, name: str) -> None:
    facts = "told_by: s1\nalso_dated: [{value: 2022, source: s1}]\ndeparture: [{because: So, sources: [s1]}]\n"
    found = mended(folder(f"sources: [{{id: s1, {text}}}]\n{facts}", f"sources: [{{id: s2, {text}}}]\n"))
    assert f"sources: [{name}]\n{facts.replace('s1', name)}" == found[event(1)]
    assert {f"sources/{name}.yaml", event(1), event(2)} == found.keys()


def test_a_text_that_has_a_file_is_named_by_every_event() -> None:
    found = mended(folder(f"sources: [{{id: a, url: {URL!r}}}]\n", news=f"title: News\nurl: {URL}\nlanguage: null\n"))
    assert {} == found  # the file cannot be read whole
    found = mended(folder(f"sources: [{{id: a, url: {URL!r}}}]\n", news=f"title: News\nurl: {URL}\n"))
    assert {event(1): "sources: [news]\n"} == found
    more = f"sources: [{{id: a, url: {URL!r}, archived_url: 'https://a.example/1'}}]\n"
    assert {} == mended(folder(more, news=f"title: News\nurl: {URL}\n"))


def test_an_event_names_a_file_once() -> None:
    twice = f"sources: [{{id: a, url: {URL!r}}}, {{id: b, url: {URL!r}, gives: [dated]}}]\n"
    assert {} == mended(folder(twice))
    assert {} == mended(folder(twice.replace("{id: a, url: " + repr(URL) + "}", "news"), news=f"url: {URL}\n"))


def test_two_texts_of_one_id_get_two_ids() -> None:
    found = mended(
        folder(
            "sources: [{id: letter, title: The letter of May}]\n",
            "sources: [{id: letter, title: The reply}]\npaper: letter\n",
            "sources: [letter2, {id: letter2, title: The third}]\n",
        )
    )
    assert {event(2): "sources: [{id: the-reply, title: The reply}]\npaper: the-reply\n"} == found


def test_a_case_with_a_record_that_cannot_be_read_is_left_alone() -> None:
    one = f"sources: [{{id: a, url: {URL!r}}}]\n"
    assert {} == mended(folder(one, one, "sources: [\n"))


POOL = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["One", "Two"]),
        "url": st.sampled_from([URL, f"{URL}2"]),
        "retrieved": st.sampled_from(["2020", "2021"]),
        "language": st.sampled_from(["en", "eo"]),
        "gives": st.just(["dated"]),
    },
).map(lambda made: made if {"title", "url"} & made.keys() else {**made, "title": "One"})
EVENTS = st.lists(
    st.lists(st.tuples(st.sampled_from("abc"), POOL), max_size=3, unique_by=lambda each: each[0]), max_size=4
)


def text_of(listed: list[tuple[str, Mapping[str, Any]]]) -> str:
    return emit({"sources": [{"id": name, **made} for name, made in listed]}) if listed else ""


def told(case: CaseFile) -> dict[str, list[tuple[Any, ...]]]:
    return {
        each.id: [(one.url, one.retrieved, one.language, one.gives) for one in case.sources_of(each)]
        for each in case.events
    }


@settings(max_examples=examples(25, 60), deadline=None)
@given(EVENTS)
def test_what_each_event_says_of_its_sources_stays(events: list[list[tuple[str, Mapping[str, Any]]]]) -> None:
    """And each text has one id, each id one text, afterwards."""
    before = folder(*map(text_of, events))
    changes = shared(before, before.case(CASE))
    after = with_texts(before, {change.file: change.new for change in changes})
    case = after.case(CASE).casefile
    assert told(before.case(CASE).casefile) == told(case)
    assert () == shared(after, after.case(CASE))
    scope = Scope(case, {}, date(2026, 11, 22))
    assert [] == [each.code for check in CHECKS for each in check(scope)]


def test_fix_writes_the_files_and_says_so(arcadia: Path, ogpcase: Callable[..., CompletedProcess[str]]) -> None:
    done = ogpcase("validate", "--fix")
    assert "mended  cases/arcadia-2023/sources/case-page.yaml\n" in done.stderr
    assert "title: Page of the case\n" == (arcadia / CASE / "sources" / "case-page.yaml").read_text()
    assert "nothing to mend; nothing was written\n" == ogpcase("validate", "--fix").stderr


def test_a_text_may_get_the_id_that_another_text_of_the_event_had() -> None:
    """What names either goes with it: the paper stays the same text."""
    aaa, bbb = "https://example.org/aaa", "https://example.org/bbb"
    both = f"paper: first\ntold_by: vote\nsources:\n  - {{id: first, url: {aaa!r}}}\n  - {{id: vote, url: {bbb!r}}}\n"
    ones = [f"sources:\n  - {{id: vote, url: {aaa!r}}}\n"] * 2
    others = [f"sources:\n  - {{id: count, url: {bbb!r}}}\n"] * 2
    texts = mended(folder(both, *ones, *others))
    assert (f"url: {aaa}\n", f"url: {bbb}\n") == (texts["sources/vote.yaml"], texts["sources/count.yaml"])
    assert "paper: vote\ntold_by: count\nsources:\n  - vote\n  - count\n" == texts[event(1)]
