"""Start-up is part of the interface: which modules a command loads, counted in the real program."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ogpcase.cli.app import VERBS

HEAVY = {"pydantic", "pydantic_core", "pydantic_core._pydantic_core", "yaml._yaml", "ruamel.yaml", "yaml", "rich"}
NEVER_TO_READ = {
    "pydantic",
    "importlib.metadata",
    "rich",
    "ruamel.yaml",
    "asyncio",
    "multiprocessing",
    "concurrent.futures",
    "sqlite3",
    "unittest",
}


def loaded(*words: str) -> set[str]:
    """Returns the modules that a run loads; a lazily made module counts when it is there."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ogpcase", *words], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


def test_the_version_needs_no_command_line_at_all() -> None:
    modules = loaded("--version")
    assert not modules & (HEAVY | {"typer", "ogpcase.cli.app"})
    assert "ogpcase" in modules


@pytest.mark.parametrize("verb", [None, *VERBS])
def test_help_needs_no_records_and_no_colour(verb: str | None) -> None:
    modules = loaded(*([verb] if verb else []), "--help")
    assert "typer" in modules
    assert not modules & (HEAVY | NEVER_TO_READ)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("status", "arcadia-2023"), ("list",)])
def test_reading_into_a_pipe_loads_no_writer_and_no_colour(words: tuple[str, ...]) -> None:
    modules = loaded(*words)
    assert "ogpcase.model.native" in modules
    assert not modules & NEVER_TO_READ


def test_a_run_without_written_byte_code_is_the_same_run(arcadia: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-m", "ogpcase", "list", "--root", str(arcadia)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("arcadia-2023  Sealed contracts in Arcadia\n")
