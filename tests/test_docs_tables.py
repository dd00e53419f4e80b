"""docs/tables.md has a list for every table, and the lists are held equal to the columns that are printed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.export.listing import LIST_COLUMNS
from ogpcase.export.stats import ASKS_COLUMNS, DURATIONS_COLUMNS, VOTES_COLUMNS
from ogpcase.export.tables import COLUMNS

Run = Callable[..., CompletedProcess[str]]
DOCUMENT = (Path(__file__).parent.parent / "docs" / "tables.md").read_text(encoding="utf-8")
TABLES: dict[str, tuple[str, ...]] = {
    **{str(name): columns for name, columns in COLUMNS.items()},
    "list": LIST_COLUMNS,
    "durations": DURATIONS_COLUMNS,
    "votes": VOTES_COLUMNS,
    "asks": ASKS_COLUMNS,
}
COMMANDS: dict[str, tuple[str, ...]] = {
    **{str(name): ("export", "csv", "--table", name) for name in COLUMNS},
    "list": ("list", "--format", "csv"),
    **{name: ("stats", "--format", "csv", "--table", name) for name in ("durations", "votes", "asks")},
}


def documented() -> dict[str, tuple[str, ...]]:
    """The first column of each list, by the heading it stands under."""
    parts = re.split(r"^## (.+)$", DOCUMENT, flags=re.MULTILINE)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return {name: tuple(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) for name, text in sections.items()}


def test_every_table_and_each_of_its_columns_is_explained() -> None:
    assert TABLES == documented()


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("name", TABLES)
def test_what_is_printed_has_these_columns(ogpcase: Run, name: str) -> None:
    done = ogpcase(*COMMANDS[name], "--as-of", "2026-11-22")
    header, *rows = csv.reader(io.StringIO(done.stdout, newline=""), strict=True)
    assert (0, "", TABLES[name]) == (done.returncode, done.stderr, tuple(header))
    assert {len(header)} == {len(row) for row in rows}


@pytest.mark.parametrize("name", TABLES)
def test_a_length_of_time_says_its_unit(name: str) -> None:
    """A number of days has `days` in its column's name, and is given as the fewest and the most."""
    lengths = [column for column in TABLES[name] if "fewest" in column or "most" in column]
    assert [] == [column for column in lengths if "days" not in column]
    assert len(lengths) == 2 * sum("fewest" in column for column in lengths)
