"""Turns each of pydantic's errors into a problem at the node it concerns."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Self, get_args

from ogpcase.diagnostics import FileId, FirstSlips, Place, Problem, Route, last_name
from ogpcase.model import problems
from ogpcase.model.base import LARGEST_NUMBER, Frozen
from ogpcase.model.events import Event
from ogpcase.model.questions import names_of

FORMS = {
    "bad_id": "an id: lowercase words and digits joined by hyphens, at most 100 characters",
    "bad_reference": "a reference: `event-id`, `case-id/event-id`, or either with `#item`",
    "bad_item_reference": "a reference to an item: `event-id#item`",
    "bad_url": "an address that begins with `https://`, `http://` or `mailto:`",
    "bad_language": "a BCP 47 language tag, as `es` or `es-MX`",
    "int_type": "a whole number",
    "greater_than_equal": "a whole number, zero or more",
    "less_than_equal": f"a whole number, at most {LARGEST_NUMBER}",
    "bool_type": "`true` or `false`",
    "not_of_ogp": "left out: only a party classified `ogp_body` is a body of OGP",
}
PATTERNED = {
    "country": 'an ISO 3166-1 alpha-2 code, as `MX` (quote "NO")',
    "language": FORMS["bad_language"],
    "languages": FORMS["bad_language"],
    "sha256": "a SHA-256 digest: 64 lowercase hexadecimal digits",
    "file": "the path of a copy under `sources/`, as `sources/letter.pdf`",
}
SHAPES = {
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of `name: value`",
    "model_type": "a mapping of `name: value`",
    "model_attributes_type": "a mapping of `name: value`",
    "not_text": "text",
    "string_type": "text",
}


class Task(NamedTuple):
    """One record to bind: its model, id, file and name in messages (`what`).

    `stand_ins` replace required fields that are wrong. `slips` counts the unknown fields so far.
    """

    model: type[Frozen]
    id: str
    file: FileId
    what: str
    slips: FirstSlips
    stand_ins: Mapping[str, str] = MappingProxyType({})

    def what_at(self, route: Route) -> str:
        """Returns how a message names the mapping at a route."""
        if not route:
            return self.what
        name = last_name(route)
        return f"an item of `{name}`" if isinstance(route[-1], int) else f"`{name}`"

    def names_at(self, route: Route) -> tuple[str, ...]:
        """Returns the names of the fields of the model at a route, in order; empty if there is no model."""
        if not route and issubclass(self.model, Event):
            return names_of(self.model.kind)
        model: type[Frozen] | None = self.model
        for step in route:
            if model is not None and isinstance(step, str):
                known = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
                model = _model_in(known.get(step))
        fields = model.model_fields if model else {}
        return tuple(field.alias or name for name, field in fields.items() if not field.exclude)


def _model_in(annotation: object) -> type[Frozen] | None:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next((inner for argument in get_args(annotation) if (inner := _model_in(argument))), None)


class Refusal(NamedTuple):
    """One error of pydantic and its route; `words` is its context, which holds no value of the record."""

    kind: str
    route: Route
    on_key: bool = False
    words: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of(cls, error: Any, values: object) -> Self:  # noqa: ANN401 - pydantic's ErrorDetails
        """Makes a refusal of an error. Its route is cut to what the file has: a short form (`filers: [a]`) has less."""
        route = _in_file(values, tuple("id" if step == "id:" else step for step in error["loc"]))
        kind = "extra_forbidden" if error["type"] == "invalid_key" else error["type"]
        on_key = route[-1:] == ("[key]",)
        if on_key:
            route = route[:-1]
        if kind not in {"missing", "extra_forbidden"}:
            route = route[: _follow(values, route)[0]]
        return cls(kind, route, on_key, {name: str(value) for name, value in (error.get("ctx") or {}).items()})

    @property
    def allowed(self) -> list[str]:
        """The codes that the field accepts."""
        return re.findall(r"'([^']*)'", self.words["expected"])


def _in_file(values: Any, location: Route) -> Route:  # noqa: ANN401 - any parsed value
    """Returns pydantic's location without the position in a list where the file has a single value."""
    kept: list[str | int] = []
    for at, step in enumerate(location):
        if isinstance(step, int) and not isinstance(values, list) and _follow(values, (step,))[0] == 0:
            continue
        kept.append(step)
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return (*kept, *location[at + 1 :])
    return tuple(kept)


def at_route(values: object, route: Route) -> object:
    """Returns the value at a route, or None."""
    return _follow(values, route)[1]


def _follow(values: Any, route: Route) -> tuple[int, object]:  # noqa: ANN401 - any parsed value
    """Returns how many steps of the route exist, and the value at its end."""
    for count, step in enumerate(route):
        keys = values if isinstance(values, Mapping) else range(len(values)) if isinstance(values, list) else ()
        if step not in keys:
            return count, None
        values = values[step]
    return len(route), values


def worded(refusal: Refusal, values: object, task: Task) -> Problem:
    """Returns the problem for a refusal."""
    if refusal.kind in _WORDED_BY_KIND:
        return _WORDED_BY_KIND[refusal.kind](refusal, task)
    name = last_name(refusal.route, task.what)
    place = Place(task.file, refusal.route, part="key" if refusal.on_key else "value")
    value = at_route(values, refusal.route)
    if (value is None and not refusal.on_key) or refusal.kind in {"empty_text", "too_short"}:
        return problems.empty_field.one(place, name)
    if refusal.kind == "enum":
        return problems.wrong_value.one(place, name, short_code(value), refusal.allowed)
    if refusal.kind == "bad_path":
        path = str(refusal.route[-1]) if refusal.on_key else value
        return problems.unknown_field.one(place, "an event", short_code(path), refusal.words["paths"].split())
    if refusal.kind == "literal_error":
        return problems.wrong_value.one(place, name, None, refusal.allowed)
    return _scalar(place, name, refusal)


def short_code(value: object) -> str | None:
    """Returns the value if it is a short, printable text that a message may repeat, else None."""
    return value if isinstance(value, str) and len(value) <= 40 and value.isprintable() else None  # noqa: PLR2004 - no code is longer


def _scalar(place: Place, name: str, refusal: Refusal) -> Problem:
    kind = refusal.kind
    if kind == "needs_quotes":
        return problems.not_text.one(place, name)
    if kind in {"bad_date", "value_error"}:
        return problems.bad_date.one(place, name, refusal.words.get("why") or "it cannot be read as one")
    form = PATTERNED.get(name) if kind == "string_pattern_mismatch" else FORMS.get(kind)
    if form:
        return problems.malformed_name.one(place, name, form)
    return problems.wrong_shape.one(place, name, SHAPES.get(kind, "of another form"))


def _missing(refusal: Refusal, task: Task) -> Problem:
    parent, name = refusal.route[:-1], str(refusal.route[-1])
    known = task.names_at(parent)
    before = known[: known.index(name)] if name in known else known
    place = Place(task.file, refusal.route, f"`{name}` belongs here", "missing", after=before)
    return problems.missing_field.one(place, task.what_at(parent), name)


def _extra(refusal: Refusal, task: Task) -> Problem:
    parent, name = refusal.route[:-1], str(refusal.route[-1])
    known = task.names_at(parent) if task.slips.has(task.file) else ()
    shown = name if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,40}", name) else None
    place = Place(task.file, refusal.route, "unknown field", "key")
    return problems.unknown_field.one(place, task.what_at(parent), shown, known)


def _several(refusal: Refusal, task: Task) -> Problem:
    names = refusal.words["fields"].split(", ")
    place, what = Place(task.file, refusal.route), task.what_at(refusal.route)
    if refusal.kind == "excludes":
        why = f"{what} has {' and '.join(f'`{name}`' for name in names)}"
        return problems.fields_that_do_not_fit.one(place, why, ("keep one",))
    if refusal.kind == "ends_first":
        return problems.fields_that_do_not_fit.one(place, f"{what} ends before it begins", ("check the years",))
    many = "just one" if refusal.kind == "needs_just_one" else "at least one"
    return problems.fields_that_do_not_fit.one(place, f"{what} needs {many} of {problems.listed(names)}")


_WORDED_BY_KIND: dict[str, Callable[[Refusal, Task], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "needs_one": _several,
    "needs_just_one": _several,
    "excludes": _several,
    "ends_first": _several,
}
