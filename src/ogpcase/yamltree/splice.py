"""One node of a record's text changed; every other byte stays: comments, quotes, line ends, indentation.

Each function takes a tree and returns the new text of its file. The text is read again before it is returned: where
anything but the asked-for node would have changed, BadInput is raised instead. Asking for what is there already
returns the text as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from ogpcase.diagnostics import Part, Route, Severity
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import emit, refuse_unwritable
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, ScalarNode, SequenceNode
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice_text import (
    Entry,
    Graph,
    Patch,
    entries_of,
    field,
    in_flow,
    is_list,
    item,
    key_text,
    quoted,
    slot,
)
from ogpcase.yamltree.tree import Parsed, YamlTree
from ogpcase.yamltree.values import Value, stands_unquoted

Change = Callable[[Any], Any]


def with_value(values: object, route: Route, value: object) -> object:
    """Returns the values with another one at a route."""
    return _at(values, route, lambda _: value)


def with_field(values: object, route: Route, new: tuple[str, object], after: str | None) -> object:
    """Returns the values with a field more in the mapping at a route: after the one named, else first."""

    def change(mapping: dict[str, Any]) -> dict[str, Any]:
        if after is None:
            return {new[0]: new[1], **mapping}
        pairs = list(mapping.items())
        place = list(mapping).index(after) + 1
        return dict([*pairs[:place], new, *pairs[place:]])

    return _at(values, route, change)


def with_item(values: object, route: Route, value: object) -> object:
    """Returns the values with an item more at the end of the list at a route."""
    return _at(values, route, lambda items: [*items, value])


def with_key(values: object, route: Route, name: str) -> object:
    """Returns the values with another name for the field at a route."""
    old = route[-1]
    return _at(values, route[:-1], lambda fields: {name if key == old else key: each for key, each in fields.items()})


def without(values: object, route: Route) -> object:
    """Returns the values without the field or item at a route."""
    last = route[-1]

    def change(found: Any) -> Any:  # noqa: ANN401 - a mapping or a list
        if isinstance(found, dict):
            return {key: each for key, each in found.items() if key != last}
        return [each for position, each in enumerate(found) if position != last]

    return _at(values, route[:-1], change)


def _at(values: Any, route: Route, change: Change) -> Any:  # noqa: ANN401 - any parsed value
    if not route:
        return change(values)
    first, rest = route[0], route[1:]
    if isinstance(values, dict):
        return {key: _at(each, rest, change) if key == first else each for key, each in values.items()}
    return [_at(each, rest, change) if position == first else each for position, each in enumerate(values)]


def proved(tree: YamlTree, text: str, meant: object) -> str:
    """Returns the new text of a tree's file if it reads as `meant`, keys in their order, and brings no new error.

    Raises:
        BadInput: it does not; it must not be written.
    """
    if text == tree.text:
        return text
    parsed = parse(text.encode(), tree.file)
    new = _errors(parsed)
    if new:  # most often there are none, and what there was before need not be known
        new -= _errors(parse(tree.text.encode(), ""))
    if parsed.tree is None or new or not same(meant, parsed.tree.value):
        raise BadInput("this file cannot be edited there without changing more than that", "edit it by hand")
    return text


def same(meant: object, read: object) -> bool:
    """True when what was read is what was meant, type by type.

    Text that stands unquoted, as a date, may come back as what it looks like, and may be quoted in the file.
    """
    if isinstance(meant, Mapping):
        alike = isinstance(read, Mapping) and list(meant) == list(read)
        return alike and all(same(meant[key], read[key]) for key in meant)  # type: ignore[index]  # just asked
    if is_list(meant):
        return is_list(read) and len(meant) == len(read) and all(map(same, meant, read))
    return _same_scalar(meant, read)


def _same_scalar(meant: object, read: object) -> bool:
    if stands_unquoted(meant):
        return str(getattr(read, "written", read)) == str(meant)
    if isinstance(meant, str):
        return type(read) is str and read == meant
    if isinstance(meant, bool) or meant is None:
        return read is meant
    if hasattr(meant, "written") and hasattr(read, "written"):
        return bool(meant.written == read.written)
    return repr(read) == repr(meant) and not isinstance(read, str | bool)


def _errors(parsed: Parsed) -> Counter[str]:
    return Counter(each.code for each in parsed.problems if each.rule.severity is Severity.ERROR)


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
