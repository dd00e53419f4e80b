"""What is left of a record when its wrong parts are taken out, so that it takes part in what can be known of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ogpcase.diagnostics import Route
from ogpcase.model.codelists import OTHER_WORDS
from ogpcase.model.markers import NULLABLE

if TYPE_CHECKING:
    from ogpcase.model.refusals import Refusal


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
