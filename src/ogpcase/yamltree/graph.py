"""The node graph of a record's text, with the look-ups that an edit needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ogpcase.diagnostics import Route
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import Shape
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose
from ogpcase.yamltree.tree import end_of, last_leaf
from ogpcase.yamltree.values import Value, build

BLOCK_STYLES = ("|", ">")


class Entry(NamedTuple):
    """A value in a collection: its node, its key if it has one, the collection, and the position in it."""

    node: Node
    key: Node | None
    parent: CollectionNode
    position: int

    @property
    def start(self) -> int:
        """Where the value's own text starts."""
        return int(self.node.start_mark.index)

    @property
    def step(self) -> str | int:
        """The step of a route from the collection to the value: the text of its key, or its position."""
        return self.position if self.key is None else str(self.key.value)


class Graph:
    """The node graph of a text, with look-ups; offsets are in code points."""

    def __init__(self, text: str) -> None:
        """Raises BadInput where the text cannot be edited as it is."""
        self.text = text
        try:
            self.root, _ = compose(text.encode())
        except YAMLError as error:
            raise BadInput("this file cannot be edited as it is: it cannot be read as YAML") from error
        self.newline = "\r\n" if text[: text.find("\n") + 1].endswith("\r\n") else "\n"

    def node(self, route: Route) -> Node | None:
        """Returns the node at a route; None where there is none."""
        if not route:
            return self.root
        entry = self.find(route)
        return entry.node if entry else None

    def find(self, route: Route) -> Entry | None:
        """Returns the entry at a route; None where there is none."""
        parent = self.node(route[:-1]) if route else None
        entries = entries_of(parent) if isinstance(parent, CollectionNode) else []
        return next((entry for entry in entries if entry.step == route[-1]), None)  # of duplicate keys the first

    def entry(self, route: Route) -> Entry:
        """Returns the entry at a route. Raises BadInput where there is none."""
        entry = self.find(route)
        if entry is None:
            raise BadInput("there is nothing at that place of the record")
        return entry

    def end(self, node: Node) -> int:
        """Returns where the node's own text ends; a block text ends after the blank lines that it keeps."""
        end, leaf = end_of(node, self.text), last_leaf(node)
        is_block = isinstance(leaf, ScalarNode) and leaf.style in BLOCK_STYLES
        if is_block and "+" in self.rest_of_line(leaf.start_mark.index).partition("#")[0]:  # it keeps its last lines
            while (after := self.next_line(end)) < len(self.text) and not self._line(after).strip():
                end = after
        return end

    def dash(self, entry: Entry) -> int:
        """Returns where the dash of a block list's item stands."""
        column = entry.parent.start_mark.column
        start = self.line_start(entry.start)
        while start > 0 and (self.text[start + column : start + column + 1] != "-" or self._is_comment(start)):
            start = self.line_start(start - 1)
        return start + column

    def opening(self, entry: Entry) -> int:
        """Returns where an entry starts: its key, its dash, or in brackets the value itself."""
        if entry.key is not None:
            return int(entry.key.start_mark.index)
        return entry.start if entry.parent.flow_style else self.dash(entry)

    def after_mark(self, entry: Entry) -> int:
        """Returns the offset just after the colon or the dash before the value. Raises BadInput without one."""
        if entry.key is None:
            return self.dash(entry) + 1
        colon = self.text.find(":", entry.key.end_mark.index, max(entry.start, entry.key.end_mark.index))
        if colon < 0:
            raise BadInput("this file cannot be edited there: a key has no colon behind it")
        return colon + 1

    def next_line(self, at: int) -> int:
        """Returns where the line after this offset's starts."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end + 1

    def line_start(self, at: int) -> int:
        """Returns where this offset's line starts."""
        return self.text.rfind("\n", 0, at) + 1

    def rest_of_line(self, at: int) -> str:
        """Returns what follows in this offset's line, without the line end."""
        return self.text[at : self.next_line(at)].rstrip("\r\n")

    def line_after(self, end: int, column: int) -> int:
        """Returns where the next line starts after `end` and after comments that are indented deeper than `column`."""
        at = ahead = self.next_line(end)
        while ahead < len(self.text):
            line = self._line(ahead)
            body = line.strip()
            if body and not (body.startswith("#") and len(line) - len(line.lstrip()) > column):
                break
            ahead = self.next_line(ahead)
            at = ahead if body else at
        return at

    def comments_above(self, start: int) -> int:
        """Returns where the comments start that stand directly above a line."""
        while start > 0 and start == self.line_start(start) and self._is_comment(self.line_start(start - 1)):
            start = self.line_start(start - 1)
        return start

    @cached_property
    def shape(self) -> Shape:
        """Returns the file's own indentation, or ogpcase's where the file shows none."""
        widths: dict[str, Counter[int]] = {"step": Counter(), "dash": Counter(), "gap": Counter()}
        for node in _nodes(self.root):
            if not isinstance(node, CollectionNode) or node.flow_style:
                continue
            for inner in (entry.node for entry in entries_of(node)):
                width = inner.start_mark.column - node.start_mark.column
                if isinstance(node, SequenceNode):
                    widths["gap"][width] += width > 1
                elif isinstance(inner, CollectionNode) and not inner.flow_style:
                    kind = "step" if isinstance(inner, MappingNode) else "dash"
                    widths[kind][width] += inner.start_mark.line > node.start_mark.line
        return Shape(**{kind: max(counts, key=counts.__getitem__) for kind, counts in widths.items() if +counts})

    def _line(self, start: int) -> str:
        return self.text[start : self.next_line(start)]

    def _is_comment(self, start: int) -> bool:
        return self._line(start).lstrip().startswith("#")


def entries_of(node: CollectionNode) -> list[Entry]:
    """Returns the entries of a mapping or a list, in their order."""
    if isinstance(node, MappingNode):
        return [Entry(value, key, node, position) for position, (key, value) in enumerate(node.value)]
    return [Entry(item, None, node, position) for position, item in enumerate(node.value)]


def value_of(entry: Entry) -> Value:
    """Returns the value of an entry."""
    return build(entry.node, [])


def _nodes(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    if isinstance(node, CollectionNode):
        for entry in entries_of(node):
            yield from _nodes(entry.node)
