"""Withholding: what may not be printed, and everything where nobody can tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event
from ogpcase.model.withhold import EVERYTHING, NOTHING, UNREADABLE, Withholding, of_event, of_values

FIELDS = ("kind", "title", "summary", "dated", "requests", "withhold")
VALUES: dict[str, Any] = {
    "title": "x",
    "dated": "2017",
    "requests": [{"id": "shelter", "text": "x"}, {"id": "publish", "text": "y"}, "no item"],
}


def of(*entries: object, **fields: object) -> Withholding:
    return of_values({**VALUES, **fields, "withhold": list(entries)}, FIELDS)


def test_fields_and_items_are_withheld_by_name() -> None:
    withheld = of("summary", "requests#shelter")
    assert [True, False, False] == [withheld.covers_field(name) for name in ("summary", "title", "requests")]
    assert [True, False] == [withheld.covers_item("requests", item) for item in ("shelter", "publish")]
    assert withheld.covers_item("summary", "anything")
    assert withheld.sound


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["all"], EVERYTHING),
        (["summary", "all"], EVERYTHING),
        (["kind"], EVERYTHING),
        ([], NOTHING),
        (["sumary"], UNREADABLE),
        (["summary", "requests#nobody"], UNREADABLE),
        (["summary#x"], UNREADABLE),
        ([5], UNREADABLE),
        ([["summary"]], UNREADABLE),
        ([""], UNREADABLE),
    ],
)
def test_what_cannot_be_read_withholds_everything(entries: list[Any], expected: Withholding) -> None:
    assert expected == of(*entries)


@pytest.mark.parametrize("value", [None, 5, {"summary": True}, "sumary", ""])
def test_any_other_value_of_withhold_withholds_everything(value: object) -> None:
    assert UNREADABLE == of_values({**VALUES, "withhold": value}, FIELDS)


def test_one_name_needs_no_list_and_a_misspelt_field_counts() -> None:
    assert of("summary") == of_values({**VALUES, "withhold": "summary"}, FIELDS)
    assert UNREADABLE == of_values({**VALUES, "withold": ["summary"]}, FIELDS)
    assert NOTHING == of_values(VALUES, FIELDS)
    assert NOTHING == of_values("no record", FIELDS)


def test_nodes_are_covered_by_their_route() -> None:
    withheld = of("summary", "requests#shelter")
    routes: dict[tuple[str | int, ...], bool] = {
        (): False,
        ("title",): False,
        ("summary",): True,
        ("summary", "en"): True,
        ("requests",): True,  # the whole list would show the item
        ("requests", 0): True,
        ("requests", 0, "text"): True,
        ("requests", 1, "text"): False,
        ("requests", 2): True,  # nobody can tell which item this is
        ("requests", 9, "text"): True,
    }
    assert routes == {route: withheld.covers(route, {**VALUES}) for route in routes}
    assert EVERYTHING.covers((), {})


@given(st.lists(st.sampled_from(["summary", "title", "requests#ask", "all", "sumary", "kind"]), max_size=4))
def test_an_event_withholds_what_its_values_did(entries: list[str]) -> None:
    values = {"kind": "letter", "title": "x", "dated": "2017", "requests": [{"id": "ask", "text": "x"}]}
    values |= {"withhold": entries} if entries else {}
    event = bind_event(values, "2017-letter", "f").record
    assert event is not None
    names = {"kind", *type(event).model_fields}
    assert of_values(values, names) == of_event(event)
