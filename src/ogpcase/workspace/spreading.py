"""Cases judged one after the other, or by several processes at once, with the same answers in the same order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from ogpcase.store.files import DiskFiles
from ogpcase.workspace.judged import Judged, Order, Seen, judged_case
from ogpcase.workspace.opening import Workspace

FEWEST = 64
"""Cases for which it pays to start other processes; of some thirty records each."""
MOST_PROCESSES = 4
_CHUNKS_EACH = 4
"""Parts that each process gets of the whole, so that one with the longer cases does not keep all waiting."""

Found = tuple[str, Judged, Seen]


def spread(workspace: Workspace, case_ids: Sequence[str], order: Order, jobs: int | None) -> Iterator[Found]:
    """Yields what became of each case, in no order; `jobs` are processes, None as many as the folder is worth."""
    several = jobs or (min(os.cpu_count() or 1, MOST_PROCESSES) if len(case_ids) >= FEWEST else 1)
    if several > 1 and len(case_ids) > 1 and isinstance(workspace.files, DiskFiles) and hasattr(os, "fork"):
        yield from _by_several(workspace, case_ids, order, several)
    else:
        yield from _judged(workspace, case_ids, order)


def _judged(workspace: Workspace, case_ids: Iterable[str], order: Order) -> Iterator[Found]:
    """Judges cases one after the other; one that was read for the case before it comes next, and is not read again."""
    rest = dict.fromkeys(case_ids)
    while rest:
        case_id = next((each for each in workspace.lent if each in rest), None) or next(iter(rest))
        del rest[case_id]
        yield case_id, *judged_case(workspace, case_id, order)


def _by_several(workspace: Workspace, case_ids: Sequence[str], order: Order, jobs: int) -> Iterator[Found]:
    from concurrent.futures import ProcessPoolExecutor  # a small folder does without
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children, get_context

    _ = workspace.parties  # read once, before there are several
    size = max(1, len(case_ids) // (jobs * _CHUNKS_EACH))
    chunks = [case_ids[at : at + size] for at in range(0, len(case_ids), size)]
    _lent.append((workspace, order))
    done = 0
    try:
        with ProcessPoolExecutor(min(jobs, len(chunks)), get_context("fork"), _begin) as pool:
            try:
                for found in pool.map(_chunk, chunks):
                    done += 1
                    yield from found
            except BaseException:  # whoever wants the run to end does not wait for what is under way
                for each in active_children():
                    each.terminate()
                raise
    except (BrokenProcessPool, OSError, NotImplementedError):  # no processes are to be had, or one was ended
        for chunk in chunks[done:]:
            yield from _judged(workspace, chunk, order)
    finally:
        _lent.clear()


_lent: list[tuple[Workspace, Order]] = []
"""The folder and the order that processes are forked with: what was read is not read again by each."""


def _begin() -> None:
    """Opens the folder anew: two processes that share an open folder would share their place in it.

    Whoever asks the program to end asks the first process, which ends the others; where it is killed, they go too.
    """
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)
    Thread(target=_leave_with_first, daemon=True).start()
    workspace, _ = _lent[-1]
    workspace.files = DiskFiles(workspace.root.path)


def _leave_with_first() -> None:
    from multiprocessing import parent_process

    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _chunk(case_ids: Sequence[str]) -> list[Found]:
    workspace, order = _lent[-1]
    return list(_judged(workspace, case_ids, order))
