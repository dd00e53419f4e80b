"""Checks between records, and of records against the policy: one question, one function and one code each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ogpcase.checks import (
    chronology,
    duplicates,
    filing,
    languages,
    moves,
    parties,
    publication,
    records,
    references,
    requests,
    sources,
)
from ogpcase.checks.scope import CaseFacts, Folder, Scope, facts_of
from ogpcase.diagnostics import Check, Problem
from ogpcase.model.casefile import CaseFile, Registry, file_of_event

__all__ = ["CASE_CHECKS", "FOLDER_CHECKS", "RULES", "CaseFacts", "facts_of", "run_case", "run_folder", "run_parties"]

_OF_CASES = (
    *chronology.CHECKS, *references.CHECKS, *requests.CHECKS, *moves.CHECKS, *filing.CHECKS, *records.CHECKS,
    *sources.CHECKS, *duplicates.CHECKS,
    *publication.CHECKS, parties.unknown_party, *languages.CHECKS,
)  # fmt: skip
_OF_FOLDERS = (*parties.CHECKS, *records.FOLDER_CHECKS, *publication.FOLDER_CHECKS, *languages.CHECKS)
CASE_CHECKS: tuple[Callable[[Scope], Iterator[Problem]], ...] = _OF_CASES
"""The checks of a case."""
FOLDER_CHECKS: tuple[Callable[[Folder], Iterator[Problem]], ...] = _OF_FOLDERS
"""The checks of the parties."""
RULES: tuple[Check[Any], ...] = tuple(dict.fromkeys((*_OF_CASES, *_OF_FOLDERS)))
"""Every check of this room, each once."""
_PROCEDURE = "OC4"
"""The codes of all problems of procedure begin with this."""


def run_case(case: CaseFile, others: Mapping[str, CaseFile], today: date) -> Iterator[Problem]:
    """Yields every problem of a case on a day; `others` are at least the cases that it refers to, by id.

    A departure with a source lifts the problems of procedure (OC4xx) of its event.
    """
    scope = Scope(case, others, today)
    for check in CASE_CHECKS:
        for problem in check(scope):
            if not _is_waived(problem, scope):
                yield problem


def _is_waived(problem: Problem, scope: Scope) -> bool:
    """True for a problem of procedure whose event has a departure, or a departure that cannot be read."""
    if not problem.code.startswith(_PROCEDURE):
        return False
    file = problem.places[0].file
    events = (event for event in scope.case.events if file_of_event(scope.case.id, event.id) == file)
    return any(scope.departs(event) or not scope.sound(event, "departure") for event in events)


def run_folder(cases: Mapping[str, CaseFile], registry: Registry, today: date) -> Iterator[Problem]:
    """Yields every problem of the parties of a folder."""
    yield from run_parties({name: facts_of(case) for name, case in cases.items()}, registry, today)


def run_parties(facts: Mapping[str, CaseFacts], registry: Registry, today: date) -> Iterator[Problem]:
    """Yields every problem of the parties; `facts` are those of the cases, by id."""
    folder = Folder(facts, registry, today)
    for check in FOLDER_CHECKS:
        yield from check(folder)
