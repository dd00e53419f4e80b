"""What the policy lays on a body once a case has moved, and the report that a decision rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ogpcase.model.bind import bind_event, bind_header
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.policy.lifecycle import duties, report_judged

HEADER = {
    "title": "A case",
    "track": "response_policy",
    "policy_version": "2017",
    "subject": "arcadia",
    "country": "MX",
    "language": "en",
}
MEXICO: dict[str, dict[str, Any]] = {
    "2018-07-16-concern": {"kind": "concern", "dated": "2018-07-16", "moves_to": ["initial_review"]},
    "2018-08-24-letter": {"kind": "letter", "dated": "2018-08-24", "moves_to": ["under_review"]},
    "2019-05-02-report": {
        "kind": "report",
        "dated": "2019-05-02",
        "conclusion": "addressed_domestically",
        "moves_to": ["report_adopted"],
    },
    "2019-12-12-resolution": {
        "kind": "resolution",
        "dated": "2019-12-12",
        "adopts": "2019-05-02-report",
        "moves_to": ["closed_addressed_domestically"],
        "basis": "III.B.9",
    },
}


def case_of(events: Mapping[str, Mapping[str, Any]]) -> CaseFile:
    header = bind_header(HEADER, "a-case", "a-case/case.yaml").record
    bound = [bind_event({"title": "An event", **values}, name, name) for name, values in events.items()]
    assert [()] * len(bound) == [each.problems for each in bound]
    return assemble("a-case", header, tuple(each.record for each in bound if each.record), Registry())


def test_duties_are_owed_from_the_event_that_moves_the_case() -> None:
    owed = duties(case_of(MEXICO), date(2018, 7, 16))
    assert [f"{each.event.id}#{each.duty.id}" for each in owed] == [
        "2018-07-16-concern#acknowledge-filers",
        "2018-07-16-concern#notify-criteria-and-standards",
        "2018-07-16-concern#notify-subject",
    ]
    assert {("support_unit", "filer", True)} == {(each.duty.by, each.duty.tell, each.certain) for each in owed[:1]}
    assert owed[0].text.chosen("es", "es")[1] == "en"


def test_all_duties_of_a_closed_case() -> None:
    assert [3, 4, 0, 4] == [sum(each.event.id == name for each in duties(case_of(MEXICO))) for name in MEXICO]


def test_the_duties_of_a_clause_are_not_owed_under_another() -> None:
    """III.B.9 asks for the report to be handed on; whatever else a case was closed by is not known to."""
    other = {**MEXICO, "2019-12-12-resolution": {**MEXICO["2019-12-12-resolution"], "basis": "III.B.7"}}
    same = {**MEXICO, "2019-12-12-resolution": {**MEXICO["2019-12-12-resolution"], "basis": "Section iii.b.9."}}
    assert [] == [each.duty.id for each in duties(case_of(other)) if each.event.id == "2019-12-12-resolution"]
    assert duties(case_of(same))[-1].duty.id == "report-to-subject"


def test_duties_of_a_possible_event_are_not_certain() -> None:
    case = case_of({"2018-07-concern": {"kind": "concern", "dated": "2018-07", "moves_to": ["initial_review"]}})
    assert [False] * 3 == [each.certain for each in duties(case, date(2018, 7, 16))]


def test_duties_of_an_event_do_not_change_with_the_day() -> None:
    """Though the letter before it is only possible, the report's row is that of the whole case."""
    case = case_of(
        {
            "2018-07-16-concern": MEXICO["2018-07-16-concern"],
            "2018-08-letter": {"kind": "letter", "dated": "2018-08", "moves_to": ["under_review"]},
        }
    )
    of_letter = [each.duty.id for each in duties(case, date(2018, 8, 1)) if each.event.id == "2018-08-letter"]
    assert of_letter == [each.duty.id for each in duties(case) if each.event.id == "2018-08-letter"]
    assert "request-response" in of_letter


def test_the_report_judged_is_the_one_adopted() -> None:
    """Where the resolution names one, a later report that moved the case is not meant."""
    case = case_of(
        {**MEXICO, "2019-06-01-report": {"kind": "report", "dated": "2019-06-01", "moves_to": ["report_adopted"]}}
    )
    judged = report_judged(case, case.event_by_id["2019-12-12-resolution"])
    assert judged is case.event_by_id["2019-05-02-report"]


def test_without_adopts_the_last_report_that_moved_the_case_is_judged() -> None:
    resolution = {name: value for name, value in MEXICO["2019-12-12-resolution"].items() if name != "adopts"}
    case = case_of(
        {
            **MEXICO,
            "2019-06-01-report": {"kind": "report", "dated": "2019-06-01", "moves_to": ["report_adopted"]},
            "2019-07-01-report-irm": {"kind": "report", "dated": "2019-07-01", "report_type": "irm"},
            "2019-12-12-resolution": resolution,
            "2020-01-01-report": {"kind": "report", "dated": "2020-01-01", "moves_to": ["report_adopted"]},
        }
    )
    judged = report_judged(case, case.event_by_id["2019-12-12-resolution"])
    assert judged is case.event_by_id["2019-06-01-report"]


def test_a_report_that_is_not_in_this_case_is_not_judged() -> None:
    for elsewhere in ("another-case/2019-05-02-report", "2019-05-03-report"):
        resolution = {**MEXICO["2019-12-12-resolution"], "adopts": elsewhere}
        case = case_of({**MEXICO, "2019-12-12-resolution": resolution})
        assert report_judged(case, case.event_by_id["2019-12-12-resolution"]) is None


def test_a_report_may_close_the_case_that_it_is_the_report_of() -> None:
    values = {"kind": "report", "dated": "2019-05-02", "moves_to": ["report_adopted", "closed_not_founded"]}
    case = case_of({"2019-05-02-report": values})
    assert report_judged(case, case.events[0]) is case.events[0]
