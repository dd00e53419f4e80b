"""A record's values with its comments beside them: each comment attached to the field or item it speaks of.

Beside: a comment in the line of a value or its key. Above: one in lines of its own before a field or item. Below: one
that stands deeper than what follows it, after the last part of what it is in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ogpcase.yamltree.libyaml import CollectionNode, ScalarNode
from ogpcase.yamltree.splice_nodes import BLOCK_STYLES, Entry, Graph, entries_of
from ogpcase.yamltree.tree import Value


@dataclass(slots=True)
class Noted:
    """A value with the comments on it; of a mapping its fields, of a list its items."""

    value: Value
    fields: dict[str, Noted] = field(default_factory=dict)
    items: list[Noted] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def parts(self) -> list[Noted]:
        """Returns the fields or items."""
        return [*self.fields.values(), *self.items]

    def has_comments_inside(self) -> bool:
        """True when a field or item, at any depth, has a comment."""
        return any(
            each.above or each.beside or each.below or each.has_comments_inside() for each in self.parts()
        )  # fmt: skip


@dataclass(slots=True)
class Notes:
    """A record's values, the comments before all of it, and those after it; `gap` is a blank line after the first."""

    record: Noted
    header: list[str] = field(default_factory=list)
    footer: list[str] = field(default_factory=list)
    gap: bool = False


class Comment(NamedTuple):
    """A comment: where it starts, its column, its text, and whether it has a line of its own."""

    start: int
    column: int
    text: str
    alone: bool


class _Stop(NamedTuple):
    """An entry met on the way through the text, with its own stretch and whether it stands in brackets."""

    start: int
    end: int
    column: int
    entry: Entry
    noted: Noted
    in_flow: bool


def comments_in(graph: Graph) -> Iterator[Comment]:
    """Yields the comments of a text in their order."""
    text, at = graph.text, 0
    for start, end in (*_texts(graph), (len(text), len(text))):
        while (found := text.find("#", at, start)) >= 0:
            line = graph.line_start(found)
            rest = graph.rest_of_line(found).rstrip()
            yield Comment(found, found - line, rest, alone=not text[line:found].strip())
            at = graph.next_line(found)
        at = max(at, end)


def notes_on(graph: Graph, value: Value) -> Notes:
    """Returns a record's values with its comments; `value` is what the text was read as."""
    record = Noted(value)
    stops = list(_stops(graph, graph.root, record)) if isinstance(graph.root, CollectionNode) else []
    notes = Notes(record)
    for comment in comments_in(graph):
        if comment.alone:
            _attach_alone(graph, notes, stops, comment)
        else:
            _attach_beside(graph, notes, stops, comment)
    return notes


def _texts(graph: Graph) -> list[tuple[int, int]]:
    """Returns the stretches of the scalars, in which `#` is no comment; of a block text, without its first line."""
    found: list[tuple[int, int]] = []
    todo = [graph.root]
    while todo:
        node = todo.pop()
        if isinstance(node, ScalarNode):
            block = node.style in BLOCK_STYLES
            end = graph.end(node)
            found.append((min(end, graph.next_line(node.start_mark.index)) if block else node.start_mark.index, end))
        elif isinstance(node, CollectionNode):
            for each in entries_of(node):
                todo += [each.node, *([each.key] if each.key is not None else [])]
    return sorted(found)


def _stops(graph: Graph, node: CollectionNode, noted: Noted, *, in_flow: bool = False) -> Iterator[_Stop]:
    """Yields the entries in the order they begin in the text, making their places in the noted values."""
    flow = in_flow or bool(node.flow_style)
    for each in entries_of(node):
        inner = _place(noted, each)
        if inner is None:
            continue
        start = graph.opening(each)
        yield _Stop(start, graph.end(each.node), start - graph.line_start(start), each, inner, flow)
        if isinstance(each.node, CollectionNode):
            yield from _stops(graph, each.node, inner, in_flow=flow)


def _place(noted: Noted, entry: Entry) -> Noted | None:
    """Returns the place for an entry; None for a key that stands twice."""
    if entry.key is None:
        assert isinstance(noted.value, list)
        noted.items.append(Noted(noted.value[entry.position]))
        return noted.items[-1]
    name = str(entry.key.value)
    assert isinstance(noted.value, dict)
    return noted.fields.setdefault(name, Noted(noted.value[name])) if name not in noted.fields else None


def _attach_beside(graph: Graph, notes: Notes, stops: list[_Stop], comment: Comment) -> None:
    """Attaches a comment in the line of something to the last entry that begins or ends in that line before it."""
    line = graph.line_start(comment.start)
    here = [each for each in stops if each.start < comment.start and (each.start >= line or each.end > line)]
    ended = [each for each in here if each.end <= comment.start]
    last = max(ended, key=lambda each: (each.end, each.start), default=here[-1] if here else None)
    opened = max(here, key=lambda each: each.start, default=None)
    if opened is not None and last is not None and opened.end > comment.start and opened.start >= line:
        last = opened if opened.start > last.start else last
    if last is None:
        notes.header.append(comment.text)
        return
    outermost = [each for each in ended if each.end == last.end and _is_flow(each.entry)]
    (outermost[0] if outermost and last in ended else last).noted.beside.append(comment.text)


def _attach_alone(graph: Graph, notes: Notes, stops: list[_Stop], comment: Comment) -> None:
    """Attaches a comment in its own line to what follows, or below what it stands in."""
    inside = [each for each in stops if each.start < comment.start < each.end]
    within = inside[-1] if inside else None
    following = next((each for each in stops if each.start > comment.start), None)
    if within is not None and not isinstance(within.entry.node, CollectionNode):
        within.noted.above.append(comment.text)
    elif within is not None and _is_flow(within.entry):
        owner = following if following is not None and following.start < within.end else within
        (owner.noted.above if owner is following else owner.noted.below).append(comment.text)
    elif stops and comment.start < stops[0].start:
        _attach_first(graph, notes, stops[0], comment)
    elif following is not None and comment.column <= following.column:
        following.noted.above.append(comment.text)
    else:
        before = [each for each in stops if each.start < comment.start and not each.in_flow]
        chain = [each for each in _open_at(before) if each.column < comment.column]
        (chain[-1].noted.below if chain else notes.footer).append(comment.text)


def _attach_first(graph: Graph, notes: Notes, first: _Stop, comment: Comment) -> None:
    """Attaches a comment at the top: with a blank line somewhere after it, it is on the file as a whole."""
    between = graph.text[graph.next_line(comment.start) : graph.line_start(first.start)]
    if any(not line.strip() or line.startswith("---") for line in between.splitlines()):
        notes.header.append(comment.text)
        notes.gap = True
    elif comment.text.startswith(("# yaml-language-server", "# SPDX", "#!")):
        notes.header.append(comment.text)
    else:
        first.noted.above.append(comment.text)


def _open_at(before: list[_Stop]) -> list[_Stop]:
    """Returns the chain of entries that lead to the last one."""
    chain: list[_Stop] = []
    for each in before:
        while chain and (chain[-1].column >= each.column or chain[-1].end <= each.start):
            chain.pop()
        chain.append(each)
    return chain


def _is_flow(entry: Entry) -> bool:
    return isinstance(entry.node, CollectionNode) and bool(entry.node.flow_style)
