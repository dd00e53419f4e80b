"""The language server for YAML that many editors start: with our schemas, it accepts whatever `validate` accepts.

It runs where node and `yaml-language-server` are; `npm install -g yaml-language-server` brings it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.editing_client import TODAY, Editor
from tests.test_promises_schemas import schema_of

from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import root_at
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "schemas"
OURS = (HERE.parent / "cases", HERE / "folders" / "arcadia" / "cases", *sorted((HERE / "corpus").glob("sound/*/cases")))
UNSOUND = HERE / "corpus" / "unsound"
SERVER = shutil.which("yaml-language-server")
ERROR = 1
WRONG = "parties/no-such-party.yaml"
"""A text with an error that its schema finds; no file has it."""

pytestmark = pytest.mark.skipif(SERVER is None, reason="yaml-language-server, a program of node, is not installed")


@contextmanager
def server_for_yaml(folder: Path) -> Iterator[Editor]:
    """Yields an editor of a folder that started the server, which asks nobody for schemas of others."""
    assert SERVER is not None
    with subprocess.Popen([SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        pipes = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
        process.stdin.close()
        editor = Editor(folder, *pipes, {})
        by_schema: dict[str, list[str]] = {}
        for path in folder.rglob("*.yaml"):
            by_schema.setdefault((SCHEMAS / schema_of(path)).as_uri(), []).append(path.as_posix())
        by_schema.setdefault((SCHEMAS / "party.schema.json").as_uri(), []).append((folder / WRONG).as_posix())
        yaml = {"schemas": by_schema, "validate": True, "schemaStore": {"enable": False}}
        editor.answers["workspace/configuration"] = [yaml, None, None, None]  # the order in which it asks
        editor.tell("workspace/didChangeConfiguration", {"settings": {"yaml": yaml}})
        editor.open(WRONG, "no_such_field: 1\n")
        editor.wait(lambda: bool(editor.marks.get(editor.uri(WRONG))))  # else it may not know the schemas yet
        yield editor
        editor.end()


def errors_in(folder: Path) -> set[str]:
    """Returns the files of a folder, as far as they are text, in which the server finds an error."""
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml")) if is_text(path)]
    with server_for_yaml(folder) as editor:
        for file in files:
            editor.open(file)
        editor.wait(lambda: all(editor.uri(file) in editor.marks for file in files))
        marks = {file: editor.marks[editor.uri(file)] for file in files}
    return {file for file in files if any(mark["severity"] == ERROR for mark in marks[file])}


def is_text(path: Path) -> bool:
    try:
        return path.is_file() and bool(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.parent.name)
def test_it_refuses_nothing_that_validate_accepts(folder: Path) -> None:
    assert set() == errors_in(folder)


def test_what_it_refuses_has_a_problem_for_validate_too() -> None:
    faulty = errors_in(UNSOUND)
    assert len(faulty) > 10
    found: set[str] = set()
    for cases in UNSOUND.glob("*/cases"):
        workspace = Workspace(root_at(cases, cases), DiskFiles(cases), cases)
        problems = judge(workspace, (), TODAY).diagnostics
        found |= {f"{cases.parent.name}/cases/{spot.path}" for problem in problems for spot in problem.spots}
    assert set() == faulty - found
