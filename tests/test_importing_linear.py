"""Four times as many rows cost about four times as many steps of the program, from the table to the draft."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.test_linear import lines

from ogpcase.editing.changing import drafted
from ogpcase.editing.importing.cells import Reader
from ogpcase.editing.importing.headings import headed
from ogpcase.editing.importing.plan import Given, Plan, brought_by, planned
from ogpcase.editing.importing.rows import rows_of
from ogpcase.editing.importing.tables import tables_in
from ogpcase.model.bind import bind_mapping
from ogpcase.workspace.opening import Workspace

TODAY = date(2026, 11, 30)
CASE = "arcadia-2023"
DATES = {"one day": "16/7/2024", "days": "{day}/{month}/{year}"}
MAPPINGS: dict[str, dict[str, object]] = {"key": {"key": "Ref"}, "digest": {}}


def table(count: int, dates: str) -> bytes:
    rows = [
        f"R{at};{dates.format(day=at % 28 + 1, month=at % 12 + 1, year=2000 + at % 25)};letter;Letter {at};"
        f"Open Arcadia;https://example.org/{at}\n"
        for at in range(count)
    ]
    return "".join(["Ref;Date;Kind;Title;From;Source\n", *rows]).encode()


def plan_of(count: int, dates: str, mapping: dict[str, object]) -> Plan:
    workspace = Workspace.open(Path("cases"))
    columns = {"columns": {"Ref": "leave-out"}, "dates": "day-first", **mapping}
    given = Given(bind_mapping(columns, "", "m").record or pytest.fail("a sound mapping"))
    registry = workspace.case(CASE).casefile.registry
    found = headed(tables_in(table(count, dates), "t.csv"), given.mapping)
    rows = rows_of(found, Reader(registry, given.mapping, TODAY))
    plan = planned(workspace, CASE, rows, given)
    texts = {**plan.texts, **{change.file: change.new for change in plan.changes}}
    brought = brought_by(workspace, plan, drafted(workspace, texts, CASE, TODAY))
    assert ((), (), count) == (plan.faults, brought.faults, len(plan.rows))
    return plan


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("mapping", MAPPINGS)
@pytest.mark.parametrize("dates", DATES)
def test_an_import_is_linear_in_rows(dates: str, mapping: str) -> None:
    plan_of(10, DATES[dates], MAPPINGS[mapping])  # what is read once is read
    few = lines(lambda: plan_of(25, DATES[dates], MAPPINGS[mapping]))
    assert lines(lambda: plan_of(100, DATES[dates], MAPPINGS[mapping])) < 4.5 * few
