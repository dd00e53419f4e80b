"""What a verdict on a case rests on, as digests: the names and the bytes of everything in its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from ogpcase.diagnostics import FileId, Problem
from ogpcase.store.files import Files, Sort
from ogpcase.store.layout import PARTIES, SOURCES
from ogpcase.store.names import RECORD
from ogpcase.values import frozen

_DEEPEST = 20
"""Folders inside each other that are gone through; deeper ones are a problem of their own."""


@frozen
class Input:
    """The digest of a folder; the SHA-256 of each record in it; and whether a record has the word `withhold`."""

    digest: str
    records: Mapping[FileId, str]
    may_hide: bool


def input_of_case(files: Files, case_id: str) -> Input:
    """Returns what stands in a case's folder, copies of sources included."""
    return _input(files, case_id)


def input_of_parties(files: Files) -> Input:
    """Returns what stands in the folder of the parties."""
    return _input(files, PARTIES)


def _input(files: Files, top: FileId) -> Input:
    whole, records, may_hide = sha256(), {}, False
    for file, sort in _below(files, top):
        told = ""
        if sort is Sort.FILE and file.endswith(RECORD) and not file.startswith(f"{top}/{SOURCES}/"):
            data = files.read(file)
            if isinstance(data, bytes):
                told = records[file] = sha256(data).hexdigest()
                may_hide = may_hide or b"withhold" in data
            elif data is not None:
                told = f"refused: {data.message}"
        elif sort is Sort.FILE:
            told = _copy(files, file)
        whole.update(f"{file!r} {sort.name} {told}\n".encode("utf-8", "backslashreplace"))
    return Input(whole.hexdigest(), records, may_hide)


def _copy(files: Files, file: FileId) -> str:
    found = files.digest(file)
    return f"refused: {found.message}" if isinstance(found, Problem) else str(found)


def _below(files: Files, folder: FileId, depth: int = 0) -> Iterator[tuple[FileId, Sort]]:
    """Yields all that stands below a folder, in order; no link is followed."""
    found = files.entries(folder)
    if isinstance(found, Problem):
        yield f"{folder}: {found.message}", Sort.OTHER
        return
    for name, sort in found:
        file = f"{folder}/{name}"
        yield file, sort
        if sort is Sort.FOLDER and depth < _DEEPEST:
            yield from _below(files, file, depth + 1)
