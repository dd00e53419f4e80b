"""The program talks to nobody: none of its files imports what could open a connection."""

from __future__ import annotations

import ast
from pathlib import Path

import ogpcase
from ogpcase.cli.site import HERE

SOURCES = sorted(Path(ogpcase.__file__).parent.rglob("*.py"))
TALKING = {
    "asyncio", "ftplib", "http", "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip

SERVING = {"site.py": {"http"}, "server.py": {"asyncio"}}
"""What serves the pages of `site` to the browser of the same machine, and the editor that started it over stdin."""


def imported(tree: ast.Module) -> set[str]:
    """Returns the modules that a file imports, anywhere in it, with the packages they are in."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return {".".join(name.split(".")[:count]) for name in names for count in (1, 2)}


def test_nothing_is_imported_that_opens_a_connection() -> None:
    found = [(path.name, imported(ast.parse(path.read_text(encoding="utf-8"))) & TALKING) for path in SOURCES]
    assert [*SERVING.items()] == [(name, talking) for name, talking in found if talking]


def test_what_serves_pages_is_reached_from_this_machine_alone() -> None:
    assert "127.0.0.1" == HERE


def test_such_an_import_would_be_seen() -> None:
    text = "def f():\n    from urllib import request\n    import http.client\n"
    assert {"urllib.request", "http"} == imported(ast.parse(text)) & TALKING
