"""A case folder as it would be with one of its files or folders under another name; nothing is moved."""

from __future__ import annotations

from ogpcase.diagnostics import FileId, Problem
from ogpcase.store.files import Entry, Files


class Moved:
    """The files of a folder with one path moved."""

    def __init__(self, files: Files, old: FileId, new: FileId) -> None:
        """`old` is a file or a folder, and `new` its new path in the same folder."""
        self._files = files
        self._old = old
        self._new = new

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, the moved one under its new name."""
        found = self._files.entries(self._before(folder))
        above, _, old = self._old.rpartition("/")
        if isinstance(found, Problem) or folder != above:
            return found
        new = self._new.rpartition("/")[2]
        return tuple(sorted(Entry(new, entry.sort) if entry.name == old else entry for entry in found))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of the file that would have this name."""
        return self._files.read(self._before(file)) if not self._is_gone(file) else None

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same of a file that is no record."""
        return self._files.content(self._before(file)) if not self._is_gone(file) else None

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of what `read` gives."""
        return self._files.digest(self._before(file)) if not self._is_gone(file) else None

    def _before(self, path: FileId) -> FileId:
        """Returns where what would be at a path is now."""
        if path == self._new or path.startswith(f"{self._new}/"):
            return self._old + path[len(self._new) :]
        return path

    def _is_gone(self, path: FileId) -> bool:
        return path == self._old or path.startswith(f"{self._old}/")
