"""Finishes or undoes what an interrupted command left, before the next one writes."""

from __future__ import annotations

import os
from contextlib import suppress

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import CannotRead, CannotWrite
from ogpcase.store.files import OURS, DiskFiles, Sort
from ogpcase.store.layout import EVENTS, PARTIES, SOURCES, Root
from ogpcase.store.save import folder_of, told
from ogpcase.store.signals import undisturbed
from ogpcase.store.transaction import (
    JOURNAL,
    Entry,
    Journal,
    close,
    in_order,
    is_there,
    journal_in,
    moved_folder,
    take,
    unstage,
)


def finished(root: Root) -> str | None:
    """Finishes or undoes a command that was interrupted, and says so; None where there was none.

    Call it inside `locked`, before anything is read.

    Raises:
        CannotWrite: it can neither be finished nor undone: says why, and what to do.
    """
    journal = journal_in(root)
    if journal is None:
        return None
    moved = _is_moved(root, journal)
    left = [each for each in in_order(journal) if not _is_taken(root, journal, each, moved=moved)]
    stuck = [each for each in left if not _can_be_taken(root, journal, each, moved=moved)]
    count = f"{len(journal.entries)} {'file' if len(journal.entries) == 1 else 'files'}"
    if not stuck and moved is not None:
        _finish(root, journal, left, moved=moved)
        return f"finished `{journal.what}`, which had been interrupted: {count}, see `git status`"
    if len(left) == len(journal.entries) and not (moved and journal.move):
        _undo(root, journal)
        return f"undid `{journal.what}`, which had been interrupted: none of {count} was changed"
    raise CannotWrite(
        f"`{journal.what}` was interrupted and cannot be finished: {_conflict(root, journal, stuck, moved=moved)}",
        f"`{root.shown_path(JOURNAL)}` lists them: bring back what was there, or finish by hand and delete it",
    )


def _finish(root: Root, journal: Journal, left: list[Entry], *, moved: bool) -> None:
    with undisturbed():
        if journal.move is not None and not moved:
            moved_folder(root, *journal.move)
        for entry in left:
            take(root, entry)
        close(root, journal)


def _undo(root: Root, journal: Journal) -> None:
    with undisturbed():
        unstage(root, journal)
        with told(root, JOURNAL), folder_of(root.path, JOURNAL) as (folder, name):
            os.unlink(name, dir_fd=folder)


def _is_moved(root: Root, journal: Journal) -> bool | None:
    """Returns whether the folder has its new name; None where both are there, or none; true where none moves."""
    if journal.move is None:
        return True
    old, new = (is_there(root, each) for each in journal.move)
    return new if old != new else None


def _path(journal: Journal, file: FileId, *, moved: bool | None) -> FileId:
    return file if moved else journal.before_move(file)


def _is_taken(root: Root, journal: Journal, entry: Entry, *, moved: bool | None) -> bool:
    return _digest(root, _path(journal, entry.file, moved=moved)) == entry.after


def _can_be_taken(root: Root, journal: Journal, entry: Entry, *, moved: bool | None) -> bool:
    file = _path(journal, entry.file, moved=moved)
    beside = f"{file.rpartition('/')[0]}/{entry.work}"
    return _digest(root, file) == entry.before and (entry.work is None or _digest(root, beside) == entry.after)


def _digest(root: Root, file: FileId) -> str | Problem | None:
    return DiskFiles(root.path).digest(file)


def _conflict(root: Root, journal: Journal, stuck: list[Entry], *, moved: bool | None) -> str:
    if moved is None and journal.move is not None:
        old = is_there(root, journal.move[0])
        return f"a case's folder is there {'beside its new name' if old else 'under neither of its names'}"
    names = [_path(journal, each.file, moved=moved) for each in stuck]
    return f"{len(names)} of its files {'has' if len(names) == 1 else 'have'} changed since"


def swept(root: Root, case_id: str | None = None) -> None:
    """Takes away the work files that killed runs left in the case folder; call it inside `locked`.

    Where one case is named, the other cases are not looked into. What the disk does not let go stays: readers pass
    over it.
    """
    try:
        files = DiskFiles(root.path)
    except CannotRead:
        return
    for name in files.names(""):
        if name.startswith(OURS):
            _sweep_work(root, files, name)
        elif case_id is None or name in {case_id, PARTIES}:
            for folder in (name,) if name == PARTIES else (name, f"{name}/{EVENTS}", f"{name}/{SOURCES}"):
                _sweep_names(root, files, folder)


def _sweep_names(root: Root, files: DiskFiles, folder: FileId) -> None:
    """Takes away the work files of one folder; only where there are any it is looked at closely."""
    if any(name.startswith(OURS) for name in files.names(folder)):
        for inside, sort in _entries(files, folder):
            if sort is Sort.FILE:
                _sweep(root, folder, inside)


def _sweep_work(root: Root, files: DiskFiles, name: str) -> None:
    if dict(_entries(files, "")).get(name) is Sort.FOLDER:
        _sweep_folder(root, files, name)
    else:
        _sweep(root, "", name)


def _entries(files: DiskFiles, folder: FileId) -> tuple[tuple[str, Sort], ...]:
    found = files.entries(folder)
    return () if isinstance(found, Problem) else tuple((each.name, each.sort) for each in found)


def _sweep(root: Root, folder: FileId, name: str) -> None:
    if name.startswith(OURS) and name != JOURNAL:
        with suppress(OSError), folder_of(root.path, f"{folder}/{name}" if folder else name) as (where, _):
            os.unlink(name, dir_fd=where)


def _sweep_folder(root: Root, files: DiskFiles, name: str) -> None:
    """Takes away a folder that `init` had not given its name yet."""
    for inside, sort in _entries(files, name):
        if sort is Sort.FILE:
            with suppress(OSError), folder_of(root.path, f"{name}/{inside}") as (where, _):
                os.unlink(inside, dir_fd=where)
    with suppress(OSError), folder_of(root.path, name) as (where, _):
        os.rmdir(name, dir_fd=where)
