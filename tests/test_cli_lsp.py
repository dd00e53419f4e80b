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


def test_without_its_library_it_says_what_to_install(ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    done = ogpcase("lsp")
    assert 1 == done.returncode
    assert "pip install 'ogpcase[lsp]'" in done.stderr
