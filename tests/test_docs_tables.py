"""docs/tables.md and docs/json.md have a list for every table, made from its columns; `make bless` writes them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from subprocess import CompletedProcess
from typing import Any

import pytest
from tests.blessing import hold

import ogpcase.reports
from ogpcase.output.columns import Answer, Columns, Only, Shape, flat
from ogpcase.output.json import ENVELOPE
from ogpcase.output.problems import VERDICT
from ogpcase.reports.cases.tables import COLUMNS as LIST
from ogpcase.reports.doubts.tables import COLUMNS as DOUBTS
from ogpcase.reports.due.tables import COLUMNS as DUE
from ogpcase.reports.parties.tables import COLUMNS as PARTIES
from ogpcase.reports.stats.tables import ASKS, DURATIONS, VOTES
from ogpcase.reports.tables import EXPORTED, TableName
from ogpcase.reports.timeline.tables import COLUMNS as TIMELINE

Run = Callable[..., CompletedProcess[str]]
DOCS = Path(__file__).parent.parent / "docs"
CSV: dict[str, tuple[Columns[Any], tuple[str, ...]]] = {
    **{name: (table.columns, ("export", "csv", "--table", name)) for name, table in EXPORTED.items()},
    "timeline": (TIMELINE, ("timeline", "mexico-2018", "--format", "csv")),
    "list": (LIST, ("list", "--format", "csv")),
    "due": (DUE, ("due", "--format", "csv")),
    "doubts": (DOUBTS, ("doubts", "--format", "csv")),
    "parties": (PARTIES, ("parties", "--format", "csv")),
    "durations": (DURATIONS, ("stats", "--format", "csv", "--table", "durations")),
    "votes": (VOTES.columns, ("stats", "--format", "csv", "--table", "votes")),
    "asks": (ASKS.columns, ("stats", "--format", "csv", "--table", "asks")),
}
"""The tables that are printed as CSV, and by which commands."""
CELLS, FIELD, BESIDE = "column", "field", "beside the rows"
"""What stands over the names of a list: of columns of a table, of fields of a mapping, of what is beside the rows."""


def answers() -> Iterator[Answer[Any, Any]]:
    """Yields every answer in JSON that any report declares."""
    yield VERDICT
    for found in walk_packages(ogpcase.reports.__path__, "ogpcase.reports."):
        for value in vars(import_module(found.name)).values() if found.name.endswith("tables") else ():
            if isinstance(value, Answer):
                yield value


def shapes(columns: Columns[Any]) -> dict[str, Shape[Any]]:
    """The shapes of the mappings that columns hold, at any depth, by name."""
    found: dict[str, Shape[Any]] = {}
    todo = [column.holds.shape for column in columns]
    while todo:
        shape = todo.pop()
        if shape is not None and found.get(shape.name) is not shape:
            assert shape.name not in found, f"two shapes are called `{shape.name}`"
            found[shape.name] = shape
            todo += [column.holds.shape for column in shape.columns]
    return found


def json_lists() -> dict[str, dict[str, Columns[Any]]]:
    """The lists of docs/json.md: under each heading, by what stands over the names."""
    every = list(answers())
    held = shapes(tuple(column for answer in every for column in (*answer.columns, *answer.beside)))
    return {
        "envelope": {FIELD: ENVELOPE},
        **{name.lower(): {FIELD: shape.columns} for name, shape in held.items()},
        **{answer.kind: {FIELD: answer.columns, BESIDE: answer.beside} for answer in every},
    }


def table_lists() -> dict[str, dict[str, Columns[Any]]]:
    return {name: {CELLS: flat(columns)} for name, (columns, _) in CSV.items()}


def listed(over: str, columns: Columns[Any]) -> str:
    """A list as a page has it."""
    lines = [f"| {over} | type | what it is |", "|---|---|---|"]
    lines += [
        f"| `{column.name}` | {column.holds} | {column.sentence} |"
        for column in columns
        if column.only is not Only.CELLS
    ]
    return "".join(f"{line}\n" for line in lines)


def with_lists(page: str, lists: dict[str, dict[str, Columns[Any]]]) -> str:
    """The page with each of its lists as the columns have it."""
    parts = re.split(r"^(#+ .+\n)", page, flags=re.MULTILINE)
    for place in range(1, len(parts), 2):
        for over, columns in lists.get(parts[place].strip("# \n").lower(), {}).items():
            parts[place + 1] = re.sub(
                rf"^\| {over} \|.*\n(\|.*\n)*", listed(over, columns), parts[place + 1], flags=re.MULTILINE
            )
    return "".join(parts)


@pytest.mark.parametrize(("name", "lists"), [("tables.md", table_lists()), ("json.md", json_lists())])
def test_a_page_has_every_list_as_the_columns_give_it(name: str, lists: dict[str, dict[str, Columns[Any]]]) -> None:
    path = DOCS / name
    hold(path, with_lists(path.read_text(encoding="utf-8"), lists))
    page = path.read_text(encoding="utf-8")
    headings = [heading.lower() for heading in re.findall(r"^##+ (.+)$", page, re.MULTILINE)]
    assert [] == [heading for heading in headings if headings.count(heading) > 1]
    assert set(lists) == set(headings) - {"an example"}
    wanted = [listed(over, columns) for under in lists.values() for over, columns in under.items() if columns]
    assert [] == [each for each in wanted if each not in page]
    assert len(wanted) == len(re.findall(r"^\|---", page, re.MULTILINE))


@pytest.mark.parametrize("name", EXPORTED)
def test_the_page_of_tables_says_what_the_rows_are_as_exports_do(name: TableName) -> None:
    page = (DOCS / "tables.md").read_text(encoding="utf-8")
    assert page.partition(f"## {name}\n\n")[2].startswith(EXPORTED[name].sentence)


def every_columns() -> Iterator[tuple[str, Columns[Any]]]:
    for lists in (json_lists(), table_lists()):
        yield from ((heading, columns) for heading, under in lists.items() for columns in under.values())


@pytest.mark.parametrize(("name", "columns"), list(every_columns()))
def test_a_column_says_what_it_is_and_no_two_have_one_name(name: str, columns: Columns[Any]) -> None:
    assert [] == [column.name for column in columns if not column.sentence or "|" in column.sentence]
    names = [column.name for column in columns]
    assert sorted(set(names)) == sorted(names), name


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("name", CSV)
def test_what_is_printed_has_these_columns(ogpcase: Run, name: str) -> None:
    columns, command = CSV[name]
    done = ogpcase(*command, "--as-of", "2018-10-01" if name == "due" else "2026-11-22")
    header, *rows = csv.reader(io.StringIO(done.stdout, newline=""), strict=True)
    assert (0, "", names_of(flat(columns))) == (done.returncode, done.stderr, header)
    assert {len(header)} == {len(row) for row in rows}


def names_of(columns: Iterable[Any]) -> list[str]:
    return [column.name for column in columns]


@pytest.mark.parametrize("name", CSV)
def test_a_length_of_time_says_its_unit(name: str) -> None:
    """A number of days has `days` in its column's name, and is given as the fewest and the most."""
    lengths = [column for column in names_of(flat(CSV[name][0])) if "fewest" in column or "most" in column]
    assert [] == [column for column in lengths if "days" not in column]
    assert len(lengths) == 2 * sum("fewest" in column for column in lengths)
