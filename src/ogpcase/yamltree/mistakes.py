"""A mistake in YAML as libyaml reports it, and the places where a person would look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.values import frozen
from ogpcase.yamltree.libyaml import YAMLError, tokens

Stretch = tuple[int, int, str]
"""From offset, to offset, label."""


@frozen
class Mistake:
    """What libyaml reports: its words, the offset where it gave up, the one where what it was reading began."""

    text: str
    what: str
    at: int
    began: int

    @property
    def line_start(self) -> int:
        """The offset of the first character of the line where libyaml gave up."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands before in that line."""
        return self.text[self.line_start : self.at]

    @property
    def rest(self) -> str:
        """What stands from there on in that line."""
        return self.text[self.at :].partition("\n")[0].rstrip("\r")


@frozen
class Said:
    """A mistake in our words, with the stretches to show; the first is the primary one."""

    message: str
    shown: tuple[Stretch, ...]
    helps: tuple[str, ...] = ()


def here(mistake: Mistake, label: str) -> Stretch:
    """Returns the word at which libyaml gave up."""
    word = re.compile(r"\S*").match(mistake.text, mistake.at)
    return (mistake.at, word.end() if word else mistake.at, label)


def line_at(text: str, offset: int, label: str) -> Stretch:
    """Returns the line around an offset without its margins."""
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].partition("\n")[0]
    return (start + len(line) - len(line.lstrip()), start + len(line.rstrip()), label)


def quoted(text: str, until: int) -> Iterator[tuple[int, int]]:
    """Yields where each quoted text before an offset starts and ends, as far as the text can be read."""
    try:
        for _, start, end, style in tokens(text.encode()):
            if start >= until:
                return
            if style and style in "\"'":
                yield start, end
    except YAMLError:
        return


def innermost_open(text: str) -> int | None:
    """Returns the offset of the last bracket that nothing closes, as far as the text can be read."""
    opened: list[int] = []
    try:
        for kind, start, _, _ in tokens(text.encode()):
            if kind in ("[", "{"):
                opened.append(start)
            elif kind in ("]", "}") and opened:
                opened.pop()
    except YAMLError:
        pass
    return opened[-1] if opened else None
