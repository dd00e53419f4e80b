"""Who acts, on what paper, by which clause, and whether the table has the step at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.policy.lifecycle import (
    Step,
    case_was_open,
    clause_carries,
    permitted,
    requirement_met,
    right_body,
    right_paper,
    rivals,
    steps,
)

PARTIES: dict[str, dict[str, Any]] = {
    "ogp": {"classification": "ogp_body", "body": "ogp"},
    "support-unit": {"classification": "ogp_body", "body": "support_unit", "part_of": ["ogp"]},
    "criteria": {"classification": "ogp_body", "body": "criteria_and_standards", "part_of": ["ogp"]},
    "committee": {"classification": "ogp_body", "body": "steering_committee", "part_of": ["ogp"]},
    "arcadia": {"classification": "government"},
    "watch": {"classification": "civil_society"},
}
HEADER = {
    "title": "A case",
    "track": "response_policy",
    "policy_version": "2017",
    "subject": "arcadia",
    "country": "MX",
    "language": "en",
}
CONCERN = {"kind": "concern", "dated": "2018-07-16", "filers": ["watch"], "moves_to": ["initial_review"]}
LETTER = {"kind": "letter", "dated": "2018-08-24", "senders": ["support-unit"], "moves_to": ["under_review"]}
REPORT = {
    "kind": "report",
    "dated": "2019-05-02",
    "adopted_by": ["criteria"],
    "conclusion": "addressed_domestically",
    "moves_to": ["report_adopted"],
}
RESOLUTION = {
    "kind": "resolution",
    "dated": "2019-12-12",
    "by": ["criteria"],
    "adopts": "2019-05-02-report",
    "moves_to": ["closed_addressed_domestically"],
    "basis": "III.B.9",
}
CASE: dict[str, dict[str, Any]] = {
    "2018-07-16-concern": CONCERN,
    "2018-08-24-letter": LETTER,
    "2019-05-02-report": REPORT,
    "2019-12-12-resolution": RESOLUTION,
}
BOUND = {name: bind_party({"name": name, **values}, name, name).record for name, values in PARTIES.items()}
REGISTRY = Registry({name: each for name, each in BOUND.items() if each}, frozenset({"illegible"}))
QUESTIONS = (permitted, case_was_open, right_body, right_paper, clause_carries)
Question = Callable[[CaseFile, Step], bool | None]


def case_of(events: Mapping[str, Mapping[str, Any]], **header: str) -> CaseFile:
    bound = {name: bind_event({"title": "An event", **values}, name, name) for name, values in events.items()}
    values = {name: value for name, value in {**HEADER, **header}.items() if value}
    head = bind_header(values, "a-case", "a-case/case.yaml").record
    records = tuple(each.record for each in bound.values() if each.record)
    flawed = {name: each.flawed for name, each in bound.items() if each.flawed}
    return assemble("a-case", head, records, REGISTRY, flawed=flawed)


def changed(name: str, **fields: object) -> dict[str, dict[str, Any]]:
    """The plain case with some fields of one event changed; None takes a field out."""
    values = {key: value for key, value in {**CASE[name], **fields}.items() if value is not None}
    return {**CASE, name: values}


def step_of(case: CaseFile, name: str) -> Step:
    return next(step for step in reversed(steps(case)) if step.event.id == name)


def test_the_plain_case_answers_yes_to_every_question() -> None:
    """No row but that of III.B.9 is known by its clause, so the other steps' clauses are not judged."""
    case = case_of(CASE)
    answers = [tuple(question(case, step) for question in QUESTIONS) for step in steps(case)]
    assert [(True, True, True, True, None)] * 3 + [(True, True, True, True, True)] == answers


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_a_case_without_a_version_of_its_track_is_not_judged(question: Question) -> None:
    case = case_of(CASE, policy_version="2018")
    assert {None} == {question(case, step) for step in steps(case)}


def test_a_move_that_no_row_has_is_not_permitted() -> None:
    case = case_of(changed("2018-08-24-letter", moves_to=["stage_one"]))
    step = step_of(case, "2018-08-24-letter")
    assert (False, True, None, None, None) == tuple(question(case, step) for question in QUESTIONS)


def test_a_move_after_an_end_is_that_and_no_more() -> None:
    """One fault, one answer: that the table has no row from an end is not said besides."""
    case = case_of({**CASE, "2020-01-01-letter": {**LETTER, "dated": "2020-01-01"}})
    step = step_of(case, "2020-01-01-letter")
    assert (None, False, None, None, None) == tuple(question(case, step) for question in QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_a_row_of_evidence_u_never_fails(question: Question) -> None:
    """Whoever takes a Concern back, on whatever paper and clause: the rule is not known."""
    odd = {
        "kind": "report",
        "dated": "2018-09-01",
        "authors": ["arcadia"],
        "moves_to": ["withdrawn_by_filer"],
        "basis": "III.B.9",
    }
    case = case_of({"2018-07-16-concern": CONCERN, "2018-09-01-report": odd})
    assert question(case, step_of(case, "2018-09-01-report")) is not False


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("2018-08-24-letter", {"senders": ["watch"]}),
        ("2019-05-02-report", {"adopted_by": ["committee"]}),
        ("2019-12-12-resolution", {"by": ["support-unit"]}),
    ],
)
def test_a_step_by_another_body_is_seen(name: str, fields: dict[str, Any]) -> None:
    case = case_of(changed(name, **fields))
    assert right_body(case, step_of(case, name)) is False


@pytest.mark.parametrize("by", [["unknown"], None, ["illegible"], ["nobody-has-a-file"], ["ogp"], ["watch", "unknown"]])
def test_an_actor_who_is_not_known_is_no_fault(by: list[str] | None) -> None:
    """Nor is the Open Government Partnership, where a source names no body of it."""
    case = case_of(changed("2019-12-12-resolution", by=by))
    assert right_body(case, step_of(case, "2019-12-12-resolution")) is None


def test_an_actor_left_out_since_it_was_wrong_is_no_fault() -> None:
    case = case_of(changed("2019-12-12-resolution", by=["support-unit", "No Id!"]))
    assert right_body(case, step_of(case, "2019-12-12-resolution")) is None


def test_a_step_on_another_paper_is_seen() -> None:
    statement = {
        "kind": "statement",
        "dated": "2019-12-12",
        "issued_by": ["criteria"],
        "moves_to": ["closed_addressed_domestically"],
    }
    case = case_of({**{name: CASE[name] for name in list(CASE)[:3]}, "2019-12-12-statement": statement})
    assert right_paper(case, step_of(case, "2019-12-12-statement")) is False


def test_in_a_table_that_is_not_complete_a_move_without_a_row_is_not_judged() -> None:
    """An end is an end in every table."""
    after = {"kind": "letter", "dated": "2020-01-01", "moves_to": ["under_review"]}
    moves = {
        "2016-01-01-letter": {**after, "dated": "2016-01-01", "moves_to": ["active_again"]},
        "2020-01-01-letter": after,
    }
    case = case_of(moves, track="procedural_review", policy_version="")
    first, second = steps(case)
    assert [(None, True), (None, False)] == [
        (permitted(case, each), case_was_open(case, each)) for each in (first, second)
    ]


def test_the_row_that_fits_the_paper_is_named_and_one_that_only_informs_judges_nothing() -> None:
    """In 2014 a report of the Support Unit ended a case as not founded; Criteria and Standards may do so too."""
    for body in ("support-unit", "criteria"):
        report = {"kind": "report", "dated": "2017-06-01", "adopted_by": [body], "moves_to": ["closed_not_founded"]}
        case = case_of(
            {
                "2016-01-01-concern": {**CONCERN, "dated": "2016-01-01", "moves_to": ["under_review"]},
                "2016-06-01-report": {**REPORT, "dated": "2016-06-01"},
                "2017-06-01-report": report,
            },
            policy_version="2014",
        )
        step = step_of(case, "2017-06-01-report")
        assert (None, None) == (right_body(case, step), right_paper(case, step))
        assert step.move is not None
        assert (step.move.id == "T10-support-unit") == (body == "support-unit")


@pytest.mark.parametrize(
    ("conclusion", "expected"),
    [("not_addressed", False), ("not_founded", False), ("founded", False), ("unknown", None), (None, None)],
)
def test_the_clause_does_not_carry_what_the_report_does_not_say(
    conclusion: str | None,
    expected: bool | None,  # noqa: FBT001 - an expected answer
) -> None:
    """What the report says may not be known, and then nothing is."""
    case = case_of(changed("2019-05-02-report", conclusion=conclusion))
    assert clause_carries(case, step_of(case, "2019-12-12-resolution")) is expected


def test_the_clause_carries_no_other_move() -> None:
    case = case_of(changed("2019-12-12-resolution", moves_to=["stage_one"]))
    assert clause_carries(case, step_of(case, "2019-12-12-resolution")) is False


@pytest.mark.parametrize(("basis", "expected"), [("III.B.7", None), (None, False)])
def test_without_the_known_clause(basis: str | None, expected: bool | None) -> None:  # noqa: FBT001 - an expected answer
    """Where the report says otherwise, nothing is known against another clause; with none, the row's own is judged."""
    case = case_of(
        {**changed("2019-12-12-resolution", basis=basis), "2019-05-02-report": {**REPORT, "conclusion": "founded"}}
    )
    assert clause_carries(case, step_of(case, "2019-12-12-resolution")) is expected


def test_what_a_row_requires_of_the_report() -> None:
    """Only III.B.9 requires a conclusion; a row that requires none has no answer."""
    case = case_of(CASE)
    closing, adopting = step_of(case, "2019-12-12-resolution"), step_of(case, "2019-05-02-report")
    assert closing.move is not None
    assert adopting.move is not None
    assert requirement_met(case, closing.event, closing.move) is True
    assert requirement_met(case, adopting.event, adopting.move) is None


def test_an_undated_step_is_not_judged() -> None:
    case = case_of({"undated-letter-x": {"kind": "letter", "dated": "unknown", "moves_to": ["suspended"]}})
    assert {None} == {question(case, steps(case)[0]) for question in QUESTIONS}


def test_a_step_after_a_record_that_cannot_be_read_is_not_judged() -> None:
    """The lost letter may have moved the case; the steps before it are judged all the same."""
    lost = {name: values for name, values in CASE.items() if name != "2018-08-24-letter"}
    case = replace(case_of(lost), unreadable=frozenset({"2018-08-24-letter"}))
    assert [True, None, None] == [permitted(case, step) for step in steps(case)]
    nameless = replace(case, unreadable=frozenset({"undated-letter"}))
    assert [None, None, None] == [permitted(nameless, step) for step in steps(nameless)]


@pytest.mark.parametrize(("field", "value"), [("moves_to", ["nowhere"]), ("dated", "31 July")])
def test_a_step_after_a_wrong_field_is_not_judged(field: str, value: object) -> None:
    """The letter's move or date was left out, so where the case stood after it is not known."""
    case = case_of(changed("2018-08-24-letter", **{field: value}))
    judged = {step.event.id: permitted(case, step) for step in steps(case)}
    assert (True, None) == (judged["2018-07-16-concern"], judged["2019-05-02-report"])


def test_steps_whose_order_the_dates_leave_open_are_named() -> None:
    """A letter known only by its month stands before the Concern; `follows` would put it right."""
    letter = {**LETTER, "dated": "2018-07"}
    case = case_of({"2018-07-16-concern": CONCERN, "2018-07-letter": letter})
    step = step_of(case, "2018-07-letter")
    assert (False, ["2018-07-16-concern"]) == (permitted(case, step), [each.id for each in rivals(case, step)])
    follows = {**letter, "follows": ["2018-07-16-concern"]}
    put_right = case_of({"2018-07-16-concern": CONCERN, "2018-07-letter": follows})
    assert [True, True] == [permitted(put_right, each) for each in steps(put_right)]
