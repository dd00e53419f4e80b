"""The verdict on a case folder: its cases one after the other or in several processes, with the same answers."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from multiprocessing import active_children, parent_process
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from ogpcase import checks
from ogpcase.diagnostics import Problem, Verdict
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import PARTIES, Root
from ogpcase.workspace.judge_case import (
    Judged,
    Wanted,
    in_order,
    judge_case,
    judge_parties,
    problems_of_case,
    problems_of_parties,
)
from ogpcase.workspace.opening import Workspace

FEWEST = 64
"""Cases for which it pays to start other processes; of some thirty records each."""
MOST_PROCESSES = 4
_CHUNKS_EACH = 4
"""Parts that each process gets of the whole, so that one with the longer cases does not keep all waiting."""


class Task(NamedTuple):
    """What a process needs to judge cases of a folder on disk."""

    root: Root
    here: Path
    today: date
    wanted: Wanted


def judge_cases(
    workspace: Workspace, case_ids: Sequence[str], today: date, wanted: Wanted, jobs: int | None
) -> dict[str, Judged]:
    """Judges cases and returns what became of each, in their order; `jobs` None: choose automatically."""
    processes = jobs or (min(os.cpu_count() or 1, MOST_PROCESSES) if len(case_ids) >= FEWEST else 1)
    if processes == 1 or len(case_ids) < 2 or not isinstance(workspace.files, DiskFiles):  # noqa: PLR2004 - one is no crowd
        return _judged(workspace, case_ids, today, wanted)
    try:
        return _by_several(Task(workspace.root, workspace.here, today, wanted), case_ids, processes)
    except (BrokenProcessPool, OSError, NotImplementedError):  # no processes are to be had, or one was ended
        return _judged(workspace, case_ids, today, wanted)


def _judged(workspace: Workspace, case_ids: Iterable[str], today: date, wanted: Wanted) -> dict[str, Judged]:
    return {case_id: judge_case(workspace, case_id, today, wanted) for case_id in case_ids}


def _by_several(task: Task, case_ids: Sequence[str], processes: int) -> dict[str, Judged]:
    size = max(1, len(case_ids) // (processes * _CHUNKS_EACH))
    chunks = [case_ids[at : at + size] for at in range(0, len(case_ids), size)]
    found: dict[str, Judged] = {}
    with ProcessPoolExecutor(min(processes, len(chunks)), initializer=_begin, initargs=(task,)) as pool:
        try:
            for judged in pool.map(_chunk, chunks):
                found |= judged
        except BaseException:  # whoever wants the run to end does not wait for what is under way
            for child in active_children():
                child.terminate()
            raise
    return found


_here: list[tuple[Workspace, Task]] = []
"""The folder of this process, opened when the process began."""


def _begin(task: Task) -> None:
    """Opens the folder in a new process.

    Whoever asks the program to end asks the first process, which ends the others; where it is killed, they end too.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    Thread(target=_leave_with_first, daemon=True).start()
    _here.append((Workspace(task.root, DiskFiles(task.root.path), task.here), task))


def _leave_with_first() -> None:
    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _chunk(case_ids: Sequence[str]) -> dict[str, Judged]:
    workspace, task = _here[-1]
    return _judged(workspace, case_ids, task.today, task.wanted)


def judge(workspace: Workspace, paths: tuple[Path, ...], today: date, jobs: int | None = 1) -> Verdict:
    """Judges the cases that `paths` name, or the parties, and reports what concerns the paths; without any, everything.

    A case is judged with those it points to; what is asked of the parties needs all cases. `jobs` are the processes to
    judge with; None: choose automatically.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder.
    """
    wanted = Wanted(tuple(map(workspace.file_of, paths)))
    every = workspace.case_ids()
    touched = tuple(filter(wanted.touches, every))
    asks_of_parties = not touched or wanted.touches(PARTIES)
    with _no_collection():
        cases = judge_cases(workspace, every if asks_of_parties else touched, today, wanted, jobs)
        told = {name: judged.facts for name, judged in cases.items()}
        parties = (judge_parties(workspace, told, today, wanted),) if asks_of_parties else ()
    several = (*parties, *cases.values())
    return Verdict(
        diagnostics=in_order(found for judged in several for found in judged.diagnostics),
        files=sum(judged.files for judged in several),
        cases=len(touched),
        departures=sum(judged.departures for judged in several),
    )


def problems_of_folder(workspace: Workspace, today: date) -> Iterator[Problem]:
    """Yields every problem of the folder, not located: of its files, its records, its cases and its parties."""
    told = {}
    for case_id in workspace.case_ids():
        loaded = workspace.case(case_id)
        told[case_id] = checks.facts_of(loaded.casefile)
        yield from problems_of_case(workspace, loaded, today)
    yield from problems_of_parties(workspace, told, today)


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
