"""A file written whole or not at all, safe on the disk, and never over another that nobody read."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ogpcase.diagnostics import FileId
from ogpcase.errors import BadInput, CannotRead, CannotWrite, FileChanged
from ogpcase.store.files import OURS, DiskFiles
from ogpcase.store.layout import EVENTS, FOLDER_FLAGS, NEW_FLAGS, PARTIES, SOURCES, Root, let_go, reason
from ogpcase.store.lock import Stored, undisturbed
from ogpcase.yamltree.limits import LARGEST

JOURNAL = f"{OURS}journal.json"
"""The name of a transaction's journal, in the root; no sweep takes it away."""
_FILE_MODE = 0o644
_FOLDER_MODE = 0o755
_PRIVATE = 0o600
_WORK = re.compile(rf"{re.escape(OURS)}(\d{{1,9}})-")
_STALE = 3600
"""Seconds after which a work file is one that a killed run left, whatever process has its number by now."""
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What file systems without hard links say."""
Numbered = Callable[[int], FileId]
"""Gives the name to try when the first one is taken: with 2, then 3, and so on."""


def create(root: Root, file: FileId, text: str, *, taken: Numbered | None = None) -> FileId:
    """Stores a new record and returns its file; folders that are missing are made.

    Where the name is taken, the names that `taken` gives, in the same folder, are tried in turn.

    Raises:
        FileExistsError: the name is taken, and no other was offered.
        BadInput: the text is larger than a record may be, or cannot be stored.
        CannotWrite: nothing was stored; or it was, and the message says so.
    """
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data, make=True) as (folder, work, _):
        count = 1
        while not place(folder, work, file.rpartition("/")[2]):
            if taken is None:
                raise FileExistsError(errno.EEXIST, "the name is taken", file)
            count += 1
            file = taken(count)
        Stored.done = True
        confirmed(folder, root, file)
    return file


def replace(root: Root, file: FileId, text: str, expected_sha256: str) -> None:
    """Stores a record in the place of the one that was read; call it inside `locked`.

    Raises:
        FileChanged: what is there is not what was read; nothing was written.
        BadInput: as `create`.
        CannotWrite: as `create`.
    """
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data) as (folder, work, name):
        refuse_changed(DiskFiles(root.path), file, expected_sha256)
        os.chmod(work, mode_of(folder, name), dir_fd=folder)
        os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
        Stored.done = True
        confirmed(folder, root, file)


def refuse_changed(files: DiskFiles, file: FileId, expected_sha256: str) -> None:
    """Raises FileChanged where a file is no longer what was read."""
    if files.digest(file) != expected_sha256:
        raise FileChanged(
            f"{file.rpartition('/')[2]} changed while this command was running; nothing was written",
            "look at the file, then run the command again",
        )


def store_file(top: Path, file: str, text: str, *, over: bool) -> bool:
    """Stores a file that is no record, whole, below `top`; false where the name is taken and it may go `over` nothing.

    Raises:
        OSError: the disk refuses.
    """
    with prepared(top, file, text.encode(), make=True) as (folder, work, name):
        if over:
            os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
        elif not place(folder, work, name):
            return False
        Stored.done = True
        confirm(folder)
    return True


def stored_form(text: str) -> bytes:
    """Returns the bytes of a record's text. Raises BadInput where it cannot be one."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise BadInput("the text holds half a character (a lone surrogate) and cannot be stored") from error
    if len(data) > LARGEST:
        raise BadInput(f"the record would have {len(data)} bytes; a record has at most {LARGEST}")
    return data


@contextmanager
def prepared(top: Path, file: FileId, data: bytes, *, make: bool = False) -> Iterator[tuple[int, str, str]]:
    """Gives the folder of a file, a work file in it with these bytes, and the file's name; the block is undisturbed.

    Raises:
        OSError: the disk refuses.
    """
    with folder_of(top, file, make=make) as (folder, name), work_file(folder, data) as work, undisturbed():
        yield folder, work, name


@contextmanager
def folder_of(top: str | os.PathLike[str], file: FileId, *, make: bool = False) -> Iterator[tuple[int, str]]:
    """Gives the folder of a file below `top`, reached without following a link, and the file's name.

    With `make`, folders that are missing are made, and taken away again when what follows fails.
    """
    *steps, name = file.split("/")
    opened = [os.open(top, FOLDER_FLAGS)]
    made: list[tuple[int, str]] = []
    try:
        for step in steps:
            if make and _made(opened[-1], step):
                made.append((opened[-1], step))
                confirm(opened[-1])
            opened.append(os.open(step, FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=opened[-1]))
        yield opened[-1], name
    except BaseException:
        for above, step in reversed(made):
            with suppress(OSError):
                os.rmdir(step, dir_fd=above)
        raise
    finally:
        for folder in opened:
            let_go(folder)


def _made(folder: int, step: str) -> bool:
    """Makes a folder; false when there is something of that name."""
    try:
        os.mkdir(step, _FOLDER_MODE, dir_fd=folder)
    except FileExistsError:
        return False
    return True


@contextmanager
def folder_made(path: Path) -> Iterator[None]:
    """Makes a folder and those above it that are missing; of these, what is empty in the end goes again."""
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


@contextmanager
def work_file(folder: int, data: bytes) -> Iterator[str]:
    """Gives the name of a file with these bytes, safe on the disk; it is gone afterwards unless it was renamed."""
    work = written(folder, [data])
    try:
        clear_stale(folder, os.stat(work, dir_fd=folder, follow_symlinks=False).st_mtime)
        yield work
    finally:
        with suppress(OSError):  # whatever was stored is stored; the next run clears away what is left
            os.unlink(work, dir_fd=folder)


def work_name() -> str:
    """Returns a new name that readers pass over; it tells which process has chosen it."""
    return f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"


def written(folder: int, chunks: Iterable[bytes], mode: int | None = None) -> str:
    """Writes a work file, safe on the disk, and returns its name; nothing is left of one that cannot be written.

    Without a mode it has that of a new file, as the user's mask has it; with one, nobody else reads it before.
    """
    work = work_name()
    opened = os.open(work, NEW_FLAGS, _FILE_MODE if mode is None else _PRIVATE, dir_fd=folder)
    try:
        write_and_close(opened, chunks, mode)
    except BaseException:
        with suppress(OSError):
            os.unlink(work, dir_fd=folder)
        raise
    return work


def write_and_close(opened: int, chunks: Iterable[bytes], mode: int | None = None) -> None:
    """Writes all bytes to an open file, gives it a mode, and waits until the disk holds them. Raises OSError."""
    try:
        for chunk in chunks:
            left = memoryview(chunk)
            while left:
                left = left[os.write(opened, left) :]
        if mode is not None:
            os.fchmod(opened, mode)
        os.fsync(opened)
    finally:
        os.close(opened)


def place(folder: int, work: str, name: str) -> bool:
    """Gives the work file its name; false when the name is taken, by whatever it is."""
    try:
        os.link(work, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No hard links here: look first, then rename. Other runs are kept out by `locked`; other programs are not.
        if _exists(folder, name):
            return False
        os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
    return True


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def mode_of(folder: int, name: str) -> int:
    """Returns who may read and write a file."""
    return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode & 0o777


@contextmanager
def writing(root: Root, file: FileId, so: str = "; nothing was changed") -> Iterator[None]:
    """Turns what the disk says into CannotWrite; that a name is taken stays FileExistsError.

    `so` says what is stored then; empty where only the caller knows.
    """
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        shown = root.shown_path(file)
        raise CannotWrite(f"`{shown}` cannot be written: {reason(error)}{so}") from error


def confirmed(folder: int, root: Root, file: FileId) -> None:
    """Waits until the disk holds the name too; what is stored stays stored when it does not answer.

    Raises:
        CannotWrite: says that it is stored.
    """
    try:
        confirm(folder)
    except OSError as error:
        raise CannotWrite(
            f"`{root.shown_path(file)}` is stored, but the disk did not confirm it: {reason(error)}",
            "a power cut could still lose it: look whether it is there before you run the command again",
        ) from error


def confirm(folder: int) -> None:
    """Waits until the disk holds the folder's names; a file system that knows no such thing is taken at its word."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def confirm_folder(folder: Path) -> None:
    """Waits until the disk holds the names in a folder. Raises OSError."""
    opened = os.open(folder, FOLDER_FLAGS)
    try:
        confirm(opened)
    finally:
        let_go(opened)


def clear_stale(folder: int, now: float = 0) -> None:
    """Removes work files that killed runs left; `now` is by the disk's own clock.

    In the case folder this is hardly ever needed: who has the lock sweeps the whole of it (see `swept`).
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _WORK.match(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if is_left_over(entry.name) or now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.name, dir_fd=folder)


def is_left_over(name: str) -> bool:
    """True for a work name whose process has ended."""
    process = _WORK.match(name)
    if process is None:
        return False
    try:
        os.kill(int(process[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


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
            if name != JOURNAL:
                _sweep(root, name, files.names(name))
        elif case_id is None or name in {case_id, PARTIES}:
            for folder in (name,) if name == PARTIES else (name, f"{name}/{EVENTS}", f"{name}/{SOURCES}"):
                for inside in files.names(folder):
                    if inside.startswith(OURS):
                        _sweep(root, f"{folder}/{inside}")


def _sweep(root: Root, file: FileId, inside: Iterable[str] = ()) -> None:
    """Takes away a work file, or a folder to which `init` had not given its name yet, with the files in it."""
    for name in inside:
        _sweep(root, f"{file}/{name}")
    with suppress(OSError), folder_of(root.path, file) as (folder, name):
        try:
            os.unlink(name, dir_fd=folder)
        except OSError:  # a folder
            os.rmdir(name, dir_fd=folder)
