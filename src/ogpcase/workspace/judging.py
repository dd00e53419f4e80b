"""The verdict on a case folder: everything that is wrong with it, at its place, in order.

Cases are judged one by one and let go; what one has to know of the others is what it points to, and what they withhold.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ogpcase import checks
from ogpcase.diagnostics import Problem, Verdict
from ogpcase.store.files import Files, Sort
from ogpcase.store.layout import EVENTS
from ogpcase.store.load import LoadedCase
from ogpcase.store.names import RECORD
from ogpcase.store.pins import judge_copies
from ogpcase.values import frozen, replace
from ogpcase.workspace.apart import Apart
from ogpcase.workspace.hidden import Hidden, hidden_in
from ogpcase.workspace.judged import (
    Judged,
    Order,
    Secrets,
    Wanted,
    in_order,
    judged_parties,
)
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.remembering import Memory
from ogpcase.workspace.spreading import spread

_NOTHING_HIDDEN = Hidden()


@frozen
class Way:
    """How a folder is judged, which changes nothing of the verdict.

    By so many processes, None as many as it is worth; and with what is remembered of it, where anything is.
    """

    jobs: int | None = 1
    memory: Memory | None = None


def judge(workspace: Workspace, paths: tuple[Path, ...], today: date, way: Way = Way()) -> Verdict:  # noqa: B008 - a value that cannot be changed
    """Judges the whole folder and reports what concerns `paths`; without any, everything.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder.
    """
    wanted = Wanted(tuple(map(workspace.file_of, paths)))
    way = way if wanted.everything else Way(way.jobs)  # only whole answers are remembered
    case_ids = workspace.case_ids()
    hiding = frozenset(cases_that_may_hide(workspace, way.memory))
    secrets = _secrets(workspace, hiding, way.memory)
    order = Order(today, wanted, secrets, remembered=way.memory is not None)
    order, judged = rounds(workspace, case_ids, order, hiding, way)
    with _no_collection():
        beside = _beside(workspace, judged, order, way.memory)
    if way.memory:
        way.memory.keep()
    return verdict_of((beside, *judged.values()), sum(map(wanted.touches, case_ids)))


def rounds(
    workspace: Workspace, case_ids: Sequence[str], order: Order, hiding: frozenset[str], way: Way
) -> tuple[Order, dict[str, Judged]]:
    """Judges cases, once more where one of them was not known to withhold something; returns the last order, too.

    `hiding` are the cases that the secrets of the order were gathered from.
    """
    while True:
        with _no_collection():
            judged = _all_judged(workspace, case_ids, order, hiding, way)
        found = frozenset(case_id for case_id, each in judged.items() if each.hides)
        if found <= hiding:
            return order, judged
        hiding |= found
        order = replace(order, secrets=secrets_of(workspace, sorted(hiding)))


def _all_judged(
    workspace: Workspace, case_ids: Sequence[str], order: Order, hiding: frozenset[str], way: Way
) -> dict[str, Judged]:
    known = way.memory.recalled(order, hiding) if way.memory else {}
    rest = [case_id for case_id in case_ids if case_id not in known]
    fresh = {case_id: (judged, seen) for case_id, judged, seen in spread(workspace, rest, order, way.jobs)}
    if way.memory:
        way.memory.note(fresh, order, hiding)
    return {each: known[each] if each in known else fresh[each][0] for each in case_ids}


def _secrets(workspace: Workspace, hiding: frozenset[str], memory: Memory | None) -> Secrets:
    """Returns what the folder withholds; the parties are not read where it is known that they withhold nothing."""
    if memory and not hiding and memory.parties_hide_nothing():
        return Secrets(_NOTHING_HIDDEN)
    secrets = secrets_of(workspace, sorted(hiding))
    if memory and not secrets.hidden.parties:
        memory.note_that_parties_hide_nothing()
    return secrets


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


def cases_that_may_hide(workspace: Workspace, memory: Memory | None) -> Iterator[str]:
    """Yields the cases of which a record has the word `withhold`: nearly always those that withhold anything."""
    for case_id in workspace.case_ids():
        if memory is not None:
            may_hide = memory.cases[case_id].may_hide
        else:
            may_hide = any(b"withhold" in data for data in _bytes_of(workspace.files, case_id))
        if may_hide:
            yield case_id


def _bytes_of(files: Files, case_id: str) -> Iterator[bytes]:
    """Yields what is in the records of a case; which of them are well named is no question here."""
    found = files.entries(f"{case_id}/{EVENTS}")
    for name, sort in () if isinstance(found, Problem) else found:
        if sort is Sort.FILE and name.endswith(RECORD):
            data = files.read(f"{case_id}/{EVENTS}/{name}")
            if isinstance(data, bytes):
                yield data


def _beside(workspace: Workspace, judged: Mapping[str, Judged], order: Order, memory: Memory | None) -> Judged:
    """Judges the parties, and what stands beside the cases."""
    told = {case_id: each.facts for case_id, each in judged.items()}
    known = memory.recalled_beside(told, order) if memory else None
    if known is not None:
        return known
    found, seen = judged_parties(workspace, told, order)
    if memory:
        memory.note_beside(found, seen, told, order)
    return found


def verdict_of(every: Iterable[Judged], cases: int) -> Verdict:
    """Returns the verdict on so many cases, of what became of each of them and of the parties."""
    several = tuple(every)
    return Verdict(
        diagnostics=in_order(found for each in several for found in each.diagnostics),
        files=sum(each.files for each in several),
        cases=cases,
        departures=sum(each.departures for each in several),
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
