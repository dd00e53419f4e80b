"""`ogpcase search`: words in all texts, names and ids, each with its place and a line of context."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.output.lines import ASCII, Page, plain
from ogpcase.reports.search.rows import Search, context_of, found_in, search, spans_of, words_of
from ogpcase.reports.search.text import search_lines
from ogpcase.reports.shown import Languages

Run = Callable[..., CompletedProcess[str]]
DAY = ("--as-of", "2026-11-22")
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"


def rows(done: CompletedProcess[str]) -> list[dict[str, Any]]:
    found = json.loads(done.stdout)["rows"]
    assert isinstance(found, list)
    return found


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("typed", [("Artículo", "19"), ("ARTICULO 19",), ("articulo", "19", "19")])
def test_case_and_accents_do_not_matter_and_all_words_are_needed(ogpcase: Run, typed: tuple[str, ...]) -> None:
    done = ogpcase("search", *typed, *DAY)
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("as of 2026-11-22\n3 records of 3 cases and their parties have `articulo` `19`\n")
    assert "\nparty  Artículo 19\n  article-19\n" in done.stdout
    assert "  mexico-2018/2017-05-23-letter-core-group-exit\n    signatories 1: Artículo 19\n" in done.stdout
    assert "no record" in ogpcase("search", "articulo", "zeppelin", *DAY).stdout


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("typed", "record", "reference", "field"),
    [
        ("sealed in 2022", "event", "arcadia-2023/2023-02-01-letter-ask", "requests#publish-contracts.text"),
        ("publish-contracts", "event", "arcadia-2023/2023-02-01-letter-ask", "requests#publish-contracts"),
        ("2024-06-03-res", "event", "arcadia-2023/2024-06-03-resolution", "id"),
        ("copy letter", "event", "arcadia-2023/2023-02-01-letter-ask", "sources#copy.title"),
        ("open-arcadia", "party", "open-arcadia", "id"),
        ("arcadia-2023", "case", "arcadia-2023", "id"),
    ],
)
def test_texts_names_and_ids_are_found_in_their_fields(
    ogpcase: Run, typed: str, record: str, reference: str, field: str
) -> None:
    found = rows(ogpcase("search", typed, *DAY, "--json"))
    assert (record, reference, field) in [(row["record"], row["reference"], row["field"]) for row in found]


@pytest.mark.usefixtures("arcadia")
def test_the_id_of_an_item_is_told_once(ogpcase: Run) -> None:
    found = [row["field"] for row in rows(ogpcase("search", "publish-contracts", *DAY, "--json"))]
    assert ["requests#publish-contracts"] == [field for field in found if field.startswith("requests")]


def test_the_fields_of_a_record_together_have_the_words_unless_one_has_all(arcadia: Path, ogpcase: Run) -> None:
    put(arcadia / LETTER, "kind: letter\n", "kind: letter\nsummary: The harbour and the bridge.\n")
    together = rows(ogpcase("search", "harbour sealed", *DAY, "--json"))
    assert {("summary", ("harbour",)), ("title", ("sealed",)), ("requests#publish-contracts.text", ("sealed",))} == {
        (row["field"], tuple(row["found"])) for row in together
    }
    assert ["summary"] == [row["field"] for row in rows(ogpcase("search", "bridge harbour", *DAY, "--json"))]


def test_a_source_in_a_file_and_an_earlier_id_are_found(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "sources").mkdir()
    (arcadia / "arcadia-2023" / "sources" / "gazette.yaml").write_text("title: Quarterly\npublisher: Ministério\n")
    put(arcadia / LETTER, "kind: letter\n", "kind: letter\naliases: [2023-02-01-letter-old]\n")
    (source,) = rows(ogpcase("search", "ministerio", *DAY, "--json"))
    assert ("arcadia-2023/sources/gazette", "publisher", ["Ministério"]) == (
        source["reference"], source["field"], source["found"],
    )  # fmt: skip
    assert ["aliases"] == [row["field"] for row in rows(ogpcase("search", "letter-old", *DAY, "--json"))]


@pytest.mark.usefixtures("mexico")
def test_every_language_is_searched_unless_one_is_asked_for(ogpcase: Run) -> None:
    every = ogpcase("search", "vigilancia", *DAY).stdout
    assert "    title (es): Vigilancia ilegal de la sociedad civil en México\n" in every
    assert "3 registros" in ogpcase("search", "vigilancia", "--lang", "es", *DAY).stdout
    assert "no record of 3 cases" in ogpcase("search", "vigilancia", "--lang", "en", *DAY).stdout


@pytest.mark.usefixtures("mexico")
def test_one_case_is_searched_with_the_parties_that_it_names(ogpcase: Run) -> None:
    found = rows(ogpcase("search", "government", "--case", "turkey-2014", *DAY, "--json"))
    assert {"turkey-2014"} == {row["case"] for row in found if row["record"] != "party"}
    assert ["government-of-turkey", "ogp"] == sorted({row["reference"] for row in found if row["record"] == "party"})


@pytest.mark.usefixtures("arcadia")
def test_that_nothing_is_found_is_said_and_no_failure(ogpcase: Run) -> None:
    done = ogpcase("search", "zeppelin", "harbour", *DAY)
    assert (0, "as of 2026-11-22\nno record of 1 case and its parties has `zeppelin` `harbour`\n", "") == (
        done.returncode, done.stdout, done.stderr,
    )  # fmt: skip
    assert [] == rows(ogpcase("search", "zeppelin", *DAY, "--json"))
    for nothing in ("", "  ", "\u0301"):
        refused = ogpcase("search", nothing)
        assert (2, "") == (refused.returncode, refused.stdout)
        assert "error: there is no word to look for\n" in refused.stderr


@pytest.mark.usefixtures("arcadia")
def test_what_had_not_happened_or_was_withdrawn_is_not_found(arcadia: Path, ogpcase: Run) -> None:
    assert "no record" in ogpcase("search", "resolution", "--as-of", "2023-03-01").stdout
    with (arcadia / LETTER).open("a", encoding="utf-8") as file:
        file.write("withdrawn: {on: 2026-11-01, because: Not sent.}\n")
    assert "no record" in ogpcase("search", "publish-contracts", "--as-of", "2023-03-01").stdout


def test_the_place_of_a_word_is_marked_and_the_context_is_cut_at_blanks() -> None:
    text = f"{'before ' * 20}the Périphérie{' after' * 20}"
    context = context_of(text, ("peripherie",))
    assert context.startswith("… before ")
    assert context.endswith(" after …")
    assert {"…", "before", "after", "the", "Périphérie"} == set(context.split())
    assert len(context) < 150
    assert ["Périphérie"] == [text[span.start : span.end] for span in spans_of(text, ("peripherie",))]
    assert "https://e.org/a-long/address" == context_of("https://e.org/a-long/address", ("long",))
    far = f"one {'x ' * 200}two"
    assert context_of(far, ("one", "two")).count("…") == 1


def test_a_terminal_without_the_sign_gets_dots() -> None:
    from tests.test_output_golden import CASE, TODAY

    found = search([CASE], CASE.registry, Reader(TODAY), ("surveillance",), all_parties=False)
    assert isinstance(found, Search)
    assert [] == [each for each in search_lines(found, Page(80, ASCII)) if "…" in plain(each)]
    assert [] != [each for each in search_lines(found, Page(80)) if "…" in plain(each)]


def test_a_word_that_was_found_has_a_style_of_its_own() -> None:
    from tests.test_output_golden import CASE, TODAY

    found = search([CASE], CASE.registry, Reader(TODAY), ("pegasus",), all_parties=False)
    marked = [piece.text for each in search_lines(found, Page(80)) for piece in each if piece.style == "warning"]
    assert ["Pegasus"] == sorted(set(marked))
    assert Languages() == found.languages


TEXTS = st.text(alphabet="aáÁbßİ ﬁ\u0301\u00a0ñ", max_size=12)


@given(TEXTS, st.text(alphabet="aábsñif", min_size=1, max_size=3))
def test_a_word_has_a_place_exactly_if_it_is_found(text: str, typed: str) -> None:
    words = words_of([typed])
    if " " not in " ".join(text.split()):
        assert bool(found_in(text, words)) == bool(spans_of(text, words))
    for span in spans_of(text, words):
        assert 0 <= span.start < span.end <= len(text)
