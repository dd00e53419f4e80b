"""Gives an id to a new item that was typed without one: words of its text, with a number if another item has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ogpcase.model.base import Frozen
from ogpcase.model.ids import slug_of
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.source_ids import numbered

_WORDS = 4
"""The most words of an id."""


def ids_in(values: Mapping[str, Any], fields: Iterable[Question]) -> frozenset[str]:
    """Returns the ids of the items in a record, which are unique in it across its fields."""
    return frozenset(str(item["id"]) for field in fields for item in _items(values.get(field.name)) if "id" in item)


def with_item_ids(values: Mapping[str, Any], fields: Collection[Question], taken: Iterable[str] = ()) -> dict[str, Any]:
    """Returns the values with an id for each item that has a text and no id; `taken` are ids of other items."""
    ids = {*taken, *ids_in(values, fields)}
    made = dict(values)
    for field in fields:
        if field.name in made and _has_ids(field.holds):
            made[field.name] = _with_ids(made[field.name], field, ids)
    return made


def _items(value: object) -> Iterator[Mapping[str, Any]]:
    return (item for item in (value if isinstance(value, list | tuple) else ()) if isinstance(item, Mapping))


def _has_ids(model: type) -> bool:
    named = issubclass(model, Frozen) and model.word_gives == "text"
    return named and any(field.name == "id" for field in questions_of(model))


def _with_ids(value: Any, field: Question, ids: set[str]) -> Any:  # noqa: ANN401 - any parsed value
    if not isinstance(value, list):
        return value
    return [_with_id(item, field, ids) if isinstance(item, Mapping) else item for item in value]


def _with_id(item: Mapping[str, Any], field: Question, ids: set[str]) -> Mapping[str, Any]:
    text = item.get("text")
    if "id" in item or not text:
        return item
    words = next(iter(text.values())) if isinstance(text, Mapping) else text
    wanted = "-".join(slug_of(str(words)).split("-")[:_WORDS]) or field.option
    new = next(name for name in numbered(wanted) if name not in ids)
    ids.add(new)
    return {"id": new, **item}
