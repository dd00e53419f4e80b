"""One field of an existing record, set or taken out: found by what a person types, and changed in the file's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ogpcase.diagnostics import Route, nearest
from ogpcase.edits.changing import Change, change_of
from ogpcase.edits.setting_shapes import fields_in, part_at
from ogpcase.edits.setting_target import Target
from ogpcase.errors import BadInput
from ogpcase.model.fields import RecordField
from ogpcase.model.texts import LANGUAGE, Text
from ogpcase.values import frozen
from ogpcase.workspace import Workspace
from ogpcase.yamltree import YamlTree
from ogpcase.yamltree.splice import Field, appended, inserted, removed, replaced, value_at


@frozen
class Spot:
    """A node to set: its route, the field that says in which shape it is typed, and what each step's mapping is."""

    route: Route
    field: RecordField
    parts: tuple[type, ...]


def spot_in(target: Target, typed: str) -> Spot:
    """Returns the node a person means: `dated`, `title.en`, `sources#s1.url`; an item without an id by its number.

    Raises:
        BadInput: the record has no such field or item.
    """
    route: Route = ()
    part: type | None = target.model
    parts: tuple[type, ...] = ()
    field: RecordField | None = None
    for step in typed.split("."):
        name, _, item = step.partition("#")
        field = _field_named(part, field, name)
        parts = (*parts, part or str)
        part = part_at(part, name) if part is not None else None
        route = (*route, name)
        if item:
            parts = (*parts, list)
            route = (*route, _position(target, route, item))
            field = RecordField(field.name, _ONE_OF.get(field.shape, "line"), field.about, field.codes)
    assert field is not None
    return Spot(route, field, parts)


def change_to(workspace: Workspace, target: Target, spot: Spot, value: object) -> Change:
    """Returns the change that gives the node a value; where it is not there yet, at its house place.

    Of a text in several languages those not given stay.

    Raises:
        BadInput: the value cannot stand there.
    """
    text = _with(target.tree, spot, value)
    return change_of(workspace, target.texts, target.tree, text)


def change_without(workspace: Workspace, target: Target, spot: Spot) -> Change:
    """Returns the change that takes the node out; none where it is not there."""
    try:
        value_at(target.tree.value, spot.route)
    except BadInput:
        return change_of(workspace, target.texts, target.tree, target.tree.text)
    return change_of(workspace, target.texts, target.tree, removed(target.tree, spot.route))


def house_order(part: type, name: str) -> tuple[str, ...]:
    """Returns the names of the fields that stand before one in a record or item."""
    names = [field.name for field in fields_in(part)]
    return tuple(names[: names.index(name)]) if name in names else ()


_ONE_OF: dict[str, Any] = {
    "lines": "line",
    "codes": "code",
    "parties": "party",
    "references": "reference",
    "mappings": "mapping",
    "mentions": "mapping",
    "parts": "mapping",
}


def _with(tree: YamlTree, spot: Spot, value: object) -> str:
    route, depth = spot.route, 0
    while depth < len(route) and _has(tree, route[: depth + 1]):
        depth += 1
    if depth == len(route):
        return _over(tree, spot, value)
    for step in reversed(route[depth + 1 :]):
        value = {str(step): value}
    above = value_at(tree.value, route[:depth])
    if above is not None and not isinstance(above, dict):
        name = ".".join(map(str, route[:depth]))
        raise BadInput(f"`{name}` is one value and has no parts", f"give {name} a value for each: {name} en=…")
    name = str(route[depth])
    before = house_order(spot.parts[depth], name) if fields_in(spot.parts[depth]) else tuple(above or ())
    return inserted(tree, route[:depth], Field(name, value, before))


def _over(tree: YamlTree, spot: Spot, value: object) -> str:
    """Returns the text with a value in the place of one that is there, with as little changed as can be."""
    old = value_at(tree.value, spot.route)
    if spot.field.shape == "text" and isinstance(old, dict) and spot.parts[-1] is not Text:
        if not isinstance(value, Mapping):
            name = spot.field.name
            raise BadInput(f"`{name}` is there in several languages", f"say which one: {name}.{next(iter(old))}")
        return _languages(tree, spot.route, value)
    if isinstance(old, list) and isinstance(value, list) and old and list(old) == value[: len(old)]:
        for item in value[len(old) :]:
            tree = _again(tree, appended(tree, spot.route, item))
        return tree.text
    return replaced(tree, spot.route, value)


def _languages(tree: YamlTree, route: Route, texts: Mapping[str, object]) -> str:
    for tag, text in texts.items():
        there = _has(tree, (*route, tag))
        before = () if there else tuple(map(str, value_at(tree.value, route)))  # type: ignore[arg-type]  # a mapping
        new = replaced(tree, (*route, tag), text) if there else inserted(tree, route, Field(tag, text, before))
        tree = _again(tree, new)
    return tree.text


def _again(tree: YamlTree, text: str) -> YamlTree:
    from ogpcase.yamltree import parse

    parsed = parse(text.encode(), tree.file).tree
    assert parsed is not None  # a text that an edit returns has been read
    return parsed


def _has(tree: YamlTree, route: Route) -> bool:
    try:
        value_at(tree.value, route)
    except BadInput:
        return False
    return True


def _field_named(part: type | None, above: RecordField | None, name: str) -> RecordField:
    if part is Text and above is not None and above.shape == "text":
        if LANGUAGE.fullmatch(name):
            return RecordField(name, "line", "The text in this language.")
        raise BadInput(f"`{name}` is no language tag", f"as in {above.name}.en")
    known = {field.name: field for field in fields_in(part)} if part is not None else {}
    if name not in known:
        near = nearest(name, known)
        there = ", ".join(known)
        hint = f"did you mean `{near}`?" if near else f"there are: {there}" if known else "it has no parts"
        raise BadInput(f"{'this record' if above is None else f'`{above.name}`'} has no field `{name}`", hint)
    return known[name]


def _position(target: Target, route: Route, item: str) -> int:
    """Returns where an item stands in its list: by its id, else by its number counted from 1."""
    items = value_at(target.tree.value, route) if _has(target.tree, route) else None
    listed: Sequence[Any] = items if isinstance(items, list) else ()
    ids = [str(each.get("id")) if isinstance(each, dict) else "" for each in listed]
    if item in ids:
        return ids.index(item)
    if item.isascii() and item.isdigit() and 0 < int(item) <= len(listed):
        return int(item) - 1
    known = [each for each in ids if each not in ("", "None")]
    hint = f"its items are {', '.join(known)}" if known else f"it has {len(listed)} items"
    raise BadInput(f"`{'.'.join(map(str, route))}` has no item `{item}`", hint)
