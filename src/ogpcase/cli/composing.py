"""A new event's text, from all the ways to give it: options, a file, answers, an editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ogpcase.cli.field_options import kind_named, refuse_foreign
from ogpcase.cli.naming import party_named
from ogpcase.cli.new_parties import new_parties, registry_with
from ogpcase.cli.prompts import ask_for, at_terminal
from ogpcase.cli.values import values_from, with_source_ids
from ogpcase.cli.whole_record import whole_record
from ogpcase.errors import Misused
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Kind, Stage, Track
from ogpcase.model.fields import fields_of
from ogpcase.model.written import values_of
from ogpcase.values import field, frozen
from ogpcase.yamltree import emit

Values = Mapping[str, Any]
NEEDED = ("title", "dated")
"""What every event has, beside its kind."""


@frozen
class Given:
    """What the command line gave: the kind, options by field, new parties, the file of a whole record."""

    kind: str | None
    options: Mapping[str, Any]
    new_parties: tuple[str, ...] = ()
    whole: str | None = None


@frozen
class Composed:
    """A new event's values and text, and the texts of the parties that come with it."""

    kind: Kind
    values: dict[str, Any]
    text: str
    parties: dict[str, str] = field(default_factory=dict)


def composed(given: Given, case: CaseFile, copies: Sequence[Values] = (), *, to_edit: bool = False) -> Composed:
    """Returns the event as far as it was given, asking for what is missing on a terminal.

    `copies` are sources too. What is `to_edit` may lack what is needed: a line stands there to be filled in.

    Raises:
        Misused: if the options do not fit, or something needed is missing and nobody can be asked.
        BadInput: if a party is not known or a value cannot be stored.
    """
    text, base = whole_record(given.whole) if given.whole is not None else ("", {})
    kind = _kind(given, base)
    refuse_foreign(kind, given.options)
    parties = new_parties(given.new_parties, case.registry)
    registry = registry_with(case.registry, parties)
    options = values_from(given.options, fields_of(kind), lambda name: party_named(registry, name))
    values = {**base, "kind": str(kind), **options}
    if not to_edit:
        values |= _asked(given, kind, values, registry)
    if copies:
        values["sources"] = [*values.get("sources", ()), *copies]
    values = with_source_ids(_filing(values, kind, case))
    whole = (_kept(text, base, values) if text else "") or text_of(kind, values)
    return Composed(kind, values, whole, {file: text for file, (text, _) in parties.items()})


def _kind(given: Given, base: Values) -> Kind:
    word = given.kind or base.get("kind")
    if not isinstance(word, str):
        raise Misused("the kind of the event is missing", f"kinds: {', '.join(Kind)}")
    kind = kind_named(word)
    if base.get("kind", word) != word:
        raise Misused(f"the record given is a `{base['kind']}`, not a `{kind}`", "leave one of the two out")
    return kind


def _asked(given: Given, kind: Kind, values: Values, registry: Registry) -> dict[str, Any]:
    """What somebody at a terminal answers for what is missing; refused where nobody is there."""
    missing = [name for name in NEEDED if name not in values]
    if not missing:
        return {}
    if at_terminal() and given.whole != "-":
        return ask_for(kind, values, registry)
    way = "write them into the record" if given.whole else "or give a whole record with --from FILE"
    raise Misused(f"missing: {', '.join(f'--{name}' for name in missing)}", way)


def _kept(text: str, base: Values, values: Values) -> str:
    """The text as it was typed, with what was not in it added at its end; empty where some of it changed."""
    if any(base[name] != values[name] for name in base):
        return ""
    added = {name: value for name, value in values.items() if name not in base}
    return text + emit(added) if added else text


def text_of(kind: Kind, values: Values) -> str:
    """Returns the values as a record's text in the house's shape; what is wrong in them stays, to be pointed at."""
    bound = bind_event(values, "new", "new")
    if bound.record is not None and not bound.problems:
        return emit(values_of(bound.record))
    names = dict.fromkeys((*(each.name for each in fields_of(kind)), *values))
    lines = [
        emit({name: values[name]}) if name in values else f"{name}:\n" for name in names if name in (*values, *NEEDED)
    ]
    return "".join(lines)


def _filing(values: dict[str, Any], kind: Kind, case: CaseFile) -> dict[str, Any]:
    """A filing carries its move like any other paper: filled in where the policy has just one row for it."""
    from ogpcase.policy.lifecycle import permitted_moves, standing, version_of

    files = kind is Kind.CONCERN and "addendum_to" not in values and "moves_to" not in values
    if not files or case.header is None or case.header.track is not Track.RESPONSE_POLICY:
        return values
    version = version_of(case)
    if version is None or standing(case, None).stage is not Stage.NOT_FILED:
        return values
    ends = {move.to for move in permitted_moves(Stage.NOT_FILED, version) if kind in move.carried_by}
    return {**values, "moves_to": [str(ends.pop())]} if len(ends) == 1 else values
