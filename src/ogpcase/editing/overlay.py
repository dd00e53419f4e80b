"""A case folder as it would be after a change, in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import NamedTuple, TypeVar

from ogpcase.diagnostics import FileId, Problem
from ogpcase.store.files import Entry, Files, Sort

T = TypeVar("T")


class Move(NamedTuple):
    """The renaming of a file or folder."""

    old: FileId
    new: FileId

    def after(self, path: FileId) -> FileId:
        """Returns the path after the move for a path before it."""
        return self.new + path[len(self.old) :] if _within(path, self.old) else path

    def before(self, path: FileId) -> FileId:
        """Returns the path before the move for a path after it."""
        return self.old + path[len(self.new) :] if _within(path, self.new) else path


def _within(path: FileId, top: FileId) -> bool:
    return path == top or path.startswith(f"{top}/")


class Overlay:
    """The files of a folder as they would be with one path moved and then some texts changed."""

    def __init__(self, files: Files, texts: Mapping[FileId, str | None], move: Move | None = None) -> None:
        """`texts` are by the path after the move; None is for a file that is gone."""
        self._files = files
        self._texts = {file: None if text is None else text.encode() for file, text in texts.items()}
        self._move = move or Move("", "")

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns the entries that a folder would have, by name."""
        entries = self._files.entries(self._move.before(folder))
        if isinstance(entries, Problem):
            return entries
        start = f"{folder}/" if folder else ""
        named = ((self._move.after(start + entry.name)[len(start) :], entry.sort) for entry in entries)
        by_name = {name: Entry(name, sort) for name, sort in named}
        for file, text in self._texts.items():
            if file.startswith(start):
                name, deeper, _ = file[len(start) :].partition("/")
                if text is not None:
                    by_name.setdefault(name, Entry(name, Sort.FOLDER if deeper else Sort.FILE))
                elif not deeper:
                    by_name.pop(name, None)
        return tuple(by_name[name] for name in sorted(by_name))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes that the file would have."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.read)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same for a file that is not a record."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.content)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of the bytes that `read` returns."""
        if file not in self._texts:
            return self._now(file, self._files.digest)
        text = self._texts[file]
        return None if text is None else sha256(text).hexdigest()

    def ignored(self) -> frozenset[FileId]:
        """Returns the files and folders that git ignores, at the paths that they would have."""
        return frozenset(map(self._move.after, self._files.ignored()))

    def _now(self, file: FileId, look: Callable[[FileId], T]) -> T | None:
        """Looks at a file at its present path; None for a path that the move leaves."""
        return None if _within(file, self._move.old) else look(self._move.before(file))
