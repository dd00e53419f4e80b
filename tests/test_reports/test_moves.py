"""Moves as rows: the days before each, and the row of the policy it follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.reports.stats.rows import moves_of

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
RESOLUTION = "2024-06-03-resolution"


def test_moves_are_rows_with_the_days_before_them(build: Build) -> None:
    rows = moves_of(build(), LATER)
    assert [("not_filed", None), ("initial_review", Days(42, 42)), ("under_review", Days(238, 238)),
            ("report_adopted", Days(140, 140))] == [(each.step.start, each.days) for each in rows]  # fmt: skip
    last = rows[-1]
    assert last.row
    assert ("III.B.9", "III.B.9", "2017", "P", ("C&S",)) == (
        last.step.basis, last.row.clause, last.policy_version, last.row.evidence, last.decided_by,
    )  # fmt: skip


def test_a_move_on_another_clause_follows_no_row(build: Build) -> None:
    last = moves_of(build({RESOLUTION: {"basis": "III.C.1"}}), LATER)[-1]
    assert ("III.C.1", None) == (last.step.basis, last.row)


def test_an_extension_counts_from_the_first_entry(build: Build) -> None:
    more = {"kind": "letter", "senders": ["ogp-support-unit"], "moves_to": ["under_review"]}
    days = [each.days for each in moves_of(build({"2023-07-01-letter": more}), LATER)]
    assert [None, Days(42, 42), Days(40, 40), Days(238, 238), Days(140, 140)] == days


def test_a_possible_move_has_no_days(build: Build) -> None:
    move = moves_of(build({RESOLUTION: {"dated": "unknown"}}), LATER)[-1]
    assert (False, None) == (move.step.certain, move.days)
