"""Where an edit may touch a text: the entries of its collections, what belongs to each, and the file's own shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ogpcase.diagnostics import Route
from ogpcase.errors import BadInput
from ogpcase.values import frozen
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose
from ogpcase.yamltree.positions import end_of
from ogpcase.yamltree.splice_writing import Shape

BLOCK_STYLES = ("|", ">")


@frozen
class Entry:
    """A value in its collection: its node, its key where it has one, and the collection with the place in it."""

    node: Node
    key: Node | None
    parent: CollectionNode
    position: int

    @property
    def start(self) -> int:
        """Where the value's own text starts."""
        return int(self.node.start_mark.index)


class Graph:
    """The node graph of a text, with the ways round in it; offsets are in code points."""

    def __init__(self, text: str) -> None:
        """Raises BadInput where the text cannot be edited as it is."""
        self.text = text
        try:
            self.root, _ = compose(text.encode())
        except YAMLError as error:
            raise BadInput("this file cannot be edited as it is: it cannot be read as YAML") from error

    @property
    def line_end(self) -> str:
        """The file's own line end."""
        first = self.text.find("\n")
        return "\r\n" if first > 0 and self.text[first - 1] == "\r" else "\n"

    def collection(self, route: Route) -> Node | None:
        """Returns the node at a route; None where there is none."""
        if not route:
            return self.root
        entry = self.entry(route)
        return entry.node if entry else None

    def entry(self, route: Route) -> Entry | None:
        """Returns the entry at a route of at least one step; None where there is none."""
        parent = self.collection(route[:-1])
        if isinstance(parent, CollectionNode):
            for each in entries_of(parent):
                if route[-1] == (each.key.value if each.key is not None else each.position):
                    return each  # of duplicate keys the first, as everywhere
        return None

    def end(self, node: Node) -> int:
        """Returns where the node's own text ends; of a block that keeps its last lines, after those."""
        end = end_of(node, self.text)
        leaf = node
        while isinstance(leaf, CollectionNode) and not leaf.flow_style and leaf.value:
            leaf = entries_of(leaf)[-1].node
        if isinstance(leaf, ScalarNode) and leaf.style in BLOCK_STYLES and self._keeps_last_lines(leaf):
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

    def anchor(self, entry: Entry) -> int:
        """Returns the offset just after the colon or the dash that the value follows. Raises BadInput without one."""
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

    def past(self, end: int, column: int) -> int:
        """Returns where the line after `end` starts; comments that stand deeper than `column` belong to what ended."""
        at = ahead = self.next_line(end)
        while ahead < len(self.text):
            line = self._line(ahead)
            body = line.strip()
            if body and not (body.startswith("#") and len(line) - len(line.lstrip()) > column):
                break
            ahead = self.next_line(ahead)
            at = ahead if body else at
        return at

    def shape(self) -> Shape:
        """Returns how the file itself indents, and the house's way where it never shows."""
        steps: Counter[int] = Counter()
        dashes: Counter[int] = Counter()
        gaps: Counter[int] = Counter()
        for node in _nodes(self.root):
            if not isinstance(node, CollectionNode) or node.flow_style:
                continue
            column, line = node.start_mark.column, node.start_mark.line
            for each in entries_of(node):
                inner = each.node
                if isinstance(node, SequenceNode):
                    gaps[inner.start_mark.column - column] += inner.start_mark.column > column + 1
                elif isinstance(inner, CollectionNode) and not inner.flow_style and inner.start_mark.line > line:
                    kind = steps if isinstance(inner, MappingNode) else dashes
                    kind[inner.start_mark.column - column] += 1
        found = [max(each, key=lambda width: each[width]) if +each else 2 for each in (steps, dashes, gaps)]
        return Shape(*found)

    def _keeps_last_lines(self, leaf: Node) -> bool:
        return "+" in self.rest_of_line(leaf.start_mark.index).partition("#")[0]

    def _line(self, start: int) -> str:
        return self.text[start : self.next_line(start)]

    def _is_comment(self, start: int) -> bool:
        return self._line(start).lstrip().startswith("#")


def entries_of(node: CollectionNode) -> list[Entry]:
    """Returns the entries of a mapping or a list, in their order."""
    if isinstance(node, MappingNode):
        return [Entry(value, key, node, position) for position, (key, value) in enumerate(node.value)]
    return [Entry(item, None, node, position) for position, item in enumerate(node.value)]


def _nodes(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    if isinstance(node, CollectionNode):
        for each in node.value:
            yield from _nodes(each[1] if isinstance(node, MappingNode) else each)
