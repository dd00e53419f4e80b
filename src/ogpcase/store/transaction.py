"""Stores several files together: all of them or none, even if the machine stops in between.

A journal in the root lists the steps and is deleted last. The next writing command finishes or undoes its steps.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import CannotWrite, FileChanged
from ogpcase.model.ids import MAPPING_NAME, SETTINGS_NAME, is_id
from ogpcase.store.checksums import Copy, bytes_of
from ogpcase.store.files import JOURNAL, OURS, RECORD, DiskFiles, Files, copy_name_problem
from ogpcase.store.folders import reachable
from ogpcase.store.layout import EVENTS, HEADER_NAME, PARTIES, SOURCES, Root, if_refused
from ogpcase.store.lock import Stored
from ogpcase.store.problems import foreign_journal, unreadable_file
from ogpcase.store.save import (
    access_of,
    confirm_folder,
    confirmed,
    folder_of,
    one_each_folder,
    prepared,
    refuse_changed,
    writing,
    written,
)
from ogpcase.store.system import undisturbed

_LARGEST = 64 * 1024 * 1024
"""Bytes of a journal; it has about three hundred for each file."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WORK = re.compile(rf"{re.escape(OURS)}[0-9a-f-]+")
_WHAT = re.compile(r"[a-z][a-z -]{0,30}")
_HALF_WAY = "the next command that writes here finishes it"


class Step(NamedTuple):
    """The change of one file: the digest of what was read, None for a new file; and the new bytes, None to delete it.

    A new file gets the permissions and the group of the file that `like` names.
    """

    file: FileId
    before: str | None
    content: bytes | Copy | None
    like: FileId | None = None

    @property
    def after(self) -> str | None:
        """The digest of the new bytes."""
        if isinstance(self.content, Copy):
            return self.content.sha256
        return sha256(self.content).hexdigest() if self.content is not None else None


class Entry(NamedTuple):
    """A step in the journal: a file's digests before and after, None if it does not exist, and its work file."""

    file: FileId
    before: str | None
    after: str | None
    work: str | None


class Journal(NamedTuple):
    """The steps of a command: first perhaps the renaming of a case's folder, then files by their paths after that."""

    what: str
    entries: tuple[Entry, ...]
    move: tuple[FileId, FileId] | None = None

    def before_move(self, file: FileId) -> FileId:
        """Returns the path of a file before the folder is renamed."""
        if self.move is None or not file.startswith(f"{self.move[1]}/"):
            return file
        return self.move[0] + file[len(self.move[1]) :]

    def in_order(self) -> list[Entry]:
        """Returns the entries, new files first and deletions last, so that every reference always has its target."""
        return sorted(self.entries, key=lambda entry: (entry.after is None, entry.before is not None))


def store_all(root: Root, what: str, steps: Sequence[Step], move: tuple[FileId, FileId] | None = None) -> None:
    """Stores several files together; call it inside `locked`, after `finished`. `what` is the command.

    `move` renames a folder of the root first; the steps use the paths after that.

    Raises:
        FileExistsError: a new file exists already; nothing was changed.
        FileChanged: a file changed since it was read; nothing was changed.
        CannotWrite: the message says whether nothing was changed, or the next writing command finishes it.
    """
    plan = Journal(what, tuple(Entry(step.file, step.before, step.after, None) for step in steps), move)
    _refuse_changed(root, plan)
    with _staged(root, plan, steps) as journal, undisturbed():
        _write_down(root, journal)
        _carry_out(root, journal)


def is_there(root: Root, file: FileId) -> bool:
    """True if anything has that name, even a broken link."""
    return os.path.lexists(reachable(root.path / file))


def _refuse_changed(root: Root, plan: Journal) -> None:
    files = DiskFiles(root.path)
    if plan.move is not None and is_there(root, plan.move[1]):
        raise _exists_now(root, plan.move[1], "; nothing was changed")
    for entry in plan.entries:
        file = plan.before_move(entry.file)
        if entry.before is not None:
            refuse_changed(files, file, entry.before)
        elif is_there(root, file):
            raise FileExistsError(errno.EEXIST, "the name is taken", entry.file)


@contextmanager
def _staged(root: Root, plan: Journal, steps: Sequence[Step]) -> Iterator[Journal]:
    """Yields the journal when all work files are on the disk; removes them if the block fails without a journal."""
    missing = _missing_folders(root, plan)
    entries: list[Entry] = []
    try:
        for step, entry in zip(steps, plan.entries, strict=True):
            entries.append(entry._replace(work=_stage(root, step, plan)))
        for file in one_each_folder(plan.before_move(entry.file) for entry in entries if entry.work is not None):
            with writing(root, file), folder_of(root.path, file) as (folder, _):
                folder.sync()
        yield plan._replace(entries=tuple(entries))
    except BaseException:
        if not is_there(root, JOURNAL):
            _unstage(root, plan._replace(entries=tuple(entries)), missing)
        raise


def _stage(root: Root, step: Step, plan: Journal) -> str | None:
    """Writes a step's work file beside its file and returns its name; None for a deletion. Raises FileChanged."""
    if step.content is None:
        return None
    file = plan.before_move(step.file)
    model = plan.before_move(step.like) if step.like is not None else file if step.before is not None else None
    with writing(root, file), folder_of(root.path, file, make=True) as (folder, _):
        access = None
        if model is not None:
            with folder_of(root.path, model) as (beside, name):
                access = access_of(beside, name)
        if not isinstance(step.content, Copy):
            return written(folder, [step.content], access)
        digest = sha256()
        work = written(folder, bytes_of(step.content.path, digest.update), access)
        if digest.hexdigest() != step.content.sha256:
            with suppress(OSError):
                folder.unlink(work)
            raise FileChanged(f"`{step.content.path}` changed while this command was running; nothing was written")
        return work


def _unstage(root: Root, journal: Journal, folders: Iterable[FileId] = ()) -> None:
    for entry in journal.entries:
        for file in {journal.before_move(entry.file), entry.file}:
            _drop_work_file(root, entry._replace(file=file))
    for file in folders:
        with suppress(OSError), folder_of(root.path, file) as (folder, name):
            folder.remove_folder(name)


def _drop_work_file(root: Root, entry: Entry) -> None:
    if entry.work is not None:
        with suppress(OSError), folder_of(root.path, entry.file) as (folder, _):
            folder.unlink(entry.work)


def _missing_folders(root: Root, plan: Journal) -> list[FileId]:
    """Returns the folders that the steps need and that do not exist, the deepest first."""
    paths = (PurePosixPath(plan.before_move(entry.file)) for entry in plan.entries)
    folders = {str(above) for path in paths for above in path.parents} - {"."}
    return sorted((folder for folder in folders if not is_there(root, folder)), key=lambda folder: -folder.count("/"))


def _carry_out(root: Root, journal: Journal) -> None:
    """Takes every step. After a failure, takes all steps back if possible; else the journal stays."""
    taken: list[Entry] = []
    moved = False
    try:
        with writing(root, JOURNAL, so=""):
            confirm_folder(root.path)
        if journal.move is not None:
            _move_folder(root, *journal.move)
            moved = True
        for entry in journal.in_order():
            _take(root, entry)
            taken.append(entry)
    except CannotWrite as stopped:
        if _taken_back(root, journal, taken, moved=moved):
            raise CannotWrite(f"{stopped.message}; nothing was changed", *stopped.hints) from stopped
        Stored.done = True
        raise _half_way(journal, stopped) from stopped
    Stored.done = True
    _close(root, journal)


def _half_way(journal: Journal, stopped: CannotWrite) -> CannotWrite:
    return CannotWrite(
        f"`{journal.what}` stopped half way, with some of its files stored: {stopped.message}", _HALF_WAY
    )


def _take(root: Root, entry: Entry) -> None:
    """Writes or deletes one file; a new file keeps its work name too until the end. Raises CannotWrite."""
    with writing(root, entry.file, so=""), folder_of(root.path, entry.file) as (folder, name):
        if entry.work is None:
            folder.unlink(name)
        elif entry.before is not None:
            folder.replace(entry.work, name)
        elif not folder.place(entry.work, name):
            raise _exists_now(root, entry.file)


def _move_folder(root: Root, old: FileId, new: FileId) -> None:
    """Renames a folder of the root; never overwrites. Raises CannotWrite."""
    with writing(root, new, so=""), folder_of(root.path, old) as (folder, name):
        if is_there(root, new):
            raise _exists_now(root, new)
        folder.rename(name, new)


def _exists_now(root: Root, file: FileId, so: str = "") -> CannotWrite:
    return CannotWrite(f"`{root.shown_path(file)}` exists now{so}")


def _taken_back(root: Root, journal: Journal, taken: Sequence[Entry], *, moved: bool) -> bool:
    """Deletes the new files, renames the folder back, and deletes the journal; returns False if it cannot."""
    if any(entry.before is not None for entry in taken):
        return False
    try:
        for entry in taken:
            _unlink(root, entry.file)
        if moved and journal.move is not None:
            _move_folder(root, journal.move[1], journal.move[0])
        _unlink(root, JOURNAL)
        confirm_folder(root.path)
    except (OSError, CannotWrite):
        return False
    return True


def _unlink(root: Root, file: FileId) -> None:
    with folder_of(root.path, file) as (folder, name):
        folder.unlink(name)


def _close(root: Root, journal: Journal) -> None:
    def all_stored(file: FileId) -> AbstractContextManager[None]:
        return if_refused(f"all is stored, but the disk did not confirm `{root.shown_path(file)}`", _HALF_WAY)

    for file in (*one_each_folder(entry.file for entry in journal.entries), JOURNAL):
        with all_stored(file), folder_of(root.path, file) as (folder, _):
            confirmed(folder, root, file)
    for entry in journal.entries:
        _drop_work_file(root, entry)
    with all_stored(JOURNAL), folder_of(root.path, JOURNAL) as (folder, name):
        folder.unlink(name)
        confirmed(folder, root, JOURNAL)


def finished(root: Root) -> str | None:
    """Finishes or undoes an interrupted command and returns a message; None if there was none.

    Call it inside `locked`, before anything is read. Raises CannotWrite if it can do neither.
    """
    journal = _journal_in(root)
    if journal is None:
        return None
    moved = _is_moved(root, journal)
    files = DiskFiles(root.path)

    def now(file: FileId) -> FileId:
        return file if moved else journal.before_move(file)

    left = [entry for entry in journal.in_order() if files.digest(now(entry.file)) != entry.after]
    stuck = [entry for entry in left if not _can_be_taken(files, entry._replace(file=now(entry.file)))]
    count = f"{len(journal.entries)} {'file' if len(journal.entries) == 1 else 'files'}"
    if not stuck and moved is not None:
        with undisturbed():
            try:
                if journal.move is not None and not moved:
                    _move_folder(root, *journal.move)
                for entry in left:
                    _take(root, entry)
            except CannotWrite as stopped:
                raise _half_way(journal, stopped) from stopped
            _close(root, journal)
        return f"finished `{journal.what}`, which was interrupted: {count}, see `git status`"
    if len(left) == len(journal.entries) and not (moved and journal.move):
        with undisturbed(), writing(root, JOURNAL, so=f"; `{journal.what}`, which was interrupted, is not undone yet"):
            _unstage(root, journal)
            _unlink(root, JOURNAL)
        return f"undid `{journal.what}`, which was interrupted: none of {count} was changed"
    raise CannotWrite(
        f"`{journal.what}` was interrupted and cannot be finished: {_conflict(root, journal, len(stuck))}",
        f"`{root.shown_path(JOURNAL)}` lists them: restore the old files, or finish by hand and delete it",
    )


def _conflict(root: Root, journal: Journal, stuck: int) -> str:
    if journal.move is not None and _is_moved(root, journal) is None:
        old = is_there(root, journal.move[0])
        return f"a case's folder exists under {'both of its names' if old else 'neither of its names'}"
    return f"{stuck} of its files {'has' if stuck == 1 else 'have'} changed since then"


def _is_moved(root: Root, journal: Journal) -> bool | None:
    """Returns whether the folder has its new name, or no folder moves; None if both names exist, or neither."""
    if journal.move is None:
        return True
    old, new = (is_there(root, name) for name in journal.move)
    return new if old != new else None


def _can_be_taken(files: DiskFiles, entry: Entry) -> bool:
    if files.digest(entry.file) != entry.before:
        return False
    return entry.work is None or files.digest(f"{entry.file.rpartition('/')[0]}/{entry.work}") == entry.after


def _write_down(root: Root, journal: Journal) -> None:
    facts = {"format": 1, "folder": _folder_number(root), "what": journal.what, "move": journal.move}
    data = json.dumps(facts | {"files": [entry._asdict() for entry in journal.entries]}).encode()
    with writing(root, JOURNAL), prepared(root.path, JOURNAL, data) as (folder, work, name):
        if not folder.place(work, name):
            raise CannotWrite("another command was interrupted and is not finished; nothing was changed")


def _folder_number(root: Root) -> int:
    """Returns the case folder's inode. A journal from a checkout or an archive has another number."""
    return root.path.stat().st_ino


def _journal_in(root: Root) -> Journal | None:
    """Returns the journal of an interrupted command, or None. Raises CannotWrite if it is not from this folder."""
    data = DiskFiles(root.path).content(JOURNAL, _LARGEST)
    if data is None:
        return None
    if isinstance(data, Problem) and data.code == unreadable_file.rule.code:
        raise CannotWrite(f"`{root.shown_path(JOURNAL)}`: {data.message}; nothing was changed")
    try:
        return _journal_from(json.loads(b"" if isinstance(data, Problem) else data), _folder_number(root))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotWrite(
            f"`{root.shown_path(JOURNAL)}` was not left here by an interrupted command; nothing was changed",
            "find out where it comes from, then delete it",
        ) from error


def judge_journal(root: Root, files: Files) -> Iterator[Problem]:
    """Yields the problem with a journal that is there, if it keeps commands from writing; in a commit any does."""
    try:
        if isinstance(files, DiskFiles) and _journal_in(root) is not None:
            return
    except CannotWrite:
        pass
    yield foreign_journal.one(JOURNAL)


def _journal_from(facts: Any, number: int) -> Journal:  # noqa: ANN401 - any JSON value
    """Returns a journal if every part is valid. Raises ValueError, KeyError, TypeError."""
    move = tuple(facts["move"]) if facts["move"] is not None else None
    entries = tuple(Entry(file["file"], file["before"], file["after"], file["work"]) for file in facts["files"])
    sound = (
        facts["format"] == 1
        and facts["folder"] == number
        and _WHAT.fullmatch(facts["what"])
        and (move is None or _is_move(move))
        and all(map(_is_sound, entries))
    )
    if not sound:
        raise ValueError(JOURNAL)
    return Journal(facts["what"], entries, move)


def _is_move(move: tuple[Any, ...]) -> bool:
    return len(move) == len(set(move)) == 2 and all(is_id(name) and name != PARTIES for name in move)  # noqa: PLR2004 - from and to


def _is_sound(entry: Entry) -> bool:
    digests = [digest for digest in (entry.before, entry.after) if digest is not None]
    works = entry.work is None if entry.after is None else bool(_WORK.fullmatch(entry.work or ""))
    return bool(digests) and all(map(_DIGEST.fullmatch, digests)) and works and _is_of_case_folder(entry.file)


def _is_of_case_folder(file: FileId) -> bool:
    """True for the settings, a party, a header, a mapping, an event and a copy: a journal may name nothing else."""
    match file.split("/"):
        case [name]:
            return name == SETTINGS_NAME
        case [folder, name] if folder == PARTIES:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, name]:
            return is_id(case_id) and name in {HEADER_NAME, MAPPING_NAME}
        case [case_id, folder, name] if is_id(case_id) and folder == EVENTS:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, folder, name] if is_id(case_id) and folder == SOURCES:
            return bool(name) and not name.startswith(".") and copy_name_problem(file, name) is None
    return False
