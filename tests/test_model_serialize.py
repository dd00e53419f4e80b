"""Records and their plain values: what is written binds to the same record, and whatever is bound is told of."""

from __future__ import annotations

import types
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.model.base import Frozen
from ogpcase.model.bind import Bound, bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS
from ogpcase.model.ids import Reference
from ogpcase.model.items import MentionForm, Votes
from ogpcase.model.parties import Membership, NamedParty, Party
from ogpcase.model.serialize import PlainText, values_of
from ogpcase.model.table_codes import StageCode, TableCode
from ogpcase.model.texts import Text
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.limits import unwanted_in_value
from ogpcase.yamltree.parsing import parse

R = TypeVar("R", bound=Frozen)
SLUGS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
REFERENCES = st.builds(
    lambda case, event, item: f"{case}{event}{item}",
    st.one_of(st.just(""), SLUGS.map(lambda case: f"{case}/")),
    SLUGS,
    st.one_of(st.just(""), SLUGS.map(lambda item: f"#{item}")),
)
LINES = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")), min_size=1)
    .filter(str.strip)
    .filter(lambda text: not any(map(unwanted_in_value, text))),
    st.sampled_from(
        ["no", "2017", "012", "1e3", "12:30", "null", "- a", "a: b", "x #y", "'q'", '"', " padded ", "@", "{}"]
    ),
)
TAGS = st.sampled_from(["en", "es", "fr", "es-MX", "zh-Hant"])
DATES = st.sampled_from(
    ["2018", "2018-07", "2018-07-16", "2018-07-XX", "201X", "2018?", "2017-10-19/2017-10-20", "2024-10/..",
     "[2025-07-01..2025-11-30]", "[..2025-12-01]", "[2015-04-14,2015-04-15]", "unknown"]
)  # fmt: skip
URLS = st.sampled_from(["https://example.org/a?b=c#d", "http://example.org/%20", "mailto:a@example.org"])
SPECIAL: dict[tuple[type, str], st.SearchStrategy[Any]] = {
    (Party, "country"): st.just("NO"),
    (CaseHeader, "country"): st.just("NO"),
    (CaseHeader, "language"): TAGS,
}
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "url": URLS,
    "archived_url": URLS,
    "urls": st.lists(URLS, max_size=2),
    "language": TAGS,
    "sha256": st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    "file": st.just("sources/letter of 2017.pdf"),
    "languages": st.lists(TAGS, max_size=2),
    "request": st.builds("{}#{}".format, SLUGS, SLUGS),
    "withhold": st.just("all"),
    "moves_to": st.lists(st.sampled_from(StageCode.codes()), max_size=2),
}
IDS = {"id", "source", "for", "subject", "case", "part_of", "party", "sources", "answer_withheld", "pseudonym",
       "paper", "told_by", "aliases"}  # fmt: skip


def values_for(annotation: object, name: str) -> st.SearchStrategy[Any]:
    """Plain values that a field of this type and name takes."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        return records(annotation)
    for known, strategy in {
        FuzzyDate: DATES.map(PlainText),
        Reference: REFERENCES,
        Text: st.one_of(LINES, st.dictionaries(TAGS, LINES, min_size=1, max_size=2)),
        bool: st.booleans(),
        int: st.integers(0, 400),
    }.items():
        if annotation is known:
            return strategy
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([str(member) for member in annotation])
    if isinstance(annotation, type) and issubclass(annotation, TableCode):
        return st.sampled_from(annotation.codes())
    if annotation is str:
        return SLUGS if name in IDS else LINES
    return _of_parts(annotation, name)


def _of_parts(annotation: object, name: str) -> st.SearchStrategy[Any]:
    inner = [each for each in get_args(annotation) if each not in {type(None), Ellipsis}]
    origin = get_origin(annotation)
    if origin in {Union, types.UnionType, Annotated}:
        return values_for(inner[0], name)
    if origin is Literal:
        return st.sampled_from(inner)
    assert origin is tuple, annotation
    return st.lists(values_for(inner[0], name), min_size=1, max_size=2)


def records(cls: type[Frozen], leave_out: frozenset[str] = frozenset()) -> st.SearchStrategy[dict[str, Any]]:
    """Plain values of a record, by its own fields; of alternatives that exclude each other, one."""
    needed: dict[str, st.SearchStrategy[Any]] = {}
    free: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in cls.model_fields.items():
        if field.exclude or name in leave_out:
            continue
        key = field.alias or name
        known = {**BY_NAME, **{word: each for (owner, word), each in SPECIAL.items() if owner is cls}}
        (needed if field.is_required() else free)[key] = (
            known[key] if key in known else values_for(field.annotation, key)
        )
    return st.fixed_dictionaries(needed, optional=free).map(_fitting(cls))


def _fitting(cls: type[Frozen]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Makes the rules over several fields hold."""

    def fit(values: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911 - one return for each model
        if cls.__name__ == "Within":
            units = [unit for unit in ("days", "weeks", "months", "years") if unit in values] or ["days"]
            return {name: each for name, each in values.items() if name not in units} | {
                units[0]: values.get(units[0], 3)
            }
        if cls.__name__ == "Request" and "due" in values:
            return {name: each for name, each in values.items() if name != "within"}
        if cls.__name__ == "PartySource" and not values.keys() & {"title", "url"}:
            return {**values, "title": "A page"}
        if (
            cls.__name__ == "Source"
            and values.keys() - {"id", "gives"}
            and not values.keys() & {"title", "url", "file"}
        ):
            return {**values, "title": "A page"}
        if cls is Membership:  # the days are drawn apart, and could be in any order
            return {name: each for name, each in values.items() if name != "until" or "from" not in values}
        if cls is MentionForm and not values:
            return {"event": "a-letter"}
        return values

    return fit


EVENTS = st.sampled_from(list(Kind)).flatmap(
    lambda kind: records(KINDS[kind]).map(lambda values: {"kind": str(kind), **values})
)


def _distinct(values: dict[str, Any]) -> dict[str, Any]:
    """Items of one name are told of, and are no matter of this test."""
    fresh = iter(range(100))
    for name in ("requests", "allegations", "clauses", "milestones", "sources"):
        for item in values.get(name, []):
            item["id"] = f"{item['id']}-{next(fresh)}"
    return values


def through_file(values: dict[str, Any]) -> object:
    """The values as a reader of the file gets them."""
    parsed = parse(emit(values).encode(), "f")
    assert () == parsed.problems
    assert parsed.tree is not None
    return parsed.tree.value


def sound(result: Bound[R]) -> R:
    assert [] == [(each.message, each.places[0].route) for each in result.problems]
    assert result.record is not None
    return result.record


@settings(max_examples=examples(20, 80), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(EVENTS.map(_distinct))
def test_an_event_written_and_read_again_is_the_same_event(values: dict[str, Any]) -> None:
    event = sound(bind_event(values, "2017-event", "f"))
    written = values_of(event)
    assert event == sound(bind_event(through_file(written), "2017-event", "f"))
    assert written == values_of(sound(bind_event(written, "2017-event", "f")))
    assert list(written) == [name for name in list(values_of(event)) if name in written]


def _body_of_ogp(values: dict[str, Any]) -> dict[str, Any]:
    """Only a party classified so is a body of OGP."""
    return {**values, "classification": "ogp_body"} if values.get("body") else values


@settings(max_examples=examples(10, 30), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(records(CaseHeader), records(Party).map(_body_of_ogp).map(_distinct))
def test_a_header_and_a_party_written_and_read_again_are_the_same(
    header: dict[str, Any], party: dict[str, Any]
) -> None:
    first = sound(bind_header(header, "arcadia-2023", "f"))
    assert first == sound(bind_header(through_file(values_of(first)), "arcadia-2023", "f"))
    second = sound(bind_party(party, "open-arcadia", "f"))
    assert second == sound(bind_party(through_file(values_of(second)), "open-arcadia", "f"))


TREES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), LINES, DATES, SLUGS),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(SLUGS, inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=examples(20, 80), suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(EVENTS, st.data())
def test_one_wrong_node_costs_its_field_and_no_other(values: dict[str, Any], data: st.DataObject) -> None:
    """Whatever stands in one field, the event binds, and every other field says what it said."""
    broken = data.draw(st.sampled_from(sorted(values.keys() - {"kind"})))
    whole = bind_event(values, "2017-event", "f").record
    result = bind_event({**values, broken: data.draw(TREES)}, "2017-event", "f")
    assert whole is not None
    assert result.record is not None
    assert result.flawed <= {broken, "withhold"}
    for name in type(whole).model_fields:
        assert broken == name or getattr(whole, name) == getattr(result.record, name)


def test_values_are_written_in_their_shortest_form_and_in_the_order_of_the_kind() -> None:
    values = {
        "sources": [{"id": "s1", "url": "https://example.org"}],
        "votes": {"for": 3, "against": 0},
        "by": [{"party": "ogp"}, {"party": "ogp-irm", "office": "Head"}],
        "cites": [],
        "context": False,
        "in_reply_to": "2016-letter",
        "dated": "2017",
        "title": {"en": "A", "es": "B"},
        "kind": "resolution",
        "policy_version": "2014",
    }
    event = sound(bind_event(values, "2017-resolution", "f"))
    expected = {
        "kind": "resolution",
        "title": {"en": "A", "es": "B"},
        "dated": "2017",
        "by": ["ogp", {"party": "ogp-irm", "office": "Head"}],
        "votes": {"for": 3, "against": 0},
        "in_reply_to": ["2016-letter"],
        "policy_version": "2014",
        "sources": [{"id": "s1", "url": "https://example.org"}],
    }
    assert list(expected.items()) == list(values_of(event).items())
    assert "\ndated: 2017\n" in emit(values_of(event))


def test_a_mention_and_a_party_have_a_short_and_a_long_form() -> None:
    steps = ["2016-letter", {"event": "2016-letter", "text": "told"}, {"text": "in words"}]
    values = {"kind": "concern", "title": "x", "dated": "2017", "filers": ["a"], "prior_steps": steps}
    written = values_of(sound(bind_event(values, "2017-concern", "f")))
    assert values["prior_steps"] == written["prior_steps"]
    assert values["filers"] == written["filers"]
    assert "a" == NamedParty(party="a").written()


def test_fields_may_be_named_by_what_python_can_say() -> None:
    """`for` and `from` are Python's own words; records say them, code says `for_` and `from_`."""
    assert Votes(for_=3) == Votes.model_validate({"for": 3})
    assert {"kind", "title", "dated"} == set(
        values_of(sound(bind_event({"kind": "letter", "title": "x", "dated": "2017"}, "a", "f")))
    )


@pytest.mark.parametrize("kind", list(Kind))
def test_the_least_event_of_every_kind_binds(kind: Kind) -> None:
    event = sound(bind_event({"kind": str(kind), "title": "x", "dated": "unknown"}, "undated", "f"))
    assert (kind, (), ()) == (event.kind, event.actors, event.asks)
