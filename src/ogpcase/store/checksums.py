"""Copies of source texts under a case, pinned by their SHA-256: kept, and compared with the records that name them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.diagnostics import FileId, Place, Problem, rule
from ogpcase.errors import BadInput, CannotRead, CannotWrite
from ogpcase.model.casefile import file_of_event
from ogpcase.model.ids import slug_of
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import SOURCES, Root, let_go, reason

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files


_CHUNK = 1024 * 1024
"""Bytes at a time."""
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")


class Copy(NamedTuple):
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
    """Yields the bytes of a plain file, noting them on the way; a pipe or a device is not read.

    Raises:
        BadInput: it is no plain file.
        CannotRead: the disk refuses.
    """
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise BadInput(f"`{path}` is no plain file; only a plain file is kept as a copy")
            while chunk := os.read(opened, _CHUNK):
                note(chunk)
                yield chunk
        finally:
            let_go(opened)
    except OSError as error:
        raise CannotRead(f"`{path}` cannot be read: {reason(error)}") from error


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


@rule("OC508", "missing-copy")
def missing_copy(place: Place) -> Iterator[Problem]:
    """A source names a copy that is not kept in the case's folder, or is no plain file.

    Why it matters
        The copy is what the record can be held against when the page is gone.
    Wrong
        file: sources/leter.pdf
    Right
        file: sources/letter.pdf
    Not reported when
        There is a plain file of that name under the case's `sources/`.
    """
    helps = ("put the copy there with `--source-file`, or take `file` and `sha256` out",)
    yield Problem("the copy that this source names is not there", (place,), helps=helps)


@rule("OC509", "changed-copy")
def changed_copy(place: Place, digest: str) -> Iterator[Problem]:
    """A copy of a source is no longer what it was when it was pinned.

    Why it matters
        A record rests on the words that were read; other words may say something else.
    Wrong
        sha256 of the file as it was, beside the file as somebody saved it again
    Right
        sha256 of the file as it is, once somebody has read that it says the same
    Not reported when
        The source pins no digest.
    """
    notes = (f"the SHA-256 of the file is `{digest}`",)
    helps = ("bring back the copy that was read, or read this one and pin it",)
    yield Problem("the copy is not the one that this source pins", (place,), notes=notes, helps=helps)


def judge_copies(files: Files, case: CaseFile) -> Iterator[Problem]:
    """Yields what is wrong with the copies that a case's records name; reads each copy whole."""
    for event in case.events:
        if "sources" in case.flawed.get(event.id, ()):
            continue  # an item was left out, so the positions are not those of the file
        for position, source in enumerate(event.sources):
            if source.file is None:
                continue
            found = files.digest(f"{case.id}/{source.file}")
            place = Place(file_of_event(case.id, event.id), ("sources", position, "file"), "this copy")
            if not isinstance(found, str):
                yield missing_copy.one(place)
            elif source.sha256 is not None and source.sha256 != found:
                pinned = Place(place.file, ("sources", position, "sha256"), "another digest")
                yield changed_copy.one(pinned, found)


RULES = (missing_copy, changed_copy)
