"""A renaming on the disk: all of it or nothing, also when the machine stops in the middle.

What is to be done is first written down, whole, in a journal beside the cases, which readers pass over. Every step
can be told from not having been taken, so that the next command that writes takes those that are left.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ogpcase.diagnostics import FileId
from ogpcase.edits.renaming import Plan
from ogpcase.errors import CannotWrite, FileChanged, OgpcaseError
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import Root
from ogpcase.store.names import OURS
from ogpcase.store.save import replace, told

JOURNAL = f"{OURS}rename.json"
"""The journal's name, in the root."""


@dataclass(frozen=True, slots=True)
class Write:
    """A file's new text, by its path after the move, and the digests before and after."""

    file: FileId
    text: str
    before: str

    @property
    def after(self) -> str:
        """The digest of the new text."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Journal:
    """What a renaming does: one move, then the writes."""

    old: FileId
    new: FileId
    writes: tuple[Write, ...]

    @classmethod
    def of(cls, plan: Plan) -> Journal:
        """Returns the journal of a plan."""
        return cls(plan.old, plan.new, tuple(Write(each.file, each.new, each.sha256) for each in plan.changes))

    def before_move(self, file: FileId) -> FileId:
        """Returns where a file is before the move."""
        return self.old + file[len(self.new) :] if file == self.new or file.startswith(f"{self.new}/") else file


def carried_out(root: Root, plan: Plan) -> None:
    """Renames; call it inside `store.lock.locked`, after `finished`.

    Raises:
        FileChanged: a file is no longer what was read; nothing was changed.
        CannotWrite: the disk refuses: nothing was changed, or the next writing command goes on from here.
    """
    journal = Journal.of(plan)
    files = DiskFiles(root.path)
    for write in journal.writes:
        if files.digest(journal.before_move(write.file)) != write.before:
            name = write.file.rpartition("/")[2]
            raise FileChanged(f"{name} changed while this command was running; nothing was written")
    with (
        told(root, JOURNAL),
        folder_of(root.path, JOURNAL) as (folder, name),
        work_file(folder, [_dumped(journal)]) as work,
    ):
        if not place(folder, work, name):
            raise CannotWrite("another renaming was interrupted and is not finished; nothing was changed")
        confirm(folder)
    try:
        _go_on(root, journal)
    except OgpcaseError as stopped:
        raise CannotWrite(
            f"the renaming stopped half way: {stopped.message}", "the next command that writes here finishes it"
        ) from stopped


def finished(root: Root) -> str | None:
    """Finishes a renaming that was interrupted, and says so; None where there was none.

    Call it inside `store.lock.locked`, before anything is read.

    Raises:
        CannotWrite: it cannot be finished: says why, and what to do.
    """
    journal = _read(root)
    if journal is None:
        return None
    conflict = _conflict(root, journal)
    if conflict is not None:
        raise CannotWrite(
            f"a renaming was interrupted and cannot be finished: {conflict}",
            f"bring that file back as it was, or finish by hand and delete `{root.shown_path(JOURNAL)}`",
        )
    _go_on(root, journal)
    return f"finished a renaming that was interrupted: {root.shown_path(journal.old)} is {root.shown_path(journal.new)}"


def _go_on(root: Root, journal: Journal) -> None:
    """Takes the steps that are left; the journal goes last."""
    if _is_there(root, journal.old):
        _move(root, journal.old, journal.new)
    files = DiskFiles(root.path)
    for write in journal.writes:
        if files.digest(write.file) != write.after:
            replace(root, write.file, write.text, write.before)
    with told(root, JOURNAL), folder_of(root.path, JOURNAL) as (folder, name):
        os.unlink(name, dir_fd=folder)
        confirm(folder)


def _conflict(root: Root, journal: Journal) -> str | None:
    """Returns what keeps the steps that are left from being taken."""
    old, new = _is_there(root, journal.old), _is_there(root, journal.new)
    if old == new:
        return f"{root.shown_path(journal.new)} is there {'beside' if old else 'no more than'} its old name"
    files = DiskFiles(root.path)
    for write in journal.writes:
        file = journal.before_move(write.file) if old else write.file
        if files.digest(file) not in {write.before, write.after}:
            return f"{root.shown_path(file)} has changed since"
    return None


def _move(root: Root, old: FileId, new: FileId) -> None:
    """Gives a file or a folder its new name in its folder; nothing is ever moved over another."""
    with told(root, new), folder_of(root.path, old) as (folder, name):
        to = new.rpartition("/")[2]
        if _is_there(root, new):
            raise CannotWrite(f"`{root.shown_path(new)}` is there by now; nothing was changed")
        os.rename(name, to, src_dir_fd=folder, dst_dir_fd=folder)
        confirm(folder)


def _is_there(root: Root, file: FileId) -> bool:
    return os.path.lexists(root.path / file)


def _dumped(journal: Journal) -> bytes:
    writes = [{"file": each.file, "before": each.before, "text": each.text} for each in journal.writes]
    return json.dumps({"format": 1, "old": journal.old, "new": journal.new, "writes": writes}).encode()


def _read(root: Root) -> Journal | None:
    try:
        data = (root.path / JOURNAL).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotWrite(f"`{root.shown_path(JOURNAL)}` cannot be read: {error.strerror}") from error
    try:
        found: Any = json.loads(data)
        writes = tuple(Write(each["file"], each["text"], each["before"]) for each in found["writes"])
        return Journal(_inside(found["old"]), _inside(found["new"]), tuple(map(_checked, writes)))
    except (ValueError, KeyError, TypeError) as error:
        raise CannotWrite(
            f"`{root.shown_path(JOURNAL)}` is no journal of a renaming", "look at it, and delete it if it is none"
        ) from error


def _checked(write: Write) -> Write:
    _inside(write.file)
    return write


def _inside(path: object) -> FileId:
    """Returns a path that stays below the root. Raises ValueError."""
    if not isinstance(path, str) or not path or any(step in {"", ".", ".."} for step in path.split("/")):
        raise ValueError(path)
    return path
