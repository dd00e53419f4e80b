"""Binds plain values to a typed record, and turns pydantic's errors into problems.

A wrong field is left out of the record and named in `flawed`; the rest of the record is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from ogpcase.diagnostics import FileId, FirstSlips, Place, Problem, Route, last_name, nearest
from ogpcase.model import problems
from ogpcase.model.base import NULLABLE, Frozen
from ogpcase.model.casefile import CaseHeader, FolderSettings
from ogpcase.model.codelists import Kind
from ogpcase.model.error_messages import Refusal, Task, at_route, short_code, worded
from ogpcase.model.events import ITEM_FIELDS, KINDS, Event
from ogpcase.model.parties import Party
from ogpcase.model.sources import SourceRecord

if TYPE_CHECKING:
    from ogpcase.model.table_mapping import TableMapping

R = TypeVar("R", bound=Frozen)


class Bound(NamedTuple, Generic[R]):
    """The result for one file: the record, the problems, and the fields left out because they were wrong."""

    record: R | None
    problems: tuple[Problem, ...] = ()
    flawed: frozenset[str] = frozenset()


_UNIQUE_IDS = (ITEM_FIELDS, ("sources",))
"""Groups of fields; within a group, no two items may have the same id."""
_STAND_INS = {"title": "(untitled)", "dated": "unknown"}
"""They replace the required fields of an event that are wrong."""


def bind_event(values: object, event_id: str, file: FileId) -> Bound[Event]:
    """Binds an event; `kind` picks its class. A wrong title or date is replaced by `(untitled)` or `unknown`."""
    if not isinstance(values, Mapping):
        return Bound(None, (_not_a_record(file, "write one `name: value` a line, beginning with `kind`"),))
    word = values.get("kind")
    kind = Kind.of(word) if isinstance(word, str) else None
    if kind is None:
        return Bound(None, (_without_kind(values, file),))
    rest = dict(values)
    del rest["kind"]
    return _bind(KINDS[kind], rest, event_id, file, f"`{word}`")


def bind_header(values: object, case_id: str, file: FileId) -> Bound[CaseHeader]:
    """Binds a case's header; no record where a required field cannot be read."""
    return _bind(CaseHeader, values, case_id, file, "a case header")


def bind_party(values: object, party_id: str, file: FileId) -> Bound[Party]:
    """Binds a party; no record where a required field cannot be read."""
    return _bind(Party, values, party_id, file, "a party")


def bind_source(values: object, source_id: str, file: FileId) -> Bound[SourceRecord]:
    """Binds a source; no record where it names no text."""
    return _bind(SourceRecord, values, source_id, file, "a source")


def bind_mapping(values: object, _id: str, file: FileId) -> Bound[TableMapping]:
    """Binds how a case's tables are read."""
    from ogpcase.model.table_mapping import TableMapping  # few cases have one

    return _bind(TableMapping, values, "", file, "a mapping of columns")


def bind_settings(values: object, _id: str, file: FileId) -> Bound[FolderSettings]:
    """Binds a folder's settings; no record where its format cannot be read."""
    return _bind(FolderSettings, values, "", file, "a folder's settings")


def _bind(cls: type[R], values: object, record_id: str, file: FileId, what: str) -> Bound[R]:
    if not isinstance(values, Mapping):
        return Bound(None, (_not_a_record(file, "write one `name: value` a line"),))
    record = _validated(cls, values, record_id)
    empty = tuple(_empty_fields(values)) if _holds_null(values.values()) else ()
    if isinstance(record, cls) and not empty:
        return Bound(record, () if _differ_in_ids(record) else tuple(_items_named_twice(values, file)))
    stand_ins = _STAND_INS if issubclass(cls, Event) else {}
    return _bind_what_remains(cls, values, Task(cls, record_id, file, what, FirstSlips(), stand_ins), empty)


def _validated(cls: type[R], values: Mapping[str, Any], record_id: str) -> R | ValidationError:
    if "id" in values:  # the id is the file's name; an `id` in the file is an unknown field
        values = {("id:" if name == "id" else name): value for name, value in values.items()}
    try:
        return cls.model_validate({**values, "id": record_id} if "id" in cls.model_fields else values)
    except ValidationError as error:
        return error.with_traceback(None)  # it holds the callers, one of which holds the error: nothing would be freed


def _holds_null(values: Iterable[Any]) -> bool:
    """True if anything in the values is null, as hardly ever; far quicker than to list the empty fields."""
    for value in values:
        kind = type(value)
        if kind is str:
            continue
        if value is None or (kind is dict and _holds_null(value.values())) or (kind is list and _holds_null(value)):
            return True
    return False


def _empty_fields(value: object, route: Route = ()) -> Iterator[Route]:
    """Yields the routes of all fields without a value, except those in which `null` has a meaning."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if inner is None and name not in NULLABLE:
                yield (*route, name)
            elif isinstance(inner, (dict, list)):
                yield from _empty_fields(inner, (*route, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            if isinstance(inner, (dict, list)):
                yield from _empty_fields(inner, (*route, position))


def _differ_in_ids(record: Frozen) -> bool:
    """True if no two items of a group have the same id, as nearly always; far quicker than to look for their places."""
    own = vars(record)
    for names in _UNIQUE_IDS:
        ids = [item.id for name in names if name in own for item in own[name]]
        if len(ids) > len(set(ids)):
            return False
    return True


def _items_named_twice(values: Mapping[str, Any], file: FileId) -> Iterator[Problem]:
    for names in _UNIQUE_IDS:
        first: dict[str, Route] = {}
        for item, route in _items(values, names):
            if item in first:
                first_place = Place(file, first[item], "here first")
                yield problems.item_named_twice.one(Place(file, route, "here again"), first_place, item)
            else:
                first[item] = route


def _items(values: Mapping[str, Any], names: Iterable[str]) -> Iterator[tuple[str, Route]]:
    for name in names:
        if name not in values or not isinstance(values[name], list):
            continue
        for position, item in enumerate(values[name]):
            if isinstance(item, str):  # the id of a source
                yield item, (name, position)
            elif isinstance(item, dict) and isinstance(named := item.get("id"), str):
                yield named, (name, position, "id")


def _not_a_record(file: FileId, *helps: str) -> Problem:
    """Returns the problem of a file without fields."""
    return problems.not_a_record.one(Place(file), "this file holds no fields", helps)


def _without_kind(values: Mapping[str, Any], file: FileId) -> Problem:
    """Returns the problem of an event without `kind`, or with an unknown kind."""
    known = [str(kind) for kind in Kind]
    if "kind" in values:
        place = Place(file, ("kind",), "this kind")
        return problems.wrong_value.one(place, "kind", short_code(values["kind"]), known)
    near = next((name for name in values if nearest(name, ["kind"])), None)
    place = Place(file, (near,), "this field", "key") if near else Place(file, ("kind",), "it belongs here", "missing")
    return problems.not_a_record.one(place, "this record has no `kind`", (f"kind is one of {problems.listed(known)}",))


def _bind_what_remains(cls: type[R], values: Mapping[str, Any], task: Task, empty: tuple[Route, ...]) -> Bound[R]:
    """Leaves out wrong and `empty` fields, binds the rest, and reports the fields that were refused."""
    cleaned = _without_all(values, empty)
    found: dict[object, Refusal] = {}
    flawed = {str(route[0]) for route in empty}
    for _round in range(4):  # a wrong field can hide faults that only the next round finds
        record = _validated(cls, cleaned, task.id)
        if not isinstance(record, ValidationError):
            break
        new = [Refusal.of(error, cleaned) for error in record.errors(include_input=False, include_url=False)]
        for refusal in new:
            found.setdefault((refusal.kind, refusal.route, refusal.on_key), refusal)
        cleaned = _mended(cleaned, new, task.stand_ins)
        flawed |= {str(refusal.route[0]) for refusal in new if refusal.route}
    refusals = found.values()
    flawed |= _misspelt(refusals, values, task)
    echoes = _Echoes(refusals, values, empty)
    faults = [problems.empty_field.one(Place(task.file, route, "no value", "key"), last_name(route)) for route in empty]
    faults += [worded(refusal, values, task) for refusal in refusals if not echoes.has(refusal)]
    kept = record if isinstance(record, cls) else None
    return Bound(kept, (*faults, *_items_named_twice(values, task.file)), frozenset(flawed))


def _without_all(values: Any, routes: Iterable[Route]) -> Any:  # noqa: ANN401 - any parsed value
    """Returns the values without the fields at these routes; a route that leads nowhere changes nothing."""
    below: dict[str | int, list[Route]] = {}
    for first, *rest in routes:
        below.setdefault(first, []).append(tuple(rest))
    if isinstance(values, Mapping):
        kept = ((name, value) for name, value in values.items() if () not in below.get(name, ()))
        return {name: _without_all(value, below[name]) if name in below else value for name, value in kept}
    if isinstance(values, list):
        return [_without_all(value, filter(None, below.get(at, ()))) for at, value in enumerate(values)]
    return values


def _mended(values: Mapping[str, Any], refusals: Iterable[Refusal], stand_ins: Mapping[str, str]) -> dict[str, Any]:
    """Returns the values without what was refused, with stand-ins for required fields.

    A wrong item of a list is taken out alone; for a wrong part of any other field, the whole field is taken out.
    """
    routes = [refusal.route for refusal in refusals if refusal.route and refusal.kind != "extra_forbidden"]
    unknown = [refusal.route for refusal in refusals if refusal.route and refusal.kind == "extra_forbidden"]
    rest: dict[str, Any] = _without_all(values, unknown)
    dropped: dict[str, set[int]] = {}
    for name, *inner in routes:
        if inner and isinstance(inner[0], int):
            dropped.setdefault(str(name), set()).add(inner[0])
        else:
            rest.pop(str(name), None)
    for name, positions in dropped.items():
        if isinstance(rest.get(name), list):
            rest[name] = [item for position, item in enumerate(rest[name]) if position not in positions]
    return {**{name: text for name, text in stand_ins.items() if name not in rest}, **rest}


def _misspelt(refusals: Iterable[Refusal], values: Mapping[str, Any], task: Task) -> set[str]:
    """Returns the known fields that unknown ones are probably misspellings of: their values were not read."""
    unknown = (refusal.route for refusal in refusals if refusal.kind == "extra_forbidden" and len(refusal.route) == 1)
    known = task.names_at(())
    near = {nearest(str(name), known) for (name,) in unknown if task.slips.has("meant")}
    return {name for name in near if name is not None and name not in values}


class _Echoes:
    """Finds refusals that only follow from another one; quick enough for a hostile record with thousands of them."""

    def __init__(self, refusals: Iterable[Refusal], values: object, empty: Iterable[Route]) -> None:
        self._values = values
        self._empty = frozenset(empty)
        self._with_empty = frozenset(route[:-1] for route in self._empty)
        self._unknown: dict[Route, list[str]] = {}
        self._wrong: set[Route] = set(self._empty)
        for refusal in refusals:
            self._wrong.update(refusal.route[:depth] for depth in range(1, len(refusal.route) + 1))
            if refusal.kind == "extra_forbidden":
                self._unknown.setdefault(refusal.route[:-1], []).append(str(refusal.route[-1]))

    def has(self, refusal: Refusal) -> bool:
        """True if the field reported missing is in the file, but empty, wrong or misspelt."""
        if refusal.kind in {"needs_one", "needs_just_one"}:
            return self._has_one_of(refusal.route, refusal.words["fields"].split(", "))
        if refusal.kind == "too_short":
            return refusal.route in self._with_empty
        if refusal.kind != "missing":
            return False
        if refusal.route in self._empty or at_route(self._values, refusal.route) is not None:
            return True
        *parent, wanted = refusal.route or ("",)
        return self._misspells(tuple(parent), [str(wanted)])

    def _has_one_of(self, route: Route, names: Sequence[str]) -> bool:
        """True if the mapping at a route has one of these fields or a misspelt one, and no sound one."""
        at_hand = at_route(self._values, route)
        given = [name for name in names if isinstance(at_hand, Mapping) and name in at_hand]
        if any((*route, name) not in self._wrong for name in given):
            return False
        return bool(given) or self._misspells(route, names)

    def _misspells(self, route: Route, names: Sequence[str]) -> bool:
        return any(nearest(name, names) for name in self._unknown.get(route, ()))
