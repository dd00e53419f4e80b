"""What may be wrong between records, and between a record and the policy: one question, one function, one code.

Checks take values and a day; they see no disk, no text and no clock. What is wrong within one record is found as it
is bound (model.problems).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ogpcase.checks import (
    chronology,
    filing,
    languages,
    moves,
    owed,
    parties,
    publication,
    records,
    references,
    requests,
    sources,
    wording,
)
from ogpcase.checks.scope import CaseFacts, Folder, Scope, facts_of
from ogpcase.checks.steps import is_waived
from ogpcase.diagnostics import Check, Problem
from ogpcase.model.casefile import CaseFile, Registry

__all__ = ["CASE_CHECKS", "FOLDER_CHECKS", "RULES", "CaseFacts", "facts_of", "run_case", "run_folder", "run_parties"]

_OF_CASES: tuple[Check[[Scope]], ...] = (
    *records.CHECKS,
    *chronology.CHECKS,
    *chronology.STEP_CHECKS,
    *references.CHECKS,
    *references.CASE_CHECKS,
    *requests.CHECKS,
    *requests.CONTRADICTION_CHECKS,
    *requests.TERM_CHECKS,
    *moves.CHECKS,
    *owed.CHECKS,
    *filing.CHECKS,
    *wording.CHECKS,
    *sources.CHECKS,
    *publication.CHECKS,
)
_OF_BOTH: tuple[Check[[Scope | Folder]], ...] = (
    parties.unknown_party,
    *languages.CHECKS,
    publication.private_record_in_a_copy,
)
CASE_CHECKS: tuple[Callable[[Scope], Iterator[Problem]], ...] = (*_OF_CASES, *_OF_BOTH)
"""What is asked of each case."""

FOLDER_CHECKS: tuple[Callable[[Folder], Iterator[Problem]], ...] = (
    *parties.CHECKS,
    *publication.FOLDER_CHECKS,
    *_OF_BOTH,
)
"""What is asked of the parties, with what all cases tell of them."""

RULES: tuple[Check[Any], ...] = (*_OF_CASES, *parties.CHECKS, *publication.FOLDER_CHECKS, *_OF_BOTH)
"""Every check of this room, each once."""


def run_case(case: CaseFile, others: Mapping[str, CaseFile], today: date) -> Iterator[Problem]:
    """Yields every problem of a case, judged on a day.

    `others` are the other cases of the folder by id, at least those that this one refers to. A departure with a
    source lifts the problems of procedure (OC4xx) of the event that carries it.
    """
    scope = Scope(case, others, today)
    for check in CASE_CHECKS:
        yield from (problem for problem in check(scope) if not is_waived(problem, scope))


def run_folder(cases: Mapping[str, CaseFile], registry: Registry, today: date) -> Iterator[Problem]:
    """Yields every problem that only the folder as a whole can show."""
    told = {name: facts_of(case) for name, case in cases.items()}
    yield from run_parties(told, registry, today)


def run_parties(told: Mapping[str, CaseFacts], registry: Registry, today: date) -> Iterator[Problem]:
    """Yields every problem of the parties, of which cases have told by their ids what they name."""
    folder = Folder(told, registry, today)
    for check in FOLDER_CHECKS:
        yield from check(folder)
