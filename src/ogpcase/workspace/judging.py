"""The verdict on a case folder: everything that is wrong with it, at its place, in order.

Cases are judged one by one and let go; what one has to know of the others is what it points to, and what they withhold.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ogpcase import checks
from ogpcase.diagnostics import Problem, Verdict
from ogpcase.model.casefile import file_of_event
from ogpcase.store.files import Files
from ogpcase.store.listing import list_case
from ogpcase.store.load import LoadedCase
from ogpcase.store.pins import judge_copies
from ogpcase.workspace.apart import Apart
from ogpcase.workspace.hidden import Hidden, hidden_in
from ogpcase.workspace.judged import (
    Judged,
    Order,
    Secrets,
    Wanted,
    files_of_parties,
    in_order,
    judged_case,
    judged_parties,
)
from ogpcase.workspace.opening import Workspace

_NOTHING_HIDDEN = Hidden()


def judge(workspace: Workspace, paths: tuple[Path, ...], today: date) -> Verdict:
    """Judges the whole folder and reports what concerns `paths`; without any, everything.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder.
    """
    wanted = Wanted(tuple(map(workspace.file_of, paths)))
    with _no_collection():
        hiding = frozenset(_that_may_hide(workspace))
        while True:
            order = Order(today, wanted, secrets_of(workspace, sorted(hiding)))
            judged = {case_id: judged_case(workspace, case_id, order) for case_id in workspace.case_ids()}
            found = frozenset(case_id for case_id, each in judged.items() if each.hides)
            if found <= hiding:
                return _verdict(workspace, judged, order)
            hiding |= found


def secrets_of(workspace: Workspace, case_ids: Iterable[str]) -> Secrets:
    """Returns what the parties and these cases withhold."""
    texts: frozenset[str] = frozenset()
    cases = []
    alone = Apart(workspace, _NOTHING_HIDDEN)
    for case_id in case_ids:
        loaded = alone.case(case_id)
        texts |= checks.facts_of(loaded.casefile).secrets
        cases.append(loaded)
    return Secrets(hidden_in(workspace.parties, cases), texts)


def _that_may_hide(workspace: Workspace) -> Iterator[str]:
    """Yields the cases of which a record has the word `withhold`: nearly always those that withhold anything."""
    for case_id in workspace.case_ids():
        if any(b"withhold" in data for data in _bytes_of(workspace.files, case_id)):
            yield case_id


def _bytes_of(files: Files, case_id: str) -> Iterator[bytes]:
    """Yields what is in the records of a case."""
    for event_id in list_case(files, case_id).events:
        data = files.read(file_of_event(case_id, event_id))
        if isinstance(data, bytes):
            yield data


def _verdict(workspace: Workspace, judged: Mapping[str, Judged], order: Order) -> Verdict:
    told = {case_id: each.facts for case_id, each in judged.items()}
    beside = judged_parties(workspace, told, order)
    return Verdict(
        diagnostics=in_order((*beside, *(found for each in judged.values() for found in each.diagnostics))),
        files=files_of_parties(workspace, order) + sum(each.files for each in judged.values()),
        cases=sum(map(order.wanted.touches, judged)),
        departures=sum(each.departures for each in judged.values()),
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keeps Python from looking for cyclic garbage: records make none, and it would search all of them again and again.

    Measured on 7,800 records: a quarter of the run.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def problems_of_all(workspace: Workspace, cases: tuple[LoadedCase, ...], today: date) -> Iterator[Problem]:
    """Yields every problem of the folder: of its files, its records, its cases, and of all of them together."""
    yield from workspace.listing.problems
    yield from workspace.parties.problems
    for case in cases:
        yield from case.problems
        yield from judge_copies(workspace.files, case.casefile)
        yield from checks.run_case(case.casefile, workspace.casefiles, today)
    yield from checks.run_folder(workspace.casefiles, workspace.registry(), today)
