"""Several files stored as one: all of them or none, also when the machine stops in the middle."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotWrite, FileChanged
from ogpcase.model.ids import SETTINGS_NAME, is_id
from ogpcase.store.checksums import Copy, bytes_of
from ogpcase.store.files import OURS, RECORD, DiskFiles, copy_name_problem
from ogpcase.store.layout import EVENTS, FILE_FLAGS, HEADER_NAME, PARTIES, SOURCES, Root, reason
from ogpcase.store.save import confirm, confirmed, folder_of, mode_of, place, told, work_file, written
from ogpcase.store.signals import Stored, undisturbed

JOURNAL = f"{OURS}journal.json"
"""The journal's name, in the root."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a journal: some three hundred for each file."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WORK = re.compile(rf"{re.escape(OURS)}[0-9a-f-]+")
_WHAT = re.compile(r"[a-z][a-z -]{0,30}")


class Entry(NamedTuple):
    """What becomes of one file: its digest before and after, None where there is no file, and its work file's name."""

    file: FileId
    before: str | None
    after: str | None
    work: str | None


class Journal(NamedTuple):
    """What a command does: perhaps a case's folder gets another name, then files as they are called after that."""

    what: str
    entries: tuple[Entry, ...]
    move: tuple[FileId, FileId] | None = None

    def before_move(self, file: FileId) -> FileId:
        """Returns where a file is before the folder moves."""
        if self.move is None or not file.startswith(f"{self.move[1]}/"):
            return file
        return self.move[0] + file[len(self.move[1]) :]

    def after_move(self, file: FileId) -> FileId:
        """Returns where a file is after the folder has moved."""
        if self.move is None or not file.startswith(f"{self.move[0]}/"):
            return file
        return self.move[1] + file[len(self.move[0]) :]

    def dumped(self, root: Root) -> bytes:
        """Returns the journal's bytes; they hold for this very folder alone."""
        files = [{"file": e.file, "before": e.before, "after": e.after, "work": e.work} for e in self.entries]
        told_of = {"format": 1, "folder": folder_number(root), "what": self.what, "move": self.move, "files": files}
        return json.dumps(told_of).encode()


def folder_number(root: Root) -> int:
    """Returns the number by which the file system knows the case folder: one that nobody elsewhere can know.

    A journal that came with a checkout or an archive is by this told from one that a run left here.
    """
    return root.path.stat().st_ino


def journal_in(root: Root) -> Journal | None:
    """Returns the journal that an interrupted command left; None where there is none.

    Raises:
        CannotWrite: there is something of that name that no command of this program left in this folder.
    """
    with told(root, JOURNAL):
        data = _bytes_of(root)
    if data is None:
        return None
    try:
        return _journal_from(json.loads(data), folder_number(root))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotWrite(
            f"`{root.shown_path(JOURNAL)}` was not left here by an interrupted command; nothing was changed",
            "find out where it comes from, then delete it",
        ) from error


def _bytes_of(root: Root) -> bytes | None:
    """Reads the journal without following a link or waiting for a pipe; what is none gives no bytes."""
    with folder_of(root.path, JOURNAL) as (folder, name):
        try:
            found = os.open(name, FILE_FLAGS, dir_fd=folder)
        except FileNotFoundError:
            return None
        try:
            facts = os.fstat(found)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST:
                return b""
            return b"".join(_chunks(found))
        finally:
            os.close(found)


def _chunks(found: int) -> Iterator[bytes]:
    while chunk := os.read(found, _LARGEST):
        yield chunk


def _journal_from(found: Any, number: int) -> Journal:  # noqa: ANN401 - any JSON value
    """Returns a journal all of whose parts are such as this program writes. Raises ValueError, KeyError, TypeError."""
    move = tuple(found["move"]) if found["move"] is not None else None
    entries = tuple(Entry(e["file"], e["before"], e["after"], e["work"]) for e in found["files"])
    sound = (
        found["format"] == 1
        and found["folder"] == number
        and _WHAT.fullmatch(found["what"])
        and (move is None or _is_move(move))
        and all(map(_is_sound, entries))
    )
    if not sound:
        raise ValueError(JOURNAL)
    return Journal(found["what"], entries, move)


def _is_move(move: tuple[Any, ...]) -> bool:
    return len(move) == len(set(move)) == 2 and all(is_id(each) and each != PARTIES for each in move)  # noqa: PLR2004 - from and to


def _is_sound(entry: Entry) -> bool:
    digests = [each for each in (entry.before, entry.after) if each is not None]
    works = entry.work is None if entry.after is None else bool(_WORK.fullmatch(entry.work or ""))
    return bool(digests) and all(map(_DIGEST.fullmatch, digests)) and works and _is_of_case_folder(entry.file)


def _is_of_case_folder(file: FileId) -> bool:
    """True for the settings, a party, a header, an event and a copy: a journal can name nothing else."""
    match file.split("/"):
        case [name]:
            return name == SETTINGS_NAME
        case [folder, name] if folder == PARTIES:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, name]:
            return is_id(case_id) and name == HEADER_NAME
        case [case_id, folder, name] if is_id(case_id) and folder == EVENTS:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, folder, name] if is_id(case_id) and folder == SOURCES:
            return bool(name) and not name.startswith(".") and copy_name_problem(file, name) is None
    return False


def take(root: Root, entry: Entry) -> None:
    """Gives one file its new bytes, or takes it away; a new file keeps its work name beside its own until the end.

    Raises:
        CannotWrite: the disk refuses, or what was to be new is there by now.
    """
    with told(root, entry.file), folder_of(root.path, entry.file) as (folder, name):
        if entry.work is None:
            os.unlink(name, dir_fd=folder)
        elif entry.before is not None:
            os.rename(entry.work, name, src_dir_fd=folder, dst_dir_fd=folder)
        elif not place(folder, entry.work, name):
            raise CannotWrite(f"`{root.shown_path(entry.file)}` is there by now; nothing was changed")


def removed(root: Root, file: FileId) -> None:
    """Takes a file away. Raises OSError."""
    with folder_of(root.path, file) as (folder, name):
        os.unlink(name, dir_fd=folder)


def moved_folder(root: Root, old: FileId, new: FileId) -> None:
    """Gives a folder of the root another name; nothing is ever moved over another. The disk is asked later.

    Raises:
        CannotWrite: the disk refuses, or there is something of that name.
    """
    with told(root, new), folder_of(root.path, old) as (folder, name):
        if is_there(root, new):
            raise CannotWrite(f"`{root.shown_path(new)}` is there by now; nothing was changed")
        os.rename(name, new.rpartition("/")[2], src_dir_fd=folder, dst_dir_fd=folder)


def is_there(root: Root, file: FileId) -> bool:
    """True when there is anything of that name, a link that leads nowhere included."""
    return os.path.lexists(root.path / file)


_HALF_WAY = "the next command that writes here finishes it"


class Step(NamedTuple):
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
            entries.append(entry._replace(work=work))
        _confirm_folders(root, map(plan.before_move, (entry.file for entry in entries if entry.work is not None)))
        yield plan._replace(entries=tuple(entries))
    except BaseException:
        if not is_there(root, JOURNAL):
            unstage(root, plan._replace(entries=tuple(entries)), missing)
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
