"""What is left of a record when its wrong parts are taken out, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from ogpcase.diagnostics import FileId, Place, Problem, Route, nearest
from ogpcase.model import problems
from ogpcase.model.base import NULLABLE, Frozen
from ogpcase.model.bound import Bound, Task, beside, validated
from ogpcase.model.codelists import OTHER_WORDS, Kind
from ogpcase.model.error_messages import Refusal, at_route, looks_like_code, worded

if TYPE_CHECKING:
    from ogpcase.model.error_messages import Refusal


def without_nulls(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[Route]]:
    """Returns the values without fields that have none, and the routes of those."""
    routes: list[Route] = []

    def walk(value: Any, route: Route) -> Any:  # noqa: ANN401 - any parsed value
        if isinstance(value, str):
            return value
        if isinstance(value, Mapping):
            for name, inner in value.items():
                if inner is None and name not in NULLABLE:
                    routes.append((*route, name))
            kept = {name: inner for name, inner in value.items() if inner is not None or name in NULLABLE}
            return {name: walk(inner, (*route, name)) for name, inner in kept.items()}
        if isinstance(value, list):
            return [walk(inner, (*route, position)) for position, inner in enumerate(value)]
        return value

    return walk(values, ()), routes


def mended(values: Mapping[str, Any], refusals: Iterable[Refusal], stand_ins: Mapping[str, str]) -> dict[str, Any]:
    """Returns the values with what was refused taken out, or stood in for where the record needs it.

    A wrong item of a list goes alone; a wrong part of anything else takes its field with it; a stage named by a word
    of another version is replaced by its code.
    """
    several = tuple(refusals)
    unknown = [each.route for each in several if each.kind == "extra_forbidden" and each.route]
    rest: dict[str, Any] = without_all(values, unknown) if unknown else dict(values)
    dropped: dict[str, set[int]] = {}
    for refusal in several:
        if refusal.kind == "extra_forbidden" or not refusal.route or _word(values, refusal.route) in OTHER_WORDS:
            continue
        name, *inner = refusal.route
        top = str(name)
        if inner and isinstance(inner[0], int):
            dropped.setdefault(top, set()).add(inner[0])
        else:
            rest.pop(top, None)
    for top, positions in dropped.items():
        if isinstance(rest.get(top), list):
            rest[top] = [item for position, item in enumerate(rest[top]) if position not in positions]
    if isinstance(rest.get("moves_to"), list):
        rest["moves_to"] = [OTHER_WORDS.get(word, word) if isinstance(word, str) else word for word in rest["moves_to"]]
    return {**{name: text for name, text in stand_ins.items() if name not in rest}, **rest}


def _word(values: Mapping[str, Any], route: Route) -> str | None:
    if len(route) == 2 and route[0] == "moves_to":  # noqa: PLR2004 - the field and the position
        try:
            word = values["moves_to"][route[1]]
        except (KeyError, IndexError, TypeError):
            return None
        return word if isinstance(word, str) else None
    return None


def without_all(values: Any, routes: Iterable[Route]) -> Any:  # noqa: ANN401 - any parsed value
    """Returns the values without the fields at these routes, in one pass; one that leads nowhere changes nothing."""
    below: dict[str | int, list[Route]] = {}
    for first, *rest in routes:
        below.setdefault(first, []).append(tuple(rest))
    if isinstance(values, Mapping):
        kept = ((name, value) for name, value in values.items() if () not in below.get(name, ()))
        return {name: without_all(value, below[name]) if name in below else value for name, value in kept}
    if isinstance(values, list):
        return [without_all(value, filter(None, below.get(at, ()))) for at, value in enumerate(values)]
    return values


R = TypeVar("R", bound=Frozen)


def without_fields(file: FileId) -> Problem:
    """Says that a file holds no fields."""
    helps = ("write one `name: value` a line",)
    return problems.not_a_record.one(Place(file), "this file holds no fields", helps)


def without_kind(values: object, file: FileId) -> Problem:
    """Says that an event's file has no fields, or no `kind` that there is."""
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
    return problems.wrong_value.one(Place(file, ("kind",), "this kind"), "kind", _plain(values["kind"]), known)


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) and looks_like_code(value) else None


def bind_what_remains(cls: type[R], values: Mapping[str, Any], task: Task, record: R | ValidationError) -> Bound[R]:
    """Words what is refused, leaves out what was wrong, and validates what remains.

    `record` is what the values gave as they are.
    """
    cleaned, empty = without_nulls(values)
    refusals: dict[Refusal, None] = {}
    flawed = {str(route[0]) for route in empty}
    for again in range(4):  # a later round sees what earlier wrong fields hid, as rules over several fields
        if again or empty:
            record = validated(cls, cleaned, task)
        if not isinstance(record, ValidationError):
            break
        new = [Refusal.of(error, cleaned) for error in record.errors(include_input=False, include_url=False)]
        refusals |= dict.fromkeys(new)
        cleaned = mended(cleaned, new, task.stand_ins)
        flawed |= {str(refusal.route[0]) for refusal in new if refusal.route}
    flawed |= _meant(refusals, values, task)
    said = [_empty(route, task) for route in empty]
    echoes = _Echoes(refusals, values, empty)
    said += [worded(cls, each, values, task) for each in refusals if not echoes.has(each)]
    kept = record if isinstance(record, cls) else None
    return Bound(kept, (*said, *beside(values, task)), frozenset(flawed))


def _meant(refusals: Iterable[Refusal], values: Mapping[str, Any], task: Task) -> set[str]:
    """Returns the fields that misspelt ones were most likely meant to be: they are there, and were not read.

    Only as many are looked at as are ever shown.
    """
    unknown = (each.route for each in refusals if each.kind == "extra_forbidden" and len(each.route) == 1)
    near = {nearest(str(name), task.names) for (name,) in unknown if task.slips.has("meant")}
    return {name for name in near if name is not None and name not in values}


def _empty(route: Route, task: Task) -> Problem:
    name = next(str(step) for step in reversed(route) if isinstance(step, str))
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
