"""What holds of every case: permitted walks are not fought, and one impossible step is named alone."""

from __future__ import annotations

from datetime import date, timedelta
from inspect import cleandoc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.checks import RULES, run_case
from ogpcase.diagnostics import Check, Problem
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import Registry, assemble
from ogpcase.model.events import KINDS
from ogpcase.policy.procedures import Move, Procedure, every_procedure

FILE = "arcadia-2023/case.yaml"
HEADER = {"title": "A case", "track": "response_policy", "subject": "subject", "country": "XA", "language": "en"}
SORTS = {"subject": "government", "filer": "civil_society"}
FIRST = date(2019, 1, 1)
Records = list[tuple[str, dict[str, Any]]]


def parties(version: Procedure) -> Registry:
    roles = {"subject", *(role for row in version.moves for role in row.decided_by)}
    values = {
        role: {"name": role, "classification": SORTS.get(role, "ogp_body")} | ({} if role in SORTS else {"body": role})
        for role in roles
    }
    bound = {
        name.replace("_", "-"): bind_party(each, name.replace("_", "-"), FILE).record for name, each in values.items()
    }
    return Registry({name: party for name, party in bound.items() if party})


def record(row: Move, position: int, end: str) -> tuple[str, dict[str, Any]]:
    """A paper of the sort, by the body and on the clause that the row asks for."""
    kind, day = row.carried_by[0], FIRST + timedelta(days=position)
    values: dict[str, Any] = {"kind": str(kind), "dated": str(day), "title": "A paper", "moves_to": [str(end)]}
    values |= {
        KINDS[kind].acting[0]: [row.decided_by[0].replace("_", "-")],
        "sources": [{"id": "s", "title": "A page"}],
    }
    values |= {"grounds": ["other"]} if kind == "concern" else {}
    return f"{day}-{kind}", values


def judged(version: Procedure, records: Records) -> list[Problem]:
    named = {"policy_version": version.version} if version.version else {}
    header = bind_header({**HEADER, "track": version.track, **named}, "arcadia-2023", FILE).record
    bound = [bind_event(values, name, FILE).record for name, values in records]
    case = assemble("arcadia-2023", header, tuple(each for each in bound if each), parties(version))
    return [each for each in run_case(case, {}, date(2026, 11, 22)) if each.code != "OC407"]  # nobody answers here


@st.composite
def walks(draw: st.DrawFn) -> tuple[Procedure, Records, str]:
    """A version, the papers of a walk along its verified rows, and where the walk ends."""
    version = draw(st.sampled_from(list(every_procedure())))
    at: str = version.begin
    taken: Records = []
    for position in range(draw(st.integers(0, 7))):
        rows = [row for row in version.moves if at in row.from_ and row.verified and row.decided_by and row.carried_by]
        if not rows:
            break
        row = draw(st.sampled_from(rows))
        taken.append(record(row, position, row.to))
        at = row.to
    return version, taken, at


@given(walks())
def test_a_walk_along_verified_rows_is_never_fought(walk: tuple[Procedure, Records, str]) -> None:
    version, records, _ = walk
    assert [] == judged(version, records)


@given(walks(), st.data())
def test_one_impossible_step_is_named_and_nothing_else(
    walk: tuple[Procedure, Records, str], data: st.DataObject
) -> None:
    """At its own place, as a move the table does not have, or as one after an end."""
    version, records, at = walk
    ends = [stage for stage in version.stages if not stage.begins and not version.rows(at, stage)]
    rows = [row for row in version.moves if row.decided_by and row.carried_by]
    wrong = record(data.draw(st.sampled_from(rows)), len(records), data.draw(st.sampled_from(ends)))
    problems = judged(version, [*records, wrong])
    if not version.complete and not version.stage(at).ends:  # other moves may exist
        assert [] == problems
        return
    (problem,) = problems
    assert ("OC405" if version.stage(at).ends else "OC401") == problem.code
    assert (f"arcadia-2023/events/{wrong[0]}.yaml", ("moves_to", 0)) == (
        problem.places[0].file,
        problem.places[0].route,
    )


@given(walks(), st.data())
def test_a_step_left_out_is_one_problem_at_most(walk: tuple[Procedure, Records, str], data: st.DataObject) -> None:
    version, records, _ = walk
    if records:
        left = data.draw(st.integers(0, len(records) - 1))
        told = [each.code for each in judged(version, records[:left] + records[left + 1 :])]
        assert set(told) <= {"OC401", "OC405"}
        assert 1 >= len(told)


@pytest.mark.parametrize("check", RULES, ids=[each.rule.code for each in RULES])
def test_every_check_has_a_page_of_four_headings(check: Check[Any]) -> None:
    """The page opens with the fault in one sentence; it is all that is said where a record withholds the rest."""
    page = cleandoc(check.rule.page)
    headings = [line for line in page.splitlines()[1:] if line[:1] not in {" ", ""}]
    assert ["Why it matters", "Wrong", "Right", "Not reported when"] == headings
    assert page.partition("\n")[0].endswith(".")


def test_no_code_and_no_name_is_used_twice() -> None:
    assert len(RULES) == len({each.rule.code for each in RULES}) == len({each.rule.name for each in RULES})
