"""Where the node at a route stands in the text, found in libyaml's node graph."""

from __future__ import annotations

from ogpcase.diagnostics import Part, Route, Span
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, compose
from ogpcase.yamltree.lines import Lines

_Entry = tuple[Node, Node]


class Positions:
    """The node graph of one text, composed anew, and the way from routes to spans.

    `readable` is the text that was composed the first time, so that it composes again.
    """

    def __init__(self, lines: Lines, readable: str) -> None:
        self._lines = lines
        self._root, _ = compose(readable.encode())
        self._entries: dict[int, dict[str, _Entry]] = {}

    def span_of(self, route: Route, part: Part) -> Span:
        """Returns the span of a value or a key; what is not there falls back to its nearest ancestor."""
        if self._root is None:
            return self._lines.span(0, 0)
        node = key = self._root
        for step in route:
            entry = self._step(node, step)
            if entry is None:
                break
            key, node = entry
        return self._span(key if part == "key" else node)

    def span_of_gap(self, route: Route, after: tuple[str, ...]) -> Span:
        """Returns where an absent field belongs: below the last of the fields `after` that its mapping has.

        Without one that is the mapping's first key; inside braces, the end of that field.
        """
        parent, found = self._deepest(route[:-1])
        if not isinstance(parent, MappingNode) or not parent.value or found < len(route) - 1:
            return self.span_of(route, "value")
        entries = self._fields(parent)
        ends = [end_of(entries[name][1], self._lines.text) for name in after if name in entries]
        if not ends:
            return self._span(parent.value[0][0])
        end = max(ends)
        if not parent.flow_style:
            end = self._lines.start(self._lines.number_at(end) + 1)
        return self._lines.span(end, end)

    def _deepest(self, route: Route) -> tuple[Node | None, int]:
        """Returns the last node on the route that is there, and how many steps lead to it."""
        node = self._root
        for count, step in enumerate(route):
            entry = self._step(node, step)
            if entry is None:
                return node, count
            node = entry[1]
        return node, len(route)

    def _step(self, node: Node | None, step: str | int) -> _Entry | None:
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
        known = self._entries.get(id(node))
        if known is None:
            known = self._entries[id(node)] = {
                entry[0].value: entry for entry in reversed(node.value) if isinstance(entry[0], ScalarNode)
            }
        return known

    def _span(self, node: Node) -> Span:
        return self._lines.span(node.start_mark.index, end_of(node, self._lines.text))


def end_of(node: Node, text: str) -> int:
    """Returns where the node's own text ends.

    libyaml ends a block collection and a block scalar where the next token starts, comments and blank lines later.
    """
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(node, MappingNode) else last
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        return end
    return start + len(text[start:end].rstrip())
