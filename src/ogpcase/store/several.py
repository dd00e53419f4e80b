"""Several files stored as one: all of them or none, also when the machine stops in the middle.

First every new file is whole on the disk under a work name, then a journal says what is about to happen, and only
then do the files get their names. A run that ends before the journal is there has done nothing; one that ends after
it is finished by the next command that writes (see `finishing`).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256

from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotWrite, FileChanged
from ogpcase.store.atomic import confirm, folder_of, place, work_file, written
from ogpcase.store.copies import Copy, bytes_of
from ogpcase.store.files import DiskFiles
from ogpcase.store.journal import JOURNAL, Entry, Journal
from ogpcase.store.layout import Root, reason
from ogpcase.store.save import confirmed, mode_of, told
from ogpcase.store.steps import is_there, moved_folder, removed, take
from ogpcase.store.undisturbed import Stored, undisturbed
from ogpcase.values import frozen, replace

_HALF_WAY = "the next command that writes here finishes it"


@frozen
class Step:
    """What becomes of one file: the digest of what was read, None for a new file; and its bytes, None where it goes.

    A new file that takes the place of another is as readable as that one: `like`.
    """

    file: FileId
    before: str | None
    content: bytes | Copy | None
    like: FileId | None = None

    @property
    def after(self) -> str | None:
        """The digest of what it becomes."""
        if isinstance(self.content, Copy):
            return self.content.sha256
        return sha256(self.content).hexdigest() if self.content is not None else None


def store_all(root: Root, what: str, steps: Sequence[Step], move: tuple[FileId, FileId] | None = None) -> None:
    """Stores several files as one; call it inside `locked`, after `finished`. `what` is the command.

    With `move` a folder of the root gets another name first; the steps name files as they are called after that.

    Raises:
        FileExistsError: a file that was to be new is there; nothing was changed.
        FileChanged: a file is no longer what was read; nothing was changed.
        CannotWrite: nothing was changed; or the next writing command finishes it, and the message says so.
    """
    plan = Journal(what, tuple(Entry(each.file, each.before, each.after, None) for each in steps), move)
    _refuse_changed(root, plan)
    with _staged(root, plan, steps) as journal, undisturbed():
        _write_down(root, journal)
        _carry_out(root, journal)


def _refuse_changed(root: Root, plan: Journal) -> None:
    files = DiskFiles(root.path)
    if plan.move is not None and is_there(root, plan.move[1]):
        raise CannotWrite(f"`{root.shown_path(plan.move[1])}` is there by now; nothing was changed")
    for entry in plan.entries:
        file = plan.before_move(entry.file)
        if entry.before is None and is_there(root, file):
            raise FileExistsError(errno.EEXIST, "the name is taken", entry.file)
        if entry.before is not None and files.digest(file) != entry.before:
            name = entry.file.rpartition("/")[2]
            raise FileChanged(
                f"{name} changed while this command was running; nothing was written",
                "look at the file, then run the command again",
            )


@contextmanager
def _staged(root: Root, plan: Journal, steps: Sequence[Step]) -> Iterator[Journal]:
    """Gives the journal with every work file whole on the disk; without a journal there, all is taken away again."""
    missing = _missing_folders(root, plan)
    entries: list[Entry] = []
    try:
        for step, entry in zip(steps, plan.entries, strict=True):
            work = _stage(root, plan.before_move(step.file), step, plan) if step.content is not None else None
            entries.append(replace(entry, work=work))
        _confirm_folders(root, map(plan.before_move, (entry.file for entry in entries if entry.work is not None)))
        yield replace(plan, entries=tuple(entries))
    except BaseException:
        if not is_there(root, JOURNAL):
            unstage(root, replace(plan, entries=tuple(entries)), missing)
        raise


def _stage(root: Root, file: FileId, step: Step, plan: Journal) -> str:
    """Writes a step's work file in the folder where its file will be, and returns its name."""
    assert step.content is not None
    model = plan.before_move(step.like) if step.like is not None else file if step.before is not None else None
    with told(root, file), folder_of(root.path, file, make=True) as (folder, _):
        mode = None
        if model is not None:
            with folder_of(root.path, model) as (beside, name):
                mode = mode_of(beside, name)
        if isinstance(step.content, Copy):
            work = _copied(folder, step.content, mode)
        else:
            work = written(folder, [step.content], mode)
    return work


def _confirm_folders(root: Root, files: Iterable[FileId]) -> None:
    for file in {file.rpartition("/")[0]: file for file in files}.values():
        with told(root, file), folder_of(root.path, file) as (folder, _):
            confirm(folder)


def _copied(folder: int, copy: Copy, mode: int | None) -> str:
    noted = sha256()
    work = written(folder, bytes_of(copy.path, noted.update), mode)
    if noted.hexdigest() != copy.sha256:
        with suppress(OSError):
            os.unlink(work, dir_fd=folder)
        raise FileChanged(f"`{copy.path}` changed while this command was running; nothing was written")
    return work


def unstage(root: Root, journal: Journal, folders: Iterable[FileId] = ()) -> None:
    """Takes the work files away, and folders that were made for them; what cannot be taken away is swept later."""
    for entry in journal.entries:
        for file in dict.fromkeys((journal.before_move(entry.file), entry.file)):
            if entry.work is not None:
                with suppress(OSError), folder_of(root.path, file) as (folder, _):
                    os.unlink(entry.work, dir_fd=folder)
    for file in folders:
        with suppress(OSError), folder_of(root.path, file) as (folder, name):
            os.rmdir(name, dir_fd=folder)


def _missing_folders(root: Root, plan: Journal) -> list[FileId]:
    """Returns the folders that have to be made, the innermost first."""
    found: set[FileId] = set()
    for entry in plan.entries:
        steps = plan.before_move(entry.file).split("/")[:-1]
        ways = ("/".join(steps[: count + 1]) for count in range(len(steps)))
        found |= {way for way in ways if not is_there(root, way)}
    return sorted(found, key=lambda way: -way.count("/"))


def _write_down(root: Root, journal: Journal) -> None:
    with (
        told(root, JOURNAL),
        folder_of(root.path, JOURNAL) as (folder, name),
        work_file(folder, [journal.dumped(root)]) as work,
    ):
        if not place(folder, work, name):
            raise CannotWrite("another command was interrupted and is not finished; nothing was changed")


def _carry_out(root: Root, journal: Journal) -> None:
    """Takes every step. Where one fails while all can still be taken back, they are; else the journal stays."""
    taken: list[Entry] = []
    moved = False
    try:
        _confirm_folders(root, [JOURNAL])
        if journal.move is not None:
            moved_folder(root, *journal.move)
            moved = True
        for entry in in_order(journal):
            take(root, entry)
            taken.append(entry)
    except CannotWrite as stopped:
        if _taken_back(root, journal, taken, moved=moved):
            raise
        Stored.done = True
        raise CannotWrite(f"`{journal.what}` stopped half way: {stopped.message}", _HALF_WAY) from stopped
    Stored.done = True
    close(root, journal)


def in_order(journal: Journal) -> list[Entry]:
    """Returns the entries with new files first and those that go last, so that no reference ever leads nowhere."""
    return sorted(journal.entries, key=lambda each: (each.after is None, each.before is not None))


def close(root: Root, journal: Journal) -> None:
    """Waits until the disk holds all names, then takes the journal away: the last step of all.

    Raises:
        CannotWrite: all is stored, but the disk does not confirm it or the journal stays.
    """
    folders = {each.file.rpartition("/")[0]: each.file for each in journal.entries}
    for file in (*folders.values(), JOURNAL):
        with _stored(root, file), folder_of(root.path, file) as (folder, _):
            confirmed(folder, root, file)
    for entry in journal.entries:
        with suppress(OSError), folder_of(root.path, entry.file) as (folder, _):
            if entry.work is not None:
                os.unlink(entry.work, dir_fd=folder)
    with _stored(root, JOURNAL), folder_of(root.path, JOURNAL) as (folder, name):
        os.unlink(name, dir_fd=folder)
        confirmed(folder, root, JOURNAL)


@contextmanager
def _stored(root: Root, file: FileId) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        shown = root.shown_path(file)
        raise CannotWrite(
            f"all is stored, but the disk did not answer for `{shown}`: {reason(error)}", _HALF_WAY
        ) from error


def _taken_back(root: Root, journal: Journal, taken: Sequence[Entry], *, moved: bool) -> bool:
    """Undoes new files and the folder's new name, and takes the journal away; false where that cannot be done."""
    if any(each.before is not None for each in taken):
        return False
    try:
        for entry in taken:
            removed(root, entry.file)
        if moved and journal.move is not None:
            moved_folder(root, journal.move[1], journal.move[0])
        with folder_of(root.path, JOURNAL) as (folder, name):
            os.unlink(name, dir_fd=folder)
            confirm(folder)
    except (OSError, CannotWrite):
        return False
    return True
