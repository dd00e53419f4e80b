"""Turns a record into the plain values of its file, in the standard order and short forms."""

from __future__ import annotations

from enum import Enum
from typing import Any

from ogpcase.model.base import Frozen
from ogpcase.model.codelists import Format
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.items import OF_WITHDRAWN, MentionForm
from ogpcase.model.parties import Membership, NamedParty
from ogpcase.model.publication import EVERYTHING, LeftOut, Pseudonym
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import Source
from ogpcase.model.texts import Text


class PlainText(str):
    """Text written without quotes, such as a date."""

    __slots__ = ()


def values_of(record: Frozen) -> dict[str, Any]:
    """Returns the values of the record's file; binding them again gives the same record."""
    values = _fields(record)
    if isinstance(record, Event):
        values["kind"] = str(record.kind)
        if record.withdrawn is not None:
            values = {name: value for name, value in values.items() if value != OF_WITHDRAWN.get(name)}
    return {field.name: values[field.name] for field in questions_of(type(record)) if field.name in values}


def _fields(record: Frozen) -> dict[str, Any]:
    """Returns every field that is not at its default; the id is the file's name."""
    known = type(record).model_fields.items()
    return {
        field.alias or name: _plain(value)
        for name, field in known
        if not field.exclude and (value := getattr(record, name)) != field.default
    }


def _plain(value: object) -> object:
    if isinstance(value, FuzzyDate):
        return PlainText(value.text)
    if isinstance(value, Format):
        return int(value)
    if isinstance(value, Text | NamedParty):
        return value.written()
    if isinstance(value, Frozen):
        short = short_form(value)
        return _fields(value) if short is None else short
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str | Enum) else value


def short_form(value: Frozen) -> str | None:
    """Returns the single scalar that may stand for the mapping in a file, or None."""
    if isinstance(value, LeftOut):
        return value.field if value.instead is None and value.because is None else None
    if isinstance(value, Membership):
        return value.party if value.from_ is None and value.until is None else None
    if isinstance(value, MentionForm):
        return str(value.event) if value.text is None else None
    if isinstance(value, Source):
        return value.id if _fields(value).keys() == {"id"} else None
    return EVERYTHING if isinstance(value, Pseudonym) and not value.chosen else None
