"""The questions that options are made from say what the models say: the same fields, in shapes that fit."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import pytest

from ogpcase.editing.naming import Resolver
from ogpcase.editing.typed_values import fields_as_stored
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS
from ogpcase.model.ids import Reference
from ogpcase.model.items import MentionForm, SignedBy
from ogpcase.model.parties import Membership, NamedParty, Party
from ogpcase.model.publication import LeftOut
from ogpcase.model.questions import Question, fields_of, questions_of
from ogpcase.model.serialize import PlainText
from ogpcase.model.sources import Source
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Text

Entry = tuple[type[Frozen], str, Question]
IDS_OF_PARTIES = {("subject", str)}
"""Fields that hold a party's bare id, which by its type is any text."""
IDS_OF_SOURCES = {"paper", "told_by"}
IDS_IN_ITEMS: set[tuple[type[Frozen], str]] = {
    (SignedBy, "for"), (NamedParty, "party"), (Membership, "party"),
}  # fmt: skip
"""The same of items of records."""


def entries() -> Iterator[Entry]:
    for kind, model in KINDS.items():
        for field in fields_of(kind):
            if field.name != "kind":
                yield model, f"{kind} {field.name}", field
    for field in questions_of(CaseHeader):
        yield CaseHeader, f"header {field.name}", field
    for field in questions_of(Party):
        yield Party, f"party {field.name}", field


def bare(annotation: object) -> tuple[Any, bool]:
    """Returns the type that is left without markers and None, and whether there is a tuple of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return bare(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return bare(next(each for each in get_args(annotation) if each is not type(None)))
    if origin is tuple:
        return bare(get_args(annotation)[0])[0], True
    return annotation, False


def shape_of(name: str, annotation: object) -> tuple[str, bool]:
    """Returns the shape in which the command line takes a field of this type, and whether it takes several."""
    found, several = bare(annotation)
    if name in IDS_OF_SOURCES:
        return "source", several
    if (name, found) in IDS_OF_PARTIES or found in {NamedParty, Membership}:
        return "party", several
    if get_origin(found) is not None or not isinstance(found, type):
        return "line", several
    for kind, shape, in_lists in (
        (Text, "text", False),
        (FuzzyDate, "date", False),
        (CodeList, "code", True),
        (TableCode, "code", True),
        (Reference, "reference", True),
        (MentionForm, "mention", True),
        (LeftOut, "part", True),
        (Source, "source", True),
        (Frozen, "mapping", True),
        (bool, "flag", False),
        (int, "number", False),
        (str, "line", True),
    ):
        if issubclass(found, kind) and (in_lists or not several):
            return shape, several
    raise AssertionError(f"{name} has a type that no option is made for: {found}")


@pytest.mark.parametrize("kind", Kind)
def test_the_table_has_the_fields_of_each_kind_and_no_others(kind: Kind) -> None:
    assert {field.name for field in fields_of(kind)} == {"kind", *KINDS[kind].model_fields} - {"id"}


def test_the_table_has_the_fields_of_headers_and_parties_in_their_order() -> None:
    assert [field.name for field in questions_of(CaseHeader)] == [
        name for name in CaseHeader.model_fields if name != "id"
    ]
    assert [field.name for field in questions_of(Party)] == [name for name in Party.model_fields if name != "id"]


@pytest.mark.parametrize(("model", "name", "field"), [pytest.param(*each, id=each[1]) for each in entries()])
def test_each_field_is_taken_in_the_shape_of_its_type(model: type[Frozen], name: str, field: Question) -> None:
    of_model = model.model_fields[field.name]
    assert shape_of(field.name, of_model.annotation) == (field.shape, field.repeats), name
    assert of_model.is_required() == field.required
    assert of_model.description == field.about
    found = bare(of_model.annotation)[0]
    if isinstance(found, type) and issubclass(found, CodeList):
        assert tuple(map(str, found)) == field.codes
    if isinstance(found, type) and issubclass(found, TableCode):
        assert found.codes() == field.codes


@pytest.mark.parametrize("kind", Kind)
def test_who_acts_is_a_field_of_the_kind(kind: Kind) -> None:
    names = {field.name for field in fields_of(kind)}
    acting = KINDS[kind].acting
    assert {*acting} <= names
    assert {"party"} == {field.shape for field in fields_of(kind) if field.name in acting}


def nested(model: type[Frozen], seen: set[type[Frozen]]) -> Iterator[tuple[type[Frozen], str, Any]]:
    """Yields the models, the names as written, and the types of everything below a model."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        found = bare(field.annotation)[0]
        if not field.exclude:
            yield model, field.alias or name, found
        if isinstance(found, type) and issubclass(found, Frozen):
            yield from nested(found, seen)


def test_names_of_parties_and_dates_inside_mappings_are_known() -> None:
    """A party is named by any of its names there, and a date stands without quotes."""
    seen: set[type[Frozen]] = set()
    for model, name, found in (each for kind in KINDS.values() for each in nested(kind, seen)):
        made = fields_as_stored(model, {name: ["A Name", "2018-07"]}, Resolver(str.upper, str))[name]
        names_a_party = found is NamedParty or (model, name) in IDS_IN_ITEMS
        assert (["A NAME", "2018-07"] if names_a_party else ["A Name", "2018-07"]) == made
        assert (found is FuzzyDate) == isinstance(made[1], PlainText)
