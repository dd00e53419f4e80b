"""The language server, through an editor that speaks its protocol."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.editing_client import TODAY, edited, editing, spots

Run = Callable[..., CompletedProcess[str]]

CASE = "arcadia-2023/events/"
CONCERN, REVIEW, RESOLUTION = (
    f"{CASE}{name}.yaml" for name in ("2023-04-10-concern", "2024-01-15-report-review", "2024-06-03-resolution")
)
PARTY = "parties/open-arcadia.yaml"
ODD = "\U0001f600e\u0301"
"""An emoji, which is two units of UTF-16 and four bytes of UTF-8, and a letter with a combining accent."""


def place_of(text: str, words: str, shift: int = 0) -> tuple[int, int]:
    """Returns the line and column, both from 0, at which words stand in a text of plain letters."""
    before = text[: text.index(words) + shift]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_the_marks_are_those_of_validate(mexico: Path, ogpcase: Run) -> None:
    """Of every file, open or not, with the same places; the faults are typed in one and stand in the other."""
    file = "mexico-2018/events/2019-12-12-resolution.yaml"
    text = (mexico / file).read_text()
    faulty = text.replace("dated: 2019-12-12", "dated: 2019-13-12").replace("criteria-and-standards", "criteria")
    (mexico / file).write_text(faulty)
    found = json.loads(ogpcase("validate", "--format", "json", "--as-of", TODAY).stdout)
    expected: dict[str, list[tuple[str, int, int, int, int]]] = {}
    for problem in found["rows"]:
        spot = problem["places"][0]
        place = (spot["line"] - 1, spot["column"] - 1, spot["end_line"] - 1, spot["end_column"] - 1)
        expected.setdefault(Path(spot["path"]).absolute().as_uri(), []).append((problem["code"], *place))
    assert len(expected) > 1
    (mexico / file).write_text(text)
    with editing(mexico) as editor:
        editor.open(file, faulty)
        wanted = {uri: sorted(each) for uri, each in expected.items()}
        editor.wait(lambda: wanted == {uri: spots(marks) for uri, marks in editor.marks.items() if marks})


@pytest.mark.parametrize(("unit", "width"), [(None, 2 + 2), ("utf-8", 4 + 3), ("utf-32", 1 + 2)])
def test_columns_count_what_was_agreed_on(arcadia: Path, unit: str | None, width: int) -> None:
    capabilities = {"general": {"positionEncodings": [unit]}} if unit else {}
    with editing(arcadia, capabilities) as editor:
        assert (unit or "utf-16") == editor.server["positionEncoding"]
        text = f'{editor.text(PARTY)}links: [{{title: "{ODD}", bogus: x}}]\n'
        editor.open(PARTY, text)
        editor.wait(lambda: bool(editor.codes(PARTY)))
        start = len('links: [{title: "') + width + len('", ')
        wrong = [mark["range"] for mark in editor.marks[editor.uri(PARTY)] if "bogus" in mark["message"]]
        line = text.count("\n") - 1
        assert [{"line": line, "character": start}] == [each["start"] for each in wrong]
        assert [{"line": line, "character": start + len("bogus")}] == [each["end"] for each in wrong]
        seen = editor.at("hover", PARTY, (line, len('links: [{title: "') + width))
        assert seen["range"]["start"] == {"line": line, "character": len("links: [{title: ")}
        assert seen["range"]["end"] == {"line": line, "character": start - len(", ")}


def test_a_text_that_is_not_saved_marks_other_files(arcadia: Path) -> None:
    """The review answers an item of the Concern: without it, the review has an error, though nobody opened it."""
    with editing(arcadia) as editor:
        text = editor.text(CONCERN)
        editor.open(CONCERN, text.replace("id: sealed-contracts", "id: other-contracts"))
        editor.wait(lambda: bool(editor.codes(REVIEW)))
        assert text == editor.text(CONCERN)
        editor.type(CONCERN, text)
        editor.wait(lambda: not editor.codes(REVIEW))


def test_closing_without_saving_lets_the_file_count_again(arcadia: Path) -> None:
    with editing(arcadia) as editor:
        editor.open(PARTY, "name: [\n")
        editor.wait(lambda: "OC101" in editor.codes(PARTY))
        editor.close(PARTY)
        editor.wait(lambda: not editor.codes(PARTY))


def test_what_changes_on_the_disk_is_read_again(arcadia: Path) -> None:
    watching = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    with editing(arcadia, watching) as editor:
        editor.open(CONCERN)
        (arcadia / PARTY).write_text("name: [\n")
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": editor.uri(PARTY), "type": 2}]})
        editor.wait(lambda: "OC101" in editor.codes(PARTY))
        assert ["client/registerCapability"] == editor.asked


def test_an_editor_that_asks_for_marks_is_not_sent_those_of_open_files(arcadia: Path) -> None:
    pulling = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
    with editing(arcadia, pulling) as editor:
        assert editor.server["diagnosticProvider"]["interFileDependencies"]
        text = editor.text(CONCERN)
        for file in (CONCERN, REVIEW):
            editor.open(file)
        about = {file: {"textDocument": {"uri": editor.uri(file)}} for file in (CONCERN, REVIEW)}
        before = editor.ask("textDocument/diagnostic", about[REVIEW])["items"]
        editor.type(CONCERN, text.replace("id: sealed-contracts", "id: other-contracts"))
        editor.ask("textDocument/diagnostic", about[CONCERN])
        editor.wait(lambda: "workspace/diagnostic/refresh" in editor.asked)
        after = editor.ask("textDocument/diagnostic", about[REVIEW])["items"]
        assert len(after) > len(before)
        assert not editor.codes(REVIEW)
        editor.close(REVIEW)
        editor.wait(lambda: bool(editor.codes(REVIEW)))


def test_a_field_is_explained_and_a_party_named(arcadia: Path) -> None:
    with editing(arcadia) as editor:
        text = editor.text(REVIEW)
        editor.open(REVIEW)
        kind = editor.at("hover", REVIEW, place_of(text, "kind: report", len("kind: re")))
        assert "report: Report." in kind["contents"]["value"]
        assert "What sort of event this is" in kind["contents"]["value"]
        party = editor.at("hover", REVIEW, place_of(text, "ogp-criteria-and-standards", 3))
        assert "Criteria and Standards Subcommittee" in party["contents"]["value"]
        assert "plaintext" == party["contents"]["kind"]
        assert editor.at("hover", REVIEW, (0, 5)) is None


def test_a_reference_leads_to_its_item_and_the_item_to_what_names_it(arcadia: Path) -> None:
    with editing(arcadia) as editor:
        text, concern = editor.text(REVIEW), editor.text(CONCERN)
        editor.open(REVIEW)
        editor.open(CONCERN)
        there = place_of(text, "2023-04-10-concern#sealed-contracts")
        (found,) = editor.at("definition", REVIEW, there)
        item = place_of(concern, "sealed-contracts")
        assert (editor.uri(CONCERN), {"line": item[0], "character": item[1]}) == (
            found["uri"],
            found["range"]["start"],
        )
        users = editor.at("references", CONCERN, item, context={"includeDeclaration": False})
        assert {"line": there[0], "character": there[1]} in [each["range"]["start"] for each in users]
        assert {editor.uri(REVIEW)} == {each["uri"] for each in users}
        (party,) = editor.at("definition", REVIEW, place_of(text, "ogp-criteria-and-standards"))
        assert editor.uri("parties/ogp-criteria-and-standards.yaml") == party["uri"]


@pytest.mark.parametrize(
    ("typed", "offered", "not_offered"),
    [
        ("kind: ", "resolution", "2023-04-10-concern"),
        ("kind: letter\nti", "title: ", "kind: "),
        ("kind: letter\nti: x\n", "summary: ", "kind: "),
        ("kind: letter\nsenders: go", "government-of-arcadia", "letter"),
        ("kind: letter\nsenders:\n  - ", "open-arcadia", "title: "),
        ("kind: letter\nin_reply_to: ", "2023-04-10-concern", "open-arcadia"),
        ("kind: report\nfindings:\n  - about: 2023-04-10-concern#", "2023-04-10-concern#sealed-contracts", "public"),
        ("kind: report\nfindings:\n  - ad", "addressed: ", "kind: "),
        ("kind: report\nfindings:\n  - addressed: ", "addressed", "letter"),
    ],
)
def test_what_can_be_written_is_offered(arcadia: Path, typed: str, offered: str, not_offered: str) -> None:
    with editing(arcadia) as editor:
        file = f"{CASE}2023-05-01-letter.yaml"
        editor.open(file, typed)
        end = (typed.count("\n"), len(typed) - typed.rfind("\n") - 1)
        words = [each["textEdit"]["newText"] for each in editor.at("completion", file, end)["items"]]
        assert offered in words
        assert not_offered not in words


@pytest.mark.parametrize(
    ("typed", "chosen", "written"),
    [
        ("kind: |\n", "letter", "kind: letter\n"),
        ("kind: le|ttre\n", "letter", "kind: letter\n"),
        ("kind: letter\nti|\n", "title", "kind: letter\ntitle: \n"),
        ("kind: letter\nti|lte: x\n", "title", "kind: letter\ntitle: x\n"),
        (
            "kind: letter\nsenders: [go|, ogp]\n",
            "government-of-arcadia",
            "kind: letter\nsenders: [government-of-arcadia, ogp]\n",
        ),
    ],
)
def test_what_is_chosen_takes_the_place_of_the_word(arcadia: Path, typed: str, chosen: str, written: str) -> None:
    """Of the whole word, also behind the cursor; a field that has its colon gets no second one."""
    with editing(arcadia) as editor:
        file, text = f"{CASE}2023-05-01-letter.yaml", typed.replace("|", "")
        editor.open(file, text)
        items = editor.at("completion", file, place_of(typed, "|"))["items"]
        (edit,) = [item["textEdit"] for item in items if item["label"] == chosen]
        assert written == edited(text, [edit])


def test_a_file_of_no_case_folder_is_let_be(arcadia: Path) -> None:
    with editing(arcadia) as editor:
        editor.open("../elsewhere.yaml", "kind: [\n")
        assert editor.at("hover", "../elsewhere.yaml", (0, 1)) is None
        assert [] == editor.at("definition", "../elsewhere.yaml", (0, 1))
