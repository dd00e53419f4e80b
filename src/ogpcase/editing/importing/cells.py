"""Turns the text of a cell into the value of its field, as the options of `add-event` do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from ogpcase.diagnostics import did_you_mean, suggestion
from ogpcase.editing.importing.headings import heading_words
from ogpcase.editing.importing.tables import Cell
from ogpcase.editing.naming import Resolver, nearest_party, only_party
from ogpcase.editing.typed_dates import written_date
from ogpcase.editing.typed_values import values_from
from ogpcase.errors import BadInput
from ogpcase.model.casefile import Registry
from ogpcase.model.dates import NotADate
from ogpcase.model.ids import RESERVED_PARTY_IDS
from ogpcase.model.questions import Question, Shape
from ogpcase.model.serialize import PlainText
from ogpcase.model.table_mapping import FieldPath, TableMapping

_YES = frozenset({"true", "yes", "si", "oui", "x", "1"})
_NO = frozenset({"false", "no", "non", "0"})


class UnknownName(BadInput):
    """No party has the name in a cell; `near` is the id of the party whose name is nearest, if one is near."""

    def __init__(self, name: str, near: str | None) -> None:
        super().__init__(f"no party is called `{name}`", *suggestion(near))
        self.name = name
        self.near = near


class UnknownCode(BadInput):
    """The field has no code or title like the word in a cell."""

    def __init__(self, field: Question, word: str) -> None:
        hints = (*did_you_mean(word, field.codes), f"codes: {', '.join(field.codes)}")
        super().__init__(f"`{word}` is not one of the codes of `{field.name}`", *hints)
        self.field = field
        self.word = word


class TwoReadings(BadInput):
    """The day and the month of a date can be taken for each other."""


class Reader:
    """Reads cells, with the parties that are known, the mapping of the table, and the day of today."""

    def __init__(self, registry: Registry, mapping: TableMapping, today: date) -> None:
        self.mapping = mapping
        self._registry = registry
        self._today = today
        self._parties: dict[str, str | BadInput] = {}
        """What each name in a cell means, or why it means nothing."""

    def values(self, path: FieldPath, cell: Cell) -> list[Any]:
        """Returns the values of a cell that is not empty: one, or for a list those that the separator parts.

        Raises BadInput for the first word that is no value of the field.
        """
        return [self._value(path, word, cell.day) for word in self._words(path, cell.text)]

    def _words(self, path: FieldPath, text: str) -> Iterable[str]:
        whole = self._said(path, text)
        if whole != text or not (path.inner or path.field).repeats:
            return [whole]
        if path.last.shape == "party" and isinstance(self._named(" ".join(text.split())), str):
            return [text]
        lines = text.split("\n")
        separator = self.mapping.separator
        parts = (part for line in lines for part in (line.split(separator) if separator else [line]))
        return [self._said(path, part.strip()) for part in parts if part.strip()]

    def _said(self, path: FieldPath, word: str) -> str:
        """Returns what the mapping says that a word means, or the word."""
        words = self.mapping.values.get(path.name)
        if not words:
            return word
        plain = heading_words(word)
        alike = (said for known, said in words.items() if plain and heading_words(known) == plain)
        return words.get(word) or next(alike, word)

    def _value(self, path: FieldPath, word: str, day: date | None) -> Any:  # noqa: ANN401 - the value of any field
        field = path.last
        if field.shape == "text":
            return {path.language: word} if path.language else word
        if field.shape == "date":
            return PlainText(day.isoformat()) if day is not None else self._date(word)
        if field.shape in _IN_TABLES:
            return _IN_TABLES[field.shape](field, word)
        typed = " ".join(word.split()) if field.shape != "mapping" else word
        if field.shape == "party" and not typed.startswith("{"):
            return self._party(typed)
        value = values_from({field.name: [typed]}, [field], Resolver(self._party, self._date))[field.name]
        return value[0] if field.repeats else value

    def _party(self, name: str) -> str:
        found = self._named(name)
        if isinstance(found, BadInput):
            raise found
        return found

    def _named(self, name: str) -> str | BadInput:
        if name not in self._parties:
            ids = (name,) if name in RESERVED_PARTY_IDS else self._registry.named(name)
            unknown = UnknownName(name, nearest_party(self._registry, name)) if not ids else None
            try:
                self._parties[name] = unknown or only_party(name, ids)
            except BadInput as fault:
                self._parties[name] = fault
        return self._parties[name]

    def _date(self, typed: str) -> PlainText:
        order = self.mapping.dates
        try:
            return PlainText(written_date(typed, self._today, order))
        except NotADate as fault:
            hints = [fault.help] if fault.help else []
            readings: set[str] = set()
            with suppress(NotADate):
                readings = {
                    written_date(typed, self._today, "day-first"),
                    written_date(typed, self._today, "month-first"),
                }
            kind = TwoReadings if order is None and len(readings) > 1 else BadInput
            raise kind(f"cannot read the date `{typed}`: {fault}", *hints) from None


def _code(field: Question, word: str) -> str:
    code = codes_by_word(field).get(heading_words(word))
    if code is None:
        raise UnknownCode(field, word)
    return code


@cache
def codes_by_word(field: Question) -> dict[str, str]:
    """Returns the codes of a field by every word for them: the code, its title, and its titles in other languages."""
    words: dict[str, str] = {}
    for choice in field.choices:
        for word in (choice.code, choice.label, *choice.others):
            words.setdefault(heading_words(word), choice.code)
    return words


def _number(_: Question, word: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", word):
        raise BadInput(f"`{word}` is not a whole number, 0 or more")
    return int(word)


def _flag(_: Question, word: str) -> bool:
    plain = heading_words(word)
    if plain not in _YES | _NO:
        raise BadInput(f"`{word}` is neither yes nor no")
    return plain in _YES


_IN_TABLES: dict[Shape, Callable[[Question, str], object]] = {"code": _code, "number": _number, "flag": _flag}
"""The shapes of which tables hold other words than options."""
