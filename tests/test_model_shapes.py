"""The validators that records are bound by and pydantic's own models of the same fields: one verdict on any values."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic_core import ValidationError

from ogpcase.model.asks import Request, Within
from ogpcase.model.codelists import Kind, Relation
from ogpcase.model.events import KINDS
from ogpcase.model.header import CaseHeader, Related
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.parts import MentionForm, Votes
from ogpcase.model.record import Frozen
from ogpcase.model.shapes import model_of
from ogpcase.model.sources import Source
from ogpcase.model.texts import Text
from ogpcase.policy.version import Move, Requirement

CLASSES: tuple[type[Frozen], ...] = (*KINDS.values(), CaseHeader, Party, Request, Source, Move)
WORDS = [
    "2018-07-16",
    "a-b",
    "unknown",
    "ogp_body",
    "individual",
    "met",
    "en",
    "MX",
    "2017",
    "stage_one",
    "",
    "all",
    "III.1",
]
SCALARS = st.one_of(st.sampled_from(WORDS), st.integers(-2, 2020), st.booleans(), st.none(), st.floats(allow_nan=False))


def verdict(model: type[BaseModel | Frozen], values: Mapping[str, object]) -> object:
    """Which errors there are, or what was bound, as text."""
    try:
        return repr(model.model_validate(values))
    except ValidationError as error:
        return [(each["type"], each["loc"], each["msg"]) for each in error.errors(include_url=False)]


def below(cls: type[Frozen]) -> st.SearchStrategy[dict[str, object]]:
    """Values of which many are nearly right."""
    names = [each.alias or name for name, each in cls.model_fields.items()]
    inner = [
        "id",
        "text",
        "party",
        "within",
        "days",
        "url",
        "title",
        "value",
        "source",
        "request",
        "answer",
        "for",
        "es",
    ]
    maps = st.dictionaries(st.sampled_from(inner), st.one_of(SCALARS, st.lists(SCALARS, max_size=2)), max_size=4)
    some = st.one_of(SCALARS, maps, st.lists(st.one_of(SCALARS, maps), max_size=3))
    return st.dictionaries(st.sampled_from([*names, "other"]), some, max_size=8)


@settings(max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_both_take_and_refuse_the_same_for_the_same_reason(cls: type[Frozen], data: st.DataObject) -> None:
    values = data.draw(below(cls))
    assert verdict(model_of(cls), values) == verdict(cls, values)


@settings(max_examples=30)
@given(names=st.lists(st.sampled_from(["days", "weeks", "months", "years", "after", "from"]), max_size=3))
@example(names=["days"])
@example(names=["days", "weeks"])
def test_both_judge_a_term_whole(names: list[str]) -> None:
    values = dict.fromkeys(names, 3)
    assert verdict(model_of(Within), values) == verdict(Within, values)


def test_both_judge_a_body_by_the_classification_before_it() -> None:
    values = {"id": "a", "name": "A", "classification": "media", "body": "irm"}
    told = [("not_of_ogp", ("body",), "not of OGP")]
    assert told == verdict(Party, values) == verdict(model_of(Party), values)


def test_a_record_cannot_be_changed() -> None:
    votes = Votes(for_=3)
    with pytest.raises(AttributeError):
        votes.for_ = 4  # type: ignore[misc]  # the point
    with pytest.raises(AttributeError):
        del votes.for_
    assert Votes(for_=3) == votes


def test_records_of_the_same_values_are_one_key() -> None:
    one, other = NamedParty(party="a"), NamedParty.model_validate({"party": "a"})
    assert one == other
    assert 1 == len({one, other, one.model_copy()})
    assert one != NamedParty(party="b")
    assert one != MentionForm(text=Text.of("a"))


def test_what_was_never_bound_is_refused_without_its_value() -> None:
    with pytest.raises(ValidationError) as caught:
        Related(case="Not An Id", relation=Relation.PRECEDENT)
    assert "Not An Id" not in str(caught.value)


def test_a_copy_of_bound_values_is_bound_no_second_time() -> None:
    request = Request(id="a", text=Text.of("Publish"))
    copied = request.model_copy(update={"asked_of": (NamedParty(party="b"),)})
    assert ("b",) == tuple(each.party for each in copied.asked_of)
    assert () == request.asked_of


def test_plain_values_are_told_whole_or_without_what_is_not_there() -> None:
    requirement = Requirement(text="A report")
    assert {"text": "A report", "report_concludes": None} == requirement.model_dump()
    assert {"text": "A report"} == requirement.model_dump(exclude_none=True)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_the_fields_of_every_event_first(kind: Kind) -> None:
    names = list(KINDS[kind].model_fields)
    assert ["id", "title", "summary", "dated"] == names[:4]
    assert kind is KINDS[kind].kind
