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
from tests.test_language_server import CASE, CONCERN, PARTY, REVIEW, place_of

Run = Callable[..., CompletedProcess[str]]
HEADER = "arcadia-2023/case.yaml"
SOURCE = "arcadia-2023/sources/case-page.yaml"
ABLE = {"workspace": {"workspaceEdit": {"resourceOperations": ["rename"]}}}


@pytest.fixture
def answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a case with a source in a file of its own, worked in from its parent."""
    copytree(Path(__file__).parent / "corpus" / "sound" / "arcadia-answered" / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


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
    ("where", "old", "new"),
    [
        ((REVIEW, "2023-04-10-concern#"), "arcadia-2023/2023-04-10-concern", "2023-04-10-concern-seal"),
        ((REVIEW, "ogp-criteria-and-standards"), "parties/ogp-criteria-and-standards", "criteria-and-standards"),
        ((REVIEW, "kind: report"), "arcadia-2023/2024-01-15-report-review", "2024-01-15-report-first"),
        ((HEADER, "title"), "arcadia-2023", "arcadia-2024"),
        ((CONCERN, "- case-page"), "arcadia-2023/sources/case-page", "page-of-the-case"),
        ((SOURCE, "title"), "arcadia-2023/sources/case-page", "page-of-the-case"),
    ],
)
def test_a_new_id_is_written_wherever_rename_writes_it(
    answered: Path, ogpcase: Run, where: tuple[str, str], old: str, new: str
) -> None:
    """The folder has the same files with the same bytes as after `ogpcase rename`."""
    other = copytree(answered, answered.parent / "other" / "cases")
    file, words = where
    with editing(answered, ABLE) as editor:
        editor.open(file)
        there = place_of(editor.text(file), words, 3)
        assert old.rpartition("/")[2] == editor.at("prepareRename", file, there)["placeholder"]
        changes = editor.at("rename", file, there, newName=new)["documentChanges"]
    renamed(answered, changes)
    done = ogpcase("rename", old, new, "--root", other)
    assert 0 == done.returncode, done.stderr
    assert files_of(other) == files_of(answered)


def test_a_wrong_file_name_is_mended_as_fix_mends_it(answered: Path, ogpcase: Run) -> None:
    """An editor that can rename files is offered it; the folder is then as after `validate --fix`."""
    wrong = f"{CASE}2023-04-11-concern.yaml"
    (answered / CONCERN).rename(answered / wrong)
    for path in answered.rglob("*.yaml"):
        path.write_text(path.read_text().replace("2023-04-10-concern", "2023-04-11-concern"))
    other = copytree(answered, answered.parent / "other" / "cases")
    title = "Rename the file to `2023-04-10-concern.yaml`, and every reference to it"
    for able in ({}, ABLE):
        with editing(answered, able) as editor:
            editor.open(wrong)
            line, column = place_of(editor.text(wrong), "dated: ", len("dated: "))
            start = {"line": line, "character": column}
            where = {"textDocument": {"uri": editor.uri(wrong)}, "range": {"start": start, "end": start}}
            found = editor.ask("textDocument/codeAction", {**where, "context": {"diagnostics": []}})
            edits = {each["title"]: each["edit"] for each in found}
            assert bool(able) == (title in edits)
    renamed(answered, edits[title]["documentChanges"])
    ogpcase("validate", "--fix", other / wrong, "--root", other)
    assert files_of(other) == files_of(answered)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_id_that_cannot_be_is_refused(arcadia: Path) -> None:
    with editing(arcadia, ABLE) as editor:
        editor.open(REVIEW)
        there = place_of(editor.text(REVIEW), "ogp-criteria-and-standards", 1)
        editor.at("rename", REVIEW, there, newName="Not an id", refused="cannot be an id")
        editor.at("rename", REVIEW, there, newName="open-arcadia", refused="is taken")
    with editing(arcadia) as editor:
        editor.open(REVIEW)
        editor.at("rename", REVIEW, there, newName="other", refused="cannot rename files")
