"""One node of a record's text changed; every other byte stays: comments, quotes, line ends, indentation.

Each function takes a tree and returns the new text of its file. The text is read again before it is returned: where
anything but the asked-for node would have changed, BadInput is raised instead. Asking for what is there already
returns the text as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, cast

from ogpcase.diagnostics import Part, Route, Severity
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import (
    Shape,
    Written,
    fields,
    in_flow,
    item,
    quoted,
    refuse_unwritable,
    value_of_item,
    value_of_key,
)
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import Parsed, YamlTree, end_of, last_leaf
from ogpcase.yamltree.values import Value, same


class Field(NamedTuple):
    """A field to insert: its name, its value, and the names of the fields that stand before it."""

    name: str
    value: object
    before: Sequence[str] = ()


def replaced(tree: YamlTree, route: Route, value: object) -> str:
    """Returns the text with another value at a route; a comment beside it stays."""
    if same(value, value_at(tree.value, route)):
        return tree.text
    refuse_unwritable({_name_in(route): value})
    graph = Graph(tree.text)
    return _proved(tree, _in_place_of(graph, graph.entry(route), value), route, lambda _: value)


def inserted(tree: YamlTree, route: Route, new: Field) -> str:
    """Returns the text with a field more in the mapping at a route, below the last of those that stand before it."""
    added = {new.name: new.value}
    refuse_unwritable(added)
    graph = Graph(tree.text)
    mapping = graph.node(route)
    if not isinstance(mapping, MappingNode) or (route and graph.is_empty_block(route)):
        return replaced(tree, route, added)
    above = [entry for entry in entries_of(mapping) if entry.step in new.before]
    column = mapping.start_mark.column
    if mapping.flow_style:
        patch = _in_brackets(graph, mapping, above[-1:], in_flow(added)[1:-1])
    elif above:
        patch = _below(graph, above[-1], column, fields(added, column, graph.shape()))
    else:
        lines = fields(added, column, graph.shape())
        at = graph.opening(entries_of(mapping)[0])
        patch = Patch(at, at, "\n".join(lines).lstrip(" ") + "\n" + " " * column)

    def change(old: dict[str, Value]) -> dict[str, object]:
        pairs = list(old.items())
        place = list(old).index(str(above[-1].step)) + 1 if above else 0
        return dict([*pairs[:place], (new.name, new.value), *pairs[place:]])

    return _proved(tree, patch, route, change)


def appended(tree: YamlTree, route: Route, value: object) -> str:
    """Returns the text with an item more at the end of the list at a route, written as the others are."""
    refuse_unwritable({_name_in(route): value})
    graph = Graph(tree.text)
    listed = graph.node(route)
    if not isinstance(listed, SequenceNode) or graph.is_empty_block(route):
        return replaced(tree, route, [value])
    entries = entries_of(listed)
    if listed.flow_style:
        patch = _in_brackets(graph, listed, entries[-1:], in_flow(value))
    else:
        last, column = entries[-1].node, listed.start_mark.column
        flow = isinstance(last, CollectionNode) and bool(last.flow_style)
        patch = _below(graph, entries[-1], column, item(value, column, graph.shape(), flow=flow))
    return _proved(tree, patch, route, lambda items: [*items, value])


def removed(tree: YamlTree, route: Route) -> str:
    """Returns the text without the field or item at a route, and without the comment in its own lines.

    Comments above it stay. The last one of a mapping or list leaves empty brackets.
    """
    graph = Graph(tree.text)
    entry = graph.entry(route)
    if len(entry.parent.value) == 1:
        if len(route) == 1:
            raise BadInput("the only field of a record cannot be taken out")
        return replaced(tree, route[:-1], {} if isinstance(entry.parent, MappingNode) else [])
    patch = _out_of_flow(graph, entry) if entry.parent.flow_style else _out_of_block(graph, entry)

    def change(old: dict[str, Value] | list[Value]) -> object:
        if isinstance(old, dict):
            return {key: value for key, value in old.items() if key != route[-1]}
        return [value for position, value in enumerate(old) if position != route[-1]]

    return _proved(tree, patch, route[:-1], change)


def in_quotes(tree: YamlTree, route: Route, part: Part = "value") -> str:
    """Returns the text with the plain scalar at a route, or its key, in double quotes: text, as it was written."""
    entry = Graph(tree.text).entry(route)
    node = entry.key if part == "key" else entry.node
    if not isinstance(node, ScalarNode) or node.style:
        return tree.text
    patch = Patch(node.start_mark.index, node.end_mark.index, quoted(node.value))
    return _proved(tree, patch, route, lambda old: old if part == "key" else node.value)


def scalar_at(tree: YamlTree, offset: int) -> tuple[Route, Part] | None:
    """Returns the route of the scalar that starts at an offset, and whether it is a value or a key; else None."""
    graph = Graph(tree.text)
    for route in tree.routes():
        entry = graph.find(route)
        if entry is not None and isinstance(entry.node, ScalarNode) and entry.start == offset:
            return route, "value"
        if entry is not None and entry.key is not None and entry.key.start_mark.index == offset:
            return route, "key"
    return None


def value_at(value: Value, route: Route) -> Value:
    """Returns the value at a route.

    Raises:
        BadInput: there is none.
    """
    for step in route:
        steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
        if step not in steps:
            raise BadInput(f"there is no `{step}` in this record")
        value = cast("dict[str | int, Value]", value)[step]
    return value


def _name_in(route: Route) -> str:
    """Returns how messages call what stands at a route: by the last field on it."""
    return next((step for step in reversed(route) if isinstance(step, str)), "value")


def _proved(tree: YamlTree, patch: Patch, route: Route, change: Callable[[Any], object]) -> str:
    """Returns the patched text of a tree's file if only the value at the route reads as changed, without new errors.

    Raises:
        BadInput: it does not; it must not be written.
    """
    first = tree.text.find("\n")
    line_end = "\r\n" if first > 0 and tree.text[first - 1] == "\r" else "\n"
    text = tree.text[: patch.start] + patch.text.replace("\r\n", "\n").replace("\n", line_end) + tree.text[patch.end :]
    if text == tree.text:
        return text
    parsed = parse(text.encode(), tree.file)
    new = _errors(parsed)
    if new:  # most often there are none, and what there was before need not be known
        new -= _errors(parse(tree.text.encode(), ""))
    if parsed.tree is None or new or not same(_changed(tree.value, route, change), parsed.tree.value):
        raise BadInput("this file cannot be edited there without changing more than that", "edit it by hand")
    return text


def _errors(parsed: Parsed) -> Counter[str]:
    return Counter(problem.code for problem in parsed.problems if problem.rule.severity is Severity.ERROR)


def _changed(value: Value, route: Route, change: Callable[[Any], object]) -> object:
    """Returns the values with the one at the route changed."""
    if not route:
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(old, route[1:], change) if key == route[0] else old for key, old in value.items()}
    items = enumerate(cast("list[Value]", value))
    return [_changed(old, route[1:], change) if position == route[0] else old for position, old in items]


class Patch(NamedTuple):
    """A stretch of the text, and what is to stand there instead; its lines end in LF."""

    start: int
    end: int
    text: str


def _in_brackets(graph: Graph, parent: CollectionNode, above: Sequence[Entry], text: str) -> Patch:
    """Returns how an entry is put into brackets: behind the one above, or first."""
    if above:
        at = graph.end(above[0].node)
        return Patch(at, at, f", {text}")
    if not parent.value:
        at = parent.start_mark.index + 1
        return Patch(at, at, text)
    at = graph.opening(entries_of(parent)[0])
    return Patch(at, at, f"{text}, ")


def _below(graph: Graph, above: Entry, column: int, lines: Sequence[str]) -> Patch:
    at = graph.line_after(graph.end(above.node), column)
    start = "" if at == 0 or graph.text[at - 1] == "\n" else "\n"
    return Patch(at, at, start + "\n".join(lines) + ("\n" if not start else ""))


def _out_of_flow(graph: Graph, entry: Entry) -> Patch:
    around = entries_of(entry.parent)
    if entry.position + 1 < len(around):
        return Patch(graph.opening(entry), graph.opening(around[entry.position + 1]), "")
    return Patch(graph.end(around[entry.position - 1].node), graph.end(entry.node), "")


def _out_of_block(graph: Graph, entry: Entry) -> Patch:
    """Takes out whole lines; of the first entry behind a dash, what stands there up to the next entry."""
    start = graph.opening(entry)
    line = graph.line_start(start)
    column = start - line
    end = graph.line_after(graph.end(entry.node), column)
    if not graph.text[line:start].strip():
        return Patch(line, end, "")
    around = entries_of(entry.parent)
    if entry.position + 1 == len(around):
        raise BadInput("this file cannot be edited there: something else stands in the same line")
    following = graph.opening(around[entry.position + 1])
    if graph.text[end:following].strip():
        return Patch(line + len(graph.text[line:start].rstrip()), end, "\n")
    return Patch(start, following, "")


_HEADER = re.compile(r"[|>][-+0-9]*")


def _in_place_of(graph: Graph, entry: Entry, value: object) -> Patch:
    """Returns how a value is put in the place of an entry's, in its own style where that can hold it."""
    start, end = entry.start, graph.end(entry.node)
    if entry.parent.flow_style:
        gap = " " if start == end and graph.text[start - 1 : start] == ":" else ""
        return Patch(start, end, gap + _in_same_quotes(entry, value, in_flow(value)))
    written = _written(graph, entry, value)
    anchor = graph.after_mark(entry)
    before = graph.text[anchor:start]
    if not written.lines and not before.strip() and "\n" not in before:
        text = _in_same_quotes(entry, value, written.inline) + _header_comment(graph, entry)
        return Patch(start, end, text if before else f" {text}")
    after = graph.rest_of_line(end)
    comments = (before.rstrip() if before.strip() else "") + _header_comment(graph, entry) + after.rstrip()
    if "\n" in comments and _HEADER.match(written.inline):
        written = Written(quoted(str(value)))
    gap = before if before and not before.strip() and "\n" not in before else " "
    head = gap + written.inline if written.inline else ""
    return Patch(anchor, end + len(after), "\n".join((head + comments, *written.lines)))


def _written(graph: Graph, entry: Entry, value: object) -> Written:
    """Returns the value's text; a list or mapping stays in brackets, or out of them, as what it replaces was."""
    old = entry.node
    flow = bool(old.flow_style) if isinstance(old, CollectionNode) and old.value else None
    column = entry.parent.start_mark.column
    if entry.key is not None:
        return value_of_key(value, str(entry.key.value), column, graph.shape(), flow=flow)
    shape = graph.shape()
    behind = graph.text[graph.after_mark(entry) : entry.start]
    if behind and behind == " " * len(behind):
        shape = shape._replace(gap=1 + len(behind))
    return value_of_item(value, column, shape, flow=bool(flow))


def _in_same_quotes(entry: Entry, value: object, text: str) -> str:
    """Returns a text in the quotes of the one it replaces; `text` is how it would be written otherwise."""
    style = entry.node.style if isinstance(entry.node, ScalarNode) else None
    if not isinstance(value, str) or style not in ("'", '"') or not value.isprintable():
        return text
    return quoted(value) if style == '"' else "'" + value.replace("'", "''") + "'"


def _header_comment(graph: Graph, entry: Entry) -> str:
    """Returns the comment behind the `|` or `>` of a block text, with the blanks before it."""
    if not isinstance(entry.node, ScalarNode) or entry.node.style not in _BLOCK_STYLES:
        return ""
    line = graph.rest_of_line(entry.start)
    header = _HEADER.match(line)
    rest = line[header.end() :] if header else ""
    return rest.rstrip() if rest.strip().startswith("#") else ""


_BLOCK_STYLES = ("|", ">")


class Entry(NamedTuple):
    """A value in its collection: its node, its key where it has one, and the collection with the place in it."""

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
        """What leads to it from its collection: the text of its key, or its position."""
        return self.position if self.key is None else str(self.key.value)


class Graph:
    """The node graph of a text, with the ways round in it; offsets are in code points."""

    def __init__(self, text: str) -> None:
        """Raises BadInput where the text cannot be edited as it is."""
        self.text = text
        try:
            self.root, _ = compose(text.encode())
        except YAMLError as error:
            raise BadInput("this file cannot be edited as it is: it cannot be read as YAML") from error

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

    def is_empty_block(self, route: Route) -> bool:
        """True when the list or mapping at a route is empty and stands inside no brackets."""
        node, above = self.node(route), [self.node(route[:depth]) for depth in range(len(route))]
        in_brackets = any(isinstance(outer, CollectionNode) and outer.flow_style for outer in above)
        return isinstance(node, CollectionNode) and not node.value and not in_brackets

    def end(self, node: Node) -> int:
        """Returns where the node's own text ends; of a block that keeps its last lines, after those."""
        end, leaf = end_of(node, self.text), last_leaf(node)
        if isinstance(leaf, ScalarNode) and leaf.style in _BLOCK_STYLES and self._keeps_last_lines(leaf):
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

    def line_after(self, end: int, column: int) -> int:
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
        for entry in entries_of(node):
            yield from _nodes(entry.node)
