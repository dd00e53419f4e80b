"""Copies of source texts, kept under a case's `sources/` and pinned by their SHA-256."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePath

from ogpcase.errors import BadInput, CannotRead
from ogpcase.model.ids import slug_of
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import SOURCES, Root, reason
from ogpcase.store.save import told

_CHUNK = 1024 * 1024
"""Bytes at a time."""
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")


def add_source(root: Root, case_id: str, path: Path) -> tuple[str, str]:
    """Copies a file into the case's `sources/`; returns its name there, as `sources/letter.pdf`, and its SHA-256.

    A copy that is there already is not made again; where the name has other content this one is `letter-2.pdf`.

    Raises:
        BadInput: `path` is no plain file.
        CannotRead: it cannot be read.
        CannotWrite: nothing was stored.
    """
    names = _names(path.name)
    file = f"{case_id}/{SOURCES}/{next(names)}"
    whole = sha256()
    with (
        _plain_file(path) as found,
        told(root, file),
        folder_of(root.path, file, make=True) as (folder, first),
        work_file(folder, _hashed(found, path, whole.update)) as work,
    ):
        files = DiskFiles(root.path)
        name = first
        while not place(folder, work, name) and files.digest(f"{case_id}/{SOURCES}/{name}") != whole.hexdigest():
            name = next(names)
        confirm(folder)
    return f"{SOURCES}/{name}", whole.hexdigest()


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


def _hashed(found: int, path: Path, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yields the bytes of an open file, noting them on the way."""
    while True:
        try:
            chunk = os.read(found, _CHUNK)
        except OSError as error:
            raise CannotRead(f"`{path}` cannot be read: {reason(error)}") from error
        if not chunk:
            return
        note(chunk)
        yield chunk
