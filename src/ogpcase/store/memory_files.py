"""Files that stand nowhere on disk, read through the same protocol as a folder on disk."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ogpcase.diagnostics import FileId, Problem
from ogpcase.store.files import Entry, Sort


class MemoryFiles:
    """The files of a folder, by their paths."""

    def __init__(self, data: Mapping[FileId, bytes]) -> None:
        self.data = dict(sorted(data.items()))
        self._folders: dict[FileId, dict[str, Sort]] = {}
        for file in self.data:
            folder, _, name = file.rpartition("/")
            self._folders.setdefault(folder, {})[name] = Sort.FILE
            while folder:
                folder, _, name = folder.rpartition("/")
                self._folders.setdefault(folder, {})[name] = Sort.FOLDER

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, by name; nothing where there is no such folder."""
        return tuple(Entry(name, sort) for name, sort in sorted(self._folders.get(folder, {}).items()))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a file's bytes; None where there is no such file."""
        return self.data.get(file)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of a file of any size; None where there is no such file."""
        return self.data.get(file)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file; None where there is no such file."""
        return sha256(self.data[file]).hexdigest() if file in self.data else None
