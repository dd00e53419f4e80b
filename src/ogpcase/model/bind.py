"""Plain values to a typed record, or problems in the words of the house; nobody above sees a pydantic error.

A record with a wrong field still takes part in what can be known of it: the field is left out, and named in `flawed`.
What is said of a wrong one is in `refused`, which a good one never loads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from ogpcase.diagnostics import FileId, FirstSlips, Place, Problem, Route
from ogpcase.model.base import NULLABLE, Frozen
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.model.fields import HEADER, PARTY, names_of
from ogpcase.model.header import CaseHeader, FolderSettings
from ogpcase.model.parties import Party

R = TypeVar("R", bound=Frozen)


class Bound(NamedTuple, Generic[R]):
    """What became of a file's values: the record, the problems, and the fields left out since they were wrong."""

    record: R | None
    problems: tuple[Problem, ...] = ()
    flawed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Task:
    """What is being bound: its id, its file, its word, its fields in order, and stand-ins for what cannot be read.

    `slips` counts the unknown fields met so far.
    """

    id: str
    file: FileId
    what: str
    names: tuple[str, ...]
    stand_ins: Mapping[str, str]
    slips: FirstSlips = field(default_factory=FirstSlips)


def bind_event(values: object, event_id: str, file: FileId) -> Bound[Event]:
    """Binds an event; its class is picked by `kind`. A title or date that cannot be read is stood in for."""
    word = values.get("kind") if isinstance(values, Mapping) else None
    kind = _KIND_OF.get(word) if isinstance(word, str) else None
    if kind is None or not isinstance(values, Mapping):
        from ogpcase.model.partial_binding import without_kind

        return Bound(None, (without_kind(values, file),))
    rest = dict(values)
    del rest["kind"]
    stand_ins = {"title": "(untitled)", "dated": "unknown"}
    return _bind(KINDS[kind], rest, Task(event_id, file, f"`{kind}`", names_of(kind), stand_ins))


def bind_header(values: object, case_id: str, file: FileId) -> Bound[CaseHeader]:
    """Binds a case's header; None when anything it needs cannot be read."""
    names = tuple(field.name for field in HEADER)
    return _bind_mapping(CaseHeader, values, Task(case_id, file, "a case header", names, {}))


def bind_party(values: object, party_id: str, file: FileId) -> Bound[Party]:
    """Binds a party; None when its name or classification cannot be read."""
    return _bind_mapping(Party, values, Task(party_id, file, "a party", _PARTY, {}))


def bind_settings(values: object, _id: str, file: FileId) -> Bound[FolderSettings]:
    """Binds what a folder says of itself; None when its format cannot be read."""
    names = tuple(FolderSettings.model_fields)
    return _bind_mapping(FolderSettings, values, Task("", file, "a folder's settings", names, {}))


_PARTY = tuple(field.name for field in PARTY)
_KIND_OF = {str(kind): kind for kind in Kind}


def _bind_mapping(cls: type[R], values: object, task: Task) -> Bound[R]:
    if isinstance(values, Mapping):
        return _bind(cls, values, task)
    from ogpcase.model.partial_binding import without_fields

    return Bound(None, (without_fields(task.file),))


_ITEMS = (("requests", "allegations", "clauses", "milestones"), ("sources",))
"""The fields whose items must have names that differ."""


def _bind(cls: type[R], values: Mapping[str, Any], task: Task) -> Bound[R]:
    """Validates, and takes what is refused to where it is worded; a good record never comes there."""
    record = validated(cls, values, task)
    if isinstance(record, cls) and not has_nulls(values):
        return Bound(record, tuple(beside(values, task)))
    from ogpcase.model.partial_binding import bind_what_remains

    return bind_what_remains(cls, values, task, record)


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
            from ogpcase.model import problems as problems_whole

            yield problems_whole.item_named_twice.one(Place(task.file, route, "here again"), there, item)
        first.setdefault(item, route)


def _items(values: Mapping[str, Any], names: Collection[str]) -> Iterator[tuple[str, int, str]]:
    for name in names:
        listed = values.get(name)
        if isinstance(listed, list):
            for position, item in enumerate(listed):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield name, position, item["id"]
