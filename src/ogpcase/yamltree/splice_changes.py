"""The values of a record as they are meant to be after an edit; what is not touched stays the same value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ogpcase.diagnostics import Route

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
