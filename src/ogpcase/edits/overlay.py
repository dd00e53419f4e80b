"""A case folder as it would be with some new files in it; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ogpcase.diagnostics import FileId, Problem
from ogpcase.store.files import Entry, Files, Sort


class Overlay:
    """The files of a folder with some texts laid over them."""

    def __init__(self, files: Files, texts: Mapping[FileId, str]) -> None:
        """`texts` are laid over `files`, by file."""
        self._files = files
        self._texts = {file: text.encode() for file, text in texts.items()}

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, with what is laid over it, by name."""
        found = self._files.entries(folder)
        if isinstance(found, Problem):
            return found
        by_name = {entry.name: entry for entry in found}
        start = f"{folder}/" if folder else ""
        for file in self._texts:
            if file.startswith(start):
                name, deeper, _ = file[len(start) :].partition("/")
                by_name.setdefault(name, Entry(name, Sort.FOLDER if deeper else Sort.FILE))
        return tuple(by_name[name] for name in sorted(by_name))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes laid over the file, else the file's own."""
        return self._texts[file] if file in self._texts else self._files.read(file)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same of a file that is no record."""
        return self._texts[file] if file in self._texts else self._files.content(file)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of what `read` gives."""
        return sha256(self._texts[file]).hexdigest() if file in self._texts else self._files.digest(file)
