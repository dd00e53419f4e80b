"""Changes one node of a record's text and keeps every other byte: comments, quotes, line ends, indentation.

Each function takes a tree and returns the new text of its file. The new text is parsed before it is returned; if
anything but the requested node differs, BadInput is raised. If the node already has the value, the text is returned
unchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, cast

from ogpcase.diagnostics import Part, Route, Severity, last_name
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import (
    Written,
    fields,
    in_flow,
    item,
    quoted,
    refuse_unwritable,
    value_of_item,
    value_of_key,
)
from ogpcase.yamltree.graph import BLOCK_STYLES, Entry, Graph, entries_of, value_of
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, ScalarNode, SequenceNode
from ogpcase.yamltree.pairing import paired, says
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import Parsed, YamlTree
from ogpcase.yamltree.values import Value, is_list


class Field(NamedTuple):
    """A field to insert: its name, its value, and the names of the fields that stand before it."""

    name: str
    value: object
    before: Sequence[str] = ()

    @classmethod
    def among(cls, name: str, value: object, names: Sequence[str]) -> Field:
        """Returns a field to insert where it stands among these names."""
        return cls(name, value, names[: names.index(name)])


def replaced(tree: YamlTree, route: Route, value: object) -> str:
    """Returns the text with another value at a route, by the smallest possible change; a comment beside it stays.

    Items that are also in the new list keep their lines, in the new order. An item is kept if it is equal, if it has
    the same `id` or, without ids, the same first field, or if only its `id` differs; of such an item only the fields
    that differ change. Comments stay or go with their item: comments above it, at the end of its lines, and below it if
    they are indented deeper than its dash. A comment between the key and the first item belongs to that item, or to the
    key where a blank line parts them. A comment below the last item that is not indented deeper than its dash belongs
    to what follows. In a mapping, only the fields that differ change, and comments above them stay.
    """
    if says(value, value_at(tree.value, route)):
        return tree.text
    refuse_unwritable({last_name(route, "value"): value})
    graph = Graph(tree.text)
    return _proved(tree, _changed(graph, graph.entry(route), value), route, value)


def inserted(tree: YamlTree, route: Route, new: Field) -> str:
    """Returns the text with a new field in the mapping at a route, below the last of the fields in `new.before`."""
    refuse_unwritable({new.name: new.value})
    graph = Graph(tree.text)
    mapping, fields_there = graph.node(route), value_at(tree.value, route)
    if not isinstance(mapping, MappingNode) or not isinstance(fields_there, dict) or (route and not mapping.value):
        return replaced(tree, route, {new.name: new.value})
    pairs = list(fields_there.items())
    place = 1 + max((place for place, name in enumerate(fields_there) if name in new.before), default=-1)
    values = dict([*pairs[:place], (new.name, new.value), *pairs[place:]])
    return _proved(tree, _rebuilt(graph, mapping, _plan_of_fields(mapping, values)), route, values)


def removed(tree: YamlTree, route: Route) -> str:
    """Returns the text without the field or item at a route, and without the comments that belong to it.

    Comments above a field stay; `replaced` says which comments belong to an item.
    Removing the last field or item leaves empty brackets.
    """
    graph = Graph(tree.text)
    entry, old = graph.entry(route), value_at(tree.value, route[:-1])
    if len(entry.parent.value) == 1:
        if len(route) == 1:
            raise BadInput("the only field of a record cannot be taken out")
        return replaced(tree, route[:-1], {} if isinstance(old, dict) else [])
    around = entries_of(entry.parent)
    plan = [Wanted(_GONE if other.position == entry.position else value_of(other), other) for other in around]
    if isinstance(old, dict):
        left: object = {name: value for name, value in old.items() if name != entry.step}
    else:
        left = [part.value for part in plan if part.value is not _GONE]
    return _proved(tree, _rebuilt(graph, entry.parent, plan), route[:-1], left)


def in_quotes(tree: YamlTree, route: Route, part: Part = "value") -> str:
    """Returns the text with the plain scalar at a route, or its key, in double quotes, so that it is read as text."""
    entry = Graph(tree.text).entry(route)
    node = entry.key if part == "key" else entry.node
    if not isinstance(node, ScalarNode) or node.style:
        return tree.text
    patch = Patch(node.start_mark.index, node.end_mark.index, quoted(node.value))
    return _proved(tree, patch, route, value_at(tree.value, route) if part == "key" else node.value)


def scalar_at(tree: YamlTree, offset: int) -> tuple[Route, Part] | None:
    """Returns the route of the scalar that starts at an offset, and whether it is a value or a key; or None."""
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


def _proved(tree: YamlTree, patch: Patch, route: Route, value: object) -> str:
    """Returns the patched text if it parses to the old values with only this value at the route changed.

    Raises:
        BadInput: it does not, or has new errors; it must not be written.
    """
    text = tree.text[: patch.start] + patch.text + tree.text[patch.end :]
    if text == tree.text:
        return text
    parsed = parse(text.encode(), tree.file)
    new = _errors(parsed)
    if new:  # most often there are none, and what there was before need not be known
        new -= _errors(parse(tree.text.encode(), ""))
    if parsed.tree is None or new or not says(_with(tree.value, route, value), parsed.tree.value):
        raise BadInput("this file cannot be edited there without changing more than that", "edit it by hand")
    return text


def _errors(parsed: Parsed) -> Counter[str]:
    return Counter(problem.code for problem in parsed.problems if problem.rule.severity is Severity.ERROR)


def _with(old: Value, route: Route, value: object) -> object:
    """Returns the values with another value at the route."""
    if not route:
        return value
    if isinstance(old, dict):
        return {key: _with(inner, route[1:], value) if key == route[0] else inner for key, inner in old.items()}
    items = enumerate(cast("list[Value]", old))
    return [_with(inner, route[1:], value) if position == route[0] else inner for position, inner in items]


class Patch(NamedTuple):
    """A part of the text, and its replacement."""

    start: int
    end: int
    text: str


class Wanted(NamedTuple):
    """A value that a collection must hold, with its old entry or the name of its new field."""

    value: object
    entry: Entry | None = None
    name: str = ""


_GONE = object()
"""Stands for the value of an entry to remove."""


def _changed(graph: Graph, entry: Entry, value: object) -> Patch:
    """Returns the patches that give an entry its value: part by part if parts of it stay, otherwise as a whole."""
    node = entry.node
    if isinstance(node, SequenceNode) and node.value and is_list(value) and value:
        return _rebuilt(graph, node, _plan_of_items(node, value))
    if isinstance(node, MappingNode) and isinstance(value, Mapping):
        plan = _plan_of_fields(node, value)
        if any(part.entry and part.value is not _GONE for part in plan):
            return _rebuilt(graph, node, plan)
    return _in_place_of(graph, entry, value)


def _plan_of_items(node: CollectionNode, items: Sequence[object]) -> list[Wanted]:
    entries = entries_of(node)
    places = paired([value_of(entry) for entry in entries], items)
    return [Wanted(item, None if place is None else entries[place]) for item, place in zip(items, places, strict=True)]


def _plan_of_fields(node: CollectionNode, values: Mapping[str, object]) -> list[Wanted]:
    """Returns the old fields in their order, and each new field below the last of the fields in its `before`."""
    plan: dict[str | int, Wanted] = {}
    for entry in entries_of(node):
        name, again = entry.step, entry.step in plan  # of duplicate keys the first is meant
        plan[-entry.position if again else name] = Wanted(
            value_of(entry) if again else values.get(str(name), _GONE), entry
        )
    names = list(plan)
    for place, name in enumerate(values):
        if name not in plan:
            before = list(values)[:place]
            at = 1 + max((at for at, step in enumerate(names) if step in before), default=-1)
            names.insert(at, name)
            plan[name] = Wanted(values[name], name=name)
    return [plan[name] for name in names]


def _rebuilt(graph: Graph, node: CollectionNode, plan: Sequence[Wanted]) -> Patch:
    """Returns the patches that give a collection its planned entries."""
    return _rebuilt_flow(graph, node, plan) if node.flow_style else _rebuilt_block(graph, node, plan)


def _own_text(graph: Graph, part: Wanted, entry: Entry, start: int, end: int) -> str:
    """Returns the part of the text that holds a kept entry, with the changes in it."""
    if says(part.value, value_of(entry)):
        return graph.text[start:end]
    patch = _changed(graph, entry, part.value)
    return graph.text[start : patch.start] + patch.text + graph.text[patch.end : end]


class Lines(NamedTuple):
    """Where an entry's lines start, with and without the comments above it, and where they end."""

    above: int
    start: int
    end: int


def _lines_of(graph: Graph, node: CollectionNode) -> list[Lines]:
    """Returns the lines of a block's entries; the first may start behind a dash."""
    lines: list[Lines] = []
    for entry in entries_of(node):
        start = graph.opening(entry)
        if not graph.text[graph.line_start(start) : start].strip():
            start = graph.line_start(start)
        end = graph.line_after(graph.end(entry.node), node.start_mark.column)
        above = lines[-1].end if lines else graph.comments_above(start) if entry.key is None else start
        lines.append(Lines(above, start, end))
    return lines


class Moved(NamedTuple):
    """A block's entry in its new place: the comments and blank lines above it, and its own lines."""

    above: str
    body: str
    position: int | None = None


def _rebuilt_block(graph: Graph, node: CollectionNode, plan: Sequence[Wanted]) -> Patch:
    """Returns the patches that replace, move and change whole lines of a block."""
    lines = _lines_of(graph, node)
    start, end = lines[0].above, lines[-1].end
    moved: Sequence[Moved] = [_moved(graph, node, part, lines) for part in plan]
    if isinstance(node, SequenceNode):
        moved = _placed([piece for piece in moved if piece.body], node.start_mark.column)
    text = "".join(piece.above + piece.body for piece in moved)
    if not graph.text.endswith("\n", start, end):
        text = text.removesuffix(graph.newline)
    line = graph.line_start(start)
    if start == line:
        return Patch(start, end, text)
    text = text[len(_blank_lines(text)) :]  # the first one stands behind a dash
    if not text.lstrip(" ").startswith("#"):
        return Patch(start, end, text.lstrip(" "))
    return Patch(line + len(graph.text[line:start].rstrip()), end, graph.newline + text)


def _moved(graph: Graph, node: CollectionNode, part: Wanted, lines: Sequence[Lines]) -> Moved:
    if part.entry is None:
        parted = not part.name and len(lines) > 1 and all(_blank_lines(graph.text[a:b]) for a, b, _ in lines[1:])
        body = "".join(line + graph.newline for line in _new_lines(graph, node, part))
        return Moved(graph.newline * parted, body)
    above, start, end = lines[part.entry.position]
    if part.value is _GONE:
        return Moved(graph.text[above:start], "")
    indent = "" if start == graph.line_start(start) else " " * node.start_mark.column
    body = indent + _own_text(graph, part, part.entry, start, end)
    return Moved(graph.text[above:start], body if body.endswith("\n") else body + graph.newline, part.entry.position)


def _placed(moved: Sequence[Moved], column: int) -> Sequence[Moved]:
    """Moves blank lines from the new first item to the old first item, so that no list begins with a blank line.

    The comments above the old first item are indented less if they are deeper than the list, since otherwise they
    would belong to the item that is now before it.
    """
    first, *others = moved
    blank = _blank_lines(first.above)
    for place, piece in enumerate(others):
        if piece.position == 0:
            comments = re.sub(rf"^ {{{column},}}(?=#)", " " * column, piece.above, flags=re.MULTILINE)
            others[place] = piece._replace(above=blank + comments)
    return [first._replace(above=first.above.removeprefix(blank)), *others]


def _blank_lines(text: str) -> str:
    """Returns the blank lines that a text begins with."""
    return "".join(text[: len(text) - len(text.lstrip(" \r\n"))].rpartition("\n")[:2])


def _new_lines(graph: Graph, node: CollectionNode, part: Wanted) -> Sequence[str]:
    """Returns the lines of a new field, or of a new item in the style of the last item."""
    column = node.start_mark.column
    if part.name:
        return fields({part.name: part.value}, column, graph.shape)
    last = node.value[-1]
    return item(part.value, column, graph.shape, flow=isinstance(last, CollectionNode) and bool(last.flow_style))


class Piece(NamedTuple):
    """The text around an entry in brackets: before it, and after it and its comma in the same line."""

    before: str
    after: str
    starts_line: bool


class Brackets(NamedTuple):
    """The text in brackets besides the entries: after the opening one, around each entry, before the closing one."""

    head: str
    pieces: Sequence[Piece]
    end: Piece
    last_comma: str

    def gap(self, text: str, piece: Piece | None, newline: str) -> str:
        """Returns the text between the text so far and an entry; `piece` is None for a new entry."""
        if text.endswith("\n"):
            return piece.before if piece and piece.starts_line else self.indent
        if piece and "#" in piece.before:
            return newline + piece.before
        if not text:
            return "" if not self.pieces or self.pieces[0].starts_line else self.pieces[0].before
        return piece.before if piece and not piece.starts_line and piece is not self.pieces[0] else " "

    @property
    def indent(self) -> str:
        """The blanks before an entry that starts a line."""
        befores = (piece.before for piece in (*self.pieces, self.end) if piece.starts_line)
        return next(befores, " ").rpartition("\n")[2]

    @property
    def is_one_a_line(self) -> bool:
        """True when each entry ends its line."""
        return bool(self.pieces) and all(piece.after.endswith("\n") for piece in self.pieces)


_TO_COMMA = re.compile(r"((?:\s|#[^\n]*)*),")
_REST_OF_LINE = re.compile(r"[ ]*(?:#[^\n]*)?\r?\n")


def _brackets(graph: Graph, node: CollectionNode) -> Brackets:
    """Splits the text in brackets; comments above an entry and at the end of its line belong to the entry."""
    at, stop = node.start_mark.index + 1, node.end_mark.index - 1
    line = _REST_OF_LINE.match(graph.text, at, stop)
    above = head = line[0] if line else ""
    at += len(head)
    comma, pieces = "", []
    for entry in entries_of(node):
        before, end = graph.text[at : graph.opening(entry)], graph.end(entry.node)
        mark = _TO_COMMA.match(graph.text, end, stop)
        own, comma, at = (mark[1], ",", mark.end()) if mark else ("", "", end)
        line = None if "\n" in own else _REST_OF_LINE.match(graph.text, at, stop)
        after = own + line[0] if line else own
        pieces.append(Piece(before, after, above.endswith("\n")))
        above, at = after, line.end() if line else at
    return Brackets(head, pieces, Piece(graph.text[at:stop], "", above.endswith("\n")), comma)


def _rebuilt_flow(graph: Graph, node: CollectionNode, plan: Sequence[Wanted]) -> Patch:
    """Returns the patches that replace, move and change entries in brackets."""
    old = _brackets(graph, node)
    wanted = [part for part in plan if part.value is not _GONE]
    text = old.head
    for part in wanted:
        piece = old.pieces[part.entry.position] if part.entry else None
        text += old.gap(text, piece, graph.newline)
        if part.entry:
            text += _own_text(graph, part, part.entry, graph.opening(part.entry), graph.end(part.entry.node))
        else:
            text += in_flow({part.name: part.value})[1:-1] if part.name else in_flow(part.value)
        text += old.last_comma if part is wanted[-1] else ","
        text += piece.after if piece else graph.newline * old.is_one_a_line
    if text.endswith("\n"):
        text += old.end.before if old.end.starts_line else old.indent
    elif not old.end.starts_line:
        text += old.end.before
    return Patch(node.start_mark.index + 1, node.end_mark.index - 1, text)


_HEADER = re.compile(r"[|>][-+0-9]*")


def _in_place_of(graph: Graph, entry: Entry, value: object) -> Patch:
    """Returns the patches that replace an entry's value, in the old style if that can hold the new value."""
    start, end = entry.start, graph.end(entry.node)
    if entry.parent.flow_style:
        gap = " " if start == end and graph.text[start - 1 : start] == ":" else ""
        return Patch(start, end, gap + _in_same_quotes(entry, value, in_flow(value)))
    written, anchor, after = _written(graph, entry, value), graph.after_mark(entry), graph.rest_of_line(end)
    if isinstance(entry.node, CollectionNode) and entry.node.value and not entry.node.flow_style:
        lines = _lines_of(graph, entry.node)
        start, after = lines[0].above, ""
        end = len(graph.text[: lines[-1].end].removesuffix("\n").removesuffix("\r"))
    before = graph.text[anchor:start]
    beside, below = _comments_of_item(graph, entry, value)
    beside = _header_comment(graph, entry) + beside
    if not written.lines and not below and not before.strip() and "\n" not in before:
        text = _in_same_quotes(entry, value, written.inline) + beside
        return Patch(start, end, text if before else f" {text}")
    of_key, *head = before.rstrip().split("\n") if before.strip() else [""]
    if (head or below) and _HEADER.match(written.inline):
        written = Written(quoted(str(value)))
    gap = before if before and not before.strip() and "\n" not in before else " "
    first = (gap + written.inline if written.inline else "") + of_key.rstrip() + beside + after.rstrip()
    lines_below = [line.rstrip("\r") for line in (*head, *below)]
    return Patch(anchor, end + len(after), graph.newline.join((first, *lines_below, *written.lines)))


def _comments_of_item(graph: Graph, entry: Entry, value: object) -> tuple[str, Sequence[str]]:
    """Returns the comments that stay when brackets or a list are removed: those after the bracket and of the kept item.

    The first part is for the line of the value, the second for the lines below it.
    """
    node = entry.node
    old = _brackets(graph, node) if isinstance(node, CollectionNode) and node.flow_style else None
    head = old.head.rstrip() if old else ""
    items = entries_of(node) if isinstance(node, SequenceNode) and not is_list(value) else []
    one = next((inner for inner in items if says(value, value_of(inner))), None)
    if one is None or not isinstance(one.node, ScalarNode):
        return head, ()
    if old is not None:
        around, beside, _ = old.pieces[one.position]
    else:
        own, end = _lines_of(graph, one.parent)[one.position], graph.end(one.node)
        beside = graph.rest_of_line(end)
        around = graph.text[own.above : own.start] + graph.text[graph.next_line(end) : own.end]
    indent = " " * (entry.parent.start_mark.column + graph.shape.step)
    return head + beside.rstrip(), [indent + line.strip() for line in around.splitlines() if line.strip()]


def _written(graph: Graph, entry: Entry, value: object) -> Written:
    """Returns the value's text; a list or mapping is in brackets if the old value was."""
    old = entry.node
    flow = bool(old.flow_style) if isinstance(old, CollectionNode) and old.value else None
    column = entry.parent.start_mark.column
    if entry.key is not None:
        return value_of_key(value, str(entry.key.value), column, graph.shape, flow=flow)
    shape = graph.shape
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
    if not isinstance(entry.node, ScalarNode) or entry.node.style not in BLOCK_STYLES:
        return ""
    line = graph.rest_of_line(entry.start)
    header = _HEADER.match(line)
    rest = line[header.end() :] if header else ""
    return rest.rstrip() if rest.strip().startswith("#") else ""
