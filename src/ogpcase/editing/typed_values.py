"""Turns typed words into the plain values of a record's file: parties by any name, codes, dates, nested items."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from ogpcase.editing.naming import Resolver
from ogpcase.errors import Misused
from ogpcase.model.base import Frozen
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import RESERVED_PARTY_IDS, slug_of
from ogpcase.model.questions import Question, fields_of, known_names, questions_of
from ogpcase.model.serialize import PlainText

Code = TypeVar("Code", bound=str)


def code_named(
    codes: Iterable[Code], word: str, what: str, plural: str, others: Mapping[str, str] | None = None
) -> Code:
    """Returns the code of this name; `others` are other words for codes.

    Raises Misused with the nearest code and the list of codes if there is none.
    """
    from ogpcase.diagnostics import nearest

    known = {str(code): code for code in codes}
    code = known.get(word.replace("-", "_"))
    if code is None:
        near = (others or {}).get(word) or nearest(word, known)
        hints = [f"did you mean `{near}`?"] if near else []
        raise Misused(f"`{word}` is not {what}", *hints, f"{plural}: {', '.join(known)}")
    return code


def kind_named(word: str) -> Kind:
    """Returns the kind of this name; raises Misused if there is none."""
    return code_named(Kind, word, "a kind of event", "kinds")


def refuse_foreign(kind: Kind, given: Mapping[str, object]) -> None:
    """Raises Misused for an option of a field that the kind does not have."""
    for field in fields_of(*Kind):
        if field.name in given and field.name not in known_names(kind):
            kinds = ", ".join(other for other in Kind if field.name in known_names(other))
            raise Misused(f"a {kind} has no field `{field.name}` (--{field.option})", f"kinds that have it: {kinds}")


_TAGGED = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)=(.*)", re.DOTALL)


def values_from(given: Mapping[str, Any], fields: Iterable[Question], resolver: Resolver) -> dict[str, Any]:
    """Returns the values of the given fields, with parties as ids, in the order of `fields`.

    Raises Misused for a value of the wrong form, and BadInput for an unknown party.
    """
    return {field.name: _value(field, given[field.name], resolver) for field in fields if field.name in given}


def refuse_missing(given: Mapping[str, Any], fields: Iterable[Question]) -> None:
    """Raises Misused if a required field is not given."""
    missing = [f"--{field.option}" for field in fields if field.required and field.name not in given]
    if missing:
        raise Misused(f"missing: {', '.join(missing)}")


Typed = str | Sequence[str] | bool
"""What an option was given: a word, several, or True for a flag."""


def _value(field: Question, typed: Typed, resolver: Resolver) -> object:
    if isinstance(typed, bool):
        return typed
    words = [typed] if isinstance(typed, str) else typed
    if field.shape == "text":
        return _text(field, words)
    values = [_one(field, word, resolver) for word in words]
    return values if field.repeats else values[0]


def _text(field: Question, typed: Sequence[str]) -> str | dict[str, str]:
    """Returns one plain text, or one for each language (`en=…`)."""
    tagged = [_TAGGED.fullmatch(word) for word in typed]
    if len(typed) == 1 and tagged[0] is None:
        return typed[0]
    by_tag = {match[1]: match[2] for match in tagged if match}
    if len(by_tag) != len(typed):
        raise Misused(f"--{field.option} takes one text, or one for each language as en=…")
    return by_tag


def _one(field: Question, typed: str, resolver: Resolver) -> object:
    option = f"--{field.option}"
    if typed.startswith("{") and field.shape in {"party", "mapping", "mention", "part", "source"}:
        return _as_stored(field, mapping_from(typed, option), resolver)
    if field.shape == "number" and not re.fullmatch(r"[0-9]{1,9}", typed):
        raise Misused(f"{option} takes a whole number, 0 or more")
    if field.shape == "number":
        return int(typed)
    if field.shape != "mapping":
        return _as_stored(field, typed, resolver)
    if issubclass(field.holds, Frozen) and (name := field.holds.word_gives):
        return {**_item_id(field.holds, typed), name: typed}
    raise Misused(f"{option} takes a YAML mapping: '{{name: value, …}}'")


def _item_id(model: type[Frozen], text: str) -> dict[str, str]:
    """Returns an id of a few words of a text, for an item that is typed as its text and needs one."""
    needs_id = model.word_gives == "text" and any(field.name == "id" for field in questions_of(model))
    words = slug_of(text).split("-")[:_WORDS_OF_ID]
    return {"id": "-".join(words) or "item"} if needs_id else {}


_WORDS_OF_ID = 4


def mapping_from(typed: str, option: str) -> dict[str, Any]:
    """Returns a mapping typed in YAML's flow form; raises Misused if it is not one."""
    from ogpcase.yamltree.parsing import parse

    parsed = parse(f"{typed}\n".encode("utf-8", "surrogateescape"), option)
    if parsed.problems:
        first = parsed.problems[0]
        raise Misused(f"{option}: {first.message}", *first.helps)
    value = parsed.tree.value if parsed.tree else None
    if not isinstance(value, dict):
        raise Misused(f"{option} takes a YAML mapping: '{{name: value, …}}'")
    return value


def fields_as_stored(model: type, values: Mapping[str, Any], resolver: Resolver) -> dict[str, Any]:
    """Returns the values of a record or item with party names turned into ids, and dates marked as plain text."""
    known = {field.name: field for field in questions_of(model)}
    return {
        name: _as_stored(known[name], value, resolver) if name in known else value for name, value in values.items()
    }


def _as_stored(field: Question, value: Any, resolver: Resolver) -> Any:  # noqa: ANN401 - any parsed value
    if isinstance(value, list):
        return [_as_stored(field, item, resolver) for item in value]
    if isinstance(value, dict):
        return fields_as_stored(field.holds, value, resolver)
    if field.shape == "party" and isinstance(value, str):
        return value if value in RESERVED_PARTY_IDS else resolver.party(str(value))
    if field.shape == "date" and value is not None and not isinstance(value, bool):
        return PlainText(resolver.date(str(getattr(value, "written", value))))
    return value
