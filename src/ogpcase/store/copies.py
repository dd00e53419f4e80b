"""Copies of source texts, kept under a case's `sources/` and pinned by their SHA-256."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePath

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import BadInput, CannotRead, CannotWrite
from ogpcase.model.ids import slug_of
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import SOURCES, Root, reason
from ogpcase.values import frozen

_CHUNK = 1024 * 1024
"""Bytes at a time."""
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")


@frozen
class Copy:
    """A file to keep, what it will be called in the case folder, and its SHA-256; `is_kept` where it is there."""

    path: Path
    file: FileId
    sha256: str
    is_kept: bool


def planned_copies(root: Root, case_id: str, paths: Sequence[Path]) -> tuple[Copy, ...]:
    """Returns how files will be kept under the case's `sources/`; nothing is written.

    What is kept already is not kept again; where a name has other content the next is `letter-2.pdf`.

    Raises:
        BadInput: a path names no plain file.
        CannotRead: one cannot be read.
        CannotWrite: `sources/` is no folder.
    """
    files = DiskFiles(root.path)
    folder = f"{case_id}/{SOURCES}"
    found = files.entries(folder)
    if paths and isinstance(found, Problem):
        raise CannotWrite(f"`{root.shown_path(folder)}` cannot be written: {found.message}; nothing was changed")
    taken = {entry.name for entry in found} if not isinstance(found, Problem) else set()
    kept: dict[str, str] = {}
    copies = []
    for path in paths:
        digest = _digest_of(path)
        for name in _names(path.name):
            file = f"{folder}/{name}"
            is_kept = name in kept or name in taken
            if not is_kept or digest == (kept.get(name) or files.digest(file)):
                copies.append(Copy(path, file, digest, is_kept))
                kept[name] = digest
                break
    return tuple(copies)


def bytes_of(path: Path, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yields the bytes of a plain file, noting them on the way. Raises BadInput, CannotRead."""
    with _plain_file(path) as found:
        while True:
            try:
                chunk = os.read(found, _CHUNK)
            except OSError as error:
                raise CannotRead(f"`{path}` cannot be read: {reason(error)}") from error
            if not chunk:
                return
            note(chunk)
            yield chunk


def _digest_of(path: Path) -> str:
    whole = sha256()
    for _ in bytes_of(path, whole.update):
        pass
    return whole.hexdigest()


def _names(name: str) -> Iterator[str]:
    """Yields the names to try: lowercase ASCII words and the file's own ending, then numbered from 2."""
    ending = PurePath(name.lower()).suffix
    if not _ENDING.fullmatch(ending):
        ending = ""
    slug = slug_of(name[: len(name) - len(ending)]) or "copy"
    yield slug + ending
    yield from (f"{slug}-{number}{ending}" for number in count(2))


@contextmanager
def _plain_file(path: Path) -> Iterator[int]:
    """Gives an open plain file; a pipe or a device is not read."""
    try:
        found = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except OSError as error:
        raise CannotRead(f"`{path}` cannot be read: {reason(error)}") from error
    try:
        if not stat.S_ISREG(os.fstat(found).st_mode):
            raise BadInput(f"`{path}` is no plain file; only a plain file is kept as a copy")
        yield found
    finally:
        os.close(found)
