"""A new file in an open folder: whole or not at all, safe on the disk, and never over what is there.

Everything here raises OSError as the system does; `save`, `copies` and `skeleton` say what it means.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from ogpcase.diagnostics import FileId
from ogpcase.store.layout import FOLDER_FLAGS
from ogpcase.store.names import OURS

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_MODE = 0o644
_PRIVATE = 0o600
_FOLDER_MODE = 0o755
_WORK = re.compile(rf"{re.escape(OURS)}(\d{{1,9}})-")
_STALE = 3600
"""Seconds after which a work file is one that a killed run left, whatever process has its number by now."""
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""What file systems without hard links say."""


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
            with suppress(OSError):  # it was only looked at
                os.close(folder)


@contextmanager
def work_file(folder: int, chunks: Iterable[bytes], mode: int | None = None) -> Iterator[str]:
    """Gives the name of a file with these bytes, safe on the disk; it is gone afterwards unless it was renamed."""
    work = written(folder, chunks, mode)
    try:
        clear_stale(folder, os.stat(work, dir_fd=folder, follow_symlinks=False).st_mtime)
        yield work
    finally:
        with suppress(OSError):  # whatever was stored is stored; the next run clears away what is left
            os.unlink(work, dir_fd=folder)


def written(folder: int, chunks: Iterable[bytes], mode: int | None = None) -> str:
    """Writes a work file, safe on the disk, and returns its name; nothing is left of one that cannot be written.

    Without a mode it has that of a new file, as the user's mask has it; with one, nobody else reads it before.
    """
    work = f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"
    found = os.open(work, _NEW, _MODE if mode is None else _PRIVATE, dir_fd=folder)
    try:
        try:
            for chunk in chunks:
                _write_all(found, chunk)
            if mode is not None:
                os.fchmod(found, mode)
            os.fsync(found)
        finally:
            os.close(found)
    except BaseException:
        with suppress(OSError):
            os.unlink(work, dir_fd=folder)
        raise
    return work


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


def confirm(folder: int) -> None:
    """Waits until the disk holds the folder's names; a file system that knows no such thing is taken at its word."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def clear_stale(folder: int, now: float = 0) -> None:
    """Removes work files that killed runs left; `now` is by the disk's own clock.

    In the case folder this is hardly ever needed: who has the lock sweeps the whole of it (see `finishing.swept`).
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            number = _WORK.match(entry.name)
            if number is None or not entry.is_file(follow_symlinks=False):
                continue
            if _is_over(int(number[1])) or now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.name, dir_fd=folder)


def _made(folder: int, step: str) -> bool:
    """Makes a folder; false when there is something of that name."""
    try:
        os.mkdir(step, _FOLDER_MODE, dir_fd=folder)
    except FileExistsError:
        return False
    return True


def _write_all(found: int, chunk: bytes) -> None:
    left = memoryview(chunk)
    while left:
        left = left[os.write(found, left) :]


def _is_over(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
