"""The schemas: equal to the models, whole, true of every record here, and no laxer than the model where it counts."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from ogpcase.diagnostics import Problem
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.codelists import CODELISTS, Kind
from ogpcase.model.jsonschema import name_of, schema_files
from ogpcase.store.export_files import differing
from ogpcase.store.init_templates import schemas_address
from ogpcase.yamltree.parsing import parse

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "schemas"
RECORDS = sorted((ROOT / "cases").rglob("*.yaml"))
WANTED = schema_files()
NAMES = sorted(name for name in WANTED if name.endswith(".schema.json"))

Values = dict[str, Any]


@cache
def validator(name: str) -> Draft202012Validator:
    """The schema of `schemas/` by its file name; the schemas it refers to are found beside it."""
    texts = {each: json.loads((SCHEMAS / each).read_text(encoding="utf-8")) for each in NAMES}
    resources = [(each, DRAFT202012.create_resource(text)) for each, text in texts.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(texts[name], registry=registry, format_checker=FormatChecker())


def schema_of(path: Path) -> str:
    if path.name in {"case.yaml", "ogpcase.yaml"}:
        return "case.schema.json" if path.name == "case.yaml" else "settings.schema.json"
    named = {"parties": "party.schema.json", "sources": "source.schema.json"}
    return named.get(path.parent.name, "event.schema.json")


def values_in(path: Path) -> Values:
    """The values as this tool reads them: a plain date is text, a plain number a number."""
    tree = parse(path.read_bytes(), path.name).tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    return tree.value


def refused_by_schema(name: str, values: Values) -> bool:
    return not validator(name).is_valid(values)


def problems_of(name: str, values: Values) -> tuple[Problem, ...]:
    bind: Callable[[object, str, str], Any] = {"case": bind_header, "party": bind_party}.get(
        name.partition(".")[0], bind_event
    )
    problems: tuple[Problem, ...] = bind(values, "here", "here.yaml").problems
    return problems


def test_schemas_are_as_the_models_say() -> None:
    """`ogpcase schema` writes what differs."""
    assert [] == differing(SCHEMAS, schema_files(schemas_address()))


def test_without_a_public_address_no_schema_says_that_it_has_one() -> None:
    assert [] == [name for name, text in WANTED.items() if "$id" in text or name == "catalog.json"]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(WANTED[name]))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: str(path.relative_to(ROOT / "cases")))
def test_a_record_of_ours_fits_its_schema(path: Path) -> None:
    """Through the schema that an editor maps its folder to."""
    assert [] == [error.message for error in validator(schema_of(path)).iter_errors(values_in(path))]


def properties(node: Any, route: str = "") -> Iterator[tuple[str, Values]]:
    if isinstance(node, dict):
        for name, inner in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            yield f"{route}.{name}", inner
        for name, inner in node.items():
            yield from properties(inner, f"{route}.{name}")
    elif isinstance(node, list):
        for position, inner in enumerate(node):
            yield from properties(inner, f"{route}.{position}")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "event.schema.json"])
def test_every_field_of_a_schema_explains_itself(name: str) -> None:
    """What an editor shows on hover is a sentence."""
    found = list(properties(json.loads(WANTED[name])))
    assert found
    assert [] == [route for route, inner in found if not str(inner.get("description", "")).endswith((".", ")"))]


@pytest.mark.parametrize("codes", CODELISTS, ids=name_of)
def test_a_code_list_has_a_title_and_a_sentence_for_each_code(codes: Any) -> None:
    text = (SCHEMAS / "codelists" / f"{name_of(codes)}.csv").read_text(encoding="utf-8")
    head, *rows = csv.reader(io.StringIO(text))
    assert ["code", "title", "description"] == head
    assert [str(each) for each in codes] == [row[0] for row in rows]
    assert all(title and sentence.endswith((".", "?")) for _, title, sentence in rows)


EVENT_FAULTS: dict[str, Values] = {
    "an unknown field": {"adressees": ["ogp"]},
    "an empty title": {"title": " "},
    "a title in no language": {"title": {}},
    "a language tag that is none": {"title": {"in English": "A"}},
    "a month that no year has": {"dated": "2018-13"},
    "a date of another form": {"dated": "16/07/2018"},
    "a stage that is none": {"moves_to": ["closed"]},
    "a move to where no paper leads": {"moves_to": ["not_filed"]},
    "a move that is a mapping": {"moves_to": {"to": "initial_review"}},
    "a context that is neither true nor false": {"context": "yes"},
    "a version that is none": {"policy_version": "2019"},
    "a source without an id": {"sources": [{"url": "https://example.org"}]},
    "a source that names nothing": {"sources": [{"id": "s1", "publisher": "x"}]},
    "an address that is none": {"sources": [{"id": "s1", "url": "example.org"}]},
    "a digest cut short": {"sources": [{"id": "s1", "file": "sources/a.pdf", "sha256": "abc"}]},
    "a copy outside the case": {"sources": [{"id": "s1", "file": "../a.pdf"}]},
    "a reference with a blank": {"cites": ["2018-07-16 concern"]},
    "a request without words": {"requests": [{"id": "a"}]},
    "two terms for one request": {"requests": [{"id": "a", "text": "b", "due": "2018", "within": {"days": 3}}]},
    "a term in two units": {"requests": [{"id": "a", "text": "b", "within": {"days": 3, "weeks": 1}}]},
    "a negative term": {"requests": [{"id": "a", "text": "b", "within": {"days": -3}}]},
    "an answer to no item": {"answers": [{"request": "2018-07-16-concern", "answer": "met"}]},
    "an answer of another sort": {"answers": [{"request": "a#b", "answer": "yes"}]},
    "a null": {"summary": None},
    "a field inside an item that it has not": {"also_dated": [{"value": "2018", "source": "s1", "why": "a"}]},
}
OTHER_FAULTS: dict[str, tuple[str, Values]] = {
    "a track that is none": ("case", {"track": "rapid_review"}),
    "a country in small letters": ("case", {"country": "mx"}),
    "a subject with capitals": ("case", {"subject": "Mexico"}),
    "a stage in the header": ("case", {"stage": "under_review"}),
    "a relation that is none": ("case", {"related": [{"relation": "friend"}]}),
    "a classification that is none": ("party", {"classification": "ngo"}),
    "a body that is none": ("party", {"body": "board"}),
    "names that are a mapping": ("party", {"other_names": {"short": "A19"}}),
    "half a party withheld": ("party", {"withhold": "name"}),
    "a register without a number": ("party", {"identifiers": [{"scheme": "ror"}]}),
}
WHOLE: dict[str, Values] = {
    "case": {"title": "A", "track": "response_policy", "subject": "a", "country": "MX", "language": "en"},
    "party": {"name": "A", "classification": "civil_society"},
}
EVENT: Values = {"title": "A", "dated": "2018-07-16"}


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("fault", EVENT_FAULTS)
def test_schema_and_model_refuse_a_faulty_event(kind: Kind, fault: str) -> None:
    sound = {"kind": str(kind), **EVENT}
    assert () == problems_of("event.schema.json", sound)
    assert not refused_by_schema(f"{kind}.schema.json", sound)
    faulty = {**sound, **EVENT_FAULTS[fault]}
    assert problems_of("event.schema.json", faulty)
    assert refused_by_schema(f"{kind}.schema.json", faulty)
    assert refused_by_schema("event.schema.json", faulty)


@pytest.mark.parametrize("fault", OTHER_FAULTS)
def test_schema_and_model_refuse_a_faulty_header_or_party(fault: str) -> None:
    what, planted = OTHER_FAULTS[fault]
    assert () == problems_of(what, WHOLE[what])
    assert not refused_by_schema(f"{what}.schema.json", WHOLE[what])
    assert problems_of(what, {**WHOLE[what], **planted})
    assert refused_by_schema(f"{what}.schema.json", {**WHOLE[what], **planted})


@pytest.mark.parametrize("values", [{"title": "A"}, {**EVENT, "kind": "complaint"}, {**EVENT, "kind": None}])
def test_an_event_without_a_known_kind_is_refused(values: Values) -> None:
    assert problems_of("event.schema.json", values)
    assert refused_by_schema("event.schema.json", values)


def routes(value: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield from [route] if route else []
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from routes(each, (*route, name))


_ODD_TEXTS = [
    "",
    " ",
    "a b",
    "A",
    "unknown",
    "2018",
    "2018-13",
    "all",
    "none",
    "x#y",
    "https://a.example",
    "é",
    "a\n",
    "a" * 101,
]
_ODD_LISTS = [[], [[]], ["a"], [""], [{"id": "a"}], [None]]
_ODD_MAPPINGS = [{}, {"en": "a"}, {"id": "a"}, {"id": "a", "text": "b"}, {"party": "ogp"}, {"id": None}]
ODD = st.sampled_from([*_ODD_TEXTS, *_ODD_LISTS, *_ODD_MAPPINGS, 0, 7, -1, 1.5, True, None])


@given(data=st.data())
def test_what_a_schema_refuses_the_model_refuses(data: st.DataObject) -> None:
    """An editor never marks what `validate` takes: whatever is put in place of any part of any record here."""
    path = data.draw(st.sampled_from(RECORDS))
    values = copy.deepcopy(values_in(path))
    route = data.draw(st.sampled_from(list(routes(values))))
    parent: Any = values
    for name in route[:-1]:
        parent = parent[name]
    if data.draw(st.booleans()):
        parent[route[-1]] = data.draw(ODD)
    else:
        del parent[route[-1]]
    if refused_by_schema(schema_of(path), values):
        assert problems_of(schema_of(path), values)
