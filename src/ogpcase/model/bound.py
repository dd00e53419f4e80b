"""What is being bound, and what became of it: a record as pydantic takes it, before anything refused is worded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from ogpcase.diagnostics import FileId, FirstSlips, Place, Problem, Route
from ogpcase.model.base import NULLABLE, Frozen
from ogpcase.model.problems import item_named_twice

R = TypeVar("R", bound=Frozen)


class Bound(NamedTuple, Generic[R]):
    """What became of a file's values: the record, the problems, and the fields left out since they were wrong."""

    record: R | None
    problems: tuple[Problem, ...] = ()
    flawed: frozenset[str] = frozenset()


class Task(NamedTuple):
    """What is being bound: its id, its file, its word, its fields in order, and stand-ins for what cannot be read.

    `slips` counts the unknown fields met so far.
    """

    id: str
    file: FileId
    what: str
    names: tuple[str, ...]
    stand_ins: Mapping[str, str]
    slips: FirstSlips


_ITEMS = (("requests", "allegations", "clauses", "milestones"), ("sources",))
"""The fields whose items must have names that differ."""


def validated(cls: type[R], values: Mapping[str, Any], task: Task) -> R | ValidationError:
    """Returns the record that the values give, or what pydantic refused of them."""
    if "id" in values:  # the id is the file's name; one inside the file is refused like any unknown field
        values = {("id:" if name == "id" else name): value for name, value in values.items()}
    try:
        return cls.model_validate({**values, "id": task.id} if "id" in cls.model_fields else values)
    except ValidationError as error:
        return error


def has_nulls(value: object, name: object = "") -> bool:
    """True when some field has no value, other than one in which `null` says something."""
    if value is None:
        return name not in NULLABLE
    if isinstance(value, str):
        return False
    if isinstance(value, Mapping):
        return any(has_nulls(inner, key) for key, inner in value.items())
    return isinstance(value, list) and any(map(has_nulls, value))


def beside(values: Mapping[str, Any], task: Task) -> Iterator[Problem]:
    """Yields what the model cannot see by itself: items of one name."""
    for names in _ITEMS:
        yield from _items_named_twice(values, task, names)


def _items_named_twice(values: Mapping[str, Any], task: Task, names: Collection[str]) -> Iterator[Problem]:
    first: dict[str, Route] = {}
    for name, position, item in _items(values, names):
        route = (name, position, "id")
        if item in first:
            there = Place(task.file, first[item], "here first")
            yield item_named_twice.one(Place(task.file, route, "here again"), there, item)
        first.setdefault(item, route)


def _items(values: Mapping[str, Any], names: Collection[str]) -> Iterator[tuple[str, int, str]]:
    for name in names:
        listed = values.get(name)
        if isinstance(listed, list):
            for position, item in enumerate(listed):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield name, position, item["id"]
