"""docs/tables.md has a list for every table, made from its columns; `OGPCASE_BLESS=1` writes the lists anew."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase.output.columns import Column, flat
from ogpcase.reports.tables import COLUMNS, TABLES

Run = Callable[..., CompletedProcess[str]]
PAGE = Path(__file__).parent.parent / "docs" / "tables.md"
COMMANDS: dict[str, tuple[str, ...]] = {
    **{name: ("export", "csv", "--table", name) for name in TABLES},
    "timeline": ("timeline", "mexico-2018", "--format", "csv"),
    **{name: (name, "--format", "csv") for name in ("list", "doubts", "parties")},
    "due": ("due", "--format", "csv"),
    **{name: ("stats", "--format", "csv", "--table", name) for name in ("durations", "votes", "asks")},
}


def header_of(name: str) -> tuple[str, ...]:
    return tuple(column.name for column in flat(COLUMNS[name]))


def section(name: str) -> str:
    """The list of a table's columns, as the page has it."""
    lines = ["| column | type | what it is |", "|---|---|---|"]
    return "\n".join([*lines, *map(_line, flat(COLUMNS[name]))])


def _line(column: Column[Any]) -> str:
    return " ".join(f"| `{column.name}` | {column.type} | {column.sentence} |".split())


def page_with_lists(page: str) -> str:
    """The page with each list as the columns have it."""
    for name in COLUMNS:
        page = re.sub(
            rf"(?<=^## {name}\n)(.*?)^\| column \|.*?(?=\n\n|\n\Z)",
            lambda found, name=name: found[1] + section(name),  # type: ignore[misc]  # bound now
            page,
            flags=re.MULTILINE | re.DOTALL,
        )
    return page


def test_every_table_and_each_of_its_columns_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("OGPCASE_BLESS"):
        PAGE.write_text(page_with_lists(page), encoding="utf-8")
        page = PAGE.read_text(encoding="utf-8")
    assert list(COLUMNS) == re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert page_with_lists(page) == page
    assert [] == [name for name in COLUMNS if section(name) not in page]


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("name", COLUMNS)
def test_what_is_printed_has_these_columns(ogpcase: Run, name: str) -> None:
    done = ogpcase(*COMMANDS[name], "--as-of", "2018-10-01" if name == "due" else "2026-11-22")
    header, *rows = csv.reader(io.StringIO(done.stdout, newline=""), strict=True)
    assert (0, "", header_of(name)) == (done.returncode, done.stderr, tuple(header))
    assert {len(header)} == {len(row) for row in rows}


@pytest.mark.parametrize("name", COLUMNS)
def test_a_length_of_time_says_its_unit(name: str) -> None:
    """A number of days has `days` in its column's name, and is given as the fewest and the most."""
    lengths = [column for column in header_of(name) if "fewest" in column or "most" in column]
    assert [] == [column for column in lengths if "days" not in column]
    assert len(lengths) == 2 * sum("fewest" in column for column in lengths)
