"""Hostile folders in an editor: its marks are those of `validate`, and every question at any place is answered.

One server answers for all folders of a module, as for an editor that has many of them open.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from subprocess import CompletedProcess
from typing import Any

import pytest
from pygls.exceptions import JsonRpcInvalidParams
from tests.editing_client import TODAY, Editor, editing, spots
from tests.hostile import test_bytes, test_yaml
from tests.hostile.folders import folder_of
from tests.hostile.mutating import TOP, mutants
from tests.hostile.planting import plant
from tests.hostile.program import with_neighbour
from tests.trials import examples

Run = Callable[..., CompletedProcess[str]]
FOLDERS = {"ours": TOP / "cases"} | {folder.parent.name: folder for folder in (TOP / "tests").glob("*/**/cases")}
PLACES = examples(4, 40)
"""Random places in each folder where everything is asked, beside those of its first marks."""
FAULTS = examples(2, 20)
ABLE = {
    "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}},
    "textDocument": {"diagnostic": {}},
}


class Heard(logging.Handler):
    """Keeps what the server and its event loop log of exceptions, but for refusals, which are answers."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info is None or not isinstance(record.exc_info[1], JsonRpcInvalidParams):
            self.said.append(self.format(record))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor that asks for marks, and renames files; the server has logged no exception in the end."""
    heard, loggers = Heard(), [logging.getLogger(name) for name in ("pygls", "asyncio")]
    for each in loggers:
        each.addHandler(heard)
    try:
        with editing(tmp_path_factory.mktemp("work") / "cases", ABLE) as editor:
            yield editor
    finally:
        for each in loggers:
            each.removeHandler(heard)
    assert [] == heard.said


def shown(path: Path) -> str:
    """Returns what an editor shows of a file."""
    return path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")


def openable(folder: Path) -> list[Path]:
    """Returns the records of a folder that an editor can show: no pipe, nothing outside, no name without address."""
    files = [path for path in sorted(folder.rglob("*.yaml")) if path.is_file() and str(path).isprintable()]
    return [path for path in files if path.resolve().is_relative_to(folder.parent)]


Spots = list[tuple[str, int, int, int, int]]


def validated(folder: Path, ogpcase: Run) -> dict[str, Spots]:
    """Returns the code and the place of each problem that `validate` reports, as the protocol counts, by address."""
    done = ogpcase("validate", "--format", "json", "--root", folder, "--as-of", TODAY)
    found: dict[str, Spots] = {}
    lines: dict[Path, list[str]] = {}
    for problem in json.loads(done.stdout)["rows"]:
        place = problem["places"][0]
        path = Path(place["path"]).absolute()
        if path not in lines:
            lines[path] = shown(path).replace("\r\n", "\n").replace("\r", "\n").split("\n") if path.is_file() else []
        ends = [(place[f"{end}line"] - 1, place[f"{end}column"] - 1) for end in ("", "end_")]
        units = [each for line, column in ends for each in (line, utf_16(lines[path], line, column))]
        found.setdefault(path.as_uri(), []).append((problem["code"], *units))
    return {uri: sorted(each) for uri, each in found.items()}


def utf_16(lines: list[str], line: int, column: int) -> int:
    text = lines[line] if line < len(lines) else ""
    return len(text[:column].encode("utf-16-le", "surrogatepass")) // 2


def is_asked(editor: Editor, path: Path, place: tuple[int, int]) -> None:
    """Asks everything about a place; each question gets an answer, though renaming may be refused."""
    file = path.as_posix()
    for method in ("hover", "definition", "completion", "prepareRename"):
        editor.at(method, file, place)
    editor.at("references", file, place, context={"includeDeclaration": True})
    start = {"line": place[0], "character": place[1]}
    document = {"textDocument": {"uri": path.as_uri()}}
    about = {**document, "range": {"start": start, "end": start}, "context": {"diagnostics": []}}
    editor.ask("textDocument/codeAction", about)
    new = {**document, "position": start, "newName": "2020-01-01-letter-new"}
    assert "bug" not in str(editor.answer_to(editor.send("textDocument/rename", new)).get("error"))


def places_in(dice: Random, text: str) -> tuple[int, int]:
    """Returns a random place of a text, sometimes behind the end of a line or of the text."""
    lines = text.split("\n")
    line = dice.randrange(len(lines) + 1)
    return line, dice.randrange((len(lines[line]) if line < len(lines) else 0) + 3)


def marks_of(editor: Editor, path: Path) -> list[Any]:
    found = editor.ask("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})["items"]
    assert isinstance(found, list)
    return found


def is_sound(editor: Editor, folder: Path, expected: dict[str, Spots], places: int = PLACES) -> None:
    """Opens each file, compares its marks, asks everything at the first marks and anywhere, and closes it."""
    dice, paths = Random(folder.parent.name), openable(folder)
    for path in paths:
        editor.open(path.as_posix(), shown(path))
    marks = {path: marks_of(editor, path) for path in paths}
    found = {path: spots(each) for path, each in marks.items()}
    assert {path: expected.get(path.as_uri(), []) for path in paths} == found
    firsts = [(path, mark["range"]["start"]) for path in paths for mark in marks[path]][:FAULTS]
    for path, start in firsts:
        is_asked(editor, path, (start["line"], start["character"]))
    for path in dice.choices(paths, k=places):
        is_asked(editor, path, places_in(dice, shown(path)))
    for path in paths:
        editor.close(path.as_posix())
    assert [] == editor.said


@pytest.mark.parametrize("folder", FOLDERS.values(), ids=FOLDERS.keys())
def test_its_marks_are_those_of_validate_and_each_question_is_answered(
    editor: Editor, folder: Path, ogpcase: Run
) -> None:
    is_sound(editor, folder, validated(folder, ogpcase))


@pytest.mark.parametrize("rows", [test_bytes.ROWS, test_yaml.ROWS], ids=["bytes", "yaml"])
def test_so_it_is_for_whatever_a_file_can_hold(editor: Editor, rows: Any, tmp_path: Path, ogpcase: Run) -> None:
    folder = folder_of(tmp_path, rows) / "cases"
    is_sound(editor, folder, validated(folder, ogpcase), places=20)


@pytest.mark.posix
def test_so_it_is_where_things_stand_that_do_not_belong(editor: Editor, tmp_path: Path, ogpcase: Run) -> None:
    """A link or a pipe is no record, even if an editor shows what it leads to."""
    folder = with_neighbour(tmp_path)
    plant(folder)
    is_sound(editor, folder, validated(folder, ogpcase), places=20)


def test_what_is_typed_has_the_marks_that_it_has_when_it_is_saved(editor: Editor, tmp_path: Path, ogpcase: Run) -> None:
    folder = with_neighbour(tmp_path)
    records = [record for _, record in mutants(seed=29, count=examples(120)) if (folder / record.file).is_file()]
    assert len(records) > 10
    for path in openable(folder):
        editor.open(path.as_posix())
    for record in records:
        path, text = folder / record.file, record.data.decode("utf-8", "replace").removeprefix("\ufeff")
        before = path.read_bytes()
        editor.type(path.as_posix(), text)
        found = {each: spots(marks_of(editor, each)) for each in openable(folder)}
        path.write_bytes(text.encode())
        expected = validated(folder, ogpcase)
        assert {each: expected.get(each.as_uri(), []) for each in found} == found, record
        path.write_bytes(before)
        editor.type(path.as_posix(), shown(path))
