"""Steps against the policy table: what is not permitted is named once, what is not known never is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
CONCERN, NOTICE = "2023-04-10-concern", "2023-05-22-letter-notice"
REPORT, RESOLUTION = "2024-01-15-report-review", "2024-06-03-resolution"


def told(problems: list[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].route) for each in problems]


def test_a_step_left_out_is_named_where_the_next_one_stands(found: Found) -> None:
    (problem,) = found({REPORT: {"moves_to": None}, RESOLUTION: {"adopts": None, "basis": None}})
    assert "OC401" == problem.code
    message = "the 2017 version has no move from `under_review` to `closed_addressed_domestically`"
    assert message == problem.message
    assert [
        (f"arcadia-2023/events/{RESOLUTION}.yaml", ("moves_to", 0)),
        (f"arcadia-2023/events/{NOTICE}.yaml", ("moves_to", 0)),
    ] == [(each.file, each.route) for each in problem.places]
    assert "permitted from here: `report_adopted`, `withdrawn_by_country`, `withdrawn_by_filer`" == problem.helps[0]


def test_one_wrong_word_is_one_problem(found: Found) -> None:
    """What follows from the wrong stage is permitted from the right one, and so is not named with it."""
    assert [("OC401", ("moves_to", 0))] == told(found({NOTICE: {"moves_to": ["stage_one"], "answers": None}}))
    assert [("OC401", ("moves_to", 0))] == told(found({NOTICE: {"moves_to": ["closed_not_founded"], "answers": None}}))


def test_the_stages_of_one_paper_are_judged_one_by_one(found: Found) -> None:
    problems = found(
        {NOTICE: {"moves_to": ["under_review", "suspended", "report_adopted"]}, REPORT: {"moves_to": None}}
    )
    assert [("OC401", ("moves_to", 1))] == told(problems)


BY_CHAIRS = [{"party": "ogp-steering-committee", "office": "Chairs"}]
AS_STATEMENT = {"kind": "statement", "by": None, "adopts": None, "issued_by": ["ogp-criteria-and-standards"]}


@pytest.mark.parametrize(
    ("event", "changes", "expected"),
    [
        (NOTICE, {"senders": ["ogp-steering-committee"]}, ("OC402", ("senders", 0))),
        (NOTICE, {"senders": ["open-arcadia", "government-of-arcadia"]}, ("OC402", ("senders",))),
        (REPORT, {"adopted_by": BY_CHAIRS}, ("OC402", ("adopted_by", 0, "party"))),
        (RESOLUTION, AS_STATEMENT, ("OC404", ("kind",))),
        (REPORT, {"conclusion": "not_addressed"}, ("OC403", ("basis",))),
    ],
)
def test_a_step_by_the_wrong_body_paper_or_clause(
    found: Found, event: str, changes: dict[str, Any], expected: tuple[str, tuple[str | int, ...]]
) -> None:
    assert [expected] == told([each for each in found({event: changes}) if each.code != "OC212"])


def test_a_clause_that_does_not_carry_shows_the_report(found: Found) -> None:
    (problem,) = found({REPORT: {"conclusion": "not_addressed"}})
    assert "basis III.B.9 does not permit this move to `closed_addressed_domestically`" == problem.message
    assert ("the clause cited", "the adopted report concludes otherwise") == tuple(
        each.label for each in problem.places
    )
    note = (
        "III.B.9: The review report finds that the issues of the Concern are being dealt with satisfactorily at home, "
        "and Criteria and Standards shares that view. (the 2017 version; read in OGP's own text)"
    )
    assert (note,) == problem.notes
    assert 2 == len(problem.helps)


def test_a_clause_of_another_move(found: Found) -> None:
    moved = {"moves_to": ["stage_one"], "basis": "Section III.B.9"}
    (problem,) = found({RESOLUTION: moved})
    assert ("OC403", ("basis",)) == (problem.code, problem.places[0].route)
    assert [] == found({RESOLUTION: {"moves_to": ["stage_one"], "basis": "III.C.2"}})


@pytest.mark.parametrize(
    "changes",
    [
        {NOTICE: {"senders": ["unknown"]}},
        {NOTICE: {"senders": None}},
        {NOTICE: {"senders": ["ogp"]}},
        {REPORT: {"conclusion": "unknown"}},
        {REPORT: {"conclusion": None}},
        {REPORT: {"conclusion": "adressed"}},
        {RESOLUTION: {"basis": "X.Y.1"}},
    ],
)
def test_what_is_not_known_is_not_judged(found: Found, changes: dict[str, Any]) -> None:
    assert [] == found(changes)


@pytest.mark.parametrize("stage", ["ineligible", "withdrawn_by_filer"])
def test_a_row_that_is_not_verified_never_fails(found: Found, stage: str) -> None:
    """Whoever takes such a step, on whatever paper, nothing is said of it."""
    end = {"kind": "letter", "dated": "2023-05-01", "senders": ["ogp-steering-committee"], "moves_to": [stage]}
    rest = {NOTICE: {"moves_to": None}, REPORT: {"moves_to": None}, RESOLUTION: {"moves_to": None, "basis": None}}
    assert [] == found({"2023-05-01-letter-end": end, **rest})


def test_a_case_that_had_ended(found: Found) -> None:
    again = {"kind": "letter", "dated": "2025-02-01", "senders": ["ogp-support-unit"], "moves_to": ["under_review"]}
    (problem,) = found({"2025-02-01-letter-again": again})
    assert "OC405" == problem.code
    assert "it ended here" == problem.places[1].label


def test_an_undated_move_is_only_warned_of(found: Found) -> None:
    undated = {"kind": "letter", "dated": "unknown", "senders": ["open-arcadia"], "moves_to": ["suspended"]}
    (problem,) = found({"undated-letter-found": undated})
    assert ("OC406", "warning", ("dated",)) == (problem.code, problem.rule.severity, problem.places[0].route)


def test_a_departure_lifts_the_procedure_of_its_own_event_alone(found: Found) -> None:
    """With a source that the record lists it is shown and not fought; without one it lifts nothing."""
    wrong = {"moves_to": ["suspended"], "basis": None, "by": ["open-arcadia"]}
    departure = [{"because": "It was so.", "sources": ["page"]}]
    assert ["OC401"] == [each.code for each in found({RESOLUTION: wrong})]
    assert [] == found({RESOLUTION: {**wrong, "departure": departure}})
    assert ["OC401", "OC502"] == [
        each.code for each in found({RESOLUTION: {**wrong, "departure": [{"because": "So."}]}})
    ]
    elsewhere = {RESOLUTION: wrong, REPORT: {"departure": departure}}
    assert ["OC401"] == [each.code for each in found(elsewhere)]


def test_what_cannot_be_read_may_have_moved_the_case(found: Found) -> None:
    """No step after a file that cannot be read is judged; those before it are."""
    gap = {REPORT: {"kind": "repport"}, RESOLUTION: {"moves_to": ["suspended"], "adopts": None, "basis": None}}
    assert [] == found(gap)
    assert ["OC402"] == [each.code for each in found({**gap, NOTICE: {"senders": ["open-arcadia"]}})]
    assert [] == found({NOTICE: {"moves_to": ["underreview"], "answers": None}})


def test_dates_that_leave_the_order_open_are_helped(found: Found) -> None:
    """Two steps that may be of one day: the help says how to state which came first."""
    same = {"kind": "report", "dated": "2024-06-03", "adopted_by": ["ogp-criteria-and-standards"]}
    same |= {"moves_to": ["report_adopted"]}
    problems = found({REPORT: None, "2024-06-03-xreport": same, RESOLUTION: {"adopts": None}})
    helps = next(each.helps for each in problems if each.code == "OC401")
    assert "if it came after `2024-06-03-xreport`, write that in `follows`" in helps


PERSON = {"a-researcher": {"name": "A. Researcher", "classification": "individual"}}


def test_a_person_may_not_file_alone(found: Found) -> None:
    problems = found({CONCERN: {"filers": ["open-arcadia", "a-researcher"]}}, parties=PERSON)
    (problem,) = problems
    assert ("OC411", "an individual may not file a Concern on their own behalf") == (problem.code, problem.message)
    assert [
        (f"arcadia-2023/events/{CONCERN}.yaml", ("filers", 1), "this filer"),
        ("parties/a-researcher.yaml", ("classification",), "is recorded as an individual"),
    ] == [(each.file, each.route, each.label) for each in problem.places]


@pytest.mark.parametrize(
    ("changes", "header"),
    [
        ({"filer_class": "steering_committee_member"}, {}),
        ({"filers": [{"party": "a-researcher", "office": "Chair of Open Arcadia"}]}, {}),
        ({"departure": [{"because": "It was taken up.", "sources": ["page"]}]}, {}),
        ({"moves_to": ["under_review"]}, {"policy_version": "2014"}),
    ],
)
def test_a_person_may_file_otherwise(found: Found, changes: dict[str, Any], header: dict[str, str]) -> None:
    """As a committee's member, in an office, as a departure, or where the rule of the version was not seen."""
    case = {CONCERN: {"filers": ["a-researcher"], **changes}, RESOLUTION: {"basis": None}}
    case |= {NOTICE: {"moves_to": None if header else ["under_review"], "answers": None}}
    assert [] == found(case, header=header, parties=PERSON)


def test_a_class_that_the_filers_speak_against(found: Found) -> None:
    problems = found({CONCERN: {"filer_class": "individual"}})
    assert [("OC412", ("filer_class",))] == told(problems)
    assert [("OC411", ("filer_class",))] == told(found({CONCERN: {"filer_class": "individual", "filers": ["unknown"]}}))


def test_a_filing_without_grounds_is_warned_of(found: Found) -> None:
    (problem,) = found({CONCERN: {"grounds": None}})
    assert ("OC413", "warning", "missing") == (problem.code, problem.rule.severity, problem.places[0].part)
    given = [{"id": "sealed", "text": "Contracts are sealed.", "grounds": ["other"]}]
    assert [] == found({CONCERN: {"grounds": None, "allegations": given}})
