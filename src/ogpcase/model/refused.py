"""A record of which something was refused: what is wrong with it, and the record that is left without that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from ogpcase.diagnostics import FileId, Place, Problem, Route, nearest
from ogpcase.model import problems
from ogpcase.model.bind import Bound, Task, beside, validated
from ogpcase.model.codelists import Kind
from ogpcase.model.record import Frozen
from ogpcase.model.refusals import Refusal, at_route, looks_like_code, worded
from ogpcase.model.salvage import mended, without_nulls

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
