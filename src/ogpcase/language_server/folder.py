"""A case folder while it is edited: the files on the disk, and over them the texts that an editor has not saved."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ogpcase.diagnostics import Diagnostic, FileId
from ogpcase.editing.overlay import Overlay
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import PARTIES, Root
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace


class EditedFolder:
    """A case folder with the texts of an editor over it; `version` counts what changed since it was opened."""

    def __init__(self, root: Root, here: Path) -> None:
        """`here` is the folder that the editor works in: printed paths are relative to it."""
        self.root = root
        self.here = here
        self.version = 0
        self.texts: Mapping[FileId, str] = {}
        self._workspace: tuple[int, Workspace] | None = None

    def edit(self, file: FileId, text: str | None) -> None:
        """Lays a text over a file, or with None takes it away again, so that the file on the disk counts."""
        others = {name: other for name, other in self.texts.items() if name != file}
        if text is not None:
            others[file] = text.encode("utf-8", "replace").decode()  # half a surrogate pair stands for no character
        self.texts = others
        self.version += 1

    def with_text(self, file: FileId, text: str) -> EditedFolder:
        """Returns the folder as it would be with another text of one file."""
        other = EditedFolder(self.root, self.here)
        other.texts = self.texts
        other.edit(file, text)
        return other

    def changed_on_disk(self) -> None:
        """Notes that files may have changed on the disk."""
        self.version += 1

    def workspace(self) -> Workspace:
        """Returns the folder as it is now; what was read stays read until something changes."""
        version = self.version
        if self._workspace is None or self._workspace[0] != version:
            files = Overlay(DiskFiles(self.root.path), self.texts)
            self._workspace = version, Workspace(self.root, files, self.here)
        return self._workspace[1]

    def text_of(self, file: FileId) -> str:
        """Returns the text of a file as an editor shows it, without a byte-order mark; empty if it has none."""
        data = self.workspace().files.read(file)
        return data.decode("utf-8", "replace").removeprefix("\ufeff") if isinstance(data, bytes) else ""

    def case_of(self, file: FileId) -> FileId | None:
        """Returns the folder of the case that a file belongs to; None for what all cases share, and for a new case."""
        top = file.partition("/")[0]
        is_case = top not in {PARTIES, file} and os.path.lexists(self.root.path / top)
        return top if is_case else None

    def judged(self, case: FileId | None, today: date) -> dict[FileId, list[Diagnostic]]:
        """Returns the diagnostics of a case by file, or of the whole folder: those that `validate` reports.

        Raises CannotRead if the folder cannot be read.
        """
        paths = () if case is None else (self.root.path / case,)
        found: dict[FileId, list[Diagnostic]] = {}
        for diagnostic in judge(self.workspace(), paths, today).diagnostics:
            file = self.file_shown(diagnostic.spots[0].path)
            if case is None or file.startswith(f"{case}/"):
                found.setdefault(file, []).append(diagnostic)
        return found

    def file_shown(self, path: str) -> FileId:
        """Returns the file that a printed path names."""
        return Path(os.path.relpath(self.here / path, self.root.path)).as_posix()
