"""Judges a case folder: its cases, one by one or in several processes, and its parties."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from heapq import nsmallest
from pathlib import Path
from typing import NamedTuple

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Severity, Verdict, rule
from ogpcase.model.casefile import file_of_event
from ogpcase.store.checksums import judge_copies
from ogpcase.store.files import JOURNAL, DiskFiles
from ogpcase.store.layout import PARTIES, Root
from ogpcase.store.load import LoadedCase
from ogpcase.store.system import ENDING
from ogpcase.workspace.opening import Locator, Workspace

MOST = 50
"""The most problems reported for one file."""
FEWEST = 64
"""The fewest cases for which more processes are faster, with about thirty records each."""
MOST_PROCESSES = 4
_CHUNKS_EACH = 4
"""Chunks of cases for each process, so that long cases are shared evenly."""


@rule("OC228", "more-problems", Severity.WARNING)
def more_problems(file: FileId, count: int) -> Iterator[Problem]:
    """A file has more problems than are shown.

    Why it matters
        More than fifty rarely say anything new, and would hide the problems of other files.
    Wrong
        a file with two hundred unknown fields
    Right
        the same file after the first fifty are corrected
    Not reported when
        The file has at most fifty problems.
    """
    what = "1 more problem in this file is" if count == 1 else f"{count} more problems in this file are"
    yield Problem(f"{what} not shown", (Place(file),), helps=("correct these first, then run it again",))


class Wanted:
    """The files and folders that a report is limited to; none means everything."""

    def __init__(self, tops: tuple[FileId, ...] = ()) -> None:
        self._everything = not tops or "" in tops
        self._tops = frozenset(tops)

    def has(self, file: FileId) -> bool:
        """True if the file is named, or is in a named folder."""
        if self._everything or file in self._tops:
            return True
        return any(file.startswith(f"{top}/") for top in self._tops)

    def touches(self, folder: FileId) -> bool:
        """True if the folder, or anything in it, is named."""
        return self.has(folder) or any(top.startswith(f"{folder}/") for top in self._tops)

    def among(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yields the problems that have a place in one of the files."""
        return (problem for problem in problems if any(self.has(place.file) for place in problem.places))


class Judged(NamedTuple):
    """The result for one case: its located problems in order, its facts, and its numbers of files and departures."""

    diagnostics: tuple[Diagnostic, ...]
    facts: checks.CaseFacts
    files: int
    departures: int


class Task(NamedTuple):
    """The input of a process that judges cases."""

    root: Root
    here: Path
    today: date
    wanted: Wanted


Note = Callable[[str], None]
"""Is told what is being done, for a person who waits."""


def unnoted(_: str) -> None:
    """Tells nobody."""


def judge(
    workspace: Workspace, paths: tuple[Path, ...], today: date, jobs: int | None = 1, note: Note = unnoted
) -> Verdict:
    """Judges the cases and parties that `paths` name, or everything; reports only problems in the paths.

    To judge the parties it reads all cases. `jobs` is the number of processes; None: choose automatically. Raises
    CannotRead for a path that does not exist, or is outside the case folder.
    """
    wanted = Wanted(tuple(map(workspace.file_of, paths)))
    all_cases = workspace.case_ids()
    touched = tuple(filter(wanted.touches, all_cases))
    with_parties = not touched or wanted.touches(PARTIES)
    task = Task(workspace.root, workspace.here, today, wanted)
    with _no_collection():
        # Read before the cases, each of which would read those that it names.
        parties = workspace.parties if with_parties else None
        judged = _judge_cases(workspace, task, all_cases if with_parties else touched, (jobs, note))
        diagnostics = [diagnostic for case in judged.values() for diagnostic in case.diagnostics]
        files = sum(case.files for case in judged.values())
        if parties is not None:
            facts = {case_id: case.facts for case_id, case in judged.items()}
            diagnostics += located(workspace, wanted.among(_problems_of_parties(workspace, facts, today)))
            files += sum(map(wanted.has, parties.texts.data))
    return Verdict(
        diagnostics=in_order(diagnostics),
        files=files,
        cases=len(touched),
        departures=sum(case.departures for case in judged.values()),
    )


def problems_of_folder(
    workspace: Workspace, today: date, note: Note = unnoted, read: Callable[[LoadedCase], None] | None = None
) -> Iterator[Problem]:
    """Yields every problem of the folder, not located; `read` is given each case once."""
    facts = {}
    case_ids = workspace.case_ids()
    for number, case_id in enumerate(case_ids, start=1):
        note(f"checking case {number} of {len(case_ids)}")
        loaded = workspace.case(case_id)
        facts[case_id] = checks.facts_of(loaded.casefile)
        if read is not None:
            read(loaded)
        yield from _problems_of_case(workspace, loaded, today)
    yield from _problems_of_parties(workspace, facts, today)


def _problems_of_case(workspace: Workspace, loaded: LoadedCase, today: date) -> Iterator[Problem]:
    yield from loaded.problems
    yield from judge_copies(workspace.files, loaded.casefile)
    yield from checks.run_case(loaded.casefile, workspace.casefiles, today)


def _problems_of_parties(workspace: Workspace, facts: Mapping[str, checks.CaseFacts], today: date) -> Iterator[Problem]:
    """Yields every problem of the parties and of the files beside the cases; `facts` are those of all cases."""
    yield from workspace.listing.problems
    yield from _problems_of_journal(workspace)
    yield from workspace.loaded_settings.problems
    yield from workspace.parties.problems
    yield from checks.run_parties(facts, workspace.parties.registry, today)


def _problems_of_journal(workspace: Workspace) -> Iterator[Problem]:
    entries = workspace.files.entries("")
    if isinstance(entries, Problem) or all(entry.name != JOURNAL for entry in entries):
        return
    from ogpcase.store.transaction import judge_journal  # few folders have a journal

    yield from judge_journal(workspace.root, workspace.files)


def _judge_case(workspace: Workspace, case_id: str, today: date, wanted: Wanted) -> Judged:
    """Judges one case; reads only that case, the parties, and the cases that it refers to."""
    loaded = workspace.case(case_id)
    case = loaded.casefile
    diagnostics = located(workspace, wanted.among(_problems_of_case(workspace, loaded, today)))
    departing = (event for event in case.events if event.departs)
    departures = sum(1 for event in departing if wanted.has(file_of_event(case_id, event.id)))
    return Judged(diagnostics, checks.facts_of(case), sum(map(wanted.has, loaded.texts.data)), departures)


def _judge_cases(
    workspace: Workspace, task: Task, case_ids: Sequence[str], how: tuple[int | None, Note]
) -> dict[str, Judged]:
    jobs, note = how
    processes = jobs or (min(os.cpu_count() or 1, MOST_PROCESSES) if len(case_ids) >= FEWEST else 1)
    if processes > 1 and len(case_ids) > 1 and isinstance(workspace.files, DiskFiles):
        from concurrent.futures import BrokenExecutor  # slow to import: a third of a small run's time

        # If processes cannot be started or one is killed, this process judges.
        with suppress(BrokenExecutor, OSError, NotImplementedError):
            return _judge_in_processes(workspace, task, case_ids, (processes, note))
    return _judge_here(workspace, task, case_ids, note)


def _judge_here(workspace: Workspace, task: Task, case_ids: Sequence[str], note: Note = unnoted) -> dict[str, Judged]:
    """Judges cases; one that was loaded for another, which refers to it, is next, before its memory is needed."""
    judged: dict[str, Judged] = {}
    waiting = dict.fromkeys(case_ids)
    while waiting:
        case_id = next((name for name in workspace.loaded_cases() if name in waiting), None) or next(iter(waiting))
        del waiting[case_id]
        note(f"checking case {len(judged) + 1} of {len(case_ids)}")
        judged[case_id] = _judge_case(workspace, case_id, task.today, task.wanted)
    return {case_id: judged[case_id] for case_id in case_ids}


def _judge_in_processes(
    workspace: Workspace, task: Task, case_ids: Sequence[str], how: tuple[int, Note]
) -> dict[str, Judged]:
    from concurrent.futures import ProcessPoolExecutor  # here alone: see `_judge_cases`
    from multiprocessing import active_children, get_start_method  # the same

    processes, note = how
    size = max(1, len(case_ids) // (processes * _CHUNKS_EACH))
    chunks = [case_ids[at : at + size] for at in range(0, len(case_ids), size)]
    judged: dict[str, Judged] = {}
    inherited = workspace if get_start_method() == "fork" else None  # elsewhere all of it would be pickled
    with ProcessPoolExecutor(min(processes, len(chunks)), initializer=_begin, initargs=(task, inherited)) as pool:
        try:
            for judged_chunk in pool.map(_judge_chunk, chunks):
                judged |= judged_chunk
                note(f"checked {len(judged)} of {len(case_ids)} cases")
        except BaseException:  # a run that is ended does not wait for its processes
            for child in active_children():
                child.terminate()
            raise
    return judged


_here: list[tuple[Workspace, Task]] = []
"""The folder that this process opened, and its task."""


def _begin(task: Task, inherited: Workspace | None) -> None:
    """Opens the folder in a new process; it ends when the first process ends it, or is killed.

    The parties that the first process has read are not read again, if the process inherits them.
    """
    from threading import Thread  # loaded by the pool already

    for number in ENDING:
        signal.signal(number, signal.SIG_IGN if number == signal.SIGINT else signal.SIG_DFL)
    Thread(target=_exit_with_first, daemon=True).start()
    workspace = Workspace(task.root, DiskFiles(task.root.path), task.here)
    if inherited is not None:
        workspace.share_parties(inherited)
    _here.append((workspace, task))


def _exit_with_first() -> None:
    from multiprocessing import parent_process  # loaded by the pool already

    first = parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _judge_chunk(case_ids: Sequence[str]) -> dict[str, Judged]:
    return _judge_here(*_here[-1], case_ids)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Turns cyclic garbage collection off: records have no cycles, and it took a quarter of a run of 7,800 records."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def located(workspace: Workspace, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
    """Returns the problems with their places, in order; of one file at most MOST, errors before warnings."""
    by_file: dict[FileId, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.places[0].file, []).append(problem)
    locator = workspace.locator()
    return in_order(locator.locate(problem) for file in by_file for problem in _first(file, by_file[file], locator))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Returns diagnostics by path, line and column; `more-problems` is the last of its file."""

    def order(diagnostic: Diagnostic) -> tuple[object, ...]:
        return diagnostic.spots[0].path, diagnostic.code == more_problems.rule.code, diagnostic.order

    return tuple(sorted(diagnostics, key=order))


def _first(file: FileId, problems: list[Problem], locator: Locator) -> list[Problem]:
    """Returns at most MOST problems of a file, and one that counts the rest: to locate thousands would be slow."""
    if len(problems) <= MOST:
        return problems

    def order(problem: Problem) -> tuple[bool, int, int, str, str]:
        span = locator.span(problem.places[0])
        return (problem.rule.severity is Severity.WARNING, span.line, span.column, problem.code, problem.message)

    shown = nsmallest(MOST, problems, key=order)
    return [*shown, more_problems.one(file, len(problems) - MOST)]
