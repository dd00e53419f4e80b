"""What a type of a record's field says beside its Python type: how a value is taken, and what JSON Schema says of it.

Put into `Annotated`. `compiling` makes pydantic's validators of them, `shapes` its models for JSON Schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

NULLABLE = frozenset({"body"})
"""The fields in which `null` says something: that a party is no body of OGP."""


class Plain(NamedTuple):
    """The value is what the function makes of the one that is written; the Python type only says what that is."""

    function: Callable[[Any], Any]


class Before(NamedTuple):
    """The function sees the written value before the type does; what the type takes as well it gives back."""

    function: Callable[[Any], Any]


class After(NamedTuple):
    """The function sees the value that the type took."""

    function: Callable[[Any], Any]


class Limits(NamedTuple):
    """A pattern that a text has, or the fewest items of a list."""

    pattern: str | None = None
    min_length: int | None = None


class Quick:
    """A schema of `pydantic_core` for the most common of the good values; the quick validator tries it first.

    What it takes it takes to the same value as the type does without it.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.schema = dict(schema)


class JsonShape:
    """What JSON Schema says of the field, where its type cannot tell."""

    def __init__(self, schema: Mapping[str, object]) -> None:
        self.schema = dict(schema)


def whole_rule(function: Any) -> Any:  # noqa: ANN401 - a method of any record, given back
    """Marks the method of a record that judges it whole and returns it; it raises PydanticCustomError."""
    function.judges_whole = True
    return function


def field_rule(name: str) -> Callable[[Any], Any]:
    """Marks the static method that judges one field; it is given the value, and those of the fields before it."""

    def mark(function: Any) -> Any:  # noqa: ANN401 - a function of a value and pydantic's notes on its record
        function.judges_field = name
        return function

    return mark
