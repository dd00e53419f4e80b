"""What a record withholds is in no message about it, whatever else is wrong with the record."""

from __future__ import annotations

from typing import Any

import pytest

from ogpcase.model.bind import bind_event

LETTER: dict[str, Any] = {"kind": "letter", "title": "A letter", "dated": "2017"}
SECRET = "zeta-quux"
WITHHELD: list[dict[str, Any]] = [
    {"policy_version": SECRET, "withhold": ["policy_version"]},
    {"policy_version": SECRET, "withhold": "all"},
    {"policy_version": SECRET, "withhold": ["no-such-field"]},
    {"policy_version": SECRET, "withhold": 5},
    {"policy_version": SECRET, "withold": ["policy_version"]},
    {"policy_version": SECRET, "withhold": None},
    {"title": {SECRET + "!": "x"}, "withhold": ["title"]},
    {"title": {SECRET: 5}, "withhold": ["title"]},
    {"title": {SECRET: None}, "withhold": ["title"]},
    {SECRET: "x", "withhold": "all"},
    {"moves_to": [SECRET], "withhold": ["moves_to"]},
    {"requests": [{"id": SECRET, "text": "x"}, {"id": SECRET, "text": "y"}], "withhold": ["requests"]},
    {"requests": [{"id": SECRET, "text": "x"}, {"id": SECRET, "text": "y"}], "withhold": [f"requests#{SECRET}"]},
    {"requests": [{"id": "a", "text": "x", SECRET: "y"}], "withhold": ["requests#a"]},
    {"kind": SECRET, "withhold": "all"},
    {"kind": SECRET, "withold": "all"},
    {"answers": [{"request": "x#y", "answer": SECRET}], "withhold": "answers"},
]


@pytest.mark.parametrize("fields", WITHHELD, ids=str)
def test_what_is_withheld_is_never_quoted(fields: dict[str, Any]) -> None:
    result = bind_event({**LETTER, **fields}, "2017-letter", "f")
    assert result.problems
    said = [word for each in result.problems for word in (each.message, *each.notes, *each.helps)]
    labels = [place.label for each in result.problems for place in each.places]
    assert SECRET not in " ".join([*said, *labels])


def test_a_withheld_date_is_not_told_by_what_is_wrong_with_it() -> None:
    (problem,) = bind_event({**LETTER, "dated": "2017-02-30", "withhold": "dated"}, "2017-letter", "f").problems
    assert "`dated` is no date: it cannot be read as one" == problem.message
