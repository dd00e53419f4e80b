"""An option for every field, made from the table of fields; no pydantic is needed to know them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from ogpcase.errors import Misused
from ogpcase.model.codelists import Kind
from ogpcase.model.fields import HEAD, OWN, TAIL, RecordField, fields_of

Result = TypeVar("Result")
_SHAPES = {
    "text": "[LANG=]TEXT",
    "line": "TEXT",
    "lines": "TEXT",
    "date": "DATE",
    "code": "CODE",
    "codes": "CODE",
    "party": "PARTY",
    "parties": "PARTY",
    "reference": "REF",
    "references": "REF",
    "number": "N",
    "mapping": "{…}",
    "mappings": "{…}",
    "mentions": "REF|{…}",
    "parts": "FIELD|{…}",
}


def event_options() -> tuple[RecordField, ...]:
    """Returns the fields of all kinds but `kind`, each name once, in the order of the records."""
    own = (field for fields in OWN.values() for field in fields)
    by_name = {field.name: field for field in (*HEAD[1:], *own, *TAIL)}
    return tuple(field for field in by_name.values() if not field.in_copies)


def with_fields(
    fields: Iterable[RecordField],
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Gives a verb an option for each field; what was given arrives in its argument `given`, by the field's name."""
    table = {field.name: field for field in fields if not field.in_copies}

    def dress(verb: Callable[..., Result]) -> Callable[..., Result]:
        @wraps(verb)
        def dressed(**arguments: Any) -> Result:  # noqa: ANN401 - whatever the verb takes
            given = {name: arguments.pop(_argument(name)) for name in table}
            return verb(
                **arguments, given={name: value for name, value in given.items() if value not in (None, [], False)}
            )

        hints = get_type_hints(verb, include_extras=True)
        own = [each for each in inspect.signature(verb).parameters.values() if each.name != "given"]
        options = [_parameter(field) for field in table.values()]
        parameters = [each.replace(annotation=hints[each.name], kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
        dressed.__signature__ = inspect.Signature([*parameters, *options])  # type: ignore[attr-defined]  # Typer reads it
        dressed.__annotations__ = {each.name: each.annotation for each in (*parameters, *options)}
        return dressed

    return dress


def _argument(name: str) -> str:
    """The option's argument: no verb has one of this name, and no keyword is one."""
    return f"field_{name}"


def _parameter(field: RecordField) -> inspect.Parameter:
    names = dict.fromkeys((f"--{field.option}", f"--{field.name.replace('_', '-')}"))
    about = f"{field.about} ({', '.join(field.codes)})" if field.codes and field.name != "moves_to" else field.about
    annotation: Any
    if field.shape == "flag":
        annotation = Annotated[bool, typer.Option(*names, help=field.about)]
        return inspect.Parameter(
            _argument(field.name), inspect.Parameter.KEYWORD_ONLY, default=False, annotation=annotation
        )
    repeats = field.repeats or field.shape == "text"
    option = typer.Option(*names, metavar=_SHAPES[field.shape], help=about + (" Repeats." if field.repeats else ""))
    annotation = Annotated[list[str] | None, option] if repeats else Annotated[str | None, option]
    return inspect.Parameter(_argument(field.name), inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)


def kind_named(word: str) -> Kind:
    """Returns the kind of this name. Raises Misused with the nearest one if there is none."""
    from ogpcase.diagnostics import nearest

    kind = Kind.of(word)
    if kind is None:
        near = nearest(word, list(Kind))
        hints = [f"did you mean `{near}`?"] if near else []
        raise Misused(f"`{word}` is not a kind of event", *hints, f"kinds: {', '.join(Kind)}")
    return kind


def refuse_foreign(kind: Kind, given: Mapping[str, object]) -> None:
    """Raises Misused for an option whose field the kind does not have."""
    known = {field.name for field in fields_of(kind)}
    for name in given:
        if name not in known:
            field = next(field for field in event_options() if field.name == name)
            kinds = ", ".join(each for each in Kind if any(one.name == name for one in OWN[each]))
            raise Misused(f"a {kind} has no field `{name}` (--{field.option})", f"kinds that have it: {kinds}")
