"""A program and records that speak Greek letters: a Latin letter on a page is then English in no catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from babel.messages.catalog import Catalog
from tests.catalogues import compiled, messages

from ogpcase.model.parties import PUBLIC
from ogpcase.output import messages as spoken
from ogpcase.output.messages import LANGUAGES
from ogpcase.policy.procedures import every_procedure

GREEK = "el"
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "αβψδεφγηιξκλμνοπθρστυωςχζϊΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΥΩΫΧΖΪ"
)
_KEPT = re.compile(r"\{[^}]*\}|`[^`]*`|--[a-z-]+")
"""What no translator changes: places, commands and options."""
_TEXTS = frozenset({
    "title", "summary", "text", "name", "other_names", "because", "as_named", "office", "publisher", "period", "verb",
    "place", "method", "value", "as_stated_status", "prior_steps", "effect", "evidence", "description",
})  # fmt: skip
"""The keys of records under which people write."""
_CODES = frozenset({"publish", "withhold", "withheld"})
"""Keys of mappings that hold codes alone."""
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|unknown")
_NAMING = frozenset({"id", "aliases", "basis", "country", "language", "languages", "file", "policy_version", "scheme"})
"""Keys whose values are names and never words."""


def in_greek(text: str) -> str:
    """Returns a text of the same width without a letter of the Latin alphabet, but in what is never translated."""
    kept = _KEPT.findall(text)
    parts = [part.translate(_LETTERS) for part in _KEPT.split(text)]
    return "".join(part + (kept[place] if place < len(kept) else "") for place, part in enumerate(parts))


def speak_greek(monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """Gives the program a catalogue of Greek letters, kept in a folder, and returns its tag."""
    catalogue = Catalog(locale=GREEK, fuzzy=False)
    for message in messages():
        said = tuple(map(in_greek, filter(None, (message.one, message.several))))
        texts = (message.one, message.several) if message.several else message.one
        catalogue.add(texts, said if message.several else said[0], context=message.context)
    (folder / f"{GREEK}.mo").write_bytes(compiled(catalogue))
    monkeypatch.setattr(spoken, "CATALOGUES", folder)
    monkeypatch.setattr(spoken, "LANGUAGES", (*LANGUAGES, GREEK))
    return GREEK


def write_in_greek(source: Path, root: Path) -> set[str]:
    """Writes the records of a folder into another, their texts in Greek letters, and returns the ids that are left."""
    ids = {PUBLIC} | {duty.id for procedure in every_procedure() for move in procedure.moves for duty in move.then_due}
    for file in source.rglob("*.yaml"):
        record = yaml.safe_load(file.read_text("utf-8"))
        there = root / file.relative_to(source)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(yaml.safe_dump(_record_in_greek(record), allow_unicode=True, sort_keys=False), "utf-8")
        ids |= {file.stem, file.parent.name, *_ids_in(record)}
    return ids


def _record_in_greek(value: object, *, writes: bool = False) -> object:
    if isinstance(value, dict):
        return {
            key: each if key in _CODES else _record_in_greek(each, writes=writes or key in _TEXTS)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_record_in_greek(each, writes=writes) for each in value]
    return value.translate(_LETTERS) if writes and isinstance(value, str) and not _ID.fullmatch(value) else value


def _ids_in(value: object) -> Iterator[str]:
    """Yields the ids of a record's items, its languages and countries, and the clauses and files that it names."""
    if isinstance(value, dict):
        for key in _NAMING & value.keys():
            yield from [value[key]] if isinstance(value[key], str) else value[key]
        for each in value.values():
            yield from _ids_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _ids_in(each)
