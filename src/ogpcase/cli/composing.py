"""A new event's text, from all the ways to give it: options, a file, answers, an editor."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ogpcase.cli.field_options import kind_named, refuse_foreign
from ogpcase.cli.naming import party_named
from ogpcase.cli.prompts import ask_for, at_terminal
from ogpcase.cli.values import mapping_from, values_from, with_source_ids
from ogpcase.errors import BadInput, CannotRead, Misused
from ogpcase.model.bind import bind_event, bind_party
from ogpcase.model.casefile import CaseFile, Registry, file_of_party
from ogpcase.model.codelists import Kind, Stage, Track
from ogpcase.model.fields import fields_of
from ogpcase.model.ids import slug_of
from ogpcase.model.parties import Party
from ogpcase.model.written import values_of
from ogpcase.yamltree import emit, parse

NewParty = tuple[str, Party]
"""The text of a new party's file, and the record in it."""
LARGEST_INPUT = 262_144
"""Bytes: a record has at most so many."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line gave: the kind, options by field, new parties, the file of a whole record."""

    kind: str | None
    options: Mapping[str, Any]
    new_parties: tuple[str, ...] = ()
    whole: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """A new event's values and text, and the texts of the parties that come with it."""

    kind: Kind
    values: dict[str, Any]
    text: str
    parties: dict[str, str] = field(default_factory=dict)


def composed(given: Given, case: CaseFile) -> Composed:
    """Returns the event as far as it was given, asking for what is missing on a terminal.

    Raises:
        Misused: if the options do not fit, or something needed is missing and nobody can be asked.
        BadInput: if a party is not known or a value cannot be stored.
    """
    text, base = _whole(given.whole) if given.whole is not None else ("", {})
    word = given.kind or base.get("kind")
    if not isinstance(word, str):
        raise Misused("the kind of the event is missing", f"kinds: {', '.join(Kind)}")
    kind = kind_named(word)
    refuse_foreign(kind, given.options)
    parties = new_parties(given.new_parties)
    registry = registry_with(case.registry, parties)
    options = values_from(given.options, fields_of(kind), lambda name: party_named(registry, name))
    values = {**base, "kind": str(kind), **options}
    if _missing(values) and given.whole is None and at_terminal():
        values |= ask_for(kind, values, registry)
    if missing := _missing(values):
        raise Misused(
            f"missing: {', '.join(f'--{name}' for name in missing)}", "or give a whole record with --from FILE"
        )
    values = with_source_ids(_filing(values, kind, case))
    kept = text if given.whole and not given.options and values == with_source_ids({**base, "kind": str(kind)}) else ""
    return Composed(kind, values, kept or text_of(kind, values), {file: text for file, (text, _) in parties.items()})


def text_of(kind: Kind, values: Mapping[str, Any]) -> str:
    """Returns the values as a record's text in the house's shape; what is wrong in them stays, to be pointed at."""
    bound = bind_event(values, "new", "new")
    if bound.record is not None and not bound.problems:
        return emit(values_of(bound.record))
    names = [each.name for each in fields_of(kind)]
    return emit({name: values[name] for name in (*names, *values) if name in values})


def edited(text: str) -> str:
    """Returns the text after the user's editor has had it.

    Raises:
        CannotRead: if no editor is set, or it fails.
    """
    import shlex
    import subprocess
    import tempfile

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CannotRead("no editor is set", "set EDITOR, or give the fields as options")
    with tempfile.TemporaryDirectory(prefix="ogpcase-") as folder:
        path = Path(folder, "event.yaml")
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
        if done.returncode != 0:
            raise CannotRead(f"the editor ended with {done.returncode}; nothing was written")
        return path.read_text(encoding="utf-8", errors="surrogateescape")


def values_in(text: str, name: str) -> dict[str, Any]:
    """Returns the values of a record's text.

    Raises:
        BadInput: if it is no record, with what is wrong and where.
    """
    parsed = parse(text.encode("utf-8", "surrogateescape"), name)
    value = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems:
        first = parsed.problems[0]
        span = first.places[0].span
        at = f"{name}:{span.line}:{span.column}: " if span else f"{name}: "
        raise BadInput(f"{at}{first.message}; nothing was written", *first.helps)
    if not isinstance(value, dict):
        raise BadInput(f"{name} holds no record: it should be one `name: value` a line")
    return value


def _whole(source: str) -> tuple[str, dict[str, Any]]:
    """A whole record from a file or, as `-`, from stdin: YAML, or JSON."""
    name = "standard input" if source == "-" else source
    text = _read(source)
    if text.lstrip().startswith("{"):
        return "", _from_json(text, name)
    return text, values_in(text, name)


def _from_json(text: str, name: str) -> dict[str, Any]:
    import json

    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return values_in(text, name)  # YAML in flow form begins so too, and says better what is wrong
    if not isinstance(value, dict):
        raise BadInput(f"{name} holds no record")
    return value


def _read(source: str) -> str:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        else:
            path = Path(source)
            if not path.is_file():
                raise CannotRead(f"{source} is no file", "give a file, or - for standard input")
            with path.open("rb") as file:
                data = file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_INPUT:
        raise BadInput(f"{source} is larger than a record may be: {LARGEST_INPUT // 1024} KiB")
    return data.decode("utf-8", "surrogateescape")


def _missing(values: Mapping[str, Any]) -> list[str]:
    return [name for name in ("title", "dated") if name not in values]


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


def new_parties(typed: Iterable[str]) -> dict[str, NewParty]:
    """Returns the text and record of each party given as a mapping, by its file. Raises Misused."""
    return dict(map(_new_party, typed))


def _new_party(typed: str) -> tuple[str, NewParty]:
    """A party's file, text and record, from `{name: …, classification: …}`; its id is given or made of the name."""
    values = dict(mapping_from(typed, "--new-party"))
    name = values.get("name")
    first = next(iter(name.values()), "") if isinstance(name, dict) else name
    party_id = str(values.pop("id", "") or slug_of(str(first or "")))
    bound = bind_party(values, party_id, file_of_party(party_id))
    if bound.record is None or bound.problems or not party_id:
        said = [problem.message for problem in bound.problems] or ["the party has no name"]
        raise Misused(f"--new-party: {said[0]}", *(help_ for problem in bound.problems for help_ in problem.helps))
    return file_of_party(party_id), (emit(values_of(bound.record)), bound.record)


def registry_with(registry: Registry, parties: Mapping[str, NewParty]) -> Registry:
    """Returns the registry as it is with new parties in it, so that names typed beside them find them."""
    new = {record.id: record for _, record in parties.values()}
    return Registry({**registry.parties, **new}, registry.unreadable, registry.flawed)
