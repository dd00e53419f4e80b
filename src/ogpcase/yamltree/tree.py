"""A record as YAML gave it: plain values, and where each of them stands in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Part, Place, Problem, Route, Span
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, compose
from ogpcase.yamltree.values import Value

_Entry = tuple[Node, Node]
"""A key and its value; an item of a list is its own key."""


class YamlTree:
    """The values of one file, and their positions, for which it is composed anew when they are asked for."""

    def __init__(self, file: FileId, text: str, value: Value, readable: str | None = None) -> None:
        """`readable` is the text as libyaml was given it, where that is not `text`: as long, with less in it."""
        self.file = file
        self.text = text
        self.value = value
        self._readable = readable or text

    def __repr__(self) -> str:
        """Names the file only: values may be confidential."""
        return f"YamlTree({self.file!r})"

    def line(self, number: int) -> str:
        """Returns a line of the source, counted from 1, without its line end."""
        return self._lines.line(number)

    def routes(self) -> Iterator[Route]:
        """Yields the route of every value, the top's empty one first."""
        return _routes(self.value, ())

    def span_for(self, place: Place) -> Span:
        """Returns the span a place names by itself, or else that of its route and part."""
        if place.span is not None:
            return place.span
        if place.part == "missing":
            return self._span_of_gap(place.route, place.after)
        return self.span_of(place.route, place.part)

    def span_of(self, route: Route, part: Part = "value") -> Span:
        """Returns where the value at this route stands, or its key.

        What is not there falls back to its nearest ancestor that is; a list item's key is the item.
        """
        key, node, _ = self._deepest(route)
        return self._span(key if part == "key" else node)

    def _span_of_gap(self, route: Route, after: tuple[str, ...]) -> Span:
        """Returns where an absent field belongs: below the last of the fields `after` that its mapping has.

        Without one that is the mapping's first key; inside braces, the end of that field.
        """
        _, parent, depth = self._deepest(route[:-1])
        if not isinstance(parent, MappingNode) or not parent.value or depth < len(route) - 1:
            return self.span_of(route)
        fields = self._fields(parent)
        ends = [end_of(fields[name][1], self.text) for name in after if name in fields]
        if not ends:
            return self._span(parent.value[0][0])
        end = max(ends)
        if not parent.flow_style:
            end = self._lines.start(self._lines.number_at(end) + 1)
        return self._lines.span(end, end)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    @cached_property
    def _root(self) -> Node:
        root, _ = compose(self._readable.encode())
        assert root is not None  # there is a value
        return root

    @cached_property
    def _fields_by_mapping(self) -> dict[int, dict[str, _Entry]]:
        return {}

    def _deepest(self, route: Route) -> tuple[Node, Node, int]:
        """Returns the key and the value of the last node on the route that is there, and how many steps lead to it."""
        key = node = self._root
        for depth, step in enumerate(route):
            entry = self._step(node, step)
            if entry is None:
                return key, node, depth
            key, node = entry
        return key, node, len(route)

    def _step(self, node: Node, step: str | int) -> _Entry | None:
        """Returns the key and the value one step down; an item of a list is its own key.

        A value that is written without a list, where a list of one is meant, is the first item of that.
        """
        if isinstance(node, MappingNode) and isinstance(step, str):
            return self._fields(node).get(step)
        if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
            return node.value[step], node.value[step]
        if step == 0 and isinstance(node, MappingNode):
            return node, node
        return None

    def _fields(self, node: MappingNode) -> dict[str, _Entry]:
        """Returns a mapping's entries by key; of duplicates, the first."""
        known = self._fields_by_mapping.get(id(node))
        if known is None:
            known = self._fields_by_mapping[id(node)] = {
                entry[0].value: entry for entry in reversed(node.value) if isinstance(entry[0], ScalarNode)
            }
        return known

    def _span(self, node: Node) -> Span:
        return self._lines.span(node.start_mark.index, end_of(node, self.text))


class Parsed(NamedTuple):
    """What became of a file: its tree, None where nothing sound could be had, and what is wrong with it.

    `text` is there for quoting lines also where there is no tree; None where the bytes are no text.
    """

    tree: YamlTree | None
    problems: tuple[Problem, ...] = ()
    text: str | None = None


def _routes(value: Value, route: Route) -> Iterator[Route]:
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _routes(inner, (*route, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _routes(inner, (*route, position))


_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of one text; offsets are 0-based, in code points, lines and columns count from 1."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

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


def end_of(node: Node, text: str) -> int:
    """Returns where the node's own text ends.

    libyaml ends a block collection and a block scalar where the next token starts, comments and blank lines later.
    """
    node = last_leaf(node)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return end
    return start + len(text[start:end].rstrip())


def last_leaf(node: Node) -> Node:
    """Returns the last node inside block collections that is none itself."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node
