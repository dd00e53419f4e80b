"""Stores a record that was given whole: names of parties become ids, and every other byte of its text stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ogpcase.diagnostics import Route
from ogpcase.editing.naming import Resolver
from ogpcase.editing.typed_values import Unresolved, fields_as_stored
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import replaced
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import as_written

_NOTHING = "; nothing was written"


def values_stored(model: type, values: Mapping[str, Any], resolver: Resolver, text: str, name: str) -> dict[str, Any]:
    """Returns a record's values with party names turned into ids; `text` is empty if it was not YAML in lines.

    Raises BadInput, with the place in the text that `name` has, for a name or a date that means nothing.
    """
    try:
        return fields_as_stored(model, values, resolver)
    except Unresolved as fault:
        place = f"{name}:{_at(text, fault.route)}" if text else f"{name}: `{'.'.join(map(str, fault.route))}`"
        message = fault.message.removesuffix(_NOTHING)
        raise BadInput(f"{place}: {message}{_NOTHING}", *fault.hints) from None


def _at(text: str, route: Route) -> str:
    span = tree_of(text).span_of(route)
    return f"{span.line}:{span.column}"


def tree_of(text: str) -> YamlTree:
    """Returns the tree of a text whose values were read before."""
    tree = parse(text.encode("utf-8", "surrogateescape"), "").tree
    assert tree is not None
    return tree


def text_with(text: str, values: Mapping[str, Any]) -> str | None:
    """Returns the text of a record with these values: those that differ are replaced, new fields stand at its end.

    None if the text cannot be changed there without changing more.
    """
    old = tree_of(text).value
    assert isinstance(old, dict)
    if not old.keys() <= values.keys():
        return None
    try:
        for route, value in _differences(old, values, ()):
            text = replaced(tree_of(text), route, value)
    except BadInput:
        return None
    added = {name: value for name, value in values.items() if name not in old}
    return text + emit(added) if added else text


def _differences(old: Any, new: Any, route: Route) -> Iterator[tuple[Route, Any]]:  # noqa: ANN401 - any parsed value
    """Yields the values that differ with their routes, each as deep in the record as it can be."""
    if isinstance(old, dict) and isinstance(new, Mapping) and (not route or old.keys() == new.keys()):
        for name in old:
            yield from _differences(old[name], new[name], (*route, name))
    elif isinstance(old, list) and isinstance(new, list | tuple) and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, (*route, at))
    elif (
        type(old) is not type(new) and not isinstance(old, dict | list) and not isinstance(new, Mapping | list | tuple)
    ):
        if as_written(old) != as_written(new):
            yield route, new
    elif old != new:
        yield route, new
