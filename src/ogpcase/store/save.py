"""Writing a record: whole or not at all, never over another, and truthful about what was stored.

What is written is decided above; here nothing is parsed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from ogpcase.diagnostics import FileId
from ogpcase.errors import BadInput, CannotWrite, FileChanged
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.layout import FILE_FLAGS, Root, reason
from ogpcase.store.undisturbed import Stored, undisturbed
from ogpcase.yamltree.limits import LARGEST

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
    with (
        told(root, file),
        folder_of(root.path, file, make=True) as (folder, first),
        work_file(folder, [data]) as work,
        undisturbed(),
    ):
        count, name = 1, first
        while not place(folder, work, name):
            if taken is None:
                raise FileExistsError(errno.EEXIST, "the name is taken", file)
            count += 1
            file = taken(count)
            name = file.rpartition("/")[2]
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
    with (
        told(root, file),
        folder_of(root.path, file) as (folder, name),
        work_file(folder, [data]) as work,
        undisturbed(),
    ):
        if _digest(folder, name) != expected_sha256:
            raise FileChanged(
                f"{name} changed while this command was running; nothing was written",
                "look at the file, then run the command again",
            )
        os.chmod(work, mode_of(folder, name), dir_fd=folder)
        os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
        Stored.done = True
        confirmed(folder, root, file)


def mode_of(folder: int, name: str) -> int:
    """Returns who may read and write a file."""
    return os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode & 0o777


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
def told(root: Root, file: FileId) -> Iterator[None]:
    """Turns what the disk says into CannotWrite; that a name is taken stays FileExistsError."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        shown = root.shown_path(file)
        raise CannotWrite(f"`{shown}` cannot be written: {reason(error)}; nothing was changed") from error


def _digest(folder: int, name: str) -> str | None:
    """Returns the SHA-256 of what is there; None where it is no longer there, or no longer a file."""
    try:
        found = os.open(name, FILE_FLAGS, dir_fd=folder)
    except OSError:
        return None
    try:
        data = b""
        while len(data) <= LARGEST and (chunk := os.read(found, LARGEST + 1)):
            data += chunk
        return sha256(data).hexdigest()
    except OSError:
        return None
    finally:
        os.close(found)


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
