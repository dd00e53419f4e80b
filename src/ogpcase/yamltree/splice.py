"""One node of a record's text changed; every other byte stays: comments, quotes, line ends, indentation.

Each function takes a tree and returns the new text of its file. The text is read again before it is returned: where
anything but the asked-for node would have changed, BadInput is raised instead. Asking for what is there already
returns the text as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from ogpcase.diagnostics import Part, Route
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import emit, refuse_unwritable
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, ScalarNode, SequenceNode
from ogpcase.yamltree.splice_changes import with_field, with_item, with_key, with_value, without
from ogpcase.yamltree.splice_nodes import Entry, Graph, entries_of
from ogpcase.yamltree.splice_proof import proved, same
from ogpcase.yamltree.splice_slot import Patch, slot
from ogpcase.yamltree.splice_writing import field, in_flow, item, key_text, quoted
from ogpcase.yamltree.tree import Value, YamlTree


class Field(NamedTuple):
    """A field to insert: its name, its value, and the names of the fields that stand before it."""

    name: str
    value: object
    before: Sequence[str] = ()


def replaced(tree: YamlTree, route: Route, value: object) -> str:
    """Returns the text with another value at a route; a comment beside it stays."""
    old = value_at(tree.value, route)
    if same(value, old):
        return tree.text
    _refuse_unwritable(route, value)
    graph = Graph(tree.text)
    entry = _entry(graph, route)
    return proved(tree, _patched(graph, slot(graph, entry, value)), with_value(tree.value, route, value))


def inserted(tree: YamlTree, route: Route, new: Field) -> str:
    """Returns the text with a field more in the mapping at a route, below the last of those that stand before it."""
    _refuse_unwritable((*route, new.name), new.value)
    graph = Graph(tree.text)
    mapping = graph.collection(route)
    if not isinstance(mapping, MappingNode):
        return replaced(tree, route, {new.name: new.value})
    if not mapping.value:
        if route and not _in_brackets(graph, route):
            return replaced(tree, route, {new.name: new.value})
        at = mapping.start_mark.index + 1
        patch = Patch(at, at, in_flow({new.name: new.value})[1:-1])
        return proved(tree, _patched(graph, patch), with_field(tree.value, route, (new.name, new.value), None))
    known = [each for each in entries_of(mapping) if each.key is not None]
    names = [str(cast(ScalarNode, each.key).value) for each in known]
    above = [each for each, name in zip(known, names, strict=True) if name in new.before]
    after = max(above, key=lambda each: each.position, default=None)
    if mapping.flow_style:
        patch = _beside_flow(graph, mapping, after, in_flow({new.name: new.value})[1:-1])
    else:
        patch = _field_lines(graph, mapping, after, new)
    name = names[known.index(after)] if after else None
    return proved(tree, _patched(graph, patch), with_field(tree.value, route, (new.name, new.value), name))


def appended(tree: YamlTree, route: Route, value: object) -> str:
    """Returns the text with an item more at the end of the list at a route, written as the others are."""
    _refuse_unwritable(route, value)
    graph = Graph(tree.text)
    listed = graph.collection(route)
    if not isinstance(listed, SequenceNode) or (not listed.value and not _in_brackets(graph, route)):
        return replaced(tree, route, [value])
    if not listed.value:
        at = listed.start_mark.index + 1
        patch = Patch(at, at, in_flow(value))
    elif listed.flow_style:
        patch = _beside_flow(graph, listed, entries_of(listed)[-1], in_flow(value))
    else:
        patch = _item_lines(graph, listed, value)
    return proved(tree, _patched(graph, patch), with_item(tree.value, route, value))


def removed(tree: YamlTree, route: Route) -> str:
    """Returns the text without the field or item at a route, and without the comment in its own lines.

    Comments above it stay. The last one of a mapping or list leaves empty brackets.
    """
    graph = Graph(tree.text)
    entry = _entry(graph, route)
    if len(entry.parent.value) == 1:
        if len(route) == 1:
            raise BadInput("the only field of a record cannot be taken out")
        return replaced(tree, route[:-1], {} if isinstance(entry.parent, MappingNode) else [])
    patch = _out_of_flow(graph, entry) if entry.parent.flow_style else _out_of_block(graph, entry)
    return proved(tree, _patched(graph, patch), without(tree.value, route))


def key_renamed(tree: YamlTree, route: Route, name: str) -> str:
    """Returns the text with another name for the field at a route."""
    _refuse_unwritable((*route[:-1], name), "")
    graph = Graph(tree.text)
    key = _entry(graph, route).key
    if not isinstance(key, ScalarNode):
        raise BadInput("an item of a list has no name")
    text = quoted(name) if key.style else key_text(name)
    patch = Patch(key.start_mark.index, key.end_mark.index, text)
    return proved(tree, _patched(graph, patch), with_key(tree.value, route, name))


def in_quotes(tree: YamlTree, route: Route, part: Part = "value") -> str:
    """Returns the text with the plain scalar at a route, or its key, in double quotes: text, as it was written."""
    graph = Graph(tree.text)
    entry = _entry(graph, route)
    node = entry.key if part == "key" else entry.node
    if not isinstance(node, ScalarNode) or node.style:
        return tree.text
    patch = Patch(node.start_mark.index, node.end_mark.index, quoted(node.value))
    meant = tree.value if part == "key" else with_value(tree.value, route, node.value)
    return proved(tree, _patched(graph, patch), meant)


def scalar_at(tree: YamlTree, offset: int) -> tuple[Route, Part] | None:
    """Returns the route of the scalar that starts at an offset, and whether it is a value or a key; else None."""
    graph = Graph(tree.text)
    for route in tree.routes():
        entry = graph.entry(route) if route else None
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


def _entry(graph: Graph, route: Route) -> Entry:
    entry = graph.entry(route) if route else None
    if entry is None:
        raise BadInput("there is nothing at that place of the record")
    return entry


def _refuse_unwritable(route: Route, value: object) -> None:
    """Raises BadInput for what no record may hold; the house's writer knows, and is asked of more than one line."""
    name = next((str(step) for step in reversed(route) if isinstance(step, str)), "value")
    if isinstance(value, str) and value and "\n" not in value:
        refuse_unwritable({name: value})
    else:
        emit({name: value})


def _in_brackets(graph: Graph, route: Route) -> bool:
    """True when the node at a route stands inside brackets."""
    above = (graph.collection(route[:cut]) for cut in range(len(route)))
    return any(isinstance(each, CollectionNode) and each.flow_style for each in above)


def _patched(graph: Graph, patch: Patch) -> str:
    text = patch.text.replace("\r\n", "\n").replace("\n", graph.line_end)
    return graph.text[: patch.start] + text + graph.text[patch.end :]


def _beside_flow(graph: Graph, parent: CollectionNode, after: Entry | None, text: str) -> Patch:
    """Returns how an entry is put into brackets: behind another, or first."""
    if after is None:
        at = graph.opening(entries_of(parent)[0])
        return Patch(at, at, f"{text}, ")
    at = graph.end(after.node)
    return Patch(at, at, f", {text}")


def _field_lines(graph: Graph, mapping: MappingNode, after: Entry | None, new: Field) -> Patch:
    column = mapping.start_mark.column
    lines = field(new.name, new.value, column, graph.shape())
    if after is None:
        at = graph.opening(entries_of(mapping)[0])
        return Patch(at, at, "\n".join(lines).lstrip(" ") + "\n" + " " * column)
    return _below(graph, after, column, lines)


def _item_lines(graph: Graph, listed: SequenceNode, value: object) -> Patch:
    column = listed.start_mark.column
    last = entries_of(listed)[-1]
    flow = isinstance(last.node, CollectionNode) and bool(last.node.flow_style)
    return _below(graph, last, column, item(value, column, graph.shape(), flow=flow))


def _below(graph: Graph, above: Entry, column: int, lines: Sequence[str]) -> Patch:
    at = graph.past(graph.end(above.node), column)
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
    end = graph.past(graph.end(entry.node), column)
    if not graph.text[line:start].strip():
        return Patch(line, end, "")
    around = entries_of(entry.parent)
    if entry.position + 1 == len(around):
        raise BadInput("this file cannot be edited there: something else stands in the same line")
    following = graph.opening(around[entry.position + 1])
    if graph.text[end:following].strip():
        return Patch(line + len(graph.text[line:start].rstrip()), end, "\n")
    return Patch(start, following, "")
