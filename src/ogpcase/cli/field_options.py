"""An option for every field, and what was typed into options as the plain values that a file holds."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from ogpcase.errors import Misused
from ogpcase.model.codelists import Kind
from ogpcase.model.fields import HEAD, OWN, TAIL, Question, fields_of
from ogpcase.model.ids import is_id
from ogpcase.model.parties import UNKNOWN
from ogpcase.model.serialize import PlainText

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


def event_options() -> tuple[Question, ...]:
    """Returns the fields of all kinds but `kind`, each name once, in the order of the records."""
    own = (field for fields in OWN.values() for field in fields)
    by_name = {field.name: field for field in (*HEAD[1:], *own, *TAIL)}
    return tuple(field for field in by_name.values() if not field.in_copies)


def with_fields(
    fields: Iterable[Question],
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


def _parameter(field: Question) -> inspect.Parameter:
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


PartyNamed = Callable[[str], str]
"""Returns the id of the party that a typed name means, or raises."""
_TAGGED = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)=(.*)", re.DOTALL)
_PARTY_KEYS = {"party", "for", "by"}
_PARTIES_KEYS = {"asked_of", "of", "part_of"}
_DATE_KEYS = {"due", "new_due", "value", "dated", "until", "retrieved"}


def values_from(given: Mapping[str, Any], fields: Iterable[Question], party: PartyNamed) -> dict[str, Any]:
    """Returns the values of the fields given, parties as ids, in the order of `fields`.

    Raises:
        Misused: if an option's text is not of its field's shape.
        BadInput: if a party is not known.
    """
    return {field.name: _value(field, given[field.name], party) for field in fields if field.name in given}


def _value(field: Question, typed: Any, party: PartyNamed) -> object:  # noqa: ANN401 - as Typer hands it over
    one = _ONE.get(field.shape, _as_is)
    if field.shape == "text":
        return _text(field, typed)
    if field.shape == "flag":
        return True
    if field.shape in {"party", "parties"}:
        found = [_party(field, each, party) for each in _listed(typed)]
        return found if field.shape == "parties" else found[0]
    if field.shape in {"mapping", "mappings", "mentions", "parts"}:
        found = [_item(field, each, party) for each in _listed(typed)]
        return found[0] if field.shape == "mapping" else found
    return [one(field, each) for each in typed] if field.repeats else one(field, typed)


def _listed(typed: str | Sequence[str]) -> Sequence[str]:
    return [typed] if isinstance(typed, str) else typed


def _number(field: Question, typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", typed):
        raise Misused(f"--{field.option} takes a whole number, 0 or more")
    return int(typed)


def _date(field: Question, typed: str) -> PlainText:  # noqa: ARG001 - one of a table
    return PlainText(typed)


def _as_is(field: Question, typed: str) -> str:  # noqa: ARG001 - one of a table
    return typed


_ONE: dict[str, Callable[[Question, str], object]] = dict.fromkeys(
    ("line", "lines", "code", "codes", "reference", "references"), _as_is
) | {"number": _number, "date": _date}


def _text(field: Question, typed: Sequence[str]) -> str | dict[str, str]:
    """One plain text, or one for each language: `en=…`."""
    tagged = [_TAGGED.fullmatch(each) for each in typed]
    if len(typed) == 1 and tagged[0] is None:
        return typed[0]
    by_tag = {found[1]: found[2] for found in tagged if found}
    if len(by_tag) != len(typed):
        raise Misused(f"--{field.option} takes one text, or one for each language as en=…")
    return by_tag


def _party(field: Question, typed: str, party: PartyNamed) -> object:
    if typed.startswith("{"):
        return with_parties(mapping_from(typed, f"--{field.option}"), party)
    return typed if typed == UNKNOWN else party(typed)


def _item(field: Question, typed: str, party: PartyNamed) -> object:
    if typed.startswith("{"):
        return with_parties(mapping_from(typed, f"--{field.option}"), party)
    if field.name == "sources":
        return {"url": typed}
    if field.name == "departure":
        return {"because": typed}
    if field.shape in {"mentions", "parts"}:
        return typed
    raise Misused(f"--{field.option} takes a YAML mapping: '{{name: value, …}}'")


def mapping_from(typed: str, option: str) -> dict[str, Any]:
    """Returns the mapping that a text in YAML's flow form says.

    Raises:
        Misused: if it says none, with what is wrong in it.
    """
    from ogpcase.yamltree.parsing import parse

    parsed = parse(f"{typed}\n".encode("utf-8", "surrogateescape"), option)
    if parsed.problems:
        first = parsed.problems[0]
        raise Misused(f"{option}: {first.message}", *first.helps)
    value = parsed.tree.value if parsed.tree else None
    if not isinstance(value, dict):
        raise Misused(f"{option} takes a YAML mapping: '{{name: value, …}}'")
    return value


def with_parties(value: Any, party: PartyNamed, key: str = "") -> Any:  # noqa: ANN401 - any parsed value
    """Returns a parsed value with the names of parties in it as ids, and its dates marked as dates."""
    if isinstance(value, dict):
        return {name: with_parties(inner, party, str(name)) for name, inner in value.items()}
    if isinstance(value, list):
        return [with_parties(inner, party, key) for inner in value]
    if isinstance(value, str) and key in _PARTY_KEYS | _PARTIES_KEYS:
        return value if value == UNKNOWN else party(str(value))
    if key in _DATE_KEYS and not isinstance(value, bool):
        return PlainText(getattr(value, "written", value))
    return value


def with_source_ids(values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the values with an id for each source that has none, and every departure resting on all sources.

    A departure that names its own sources keeps them.
    """
    taken = {source.get("id") for source in _mappings(values.get("sources"))}
    free = (f"s{number}" for number in range(1, 10_000) if f"s{number}" not in taken)
    sources = [
        source if "id" in source else {"id": next(free), **source} for source in _mappings(values.get("sources"))
    ]
    ids = [source["id"] for source in sources if is_id(str(source["id"]))]
    departures = [
        each if "sources" in each or not ids else {**each, "sources": ids}
        for each in _mappings(values.get("departure"))
    ]
    changed = {"sources": sources, "departure": departures}
    return {name: changed.get(name) or value for name, value in values.items()}


def _mappings(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
