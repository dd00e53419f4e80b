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
from ogpcase.store.folders import READING, let_go, reachable
from ogpcase.store.layout import SOURCES, Root, reason

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files


LONGEST = 1024
"""Bytes of a pointer, at most (the specification of Git LFS, version 1)."""
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\r?\n(?:.*\r?\n)*?oid sha256:([0-9a-f]{64})\r?\n")


def pointed_at(data: bytes) -> str | None:
    """Returns the SHA-256 of the file that a pointer stands for; None if the bytes are no pointer."""
    found = _POINTER.match(data) if len(data) < LONGEST else None
    return found[1].decode("ascii") if found else None


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
        if not stat.S_ISREG(path.stat().st_mode):  # before it is opened: a pipe may wait for ever
            raise BadInput(f"`{path}` is not a plain file; only a plain file can be kept as a copy")
        opened = os.open(reachable(path), READING)
        try:
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
def changed_copy(place: Place, digest: str, what: str, *helps: str) -> Iterator[Problem]:
    """A copy of a source does not have the SHA-256 that the source gives.

    Why it matters
        A record relies on the words that somebody read. A changed copy may say something else. Git itself changes a
        text if it converts line ends, and leaves a pointer where Git LFS keeps the file; both are named.
    Wrong
        the sha256 of the file before somebody changed it
    Right
        the sha256 of the file as it is now, after somebody has read it again
    Not reported when
        The source has no `sha256`.
    """
    yield Problem(what, (place,), notes=(f"the SHA-256 of the file is `{digest}`",), helps=helps)


_KEEP_LINE_ENDS = (
    "`ogpcase init`, in the folder that holds `cases/`, writes the lines of `.gitattributes` that keep git from it, or "
    "prints them where there is such a file"
)
_KEEP_IN_A_COPY = (
    "`ogpcase publish`, where this public copy is made, writes the lines of `.gitattributes` that keep git from it, or "
    "prints them where there is such a file"
)


def _what_changed(data: bytes | Problem | None, wanted: str, keep: str) -> tuple[str, ...]:
    """Returns what git or a person made of a copy whose SHA-256 should be another, and how to get it back."""
    what = "the copy does not have the SHA-256 that this source gives"
    by_somebody = what, "restore the copy that was read, or read this one and change `sha256`"
    if not isinstance(data, bytes):
        return by_somebody
    if pointed_at(data) is not None:
        way = "`git lfs pull` fetches the file; in CI, write `lfs: true` for `actions/checkout`"
        return "the copy is a pointer of Git LFS, not the file that was read", way
    with_lf = data.replace(b"\r\n", b"\n")
    if sha256(with_lf).hexdigest() == wanted:
        again = "then delete the copy, and `git restore` brings it back as it was read"
        return "the copy has CRLF where the file that was read has LF", keep, again
    if sha256(with_lf.replace(b"\n", b"\r\n")).hexdigest() == wanted:
        again = "then put the file that was read there again, and `git add --renormalize` it"
        return "the copy has LF where the file that was read has CRLF", keep, again
    return by_somebody


def judge_copies(files: Files, case: CaseFile) -> Iterator[Problem]:
    """Yields the problems of the copies that a case's records name; reads each copy in full."""
    keep = _KEEP_IN_A_COPY if case.registry.settings.public_copy else _KEEP_LINE_ENDS
    for source, record, route in case.kept_copies:
        copy = f"{case.id}/{source.file}"
        digest = files.digest(copy)
        if not isinstance(digest, str):
            yield missing_copy.one(Place(record, (*route, "file"), "this copy"))
        elif source.sha256 is not None and source.sha256 != digest:
            place = Place(record, (*route, "sha256"), "the file has another one")
            yield changed_copy.one(place, digest, *_what_changed(files.content(copy), source.sha256, keep))


RULES = (missing_copy, changed_copy)
