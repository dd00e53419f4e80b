"""Writes a file completely or not at all, waits for the disk, and never overwrites a file that was not read."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from math import inf
from pathlib import Path
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, CannotRead, CannotWrite, FileChanged
from ogpcase.store.files import JOURNAL, OURS, DiskFiles
from ogpcase.store.folders import Folder
from ogpcase.store.layout import EVENTS, HEADER_NAME, PARTIES, SOURCES, Root, if_refused, reason
from ogpcase.store.lock import LOCK, Stored
from ogpcase.store.system import WINDOWS, undisturbed
from ogpcase.yamltree.limits import LARGEST

FILE_MODE = 0o666
FOLDER_MODE = 0o777
"""The modes of new files and folders, from which the system takes what the user's mask forbids."""
_PRIVATE = 0o600
_WRITING = 0o222
_OWNER = 0o700
_WORK = re.compile(rf"{re.escape(OURS)}\d{{1,9}}-")
_STALE = 3600
"""Seconds after which a work file is taken for one that a killed run left."""
_GIVES_ACCESS = hasattr(os, "fchown")
"""False on Windows, where a new file has the access list of its folder."""
Numbered = Callable[[int], FileId]
"""Returns the next name to try when the first one is taken: for 2, then 3, and so on."""


class Access(NamedTuple):
    """Who may use a file: its permissions, and the number of its group."""

    mode: int
    group: int


def create(root: Root, file: FileId, text: str, *, taken: Numbered | None = None) -> FileId:
    """Stores a new record, with missing folders, and returns its file. Raises BadInput, CannotWrite.

    If the name is taken, tries the names that `taken` returns, in the same folder; without it, raises FileExistsError.
    """
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data, make=True) as (folder, work, _):
        count = 1
        while not folder.place(work, file.rpartition("/")[2]):
            if taken is None:
                raise FileExistsError(errno.EEXIST, "the name is taken", file)
            count += 1
            file = taken(count)
        Stored.done = True
        confirmed(folder, root, file)
    return file


def replace(root: Root, file: FileId, text: str, expected_sha256: str) -> None:
    """Replaces the record that was read; call it inside `locked`. Raises FileChanged, BadInput, CannotWrite."""
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data, over=True) as (folder, work, name):
        refuse_changed(DiskFiles(root.path), file, expected_sha256)
        folder.replace(work, name)
        Stored.done = True
        confirmed(folder, root, file)


def refuse_read_only(root: Root, files: Iterable[FileId]) -> None:
    """Raises CannotWrite if a file that is there may be written by nobody: somebody protected it."""
    for file in files:
        with writing(root, file, "; nothing was written"), folder_of(root.path, file) as (folder, name):
            access = access_of(folder, name)
        if access is not None and not access.mode & _WRITING:
            shown = root.shown_path(file)
            allow = command("attrib -r" if WINDOWS else "chmod u+w", shown)
            raise CannotWrite(f"`{shown}` is read-only; nothing was written", f"if it may change: {allow}")


def refuse_changed(files: DiskFiles, file: FileId, expected_sha256: str) -> None:
    """Raises FileChanged if a file changed since it was read."""
    if files.digest(file) != expected_sha256:
        raise FileChanged(
            f"{file.rpartition('/')[2]} changed while this command was running; nothing was written",
            "look at the file, then run the command again",
        )


def store_file(top: Path, file: str, text: str, *, over: bool) -> bool:
    """Stores a file other than a record; returns False if the name is taken and `over` is false. Raises OSError."""
    with prepared(top, file, text.encode(), make=True, over=over) as (folder, work, name):
        if over:
            folder.replace(work, name)
        elif not folder.place(work, name):
            return False
        Stored.done = True
        folder.sync()
    return True


def stored_form(text: str) -> bytes:
    """Returns the bytes of a record's text. Raises BadInput if it cannot be stored."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise BadInput("the text holds half a character (a lone surrogate) and cannot be stored") from error
    if len(data) > LARGEST:
        raise BadInput(f"the record would have {len(data)} bytes; a record has at most {LARGEST}")
    return data


@contextmanager
def prepared(
    top: Path, file: FileId, data: bytes, *, make: bool = False, over: bool = False
) -> Iterator[tuple[Folder, str, str]]:
    """Yields a file's folder, a work file in it with these bytes, and its name; delays signals. Raises OSError.

    With `over`, whoever may use the old file may use the work file.
    """
    with folder_of(top, file, make=make) as (folder, name):
        work = written(folder, [data], access_of(folder, name) if over else None)
        try:
            clear_stale(folder, folder.facts(work).st_mtime - _STALE)
            with undisturbed():
                yield folder, work, name
        finally:
            with suppress(OSError):  # unless it was renamed; if this fails, a later run removes it
                folder.unlink(work)


@contextmanager
def folder_of(top: str | os.PathLike[str], file: FileId, *, make: bool = False) -> Iterator[tuple[Folder, str]]:
    """Yields a file's open folder below `top`, without following links, and the file's name.

    With `make`, missing folders are created, and removed again if the block fails.
    """
    *steps, name = file.split("/")
    opened = [Folder.at(top)]
    made: list[tuple[Folder, str]] = []
    try:
        for step in steps:
            if make:
                with suppress(FileExistsError):
                    opened[-1].make(step, FOLDER_MODE)
                    made.append((opened[-1], step))
                    opened[-1].sync()
            opened.append(opened[-1].folder(step))
        yield opened[-1], name
    except BaseException:
        for above, step in reversed(made):
            with suppress(OSError):
                above.remove_folder(step)
        raise
    finally:
        for folder in opened:
            folder.close()


@contextmanager
def folder_made(path: Path) -> Iterator[None]:
    """Creates a folder and its missing parents; removes those that are empty at the end."""
    made = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)]
    try:
        path.mkdir(parents=True, exist_ok=True)
        for folder in made:
            confirm_folder(folder.parent)
        yield
    finally:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


def work_name() -> str:
    """Returns a new name that readers ignore; it contains the number of this process."""
    return f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"


def written(folder: Folder, chunks: Iterable[bytes], access: Access | None = None) -> str:
    """Writes a work file, waits for the disk and returns its name; removes it if writing fails.

    Without `access` the user's mask and the folder's group apply; with it, the file is private until it has that.
    """
    work = work_name()
    opened = folder.create(work, FILE_MODE if access is None else _PRIVATE if _GIVES_ACCESS else access.mode)
    try:
        write_and_close(opened, chunks, access)
    except BaseException:
        with suppress(OSError):
            folder.unlink(work)
        raise
    return work


def write_and_close(opened: int, chunks: Iterable[bytes], access: Access | None = None) -> None:
    """Writes all bytes to an open file, gives access to it, waits for the disk, and closes it. Raises OSError."""
    try:
        for chunk in chunks:
            left = memoryview(chunk)
            while left:
                left = left[os.write(opened, left) :]
        if access is not None and _GIVES_ACCESS:
            _give(opened, access)
        os.fsync(opened)
    finally:
        os.close(opened)


def _give(opened: int, access: Access) -> None:
    """Gives an open file a group and permissions.

    If the system refuses the group, the file has another one: then nobody but its owner may do more than both the group
    and all others could do before.
    """
    if sys.platform == "win32":
        return
    mode = access.mode
    if os.fstat(opened).st_gid != access.group:
        try:
            os.fchown(opened, -1, access.group)
        except OSError:
            all_could = mode >> 3 & mode & 0o7
            mode = mode & _OWNER | all_could << 3 | all_could
    os.fchmod(opened, mode)


def access_of(folder: Folder, name: str) -> Access | None:
    """Returns who may use a file; None if it does not exist."""
    try:
        facts = folder.facts(name)
    except FileNotFoundError:
        return None
    return Access(facts.st_mode & 0o777, facts.st_gid)


@contextmanager
def writing(root: Root, file: FileId, so: str = "; nothing was changed") -> Iterator[None]:
    """Turns an OSError into CannotWrite, except FileExistsError.

    `so` says what is stored then; empty if only the caller knows.
    """
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        shown = root.shown_path(file)
        raise CannotWrite(f"`{shown}` cannot be written: {reason(error)}{so}") from error


def confirmed(folder: Folder, root: Root, file: FileId) -> None:
    """Waits until the disk holds the file's name. Raises CannotWrite, which says that the file is stored."""
    with if_refused(
        f"`{root.shown_path(file)}` is stored, but the disk did not confirm it",
        "a power cut could still lose it: check that it exists before you run the command again",
    ):
        folder.sync()


def confirm_folder(folder: Path) -> None:
    """Opens a folder and waits until the disk holds its names. Raises OSError."""
    opened = Folder.at(folder)
    try:
        opened.sync()
    finally:
        opened.close()


def clear_stale(folder: Folder, before: float = inf) -> None:
    """Removes the work files that were written before a time by the disk's clock; without one, when locked, all."""
    with suppress(OSError), folder.scan() as entries:
        for entry in entries:
            if (
                _WORK.match(entry.name)
                and entry.is_file(follow_symlinks=False)
                and folder.facts(entry.name).st_mtime < before
            ):
                folder.unlink(entry.name)


def one_each_folder(files: Iterable[FileId]) -> Iterable[FileId]:
    """Returns the last of the files of each folder."""
    return {file.rpartition("/")[0]: file for file in files}.values()


def sweep_beside(top: Path, files: Iterable[str]) -> None:
    """Removes all work files from the folders of these files; call it inside `locked`."""
    for file in one_each_folder(files):
        with suppress(OSError), folder_of(top, file) as (folder, _):
            clear_stale(folder)


def is_stale(path: Path, now: float) -> bool:
    """True for a work file or folder that a killed run has left; `now` is the time by the disk's clock."""
    return bool(_WORK.match(path.name)) and path.lstat().st_mtime < now - _STALE


def drop_empty_case(root: Root, header: FileId) -> None:
    """Removes the folder of a case whose header is gone, with its empty folders; leaves all that holds a file."""
    case_id, _, name = header.partition("/")
    for folder in (f"{case_id}/{EVENTS}", f"{case_id}/{SOURCES}", case_id) if name == HEADER_NAME else ():
        with suppress(OSError), folder_of(root.path, folder) as (above, step):
            above.remove_folder(step)


def swept(root: Root, case_id: str | None = None) -> None:
    """Removes the work files that killed runs left in the case folder, or in one case; call it inside `locked`."""
    try:
        files = DiskFiles(root.path)
    except CannotRead:
        return
    for name in files.names(""):
        if name.startswith(OURS):
            if name not in {JOURNAL, LOCK}:
                _sweep(root, name, files.names(name))
        elif case_id is None or name in {case_id, PARTIES}:
            for folder in (name,) if name == PARTIES else (name, f"{name}/{EVENTS}", f"{name}/{SOURCES}"):
                for work in files.names(folder):
                    if work.startswith(OURS):
                        _sweep(root, f"{folder}/{work}")


def _sweep(root: Root, file: FileId, inside: Iterable[str] = ()) -> None:
    for name in inside:
        _sweep(root, f"{file}/{name}")
    with suppress(OSError), folder_of(root.path, file) as (folder, name):
        try:
            folder.unlink(name)
        except OSError:  # a folder
            folder.remove_folder(name)
