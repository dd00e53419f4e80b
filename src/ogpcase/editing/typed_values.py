"""Turns typed words into the plain values of a record's file: parties by any name, codes, dates, nested items.

A mapping is typed in braces, as `{id: a, text: …}`; a new item without an id gets one of words of its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from ogpcase.diagnostics import Route, did_you_mean, suggestion
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.naming import Resolver
from ogpcase.errors import BadInput, Misused
from ogpcase.model.base import Frozen
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import RESERVED_PARTY_IDS, free_id, slug_of
from ogpcase.model.questions import Question, fields_of, known_names, questions_of
from ogpcase.model.serialize import PlainText
from ogpcase.model.texts import LANGUAGE, first_text
from ogpcase.yamltree.emitting import in_flow
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.values import as_written, is_list

Code = TypeVar("Code", bound=str)


def code_named(
    codes: Iterable[Code], word: str, what: str, plural: str, others: Mapping[str, str] | None = None
) -> Code:
    """Returns the code of this name; `others` are other words for codes.

    Raises Misused with the nearest code and the list of codes if there is none.
    """
    known = {str(code): code for code in codes}
    code = known.get(word.replace("-", "_"))
    if code is None:
        meant = (others or {}).get(word)
        hints = suggestion(meant) or did_you_mean(word, known)
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


class Typing(NamedTuple):
    """How values were typed: as options or (`set`) as a field's name and values; `taken` are ids of other items."""

    as_options: bool = True
    taken: frozenset[str] = frozenset()

    def label(self, field: Question) -> str:
        """Returns what messages call a field."""
        return f"--{field.option}" if self.as_options else field.name


AS_OPTIONS = Typing()


def values_from(
    given: Mapping[str, Any], fields: Iterable[Question], resolver: Resolver, how: Typing = AS_OPTIONS
) -> dict[str, Any]:
    """Returns the values of the given fields, with parties as ids and an id for each item, in the order of `fields`.

    Raises Misused for a value of the wrong form, and BadInput for an unknown party.
    """
    known = {field.name: field for field in fields}
    wanted = [field for name, field in known.items() if name in given]
    values = {field.name: _value(field, given[field.name], resolver, how.label(field)) for field in wanted}
    return with_item_ids(_with_others(values, known, resolver, ()), wanted, how.taken)


def refuse_missing(given: Mapping[str, Any], fields: Iterable[Question]) -> None:
    """Raises Misused if a required field is not given."""
    missing = [f"--{field.option}" for field in fields if field.required and field.name not in given]
    if missing:
        raise Misused(f"missing: {', '.join(missing)}")


Typed = str | Sequence[str] | bool
"""What an option was given: a word, several, or True for a flag."""
_IN_BRACES = frozenset({"party", "mapping", "mention", "part", "source"})
"""The shapes of values that may be typed as a mapping."""


def _value(field: Question, typed: Typed, resolver: Resolver, label: str) -> object:
    if isinstance(typed, bool):
        return typed
    words = [typed] if isinstance(typed, str) else typed
    if field.shape == "text":
        return _text(words, label)
    values = [_one(field, word, resolver, label) for word in words]
    return values if field.repeats else values[0]


def _text(typed: Sequence[str], label: str) -> str | dict[str, str]:
    """Returns the text as it was typed; of a text in braces, one text for each language."""
    if len(typed) > 1:
        raise Misused(f"{label} takes one text", f"write several languages in braces: {label} '{{en: …, es: …}}'")
    text = typed[0]
    if not text.startswith("{"):
        return text
    in_quotes = f"if the text itself begins with a brace: {command(label, in_flow({'en': text}))}"
    try:
        texts = mapping_from(text, label)
    except Misused as fault:
        raise Misused(fault.message, *fault.hints, in_quotes) from None
    if not texts or not all(LANGUAGE.fullmatch(tag) and words is not None for tag, words in texts.items()):
        raise Misused(f"{label}: a text in braces is one for each language, as {{en: …, es: …}}", in_quotes)
    return texts


def _one(field: Question, typed: str, resolver: Resolver, label: str) -> object:
    if typed.startswith("{") and field.shape in _IN_BRACES:
        return as_stored(field, mapping_from(typed, label), resolver)
    if field.shape == "number":
        if not re.fullmatch(r"[0-9]{1,9}", typed):
            raise Misused(f"{label} takes a whole number, 0 or more")
        return int(typed)
    if field.shape == "mention" and len(typed.split()) > 1:
        return {"text": typed}
    if field.shape != "mapping":
        return as_stored(field, typed, resolver)
    if issubclass(field.holds, Frozen) and (name := field.holds.word_gives):
        return {name: typed}
    raise Misused(f"{label} takes a YAML mapping: {FORM}")


class Unresolved(BadInput):
    """A name or date in a record means nothing; `route` leads to it."""

    def __init__(self, fault: BadInput, route: Route) -> None:
        super().__init__(fault.message, *fault.hints)
        self.route = route


def fields_as_stored(model: type, values: Mapping[str, Any], resolver: Resolver, route: Route = ()) -> dict[str, Any]:
    """Returns the values of a record or item with party names turned into ids, and dates marked as plain text.

    Raises Unresolved for a name or a date that means nothing.
    """
    known = {field.name: field for field in questions_of(model)}
    stored = {
        name: as_stored(known[name], value, resolver, (*route, name)) if name in known else value
        for name, value in values.items()
    }
    return _with_others(stored, known, resolver, route)


def _with_others(
    values: dict[str, Any], known: Mapping[str, Question], resolver: Resolver, route: Route
) -> dict[str, Any]:
    """Returns the values of a record with those that hold another value of a field as that field has them."""
    stored = dict(values)
    for name in stored.keys() & known.keys():
        if (part := getattr(known[name].holds, "holds_other", None)) is not None:
            stored[name] = _with_other(stored[name], part, known, resolver, (*route, name))
    return stored


def _with_other(item: Any, part: str, known: Mapping[str, Question], resolver: Resolver, route: Route) -> Any:  # noqa: ANN401 - any parsed value
    if isinstance(item, list):
        return [_with_other(each, part, known, resolver, (*route, at)) for at, each in enumerate(item)]
    field = known.get(str(item.get("field"))) if isinstance(item, dict) else None
    if field is None or part not in item:
        return item
    other = as_stored(field, item[part], resolver, (*route, part))
    return {**item, part: str(other) if isinstance(other, PlainText) else other}


def as_stored(field: Question, value: Any, resolver: Resolver, route: Route = ()) -> Any:  # noqa: ANN401 - any parsed value
    """Returns a field's value as `fields_as_stored` does; raises what it raises."""
    if isinstance(value, list):
        return [as_stored(field, item, resolver, (*route, at)) for at, item in enumerate(value)]
    if isinstance(value, dict):
        return fields_as_stored(field.holds, value, resolver, route)
    try:
        if field.shape == "party" and isinstance(value, str):
            return value if value in RESERVED_PARTY_IDS else resolver.party(str(value))
        if field.shape == "date" and value is not None and not isinstance(value, bool):
            return PlainText(resolver.date(as_written(value)))
    except BadInput as fault:
        raise Unresolved(fault, route) from None
    return value


FORM = "'{name: value, …}'"
_BETWEEN_COMMAS = re.compile(r",\s*([^,:{}\[\]]*[^,:{}\[\]\s])\s*(?=[,}])")
"""Words between commas, or between a comma and the end, without a colon behind them."""


def mapping_from(typed: str, label: str) -> dict[str, Any]:
    """Returns a mapping typed in YAML's flow form; `label` is the option or field that it was typed for.

    Raises Misused if it is not one, or if a comma cuts a text in it.
    """
    parsed = parse(f"{typed}\n".encode("utf-8", "surrogateescape"), label)
    value = parsed.tree.value if parsed.tree else None
    if isinstance(value, dict):
        cut: list[str] = []
        meant = _rejoined(value, frozenset(_BETWEEN_COMMAS.findall(typed)), cut)
        if cut:  # as in `{text: a, b}`
            hint = f"quote the text: {command(label, in_flow(meant))}"
            raise Misused(f"{label}: a comma ends a text, so `{cut[0]}` is taken for a field", hint)
    if parsed.problems:
        first = parsed.problems[0]
        quotes = f"put quotes around a text that holds a comma, a colon or `#`: {label} '{{text: \"…\"}}'"
        raise Misused(f"{label}: {first.message}", *first.helps, *([] if value else [quotes]))
    if not isinstance(value, dict):
        raise Misused(f"{label} takes a YAML mapping: {FORM}")
    return value


def _rejoined(value: Any, loose: frozenset[str], cut: list[str]) -> Any:  # noqa: ANN401 - any parsed value
    """Returns a value with the words that a comma cut off put back behind their text; adds these words to `cut`.

    `loose` are all words that stand between commas.
    """
    if isinstance(value, list):
        return [_rejoined(item, loose, cut) for item in value]
    if not isinstance(value, dict):
        return value
    meant: dict[str, Any] = {}
    for name, inner in value.items():
        before = next(reversed(meant), "")
        text = meant.get(before)
        if inner is None and name in loose and not isinstance(text, dict | list | None):
            meant[before] = f"{as_written(text)}, {name}"
            cut.append(name)
        else:
            meant[name] = _rejoined(inner, loose, cut)
    return meant


_WORDS = 4
"""The most words of an id."""


def ids_in(values: Mapping[str, Any], fields: Iterable[Question]) -> frozenset[str]:
    """Returns the ids of the items in a record, which are unique in it across its fields."""
    lists = [listed for field in fields if is_list(listed := values.get(field.name))]
    return frozenset(str(item["id"]) for items in lists for item in items if isinstance(item, Mapping) and "id" in item)


def with_item_ids(values: Mapping[str, Any], fields: Collection[Question], taken: Iterable[str] = ()) -> dict[str, Any]:
    """Returns the values with an id for each item that has a text and no id; `taken` are ids of other items."""
    ids = {*taken, *ids_in(values, fields)}
    made = dict(values)
    for field in fields:
        items = made.get(field.name)
        named = issubclass(field.holds, Frozen) and field.holds.word_gives == "text"
        has_ids = named and any(part.name == "id" for part in questions_of(field.holds))
        if isinstance(items, list) and has_ids:
            made[field.name] = [_with_id(item, field, ids) if isinstance(item, Mapping) else item for item in items]
    return made


def _with_id(item: Mapping[str, Any], field: Question, ids: set[str]) -> Mapping[str, Any]:
    text = item.get("text")
    if "id" in item or not text:
        return item
    wanted = "-".join(slug_of(first_text(text)).split("-")[:_WORDS]) or field.option
    new = free_id(wanted, ids)
    ids.add(new)
    return {"id": new, **item}
