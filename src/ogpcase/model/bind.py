"""Plain values to a typed record, or problems in the words of the house; nobody above sees a pydantic error.

A record with a wrong field still takes part in what can be known of it: the field is left out, and named in `flawed`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from ogpcase.diagnostics import FileId, Place, Problem, Route, nearest
from ogpcase.model import problems, problems_whole
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.model.fields import HEADER, PARTY, fields_of
from ogpcase.model.header import CaseHeader
from ogpcase.model.native import ValidationError
from ogpcase.model.parties import Party
from ogpcase.model.record import Frozen
from ogpcase.model.refusals import Refusal, Task, at_route, looks_like_code, worded
from ogpcase.model.salvage import has_nulls, mended, without_nulls
from ogpcase.model.withhold import Withholding, meant_to_withhold, of_values
from ogpcase.values import frozen

R = TypeVar("R", bound=Frozen)


@frozen
class Bound(Generic[R]):
    """What became of a file's values: the record, the problems, and the fields left out since they were wrong."""

    record: R | None
    problems: tuple[Problem, ...] = ()
    flawed: frozenset[str] = frozenset()


def bind_event(values: object, event_id: str, file: FileId) -> Bound[Event]:
    """Binds an event; its class is picked by `kind`. A title or date that cannot be read is stood in for."""
    kind = _kind(values, file)
    if isinstance(kind, Problem):
        return Bound(None, (kind,))
    assert isinstance(values, Mapping)
    rest = {name: value for name, value in values.items() if name != "kind"}
    names = tuple(field.name for field in fields_of(kind))
    return _bind(
        KINDS[kind], rest, Task(event_id, file, f"`{kind}`", names, {"title": "(untitled)", "dated": "unknown"})
    )


def bind_header(values: object, case_id: str, file: FileId) -> Bound[CaseHeader]:
    """Binds a case's header; None when anything it needs cannot be read."""
    names = tuple(field.name for field in HEADER)
    return _bind_mapping(CaseHeader, values, Task(case_id, file, "a case header", names, {}))


def bind_party(values: object, party_id: str, file: FileId) -> Bound[Party]:
    """Binds a party; None when its name or classification cannot be read."""
    names = tuple(field.name for field in PARTY)
    return _bind_mapping(Party, values, Task(party_id, file, "a party", names, {}))


def _kind(values: object, file: FileId) -> Kind | Problem:
    known = [str(kind) for kind in Kind]
    if not isinstance(values, Mapping):
        helps = ("write one `name: value` a line, beginning with `kind`",)
        return problems.not_a_record.one(Place(file), "this file holds no fields", helps)
    if "kind" not in values:
        near = next((name for name in values if isinstance(name, str) and nearest(name, ["kind"])), None)
        place = (
            Place(file, (near,), "this field", "key") if near else Place(file, ("kind",), "it belongs here", "missing")
        )
        return problems.not_a_record.one(
            place, "this record has no `kind`", (f"kind is one of {problems.listed(known)}",)
        )
    if isinstance(values["kind"], str) and (kind := Kind.of(values["kind"])):
        return kind
    word = None if "withhold" in values or any(map(meant_to_withhold, values)) else _plain(values["kind"])
    return problems.wrong_value.one(Place(file, ("kind",), "this kind"), "kind", word, known)


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) and looks_like_code(value) else None


def _bind_mapping(cls: type[R], values: object, task: Task) -> Bound[R]:
    if isinstance(values, Mapping):
        return _bind(cls, values, task)
    helps = ("write one `name: value` a line",)
    return Bound(None, (problems.not_a_record.one(Place(task.file), "this file holds no fields", helps),))


def _bind(cls: type[R], values: Mapping[str, Any], task: Task) -> Bound[R]:
    """Validates; on a refusal words it, leaves out what was wrong, and validates what remains."""
    record = _validated(cls, values, task)
    if isinstance(record, cls) and not has_nulls(values):
        return Bound(record, tuple(_beside(values, task)))
    cleaned, empty = without_nulls(values)
    refusals: dict[Refusal, None] = {}
    flawed = {str(route[0]) for route in empty}
    for _ in range(4):  # a later round sees what earlier wrong fields hid, as rules over several fields
        record = _validated(cls, cleaned, task)
        if not isinstance(record, ValidationError):
            break
        new = [Refusal.of(error, cleaned) for error in record.errors(include_input=False, include_url=False)]
        refusals |= dict.fromkeys(new)
        cleaned = mended(cleaned, new, task.stand_ins)
        flawed |= {str(refusal.route[0]) for refusal in new if refusal.route}
    flawed |= {"withhold"} if any(map(meant_to_withhold, flawed)) else set()
    flawed |= _meant(refusals, values, task)
    secret = of_values(values, task.names)
    said = [_empty(route, values, task, secret) for route in empty]
    echoes = _Echoes(refusals, values, empty)
    said += [worded(cls, each, values, task, secret) for each in refusals if not echoes.has(each)]
    kept = record if isinstance(record, cls) else None
    return Bound(kept, (*said, *_beside(values, task, flawed)), frozenset(flawed))


def _meant(refusals: Iterable[Refusal], values: Mapping[str, Any], task: Task) -> set[str]:
    """Returns the fields that misspelt ones were most likely meant to be: they are there, and were not read.

    Only as many are looked at as are ever shown; that a `withhold` is among them is found apart, among all.
    """
    unknown = (each.route for each in refusals if each.kind == "extra_forbidden" and len(each.route) == 1)
    near = {nearest(str(name), task.names) for (name,) in unknown if task.slips.has("meant")}
    return {name for name in near if name is not None and name not in values}


def _empty(route: Route, values: Mapping[str, Any], task: Task, secret: Withholding) -> Problem:
    quote = secret.sound and not secret.covers(route, values)
    name = next(str(step) for step in reversed(route if quote else route[:1]) if isinstance(step, str))
    return problems.empty_field.one(Place(task.file, route, "no value", "key"), name)


class _Echoes:
    """What only follows from another refusal, of all that one record has: a hostile one has thousands."""

    def __init__(self, refusals: Iterable[Refusal], values: object, empty: Iterable[Route]) -> None:
        self._values = values
        self._empty = frozenset(empty)
        self._with_empty = frozenset(route[:-1] for route in self._empty)
        self._unknown: dict[Route, list[str]] = {}
        for each in refusals:
            if each.kind == "extra_forbidden":
                self._unknown.setdefault(each.route[:-1], []).append(str(each.route[-1]))

    def has(self, refusal: Refusal) -> bool:
        """True for a field that is there but empty, wrong or misspelt."""
        if refusal.kind == "too_short":
            return refusal.route in self._with_empty
        if refusal.kind != "missing":
            return False
        if refusal.route in self._empty or at_route(self._values, refusal.route) is not None:
            return True
        *parent, wanted = refusal.route or ("",)
        return any(nearest(name, [str(wanted)]) for name in self._unknown.get(tuple(parent), ()))


def _validated(cls: type[R], values: Mapping[str, Any], task: Task) -> R | ValidationError:
    if "id" in values:  # the id is the file's name; one inside the file is refused like any unknown field
        values = {("id:" if name == "id" else name): value for name, value in values.items()}
    try:
        return cls.model_validate({**values, "id": task.id})
    except ValidationError as error:
        return error


def _beside(values: Mapping[str, Any], task: Task, flawed: Collection[str] = ()) -> Iterator[Problem]:
    """What the model cannot see by itself: items of one name, and a `withhold` that names nothing."""
    for names in (("requests", "allegations", "clauses", "milestones"), ("sources",)):
        yield from _items_named_twice(values, task, names)
    if "withhold" in task.names and "withhold" not in flawed and not of_values(values, task.names).sound:
        yield problems_whole.withhold_names_nothing.one(Place(task.file, ("withhold",), "this"))


def _items_named_twice(values: Mapping[str, Any], task: Task, names: Collection[str]) -> Iterator[Problem]:
    first: dict[str, Route] = {}
    secret: Withholding | None = None
    for name, position, item in _items(values, names):
        route = (name, position, "id")
        if item in first:
            secret = secret or of_values(values, task.names)
            said = item if secret.sound and not secret.covers(route, values) else None
            there = Place(task.file, first[item], "here first")
            yield problems_whole.item_named_twice.one(Place(task.file, route, "here again"), there, said)
        first.setdefault(item, route)


def _items(values: Mapping[str, Any], names: Collection[str]) -> Iterator[tuple[str, int, str]]:
    for name in names:
        listed: Sequence[Any] = values.get(name) if isinstance(values.get(name), list) else ()  # type: ignore[assignment]  # just asked
        for position, item in enumerate(listed):
            if isinstance(item, Mapping) and isinstance(item.get("id"), str):
                yield name, position, item["id"]
