"""Which fields a part of a record has and in which shape each is typed, read from the models."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.fields import HEADER, PARTY, RecordField, Shape, fields_of
from ogpcase.model.header import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.parts import MentionForm
from ogpcase.model.publication import LeftOut
from ogpcase.model.record import Frozen
from ogpcase.model.texts import Text

_SHAPES: tuple[tuple[type, Shape, Shape], ...] = (
    (Text, "text", "lines"),
    (FuzzyDate, "date", "lines"),
    (CodeList, "code", "codes"),
    (Reference, "reference", "references"),
    (NamedParty, "party", "parties"),
    (MentionForm, "mapping", "mentions"),
    (LeftOut, "mapping", "parts"),
    (Frozen, "mapping", "mappings"),
    (bool, "flag", "lines"),
    (int, "number", "lines"),
    (str, "line", "lines"),
)
_PARTY_IDS = frozenset({"for", "part_of", "subject"})
"""Fields that hold a party's bare id."""


def fields_in(part: type) -> tuple[RecordField, ...]:
    """Returns the fields of a record or of an item of one, in the order they are written; none of a text."""
    if issubclass(part, Event):
        return fields_of(part.kind)
    if issubclass(part, CaseHeader | Party):
        return HEADER if issubclass(part, CaseHeader) else PARTY
    if not issubclass(part, Frozen):
        return ()
    known = part.model_fields.items()
    return tuple(_field(info.alias or name, info.annotation, info.description or "") for name, info in known)


def part_at(part: type, name: str) -> type | None:
    """Returns what a field of a record or item is made of: of a list, its items; None for a field that is not known."""
    if not issubclass(part, Frozen):
        return None
    for own, info in part.model_fields.items():
        if name == (info.alias or own) and not info.exclude:
            return _bare(info.annotation)[0]
    return None


def _field(name: str, annotation: object, about: str) -> RecordField:
    found, several = _bare(annotation)
    for kind, one, many in _SHAPES:
        if issubclass(found, kind):
            shape: Shape = many if several else one
            if name in _PARTY_IDS and kind is str:
                shape = "parties" if several else "party"
            return RecordField(name, shape, about, codes=found if issubclass(found, CodeList) else None)
    return RecordField(name, "line", about)


def _bare(annotation: Any) -> tuple[type, bool]:  # noqa: ANN401 - whatever a model's field is annotated with
    """Returns the type that is left without markers and None, and whether there is a tuple of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return _bare(next(each for each in get_args(annotation) if each is not type(None)))
    if origin is tuple:
        return _bare(get_args(annotation)[0])[0], True
    return (annotation, False) if isinstance(annotation, type) else (str, False)
