"""The README of the Mexico case says which record holds each fact of its sources: every one it names exists."""

import re
from pathlib import Path

import pytest

from ogpcase.workspace.opening import Workspace

CASES = Path(__file__).parents[1] / "cases"
CASE = Workspace.open(CASES).case("mexico-2018").casefile
HELD = (
    set(CASE.event_by_id)
    | {f"{event.id}#{name}" for event in CASE.events for name, _, _ in event.items()}
    | {f"parties/{name}" for name in CASE.registry.parties}
)
_, _, TABLE = (CASES / "mexico-2018" / "README.md").read_text(encoding="utf-8").partition("|---|---|---|\n")
ROWS = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in TABLE.splitlines()]
TEXTS = ("feature", "core-group-letter", "resolution", "conectas-page", "solidarity-letter")


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_each_fact_is_in_records_that_exist(row: tuple[str, ...]) -> None:
    source, fact, records = row
    named = re.findall(r"`([^`]+)`", records)
    assert (True, True, []) == (source in TEXTS, bool(fact and named), [name for name in named if name not in HELD])


@pytest.mark.parametrize("source", TEXTS)
def test_each_source_is_a_file_with_facts_of_the_table(source: str) -> None:
    assert source in CASE.sources
    assert any(source == name for name, _, _ in ROWS)


@pytest.mark.parametrize("source", TEXTS)
def test_events_that_the_table_names_for_a_source_and_no_other_read_it(source: str) -> None:
    """An event that gives a field from a source stands in the table for that source."""
    named = {
        name.partition("#")[0] for given, _, cell in ROWS if given == source for name in re.findall(r"`([^`]+)`", cell)
    }
    giving = {event.id for event in CASE.events for read in event.sources if read.id == source and read.gives}
    assert set() == giving - named
