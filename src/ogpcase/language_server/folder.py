"""A case folder while it is edited: the files on the disk, and over them the texts that an editor has not saved."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from lsprotocol import types

from ogpcase.diagnostics import Diagnostic, FileId, Span
from ogpcase.editing.changing import BYTE_ORDER_MARK, Overlay
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import PARTIES, Root
from ogpcase.workspace.judge_folder import Note, judge, unnoted
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.tree import Lines

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""For each unit of columns, the codec and the bytes of one unit."""


class EditedFolder:
    """A case folder at one moment: it never changes, so that a thread can read it while somebody types on."""

    def __init__(self, root: Root, here: Path, texts: Mapping[FileId, str] | None = None) -> None:
        """`here` is the folder that the editor works in: printed paths are relative to it; `texts` are open."""
        self.root = root
        self.here = here
        self.texts: Mapping[FileId, str] = texts or {}
        self._judged: dict[tuple[FileId | None, date], dict[FileId, list[Diagnostic]]] = {}

    def with_text(self, file: FileId, text: str | None) -> EditedFolder:
        """Returns the folder with a text over a file; None takes it away, so that the file on the disk counts."""
        texts = {name: other for name, other in self.texts.items() if name != file}
        if text is not None:
            texts[file] = text.encode("utf-8", "replace").decode()  # half a surrogate pair stands for no character
        return EditedFolder(self.root, self.here, texts)

    def read_anew(self) -> EditedFolder:
        """Returns the folder as if nothing of it had been read yet."""
        return EditedFolder(self.root, self.here, self.texts)

    @cached_property
    def workspace(self) -> Workspace:
        """The records of the folder; what was read stays read."""
        disk = DiskFiles(self.root.path)
        return Workspace(self.root, Overlay(disk, dict(self._texts_over(disk))), self.here)

    def _texts_over(self, disk: DiskFiles) -> Iterator[tuple[FileId, str]]:
        """Yields the texts that differ from their files, as they would be saved.

        A file that editors show without a byte-order mark, or with other characters for bytes that are no text, counts
        itself until somebody types in it; a file that may not be read, as a link, always does.
        """
        for file, text in self.texts.items():
            data = disk.read(file)
            if data is None:
                yield file, text
            elif isinstance(data, bytes) and as_shown(data) != text:
                yield file, BYTE_ORDER_MARK + text if data.startswith(BYTE_ORDER_MARK.encode()) else text

    def text_of(self, file: FileId) -> str:
        """Returns the text of a file as an editor shows it; empty if it has none."""
        if file in self.texts:
            return self.texts[file]
        tree = self.workspace.texts_of(file).trees.get(file)
        if tree is not None:  # the text that its places were found in, whatever the disk has now
            return tree.text
        data = self.workspace.files.read(file)
        return as_shown(data) if isinstance(data, bytes) else ""

    def case_of(self, file: FileId) -> FileId | None:
        """Returns the folder of the case that a file belongs to; None for what all cases share, and for a new case."""
        top = file.partition("/")[0]
        is_case = top not in {PARTIES, file} and os.path.lexists(self.root.path / top)
        return top if is_case else None

    def judged(self, case: FileId | None, today: date, note: Note = unnoted) -> dict[FileId, list[Diagnostic]]:
        """Returns the diagnostics of a case by file, or of the whole folder: those that `validate` reports.

        `note` is called before each case; what it raises ends the work. Raises CannotRead if the folder cannot be read.
        """
        if (case, today) not in self._judged:
            paths = () if case is None else (self.root.path / case,)
            found: dict[FileId, list[Diagnostic]] = {}
            for diagnostic in judge(self.workspace, paths, today, note=note).diagnostics:
                file = self.file_shown(diagnostic.spots[0].path)
                if case is None or file.startswith(f"{case}/"):
                    found.setdefault(file, []).append(diagnostic)
            self._judged[case, today] = found
        return self._judged[case, today]

    def file_shown(self, path: str) -> FileId:
        """Returns the file that a printed path names."""
        return Path(os.path.relpath(self.here / path, self.root.path)).as_posix()


def as_shown(data: bytes) -> str:
    """Returns what an editor shows of a file: without a byte-order mark, and a sign for each byte that is no text."""
    return data.decode("utf-8", "replace").removeprefix(BYTE_ORDER_MARK)


class Columns:
    """Converts the places of one text to the positions of the protocol, and back.

    The protocol counts UTF-16 units unless another unit was agreed on; records count code points.
    """

    def __init__(self, text: str, unit: str) -> None:
        """`unit` is the one agreed on with the client: `utf-8`, `utf-16` or `utf-32`."""
        self._lines = Lines(text)
        self._codec, self._bytes = _CODECS[unit]

    def range_of(self, span: Span) -> types.Range:
        """Returns the range of a span."""
        return types.Range(self._position(span.line, span.column), self._position(span.end_line, span.end_column))

    def between(self, start: int, end: int) -> types.Range:
        """Returns the range between two offsets in code points."""
        return self.range_of(self._lines.span(start, end))

    def offset_of(self, position: types.Position) -> int:
        """Returns the offset of a position in code points; past the end of a line, that end."""
        line = self._lines.line(position.line + 1).encode(self._codec, "surrogatepass")
        before = line[: position.character * self._bytes].decode(self._codec, "ignore")
        return self._lines.start(position.line + 1) + len(before)

    def line_start(self, offset: int) -> int:
        """Returns the offset at which the line of another offset starts."""
        return self._lines.start(self._lines.number_at(offset))

    def _position(self, line: int, column: int) -> types.Position:
        before = self._lines.line(line)[: column - 1].encode(self._codec, "surrogatepass")
        return types.Position(line - 1, len(before) // self._bytes)
