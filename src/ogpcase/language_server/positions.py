"""Columns of the protocol: it counts UTF-16 units unless another unit was agreed on; records count code points."""

from __future__ import annotations

from lsprotocol import types

from ogpcase.diagnostics import Span
from ogpcase.yamltree.tree import Lines

_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""For each unit of columns, the codec and the bytes of one unit."""


class Columns:
    """Converts the places of one text to the positions of the protocol, and back."""

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
