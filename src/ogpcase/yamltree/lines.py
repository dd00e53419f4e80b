"""Offsets in a text to lines and columns.

A line ends with LF, CRLF or a lone CR, as libyaml and most editors see it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from ogpcase.diagnostics import Span

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of one text; offsets are 0-based, in code points, lines and columns count from 1."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def span(self, start: int, end: int) -> Span:
        """Returns the span between two offsets; what lies outside the text is moved to its edge."""
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text)))
        return Span(*self._position(start), *self._position(end), start, end)

    def line(self, number: int) -> str:
        """Returns the line without its end; a line that is not there is empty."""
        if not 1 <= number <= len(self._starts):
            return ""
        return self.text[self.start(number) : self.start(number + 1)].rstrip("\r\n")

    def number_at(self, offset: int) -> int:
        """Returns the number of the line that holds this offset."""
        return bisect_right(self._starts, offset)

    def start(self, number: int) -> int:
        """Returns the offset of a line's first character; past the last line, the end of the text."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def _position(self, offset: int) -> tuple[int, int]:
        number = self.number_at(offset)
        return number, offset - self._starts[number - 1] + 1
