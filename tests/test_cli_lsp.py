"""`ogpcase lsp`: the language server as a program of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def test_the_program_ends_quietly_with_its_editor(arcadia: Path) -> None:
    """In a process of its own, since it is stdin and stdout that it speaks over."""
    messages = (
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"id": 2, "method": "shutdown", "params": None},
        {"method": "exit", "params": None},
    )
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    typed = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(body), body) for body in bodies)
    done = subprocess.run(
        [sys.executable, "-m", "ogpcase", "lsp", "--stdio"], input=typed, capture_output=True, cwd=arcadia, check=False
    )
    assert (0, b"") == (done.returncode, done.stderr)
    assert b'"hoverProvider"' in done.stdout


class Broken:
    """A library that is there, and fails as it is loaded."""

    def __init__(self, error: ImportError) -> None:
        self._error = error

    def find_spec(self, name: str, *_: object) -> None:
        if name == "pygls.lsp.server":
            raise self._error


def test_without_its_library_it_says_what_to_install(ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls", None)
    monkeypatch.delitem(sys.modules, "pygls.lsp.server", raising=False)
    help_ = "  install it with the tool: pip install 'ogpcase[lsp]'\n"
    done = ogpcase("lsp")
    assert (1, f"error: `lsp` needs pygls, which is not installed\n{help_}") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    "error", [ImportError("another release"), ModuleNotFoundError("a part of it", name="lsprotocol")]
)
def test_a_library_that_fails_is_told_from_one_that_is_missing(
    ogpcase: Run, monkeypatch: pytest.MonkeyPatch, error: ImportError
) -> None:
    monkeypatch.delitem(sys.modules, "pygls.lsp.server", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Broken(error), *sys.meta_path])
    done = ogpcase("lsp")
    help_ = "  install it with the tool: pip install 'ogpcase[lsp]'\n"
    assert (1, f"error: `lsp` needs pygls, which cannot be loaded\n{help_}") == (done.returncode, done.stderr)
