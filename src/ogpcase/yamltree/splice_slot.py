"""The place behind a colon or a dash: how another value is put there, beside the comments that stand there."""

from __future__ import annotations

import re
from typing import NamedTuple

from ogpcase.values import replace
from ogpcase.yamltree.libyaml import CollectionNode, ScalarNode
from ogpcase.yamltree.splice_nodes import BLOCK_STYLES, Entry, Graph
from ogpcase.yamltree.splice_writing import Written, in_flow, quoted, value_of_item, value_of_key

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
        shape = replace(shape, gap=1 + len(behind))
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
