"""A line of a file as it is quoted: in columns of a terminal, cut round the marked place where it is long."""

from __future__ import annotations

from ogpcase.diagnostics.harmless import harmless, visible
from ogpcase.render.lines import cells
from ogpcase.values import frozen

TAB = 4
"""Columns from one tab stop to the next."""
_REACH = 1000
"""Characters on either side of a mark that are looked at; the whole of a hostile line could be a hundred times that."""


@frozen
class Excerpt:
    """The text to show, the columns before the marked part of it, and how many columns are marked."""

    text: str
    before: int
    marked: int


def excerpt(line: str, start: int, end: int, widest: int, dots: str = "…") -> Excerpt:
    """Returns the line around its characters `start` to `end`, in at most `widest` columns beside the dots.

    Tabs are opened to blanks and invisible characters stand as code points, so that a mark below can be aligned.
    """
    start, end = min(start, len(line)), min(max(start, end), len(line))
    cut, rest = max(0, start - _REACH), max(0, len(line) - start - _REACH)
    near = line[cut : len(line) - rest]
    start, end = start - cut, min(end - cut, len(near))
    shown, edges = _opened(near)
    first, last = _window(edges, start, end, widest)
    lead = f"{dots} " if first or cut else ""
    tail = f" {dots}" if last < len(near) or rest else ""
    before = cells(lead) + edges[start] - edges[first]
    return Excerpt(
        lead + "".join(shown[first:last]) + tail, before, max(1, edges[max(start, min(end, last))] - edges[start])
    )


def _opened(line: str) -> tuple[list[str], list[int]]:
    """Returns each character as it is shown, and the column at which each begins, with the column after the last."""
    shown: list[str] = []
    edges = [0]
    for position, character in enumerate(line):
        if character == "\t":
            text = " " * (TAB - edges[-1] % TAB)
        elif character == "[" and line[max(0, position - 2) : position] == "##":
            text = harmless("##[").removeprefix("##")
        else:
            text = visible(character)
        shown.append(text)
        edges.append(edges[-1] + cells(text))
    return shown, edges


def _window(edges: list[int], start: int, end: int, widest: int) -> tuple[int, int]:
    """Returns the first character to show and the one after the last: some text before the mark, the rest behind it."""
    total = edges[-1]
    if total <= widest:
        return 0, len(edges) - 1
    room = max(widest - (edges[end] - edges[start]), 0)
    left = max(0, min(edges[start] - min(widest // 3, room), total - widest))
    first = next(number for number, edge in enumerate(edges) if edge >= left)
    first = min(first, start)
    last = first
    while last < len(edges) - 1 and edges[last + 1] - edges[first] <= widest:
        last += 1
    return first, last
