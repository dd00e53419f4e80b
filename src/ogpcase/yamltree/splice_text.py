"""Where an edit may touch a text, and how values are put there in the shape of the file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeGuard, cast

from ogpcase.diagnostics import Route
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import FOLD, in_brackets, is_plain_word, styled
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose
from ogpcase.yamltree.tree import end_of
from ogpcase.yamltree.values import Scalar


class Shape(NamedTuple):
    """How a file indents: a mapping in a mapping, a list's dash in a mapping, and a list's item behind its dash."""

    step: int = 2
    dash: int = 2
    gap: int = 2


class Written(NamedTuple):
    """A value's text: what follows its colon or dash in the same line, and whole lines below."""

    inline: str
    lines: tuple[str, ...] = ()


def value_of_key(value: object, key: str, column: int, shape: Shape, *, flow: bool | None = None) -> Written:
    """Returns the text of a value whose key stands at `column`; `flow` says whether brackets are wanted, or asks."""
    if is_list(value):
        brackets = in_brackets(value, column + len(key) + len(": ")) if flow is None else flow
        if brackets or not value:
            return Written(in_flow(value))
        return Written("", _items(value, column + shape.dash, shape))
    if isinstance(value, Mapping):
        if flow or not value:
            return Written(in_flow(value))
        return Written("", _fields(value, column + shape.step, shape))
    return scalar(cast(Scalar, value), column + shape.step)


def value_of_item(value: object, column: int, shape: Shape, *, flow: bool = False) -> Written:
    """Returns the text of a list's item whose dash stands at `column`."""
    inner = column + shape.gap
    if (is_list(value) or isinstance(value, Mapping)) and (flow or not value):
        return Written(in_flow(value))
    if is_list(value):
        return _compact(_items(value, inner, shape))
    if isinstance(value, Mapping):
        return _compact(_fields(value, inner, shape))
    return scalar(cast(Scalar, value), inner)


def field(key: str, value: object, column: int, shape: Shape) -> tuple[str, ...]:
    """Returns the lines of a field whose key stands at `column`."""
    return _fields({key: value}, column, shape)


def item(value: object, column: int, shape: Shape, *, flow: bool = False) -> tuple[str, ...]:
    """Returns the lines of a list's item whose dash stands at `column`."""
    written = value_of_item(value, column, shape, flow=flow)
    return (" " * column + "-" + " " * (shape.gap - 1) + written.inline, *written.lines)


def scalar(value: Scalar, column: int) -> Written:
    """Returns the text of a scalar, whose further lines, if any, stand at `column`."""
    text, style = styled(value, column + 2)  # as wide as in a new record
    if style == '"':
        return Written(quoted(text))
    if style == ">":
        return Written(">-", tuple(" " * column + line for line in text.split(f"{FOLD} ")))
    if style == "|":
        lines = text.removesuffix("\n").split("\n")
        header = "|" if text.endswith("\n") else "|-"
        return Written(header, tuple(" " * column + line if line else "" for line in lines))
    return Written(text)


def in_flow(value: object) -> str:
    """Returns the text of a value in one line, as it stands inside brackets."""
    if is_list(value):
        return f"[{', '.join(map(in_flow, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key_text(key)}: {in_flow(inner)}' for key, inner in value.items())}}}"
    text, style = styled(cast(Scalar, value), 0)
    if isinstance(value, str):
        return text if style is None and is_plain_word(text) else quoted(value)
    return text


def key_text(key: str) -> str:
    """Returns a key's text: plain where it would be plain in brackets too."""
    text, style = styled(key, 0)
    return key if style is None and is_plain_word(text) else quoted(key)


def quoted(text: str) -> str:
    """Returns a text in double quotes: what JSON escapes, YAML reads alike."""
    return json.dumps(str(text), ensure_ascii=False)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """True for a list of plain values."""
    return isinstance(value, list | tuple)


def _fields(values: Mapping[str, object], column: int, shape: Shape) -> tuple[str, ...]:
    lines: list[str] = []
    for name, value in values.items():
        key = key_text(name)
        written = value_of_key(value, key, column, shape)
        lines += [" " * column + key + ":" + (f" {written.inline}" if written.inline else ""), *written.lines]
    return tuple(lines)


def _items(values: Sequence[object], column: int, shape: Shape) -> tuple[str, ...]:
    return tuple(line for each in values for line in item(each, column, shape))


def _compact(lines: tuple[str, ...]) -> Written:
    return Written(lines[0].lstrip(" "), lines[1:])


BLOCK_STYLES = ("|", ">")


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


_HEADER = re.compile(r"[|>][-+0-9]*")


class Patch(NamedTuple):
    """A stretch of the text, and what is to stand there instead; its lines end in LF."""

    start: int
    end: int
    text: str


def slot(graph: Graph, entry: Entry, value: object) -> Patch:
    """Returns how a value is put in the place of an entry's, in its own style where that can hold it."""
    start, end = entry.start, graph.end(entry.node)
    if entry.parent.flow_style:
        gap = " " if start == end and graph.text[start - 1 : start] == ":" else ""
        return Patch(start, end, gap + _in_same_quotes(entry, value, in_flow(value)))
    written = _written(graph, entry, value)
    anchor = graph.anchor(entry)
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
    behind = graph.text[graph.anchor(entry) : entry.start]
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
    if not isinstance(entry.node, ScalarNode) or entry.node.style not in BLOCK_STYLES:
        return ""
    line = graph.rest_of_line(entry.start)
    found = _HEADER.match(line)
    rest = line[found.end() :] if found else ""
    return rest.rstrip() if rest.strip().startswith("#") else ""
