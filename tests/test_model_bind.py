"""Binding: every refusal in the words of the house, at its place, and what is sound of a flawed record kept."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import pytest
from tests.blessing import hold

from ogpcase.diagnostics import Problem
from ogpcase.model.base import OneOrSeveral
from ogpcase.model.bind import Bound, bind_event, bind_header, bind_party
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event, Letter

FILE = "arcadia-2023/events/2017-letter.yaml"
LETTER: dict[str, Any] = {"kind": "letter", "title": "A letter", "dated": "2017"}
HEADER: dict[str, Any] = {
    "title": "Sealed contracts",
    "track": "response_policy",
    "subject": "government-of-arcadia",
    "country": "XA",
    "language": "en",
}


def bound(kind: str = "letter", **fields: object) -> Bound[Event]:
    return bind_event({**LETTER, "kind": kind, **fields}, "2017-letter", FILE)


def the_one(result: Bound[Any]) -> Problem:
    """The only problem; several would mean that one fault is told twice."""
    assert 1 == len(result.problems), [each.message for each in result.problems]
    return result.problems[0]


ASK = {"id": "ask", "text": "Publish them"}
REFERENCE = "a reference: `event-id`, `case-id/event-id`, or either with `#item`"
AN_ID = "an id: lowercase words and digits joined by hyphens, at most 100 characters"
REFUSED: list[tuple[str, dict[Any, Any], str, str, tuple[str | int, ...]]] = [
    ("letter", {"sumary": "x"}, "OC202", "`letter` has no field `sumary`", ("sumary",)),
    ("letter", {"id": "x"}, "OC202", "`letter` has no field `id`", ("id",)),
    ("letter", {"ein Feld!": "x"}, "OC202", "`letter` has an unknown field", ("ein Feld!",)),
    ("letter", {1: 2}, "OC202", "`letter` has an unknown field", (1,)),
    ("letter", {"filers": ["a"]}, "OC202", "`letter` has no field `filers`", ("filers",)),
    ("letter", {"senders": [{"party": "a", "offise": "x"}]}, "OC202", "an item of `senders` has no field `offise`",
     ("senders", 0, "offise")),
    ("letter", {"senders": [{"as_named": "x"}]}, "OC201", "an item of `senders` has no `party`",
     ("senders", 0, "party")),
    ("letter", {"departure": [{"sources": ["a"]}]}, "OC201", "an item of `departure` has no `because`",
     ("departure", 0, "because")),
    ("resolution", {"preamble": [{"verb": "recalls"}]}, "OC201", "an item of `preamble` has no `text`",
     ("preamble", 0, "text")),
    ("letter", {"summary": None}, "OC206", "`summary` has no value", ("summary",)),
    ("letter", {"summary": "  "}, "OC206", "`summary` has no value", ("summary",)),
    ("letter", {"title": None}, "OC206", "`title` has no value", ("title",)),
    ("letter", {"title": {}}, "OC206", "`title` has no value", ("title",)),
    ("letter", {"title": {"en": None}}, "OC206", "`en` has no value", ("title", "en")),
    ("letter", {"dated": None}, "OC206", "`dated` has no value", ("dated",)),
    ("letter", {"senders": [None]}, "OC206", "`senders` has no value", ("senders", 0)),
    ("letter", {"requests": [{"id": "a", "text": None}]}, "OC206", "`text` has no value", ("requests", 0, "text")),
    ("letter", {"title": {"English": "x", "e n": "y"}}, "OC208",
     "`e n` should be a BCP 47 language tag, as `es` or `es-MX`", ("title", "e n")),
    ("letter", {"title": ["x"]}, "OC204", "`title` should be text", ("title",)),
    ("letter", {"basis": ["a"]}, "OC204", "`basis` should be text", ("basis",)),
    ("letter", {"requests": {"id": "a"}}, "OC204", "`requests` should be a list", ("requests",)),
    ("letter", {"requests": ["a"]}, "OC204", "`requests` should be a mapping of `name: value`", ("requests", 0)),
    ("resolution", {"votes": 9}, "OC204", "`votes` should be a mapping of `name: value`", ("votes",)),
    ("letter", {"dated": "2017-02-30"}, "OC205", "`dated` is not a date: day 30 does not exist: February has 28 days",
     ("dated",)),
    ("letter", {"dated": ["2017"]}, "OC205", "`dated` is not a date: a date is not written as text", ("dated",)),
    ("letter", {"also_dated": [{"value": "x", "source": "s"}]}, "OC205",
     "`value` is not a date: this is not a date in EDTF", ("also_dated", 0, "value")),
    ("letter", {"as_stated_status": True}, "OC207",
     "`as_stated_status` should be text, but YAML readers take this for something else", ("as_stated_status",)),
    ("letter", {"senders": ["A B"]}, "OC208", f"`senders` should be {AN_ID}", ("senders", 0)),
    ("letter", {"senders": [{"party": "A B"}]}, "OC208", f"`party` should be {AN_ID}", ("senders", 0, "party")),
    ("letter", {"in_reply_to": "A B"}, "OC208", f"`in_reply_to` should be {REFERENCE}", ("in_reply_to",)),
    ("letter", {"in_reply_to": ["a", "A B"]}, "OC208", f"`in_reply_to` should be {REFERENCE}", ("in_reply_to", 1)),
    ("concern", {"prior_steps": ["A b"]}, "OC208", f"`prior_steps` should be {REFERENCE}", ("prior_steps", 0)),
    ("letter", {"answers": [{"request": "x", "answer": "met"}]}, "OC208",
     "`request` should be a reference to an item: `event-id#item`", ("answers", 0, "request")),
    ("letter", {"sources": [{"id": "s", "url": "ftp://x"}]}, "OC208",
     "`url` should be an address that begins with `https://`, `http://` or `mailto:`", ("sources", 0, "url")),
    ("letter", {"sources": [{"id": "s", "file": "../x"}]}, "OC208",
     "`file` should be the path of a copy under `sources/`, as `sources/letter.pdf`", ("sources", 0, "file")),
    ("letter", {"sources": [{"id": "s", "file": "sources/a", "sha256": "x"}]}, "OC208",
     "`sha256` should be a SHA-256 digest: 64 lowercase hexadecimal digits", ("sources", 0, "sha256")),
    ("letter", {"languages": ["English?"]}, "OC208", "`languages` should be a BCP 47 language tag, as `es` or `es-MX`",
     ("languages", 0)),
    ("letter", {"signatory_count": "3"}, "OC208", "`signatory_count` should be a whole number", ("signatory_count",)),
    ("letter", {"signatory_count": True}, "OC208", "`signatory_count` should be a whole number", ("signatory_count",)),
    ("resolution", {"votes": {"for": -1}}, "OC208", "`for` should be a whole number, zero or more", ("votes", "for")),
    ("resolution", {"votes": {"for": 10**9}}, "OC208", "`for` should be a whole number, at most 999999999",
     ("votes", "for")),
    ("letter", {"context": "yes"}, "OC208", "`context` should be `true` or `false`", ("context",)),
    ("letter", {"moves_to": ["not_filed"]}, "OC203", "`not_filed` is not one of the values of `moves_to`",
     ("moves_to", 0)),
    ("letter", {"policy_version": "2016"}, "OC203", "`2016` is not one of the values of `policy_version`",
     ("policy_version",)),
    ("letter", {"answers": [{"request": "x#a", "answer": True}]}, "OC203",
     "this value is not one of the values of `answer`", ("answers", 0, "answer")),
    ("letter", {"policy_version": "x" * 41}, "OC203", "this value is not one of the values of `policy_version`",
     ("policy_version",)),
    ("letter", {"requests": [{**ASK, "due": "2017", "within": {"days": 1}}]}, "OC211",
     "an item of `requests` has `due` and `within`", ("requests", 0)),
    ("letter", {"requests": [{**ASK, "within": {"days": 1, "weeks": 2}}]}, "OC211",
     "`within` needs just one of `days`, `weeks`, `months`, `years`", ("requests", 0, "within")),
    ("letter", {"sources": [{"id": "s", "publisher": "x"}]}, "OC211",
     "an item of `sources` needs at least one of `title`, `url`, `file`",
     ("sources", 0)),
    ("concern", {"prior_steps": [{}]}, "OC211", "an item of `prior_steps` needs at least one of `event`, `text`",
     ("prior_steps", 0)),
    ("letter", {"requests": [ASK, ASK]}, "OC210", "two items of this record are called `ask`", ("requests", 1, "id")),
    ("letter", {"withhold": None}, "OC206", "`withhold` has no value", ("withhold",)),
    ("letter", {"withhold": 5}, "OC204", "`withhold` should be a mapping of `name: value`", ("withhold",)),
    ("letter", {"withhold": {}}, "OC201", "`withhold` has no `field`", ("withhold", "field")),
    ("letter", {"withold": "all"}, "OC202", "`letter` has no field `withold`", ("withold",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "fields", "code", "message", "route"), REFUSED, ids=lambda value: str(value)[:50].replace("::", "")
)
def test_a_fault_is_told_once_in_the_words_of_the_house(
    kind: str, fields: dict[Any, Any], code: str, message: str, route: tuple[str | int, ...]
) -> None:
    problem = the_one(bind_event({**LETTER, "kind": kind, **fields}, "2017-letter", FILE))
    assert (code, message) == (problem.code, problem.message)
    assert [(FILE, route)] == [(each.file, each.route) for each in problem.places[:1]]


def test_what_stands_beside_a_fault_was_found_good() -> None:
    """The words at each place, the notes and the way out of every fault in the list above."""
    told = []
    for kind, fields, *_ in REFUSED:
        problem = the_one(bind_event({**LETTER, "kind": kind, **fields}, "2017-letter", FILE))
        told.append(f"{problem.code} {problem.message}")
        told += [f"  at {'.'.join(map(str, each.route))}: {each.label or '-'}" for each in problem.places]
        told += [*(f"  note: {each}" for each in problem.notes), *(f"  help: {each}" for each in problem.helps), ""]
    hold(Path(__file__).parent / "data" / "wrong-fields.txt", "\n".join(told))


@pytest.mark.parametrize(
    ("values", "message", "part", "route"),
    [
        (None, "this file holds no fields", "value", ()),
        (["letter"], "this file holds no fields", "value", ()),
        ({}, "this record has no `kind`", "missing", ("kind",)),
        ({"knd": "letter"}, "this record has no `kind`", "key", ("knd",)),
        ({"kind": "leter"}, "`leter` is not one of the values of `kind`", "value", ("kind",)),
        ({"kind": ["letter"]}, "this value is not one of the values of `kind`", "value", ("kind",)),
    ],
)
def test_without_a_kind_there_is_no_record(
    values: object, message: str, part: str, route: tuple[str | int, ...]
) -> None:
    result = bind_event(values, "2017-letter", FILE)
    problem = the_one(result)
    assert (message, part, route) == (problem.message, problem.places[0].part, problem.places[0].route)
    assert result.record is None


def test_a_missing_field_has_its_place_after_those_that_stand_before_it() -> None:
    problem = the_one(bind_event({"kind": "letter", "summary": "x", "dated": "2017"}, "2017-letter", FILE))
    place = problem.places[0]
    assert ("`letter` has no `title`", "missing", ("title",)) == (problem.message, place.part, place.route)
    assert ("kind",) == place.after
    dateless = the_one(bind_event({"kind": "letter", "title": "x"}, "2017-letter", FILE))
    assert ("write `dated: unknown` if no source gives a date",) == dateless.helps


def test_the_nearest_name_is_offered_and_what_it_stood_for_is_not_also_missing() -> None:
    problem = the_one(bind_event({"kind": "letter", "titel": "x", "dated": "2017"}, "2017-letter", FILE))
    assert ("did you mean `title`?",) == problem.helps
    assert "key" == problem.places[0].part
    assert ("did you mean `withhold`?",) == the_one(bound(withold="all")).helps
    assert ("`schemas/` lists the fields",) == the_one(bound(xyzzy="x")).helps


def test_every_fault_of_a_record_is_told_at_once() -> None:
    result = bound(dated="soon", senders=["A B", "fine"], sumary="x", requests=[{"id": "a"}], context="maybe")
    told = [(each.code, each.places[0].route) for each in result.problems]
    assert [
        ("OC205", ("dated",)),
        ("OC208", ("context",)),
        ("OC201", ("requests", 0, "text")),
        ("OC208", ("senders", 0)),
        ("OC202", ("sumary",)),
    ] == told


def test_rules_over_several_fields_are_told_although_other_fields_are_wrong() -> None:
    result = bound(
        sources=[{"id": "s", "publisher": "x"}],
        requests=[{**ASK, "due": "2017", "within": {"days": 1, "weeks": 1}}],
        dated="x",
    )
    told = sorted(each.message for each in result.problems)
    assert [
        "`dated` is not a date: this is not a date in EDTF",
        "`within` needs just one of `days`, `weeks`, `months`, `years`",
        "an item of `sources` needs at least one of `title`, `url`, `file`",
    ] == told


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"sources": [{"id": "s", "url": "htp:x"}]}, ["OC208"]),
        ({"sources": [{"id": "s", "titel": "The letter"}]}, ["OC202"]),
        ({"sources": [{"id": "s", "url": None}]}, ["OC206"]),
        ({"requests": [{**ASK, "within": {"days": "ten"}}]}, ["OC208"]),
        ({"requests": [{**ASK, "within": {"dais": 10}}]}, ["OC202"]),
        ({"requests": [{**ASK, "within": {"days": 1, "weeks": 1}}]}, ["OC211"]),
    ],
)
def test_one_of_several_fields_that_is_wrong_is_not_told_as_missing_too(
    fields: dict[str, Any], codes: list[str]
) -> None:
    assert codes == sorted(each.code for each in bound(**fields).problems)


def test_what_is_sound_is_kept_and_what_is_not_is_named() -> None:
    """A wrong item goes alone, a wrong field goes whole, and a title or date that cannot be read is stood in for."""
    result = bound(
        title=["x"], dated="soon", senders=["A B", "open-arcadia"], summary={"en": 5}, basis="III.B.9", sumary="x"
    )
    assert isinstance(result.record, Letter)
    assert ("(untitled)", "unknown") == (result.record.title.written(), result.record.dated.text)
    assert ["open-arcadia"] == [each.party for each in result.record.senders]
    assert (None, "III.B.9") == (result.record.summary, result.record.basis)
    assert frozenset({"title", "dated", "senders", "summary", "sumary"}) == result.flawed


def test_an_unknown_field_of_an_item_goes_alone() -> None:
    result = bound(requests=[{**ASK, "asked_of": [{"party": "a", "offise": "x"}]}])
    assert result.record is not None
    assert [["a"]] == [[party.party for party in each.asked_of] for each in result.record.requests]


def test_a_stage_word_of_another_version_is_understood() -> None:
    """The case's procedure says what it means; a check reports the word."""
    result = bound(moves_to=["stage_one", "received", "nonsense"], as_stated_status="inactive")
    assert ["OC203"] == [each.code for each in result.problems]
    assert result.record is not None
    assert ("stage_one", "received") == result.record.moves_to
    assert frozenset({"moves_to"}) == result.flawed


def test_a_party_belongs_to_another_from_one_day_to_a_later_one() -> None:
    values = {"name": "x", "classification": "government"}
    spans = [{"party": "y", "from": "2018", "until": until} for until in ("2017-12-31", "2018", "2018?", "2019-01")]
    results = [bind_party({**values, "part_of": [span]}, "x", "f") for span in spans]
    assert [["OC211"], [], [], []] == [[each.code for each in result.problems] for result in results]
    assert "an item of `part_of` ends before it begins" == the_one(results[0]).message
    assert [("y",), ("y",), ("y",)] == [result.record.wholes for result in results[1:] if result.record]


def test_a_header_and_a_party_need_what_they_need() -> None:
    assert bind_header(HEADER, "arcadia-2023", "f").record is not None
    for name in HEADER:
        short = {field: value for field, value in HEADER.items() if field != name}
        result = bind_header(short, "arcadia-2023", "f")
        assert f"a case header has no `{name}`" == the_one(result).message
        assert result.record is None
    party = bind_party({"name": "x", "classification": "gov"}, "x", "f")
    assert "`gov` is not one of the values of `classification`" == the_one(party).message
    assert party.record is None
    assert "this file holds no fields" == the_one(bind_party("x", "x", "f")).message


def test_a_party_keeps_what_is_sound_and_null_is_a_word_in_body_alone() -> None:
    result = bind_party({"name": "x", "classification": "government", "body": None, "country": "mx"}, "x", "f")
    assert 'ISO 3166-1 alpha-2 code, as `MX` (quote "NO")' in the_one(result).message
    assert result.record is not None
    assert frozenset({"country"}) == result.flawed


SEVERAL = [
    (kind, name)
    for kind, model in KINDS.items()
    for name, field in model.model_fields.items()
    if any(isinstance(note, OneOrSeveral) for note in field.metadata)
]
ONE = {
    "languages": "en", "moves_to": "under_review", "grounds": "other", "withhold": "summary",
    "in_reply_to": "2018-07-16-concern", "follows": "2018-07-16-concern", "cites": "2018-07-16-concern",
    "about": "2018-07-16-concern", "prior_steps": "2018-07-16-concern", "sources": "a-page",
    "inferred": "summary", "aliases": "2018-07-concern",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), SEVERAL)
def test_one_value_stands_for_a_list_of_one(kind: Kind, name: str) -> None:
    """As in `languages: es`; a mapping of a party is one value as well."""
    whole = {"kind": str(kind), "title": "A", "dated": "2018-07-16", "summary": "B"}
    values = [ONE[name]] if name in ONE else ["a-party", {"party": "a-party", "office": "Chair"}]
    for value in values:
        alone, listed = (bind_event({**whole, name: each}, "2018-07-16-x", "x") for each in (value, [value]))
        assert () == alone.problems
        assert alone == listed


def test_what_was_refused_is_freed_without_a_search_for_garbage() -> None:
    """A run over a folder does not look for garbage, so each refused record would keep its whole case in memory."""

    class Values(dict[str, object]):
        """A dictionary to which one can refer weakly."""

    gc.disable()
    try:
        values = Values(**LETTER, sumary="x")
        kept = weakref.ref(values)
        assert bind_event(values, "2017-letter", FILE).problems
        del values
        assert kept() is None
    finally:
        gc.enable()
