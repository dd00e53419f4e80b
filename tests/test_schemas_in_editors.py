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
from tests.editing_client import Editor
from tests.test_promises_schemas import schema_of

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "schemas"
OURS = (HERE.parent / "cases", HERE / "folders" / "arcadia" / "cases", *sorted((HERE / "corpus").glob("sound/*/cases")))
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


@pytest.mark.parametrize("folder", OURS, ids=lambda folder: folder.parent.name)
def test_it_refuses_nothing_that_validate_accepts(folder: Path) -> None:
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml"))]
    with server_for_yaml(folder) as editor:
        for file in files:
            editor.open(file)
        editor.wait(lambda: all(editor.uri(file) in editor.marks for file in files))
        shown = {file: editor.marks[editor.uri(file)] for file in files}
    errors = {file: [mark["message"] for mark in marks if mark["severity"] == ERROR] for file, marks in shown.items()}
    assert {} == {file: messages for file, messages in errors.items() if messages}
