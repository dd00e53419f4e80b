"""What pydantic refused, in the words of the house, at the node it refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from ogpcase.diagnostics import Place, Problem, Route
from ogpcase.model import problems
from ogpcase.model import problems as problems_whole
from ogpcase.model.base import Frozen
from ogpcase.model.bound import Task
from ogpcase.model.codelists import OTHER_WORDS

FORMS = {
    "bad_id": "an id: lowercase words and digits joined by hyphens, at most 100 characters",
    "bad_reference": "a reference: `event-id`, `case-id/event-id`, or either with `#item`",
    "bad_item_reference": "a reference to an item: `event-id#item`",
    "bad_url": "an address that begins with `https://`, `http://` or `mailto:`",
    "bad_language": "a BCP 47 language tag, as `es` or `es-MX`",
    "not_a_number": "a whole number",
    "negative_number": "a whole number, zero or more",
    "not_a_flag": "`true` or `false`",
    "not_of_ogp": "left out: only a party classified `ogp_body` is a body of OGP",
    "not_reached": "a stage that a paper can carry a case to",
}
PATTERNED = {
    "country": 'an ISO 3166-1 alpha-2 code, as `MX` (quote "NO")',
    "language": FORMS["bad_language"],
    "languages": FORMS["bad_language"],
    "sha256": "a SHA-256 digest: 64 lowercase hexadecimal digits",
    "file": "the path of a copy under `sources/`",
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing pydantic refused, and where; `said` are those of its words that hold no value of the record."""

    kind: str
    route: Route
    on_key: bool = False
    said: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @classmethod
    def of(cls, error: Any, values: object) -> Refusal:  # noqa: ANN401 - pydantic's ErrorDetails
        """Makes a refusal of an error, its route cut to what the file has: a short form (`filers: [a]`) has less."""
        location = _in_file(values, tuple("id" if step == "id:" else step for step in error["loc"]))
        kind = "extra_forbidden" if error["type"] == "invalid_key" else error["type"]
        on_key = bool(location) and location[-1] == "[key]"
        if on_key:
            location = location[:-1]
        if kind not in {"missing", "extra_forbidden"}:
            location = location[: _reach(values, location)]
        said = {name: str(value) for name, value in (error.get("ctx") or {}).items()}
        return cls(kind, location, on_key, said)


def _in_file(values: Any, location: Route) -> Route:  # noqa: ANN401 - any parsed value
    """Returns a location without the places in lists of one that the file writes without a list."""
    kept: list[str | int] = []
    for at, step in enumerate(location):
        if isinstance(step, int) and not isinstance(values, list) and _reach(values, (step,)) == 0:
            continue
        kept.append(step)
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return (*kept, *location[at + 1 :])
    return tuple(kept)


def at_route(values: Any, route: Route) -> object:  # noqa: ANN401 - any parsed value
    """Returns the value at a route; None where there is none."""
    return None if _reach(values, route) < len(route) else _walked(values, route)


def _reach(values: Any, route: Route) -> int:  # noqa: ANN401 - any parsed value
    """How many steps of the route the values have."""
    for count, step in enumerate(route):
        there = (
            step in values if isinstance(values, Mapping) else isinstance(values, list) and step in range(len(values))
        )
        if not there:
            return count
        values = values[step]
    return len(route)


def _walked(values: Any, route: Route) -> object:  # noqa: ANN401 - any parsed value
    for step in route:
        values = values[step]
    return values


def worded(cls: type[Frozen], refusal: Refusal, values: object, task: Task) -> Problem:
    """Words a refusal."""
    name = next((str(step) for step in reversed(refusal.route) if isinstance(step, str)), task.what)
    place = Place(task.file, refusal.route, part="key" if refusal.on_key else "value")
    if refusal.kind in _WORDING:
        return _WORDING[refusal.kind](cls, refusal, task)
    value = at_route(values, refusal.route)
    if value is None and not refusal.on_key:
        return problems.empty_field.one(place, name)
    if refusal.kind == "enum":
        return _wrong_code(place, name, value, refusal)
    if refusal.kind == "literal_error":
        return problems.wrong_value.one(place, name, None, re.findall(r"'([^']*)'", refusal.said["expected"]))
    return _scalar(place, name, refusal)


def _wrong_code(place: Place, name: str, value: object, refusal: Refusal) -> Problem:
    if isinstance(value, str) and name in {"moves_to", "stage"} and value in OTHER_WORDS:
        return problems_whole.word_of_another_version.one(place, value, str(OTHER_WORDS[value]))
    allowed = re.findall(r"'([^']*)'", refusal.said["expected"])
    short = value if isinstance(value, str) and looks_like_code(value) else None
    return problems.wrong_value.one(place, name, short, [word for word in allowed if word != "not_filed"])


def looks_like_code(text: str) -> bool:
    """True for text short and plain enough to be repeated in the one line of a message."""
    return len(text) <= 40 and text.isprintable()  # noqa: PLR2004 - longer is no code


def _scalar(place: Place, name: str, refusal: Refusal) -> Problem:
    kind = refusal.kind
    if kind in {"empty_text", "too_short"}:
        return problems.empty_field.one(place, name)
    if kind == "needs_quotes":
        return problems.not_text.one(place, name)
    if kind in {"bad_date", "value_error"}:
        return problems.bad_date.one(place, name, refusal.said.get("why") or "it cannot be read as one")
    form = PATTERNED.get(name) if kind == "string_pattern_mismatch" else FORMS.get(kind)
    if form:
        return problems.malformed_name.one(place, name, form)
    return problems.wrong_shape.one(place, name, SHAPES.get(kind, "of another form"))


def _missing(cls: type[Frozen], refusal: Refusal, task: Task) -> Problem:
    *parent, name = refusal.route
    known = _known(cls, tuple(parent), task)
    before = known[: known.index(str(name))] if name in known else known
    place = Place(task.file, refusal.route, f"`{name}` belongs here", "missing", after=tuple(before))
    return problems.missing_field.one(place, _what(tuple(parent), task), str(name))


def _extra(cls: type[Frozen], refusal: Refusal, task: Task) -> Problem:
    *parent, name = refusal.route
    known = _known(cls, tuple(parent), task) if task.slips.has(task.file) else ()
    shown = str(name) if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,40}", str(name)) else None
    place = Place(task.file, refusal.route, "unknown field", "key")
    return problems.unknown_field.one(place, _what(tuple(parent), task), shown, known)


def _known(cls: type[Frozen], parent: Route, task: Task) -> tuple[str, ...]:
    return tuple(_fields_at(cls, parent)) if parent else task.names


def _what(parent: Route, task: Task) -> str:
    """The words for the mapping a field stands in."""
    if not parent:
        return task.what
    name = next(str(step) for step in reversed(parent) if isinstance(step, str))
    return f"an item of `{name}`" if isinstance(parent[-1], int) else f"`{name}`"


def _several(cls: type[Frozen], refusal: Refusal, task: Task) -> Problem:  # noqa: ARG001 - one of a table
    names = refusal.said["fields"].split(", ")
    place = Place(task.file, refusal.route)
    what = _what(refusal.route, task)
    if refusal.kind == "excludes":
        return problems_whole.fields_that_do_not_fit.one(
            place, f"{what} has {' and '.join(f'`{one}`' for one in names)}", ("keep one",)
        )
    many = "just one" if refusal.kind == "needs_just_one" else "at least one"
    return problems_whole.fields_that_do_not_fit.one(place, f"{what} needs {many} of {problems.listed(names)}")


_WORDING: dict[str, Callable[[type[Frozen], Refusal, Task], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "needs_one": _several,
    "needs_just_one": _several,
    "excludes": _several,
}


def _fields_at(cls: type[Frozen], route: Route) -> list[str]:
    """Returns the names of the fields of the model at `route`, in order; none where no model stands."""
    found: type[Frozen] | None = cls
    for step in route:
        if found is None:
            return []
        if isinstance(step, str):
            known = {field.alias or name: field.annotation for name, field in found.model_fields.items()}
            found = _model_in(known.get(step))
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _model_in(annotation: object) -> type[Frozen] | None:
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return annotation
    return next((inner for argument in get_args(annotation) if (inner := _model_in(argument))), None)
