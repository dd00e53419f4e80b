"""Judges cases one after the other or in several processes, with the same answers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from multiprocessing import active_children, parent_process
from pathlib import Path
from threading import Thread

from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import Root
from ogpcase.values import frozen
from ogpcase.workspace.judge_case import Judged, Wanted, judge_case
from ogpcase.workspace.opening import Workspace

FEWEST = 64
"""Cases for which it pays to start other processes; of some thirty records each."""
MOST_PROCESSES = 4
_CHUNKS_EACH = 4
"""Parts that each process gets of the whole, so that one with the longer cases does not keep all waiting."""


@frozen
class Task:
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
