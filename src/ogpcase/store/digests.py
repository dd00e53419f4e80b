"""The digests of files that were read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ogpcase.diagnostics import FileId


class Digests(Mapping[FileId, str]):
    """Each file's SHA-256, reckoned when it is asked for: who only reads records needs none, nor OpenSSL."""

    def __init__(self) -> None:
        self._read: dict[FileId, bytes] = {}
        self._known: dict[FileId, str] = {}

    def add(self, file: FileId, data: bytes) -> None:
        """Keeps a file's bytes, as they were read, until its digest is known."""
        self._known.pop(file, None)
        self._read[file] = data

    def __getitem__(self, file: FileId) -> str:
        if file not in self._known:
            from hashlib import sha256

            self._known[file] = sha256(self._read[file]).hexdigest()
            self._read[file] = b""
        return self._known[file]

    def __iter__(self) -> Iterator[FileId]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
