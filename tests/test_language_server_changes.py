"""What the language server offers to change: mends of problems, and a new id with every reference to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from tests.editing_client import Editor, edited, editing
from tests.test_language_server import CONCERN, PARTY, REVIEW, place_of

Run = Callable[..., CompletedProcess[str]]
ABLE = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}}


def actions(editor: Editor, file: str, text: str, words: str, only: list[str] | None = None) -> dict[str, str]:
    """Returns the text after each mend that is offered where words stand, by its title."""
    line, column = place_of(text, words)
    where = {"start": {"line": line, "character": column}, "end": {"line": line, "character": column}}
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    about = {"textDocument": {"uri": editor.uri(file)}, "range": where, "context": context}
    found = editor.ask("textDocument/codeAction", about)
    return {each["title"]: edited(text, each["edit"]["changes"][editor.uri(file)]) for each in found}


@pytest.mark.parametrize(
    ("file", "right", "wrong", "title"),
    [
        (REVIEW, "kind: report", "kind: reprot", "Write `report`"),
        (REVIEW, "conclusion:", "conclusoin:", "Write `conclusion`"),
        (REVIEW, "- ogp-criteria-and-standards", "- ogp-criteria-and-standard", "Write `ogp-criteria-and-standards`"),
        (CONCERN, "- 2023-02-01-letter-ask", "- 2023-02-01-letter-aks", "Write `2023-02-01-letter-ask`"),
        (PARTY, 'country: "NO"', "country: NO", "Put `NO` in quotes"),
    ],
)
def test_a_problem_is_mended_where_one_word_mends_it(
    arcadia: Path, file: str, right: str, wrong: str, title: str
) -> None:
    with editing(arcadia) as editor:
        sound = editor.text(file).replace("country: XA", 'country: "NO"')
        faulty = sound.replace(right, wrong)
        assert faulty != sound
        editor.open(file, faulty)
        found = actions(editor, file, faulty, wrong)
        assert sound == found[title]
        assert title not in actions(editor, file, faulty, wrong, ["refactor"])


def test_a_near_word_that_brings_another_error_is_not_offered(arcadia: Path) -> None:
    """The nearest party is no body of OGP, and so cannot adopt a report."""
    with editing(arcadia) as editor:
        text = editor.text(REVIEW).replace("ogp-criteria-and-standards", "open-arcadi")
        editor.open(REVIEW, text)
        marks = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": editor.uri(REVIEW)}})["items"]
        assert any("did you mean `open-arcadia`?" in mark["message"] for mark in marks)
        assert {} == actions(editor, REVIEW, text, "open-arcadi")


def test_all_that_has_one_right_answer_is_mended_at_once(arcadia: Path) -> None:
    with editing(arcadia) as editor:
        sound = editor.text(PARTY)
        faulty = sound.replace("\n", "\r\n", 1).removesuffix("\n")
        editor.open(PARTY, faulty)
        found = actions(editor, PARTY, faulty, "name", ["source.fixAll"])
        assert {"Mend what has only one right answer in this file": sound} == found


def renamed(folder: Path, changes: list[Any]) -> None:
    """Does what an editor does with the changes."""
    for change in changes:
        if change.get("kind") == "rename":
            Path(unquote(urlsplit(change["oldUri"]).path)).rename(Path(unquote(urlsplit(change["newUri"]).path)))
        else:
            path = Path(unquote(urlsplit(change["textDocument"]["uri"]).path))
            assert path.is_relative_to(folder)
            path.write_text(edited(path.read_text(), change["edits"]))


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("2023-04-10-concern#", "arcadia-2023/2023-04-10-concern", "2023-04-10-concern-seal"),
        ("ogp-criteria-and-standards", "parties/ogp-criteria-and-standards", "criteria-and-standards"),
        ("kind: report", "arcadia-2023/2024-01-15-report-review", "2024-01-15-report-first"),
    ],
)
def test_a_new_id_is_written_wherever_rename_writes_it(
    arcadia: Path, ogpcase: Run, words: str, old: str, new: str
) -> None:
    other = copytree(arcadia, arcadia.parent / "other" / "cases")
    with editing(arcadia, ABLE) as editor:
        editor.open(REVIEW)
        there = place_of(editor.text(REVIEW), words, 1)
        assert old.rpartition("/")[2] == editor.at("prepareRename", REVIEW, there)["placeholder"]
        changes = editor.at("rename", REVIEW, there, newName=new)["documentChanges"]
    renamed(arcadia, changes)
    done = ogpcase("rename", old, new, "--root", other)
    assert 0 == done.returncode, done.stderr
    texts = [{path.relative_to(top): path.read_text() for path in top.rglob("*.yaml")} for top in (arcadia, other)]
    assert texts[1] == texts[0]


def test_an_id_that_cannot_be_is_refused(arcadia: Path) -> None:
    with editing(arcadia, ABLE) as editor:
        editor.open(REVIEW)
        there = place_of(editor.text(REVIEW), "ogp-criteria-and-standards", 1)
        editor.at("rename", REVIEW, there, newName="Not an id", refused="cannot be an id")
        editor.at("rename", REVIEW, there, newName="open-arcadia", refused="is taken")
    with editing(arcadia) as editor:
        editor.open(REVIEW)
        editor.at("rename", REVIEW, there, newName="other", refused="cannot rename files")
