"""JSON: valid for any string, one envelope for every answer, and all that the views know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.output.json import answer_json, dumps
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.tables import LIST
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.tables import POLICY, STATUS
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.tables import TIMELINE
from ogpcase.workspace.opening import Workspace

LATER = Reader(date(2026, 11, 22))
MEXICO = Workspace.open(Path(__file__).parents[1] / "cases").case("mexico-2018").casefile


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.lists(st.text()), st.integers(), st.none())))
@example({"a": "\ud800 \u2028 \x00", "\udfff": "字"})
def test_json_is_json_whatever_the_strings(value: dict[str, Any]) -> None:
    text = dumps(value)
    assert value == json.loads(text)
    text.encode()
    assert text.endswith("}\n")


def test_json_of_other_languages_can_be_read_by_eye() -> None:
    assert '{\n  "title": "Ministère 字"\n}\n' == dumps({"title": "Ministère 字"})
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"a": float("nan")})


ENVELOPE = {"format", "ogpcase", "kind", "as_of", "policy_versions", "case", "rows"}
ROW = {
    "event",
    "dated",
    "earliest",
    "latest",
    "kind",
    "title",
    "actors",
    "moves_to",
    "stage",
    "certain",
    "requests",
    "answers",
    "sources",
}


def test_every_answer_in_json_has_the_one_envelope() -> None:
    texts = {
        "timeline": answer_json(TIMELINE, timeline_of(MEXICO, LATER), LATER),
        "status": answer_json(STATUS, status_of(MEXICO, LATER), LATER),
        "list": answer_json(LIST, [listed_case(MEXICO, LATER)], LATER),
        "policy": answer_json(POLICY, procedure_named("response_policy-2017"), LATER),
    }
    for kind, text in texts.items():
        whole = json.loads(text)
        assert whole.keys() >= ENVELOPE
        assert (1, kind, ["2017"]) == (whole["format"], whole["kind"], whole["policy_versions"])
        assert isinstance(whole["rows"], list)
        on = None if kind == "policy" else "2026-11-22"  # a table of the policy is the same on any day
        assert (on, None) == (whole["as_of"], whole["known_by"])
    rows = json.loads(texts["timeline"])["rows"]
    assert len(MEXICO.events) == len(rows)
    assert all(row.keys() >= ROW for row in rows)
    (row,) = json.loads(texts["status"])["rows"]
    assert row.keys() >= {"stage", "perhaps", "since", "moves"}


def test_a_row_in_json_says_all_that_the_view_does() -> None:
    rows = {row["event"]: row for row in json.loads(answer_json(TIMELINE, timeline_of(MEXICO, LATER), LATER))["rows"]}
    concern, ask = rows["2018-07-16-concern"], rows["2017-02-16-letter-core-group"]
    assert (["initial_review"], "initial_review", True) == (concern["moves_to"], concern["stage"], concern["certain"])
    assert ["acknowledge-filers", "notify-criteria-and-standards", "notify-subject"] == [
        each["item"] for each in concern["requests"] if each["duty"]
    ]
    line = ask["requests"][0]["asked_of"][0]
    assert ("Tripartite Technical Secretariat of Mexico", "silent") == (line["party"], line["outcome"])
    assert ("2017-05-23-letter-core-group-exit", "2017-05-23") == (line["told_by"], line["told_on"])
    assert 2 == len(line["parts"])
    set_of_days = rows["2017-07-21-development-investigation-opened"]
    assert (None, "2017-07-21") == (set_of_days["earliest"], set_of_days["latest"])
    assert {"fewest": None, "most": 11, "certain": False} == set_of_days["days_since_previous"]
