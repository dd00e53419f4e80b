"""Where a table names parties, a column beside it has their ids, by which rows of several tables can be joined."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase.model.parties import UNKNOWN

Run = Callable[..., CompletedProcess[str]]
TESTS = Path(__file__).parent.parent
FOLDERS = {"ours": TESTS.parent / "cases", "invented": TESTS / "corpus" / "sound" / "invented" / "cases"}
AS_OF = ("--as-of", "2026-11-22")
BESIDE = {
    "subject": "subject_id",
    "actors": "actor_ids",
    "on_behalf_of": "on_behalf_of_ids",
    "addressees": "addressee_ids",
    "by": "by_ids",
    "of": "of_id",
    "decided_by": "decided_by_ids",
    "finding_by": "finding_by_ids",
    "finding_on_behalf_of": "finding_on_behalf_of_ids",
    "finding_authors": "finding_author_ids",
    "finding_adopted_by": "finding_adopted_by_ids",
}
"""The column of ids beside each column of names."""
FREE = {"publisher"}
"""The columns of words that may happen to be a party's name."""
NAMELESS = {UNKNOWN, "not named"}
"""What stands for a name where there is none."""


def columns_of(table: Mapping[str, Any]) -> Iterator[tuple[str, list[list[str]]]]:
    """The columns of text with their cells, each as a list."""
    for name in table["columns"]:
        cells = [row[name] for row in table["rows"]]
        several = [cell if isinstance(cell, list) else [] if cell is None else [cell] for cell in cells]
        if all(isinstance(each, str) for cell in several for each in cell):
            yield name, several


@pytest.fixture(params=FOLDERS)
def tables(request: pytest.FixtureRequest, ogpcase: Run) -> tuple[Mapping[str, str], list[dict[str, Any]]]:
    """The names of a folder's parties by their ids, and its tables."""
    folder = FOLDERS[request.param]
    parties = json.loads(ogpcase("parties", "--json", *AS_OF, "--root", folder).stdout)["rows"]
    exported = json.loads(ogpcase("export", "json", "--working", *AS_OF, "--root", folder).stdout)["rows"]
    votes = json.loads(ogpcase("stats", "--json", *AS_OF, "--root", folder).stdout)["votes"]
    due = json.loads(ogpcase("due", "--json", "--duties", *AS_OF, "--root", folder).stdout)["rows"]
    more = ({"columns": list(rows[0]), "rows": rows} for rows in (votes, due) if rows)
    return {row["party"]: row["name"] for row in parties}, [*exported, *more]


def test_each_column_of_names_has_one_of_ids(tables: tuple[Mapping[str, str], list[dict[str, Any]]]) -> None:
    parties, several = tables
    names, known = set(parties.values()), {*parties.values(), *NAMELESS}
    for table in several:
        named = {
            name
            for name, cells in columns_of(table)
            if name not in FREE and names & (words := {each for cell in cells for each in cell}) and words <= known
        }
        assert set() == {name for name in named if BESIDE.get(name) not in table["columns"]}


def test_the_ids_are_those_of_the_names(tables: tuple[Mapping[str, str], list[dict[str, Any]]]) -> None:
    parties, several = tables
    seen = set()
    for table in several:
        columns = dict(columns_of(table))
        for name, ids in ((name, BESIDE[name]) for name in columns if name in BESIDE):
            for words, cell in zip(columns[name], columns[ids], strict=True):
                assert {parties[each] for each in cell} == {word for word in words if word in parties.values()}
                assert UNKNOWN not in cell
                seen |= {name} if cell else set()
    assert {"subject", "actors", "addressees", "by", "of", "decided_by", "finding_by", "finding_adopted_by"} <= seen


def test_the_ids_of_a_public_copy_are_pseudonyms(arcadia: Path, ogpcase: Run) -> None:
    for file in arcadia.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        more = "withhold: {pseudonym: filer-a}\n" * (file.name == "open-arcadia.yaml")
        file.write_text(re.sub("title: .*Open Arcadia.*", "title: A paper", text) + more, encoding="utf-8")
    done = ogpcase("export", "json", "--public", *AS_OF)
    assert (0, "") == (done.returncode, done.stderr)
    assert "open-arcadia" not in done.stdout
    assert "filer-a" in done.stdout
