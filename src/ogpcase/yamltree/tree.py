"""The plain values of a YAML file, and their positions in the text."""

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
"""A key and its value; a list's item is its own key."""


class YamlTree:
    """The values of a file, and their positions, which are computed on first use."""

    def __init__(self, file: FileId, text: str, value: Value, readable: str | None = None) -> None:
        """`readable` is the text that libyaml parsed, if it differs: it has the same length."""
        self.file = file
        self.text = text
        self.value = value
        self._readable = readable or text

    @property
    def fields(self) -> dict[str, Value]:
        """The fields of the record; none if the file holds no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    def __repr__(self) -> str:
        """Shows only the file: values may be confidential."""
        return f"YamlTree({self.file!r})"

    def line(self, number: int) -> str:
        """Returns a line of the text, counted from 1, without its line end."""
        return self._lines.line(number)

    def routes(self) -> Iterator[Route]:
        """Yields the route of every value, first the empty route of the top."""
        return _routes(self.value, ())

    def span_for(self, place: Place) -> Span:
        """Returns the span of a place: its own, else that of its route and part."""
        if place.span is not None:
            return place.span
        if place.part == "missing":
            return self._span_of_gap(place.route, place.after)
        return self.span_of(place.route, place.part)

    def span_of(self, route: Route, part: Part = "value") -> Span:
        """Returns the span of the value at a route, or of its key; of a missing node, that of its nearest ancestor."""
        key, node, _ = self._deepest(route)
        return self._span(key if part == "key" else node)

    def _span_of_gap(self, route: Route, after: tuple[str, ...]) -> Span:
        """Returns where a missing field belongs: below (in braces, after) the last of the fields `after`, or first."""
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
        assert root is not None  # a tree has a value
        return root

    @cached_property
    def _fields_by_mapping(self) -> dict[int, dict[str, _Entry]]:
        return {}

    def _deepest(self, route: Route) -> tuple[Node, Node, int]:
        """Returns the key and value of the last node of a route that exists, and the number of steps to it."""
        key = node = self._root
        for depth, step in enumerate(route):
            entry = self._step(node, step)
            if entry is None:
                return key, node, depth
            key, node = entry
        return key, node, len(route)

    def _step(self, node: Node, step: str | int) -> _Entry | None:
        """Returns the key and value one step down; a single mapping counts as a list of one."""
        if isinstance(node, MappingNode) and isinstance(step, str):
            return self._fields(node).get(step)
        if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
            return node.value[step], node.value[step]
        if step == 0 and isinstance(node, MappingNode):
            return node, node
        return None

    def _fields(self, node: MappingNode) -> dict[str, _Entry]:
        known = self._fields_by_mapping.get(id(node))
        if known is None:
            known = self._fields_by_mapping[id(node)] = {
                entry[0].value: entry for entry in reversed(node.value) if isinstance(entry[0], ScalarNode)
            }
        return known

    def _span(self, node: Node) -> Span:
        return self._lines.span(node.start_mark.index, end_of(node, self.text))


class Parsed(NamedTuple):
    """A parsed file: its tree (None if it has none), its problems, and its text (None if the bytes are not text)."""

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
    """The lines of a text. Offsets count code points from 0; lines and columns count from 1."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def span(self, start: int, end: int) -> Span:
        """Returns the span between two offsets, cut at the ends of the text."""
        start = max(0, min(start, len(self.text)))
        end = max(start, min(end, len(self.text)))
        return Span(*self._position(start), *self._position(end), start, end)

    def line(self, number: int) -> str:
        """Returns a line without its end; a missing line is empty."""
        if not 1 <= number <= len(self._starts):
            return ""
        return self.text[self.start(number) : self.start(number + 1)].rstrip("\r\n")

    def number_at(self, offset: int) -> int:
        """Returns the number of the line at an offset."""
        return bisect_right(self._starts, offset)

    def start(self, number: int) -> int:
        """Returns the offset of a line's start; after the last line, the end of the text."""
        return self._starts[number - 1] if number <= len(self._starts) else len(self.text)

    def _position(self, offset: int) -> tuple[int, int]:
        number = self.number_at(offset)
        return number, offset - self._starts[number - 1] + 1


def end_of(node: Node, text: str) -> int:
    """Returns the end of a node's text; libyaml's end of a block includes the comments and blank lines after it."""
    node = last_leaf(node)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return end
    return start + len(text[start:end].rstrip())


def last_leaf(node: Node) -> Node:
    """Returns the last node inside block collections that is not one itself."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    return node
