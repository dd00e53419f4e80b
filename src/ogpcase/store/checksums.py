"""Copies of source texts under a case: keeps them, and compares them with the SHA-256 that records give."""

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
from ogpcase.model.ids import slug_of
from ogpcase.store.files import RECORD, DiskFiles, copy_name_problem
from ogpcase.store.layout import SOURCES, Root, let_go, reason

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files


_CHUNK = 1024 * 1024
"""Bytes to read at a time."""
_ENDING = re.compile(r"\.[a-z0-9]{1,10}")


class Copy(NamedTuple):
    """A file to keep, its name in the case folder, and its SHA-256; `is_kept` means that the folder has it already."""

    path: Path
    file: FileId
    sha256: str
    is_kept: bool


def planned_copies(root: Root, case: CaseFile, paths: Sequence[Path]) -> tuple[Copy, ...]:
    """Plans how to keep files under the case's `sources/`; writes nothing.

    A file that is there already, or that a source has as its copy, is not kept again. If another file has its name,
    whatever the case of its letters, or not every system allows the name (`con.pdf`), it is called `letter-2.pdf`.
    Raises BadInput for a path that is not a plain file, CannotRead, and CannotWrite if `sources/` is not a folder.
    """
    files = DiskFiles(root.path)
    folder = f"{case.id}/{SOURCES}"
    entries = files.entries(folder)
    if paths and isinstance(entries, Problem):
        raise CannotWrite(f"`{root.shown_path(folder)}` cannot be written: {entries.message}; nothing was changed")
    taken = {entry.name for entry in entries} if not isinstance(entries, Problem) else set()
    twins = {name.casefold() for name in taken} - taken
    kept: dict[str, str] = {}
    copies = []
    for path in paths:
        digest = _digest_of(path)
        named = (f"{case.id}/{source.file}" for source, _, _ in case.each_source() if source.sha256 == digest)
        same = next((file for file in named if files.digest(file) == digest), None)
        if same is not None:
            copies.append(Copy(path, same, digest, is_kept=True))
            continue
        for name in _names(path.name):
            file = f"{folder}/{name}"
            if name in twins or copy_name_problem(file, name):
                continue
            is_kept = name in kept or name in taken
            if not is_kept or digest == (kept.get(name) or files.digest(file)):
                copies.append(Copy(path, file, digest, is_kept))
                kept[name] = digest
                break
    return tuple(copies)


def bytes_of(path: Path, note: Callable[[bytes], None]) -> Iterator[bytes]:
    """Yields the bytes of a plain file and passes them to `note`. Raises BadInput for other files, CannotRead."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise BadInput(f"`{path}` is not a plain file; only a plain file can be kept as a copy")
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
    """Yields the names to try: lowercase ASCII words with the file's ending, then with a number from 2."""
    ending = PurePath(name.lower()).suffix
    if not _ENDING.fullmatch(ending):
        ending = ""
    slug = slug_of(name[: len(name) - len(ending)]) or "copy"
    if ending == RECORD:  # the file would be taken for a record
        ending = ".yaml.txt"
    yield slug + ending
    yield from (f"{slug}-{number}{ending}" for number in count(2))


@rule("OC508", "missing-copy")
def missing_copy(place: Place) -> Iterator[Problem]:
    """A source names a copy that is missing from the case's folder, or is not a plain file.

    Why it matters
        When the web page is gone, only the copy can show whether the record is right.
    Wrong
        file: sources/leter.pdf
    Right
        file: sources/letter.pdf
    Not reported when
        A plain file of that name is under the case's `sources/`.
    """
    helps = ("put the copy there with `--source-file`, or take `file` and `sha256` out",)
    yield Problem("the copy that this source names is missing", (place,), helps=helps)


@rule("OC509", "changed-copy")
def changed_copy(place: Place, digest: str) -> Iterator[Problem]:
    """A copy of a source does not have the SHA-256 that the source gives.

    Why it matters
        A record relies on the words that somebody read. A changed copy may say something else.
    Wrong
        the sha256 of the file before somebody changed it
    Right
        the sha256 of the file as it is now, after somebody has read it again
    Not reported when
        The source has no `sha256`.
    """
    notes = (f"the SHA-256 of the file is `{digest}`",)
    helps = ("restore the copy that was read, or read this one and change `sha256`",)
    yield Problem("the copy does not have the SHA-256 that this source gives", (place,), notes=notes, helps=helps)


def judge_copies(files: Files, case: CaseFile) -> Iterator[Problem]:
    """Yields the problems of the copies that a case's records name; reads each copy in full."""
    for source, record, route in case.each_source():
        if source.file is None:
            continue
        digest = files.digest(f"{case.id}/{source.file}")
        if not isinstance(digest, str):
            yield missing_copy.one(Place(record, (*route, "file"), "this copy"))
        elif source.sha256 is not None and source.sha256 != digest:
            yield changed_copy.one(Place(record, (*route, "sha256"), "the file has another one"), digest)


RULES = (missing_copy, changed_copy)
