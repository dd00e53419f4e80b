"""From events to the stage: steps, standing on a day, duties, and the report that a decision rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import Step, duties, standing, steps
from ogpcase.policy.procedures import judged_by

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


def event(event_id: str, values: Mapping[str, Any]) -> Event:
    bound = bind_event({"title": "An event", **values}, event_id, f"a-case/events/{event_id}.yaml")
    assert bound.record is not None
    assert bound.problems == ()
    return bound.record


def case_of(events: Mapping[str, Mapping[str, Any]], **header: str) -> CaseFile:
    return assembled([event(name, values) for name, values in events.items()], **header)


def assembled(events: Iterable[Event], **header: str) -> CaseFile:
    bound = bind_header({**HEADER, **header}, "a-case", "a-case/case.yaml")
    party = bind_party({"name": "Arcadia", "classification": "government"}, "arcadia", "parties/arcadia.yaml").record
    assert bound.record is not None
    assert party is not None
    return assemble("a-case", bound.record, tuple(events), Registry({"arcadia": party}))


def path(taken: Iterable[Step]) -> list[tuple[str, str, str | None]]:
    return [(str(step.start), str(step.end), step.move.id if step.move else None) for step in taken]


def test_the_case_of_mexico_walks_the_table() -> None:
    """Filed, eligible, report adopted, closed by III.B.9: four rows; to adopt the report is not to close the case."""
    taken = steps(case_of(MEXICO))
    expected: list[tuple[str, str, str | None]] = [
        ("not_filed", "initial_review", "T1-T2"),
        ("initial_review", "under_review", "T4"),
        ("under_review", "report_adopted", "T8"),
        ("report_adopted", "closed_addressed_domestically", "T9"),
    ]
    assert expected == path(taken)
    assert [None, None, None, "III.B.9"] == [step.basis for step in taken]
    assert all(step.certain for step in taken)


def test_where_mexico_stood_on_a_day() -> None:
    case = case_of(MEXICO)
    stood = {str(day): standing(case, day).stage for day in (date(2018, 7, 15), date(2018, 7, 16), date(2019, 12, 11))}
    assert stood == {
        "2018-07-15": "not_filed",
        "2018-07-16": "initial_review",
        "2019-12-11": "report_adopted",
    }
    assert standing(case).stage == "closed_addressed_domestically"


def test_a_case_with_no_event_is_not_filed_since_nothing() -> None:
    stood = standing(case_of({}))
    assert ("not_filed", None, None, ()) == (stood.stage, stood.since, stood.perhaps, stood.steps)


def test_a_paper_may_carry_a_case_through_several_stages() -> None:
    """One step for each stage; the clause speaks for the last."""
    case = case_of(
        {
            "2018-07-16-concern": MEXICO["2018-07-16-concern"],
            "2018-08-24-letter": MEXICO["2018-08-24-letter"],
            "2019-12-12-resolution": {
                "kind": "resolution",
                "dated": "2019-12-12",
                "moves_to": ["report_adopted", "closed_addressed_domestically"],
                "basis": "III.B.9",
            },
        }
    )
    expected: list[tuple[str, str, str | None]] = [
        ("under_review", "report_adopted", "T8"),
        ("report_adopted", "closed_addressed_domestically", "T9"),
    ]
    assert expected == path(steps(case)[2:])
    assert [None, "III.B.9"] == [step.basis for step in steps(case)[2:]]


def test_a_step_the_table_does_not_know_still_moves_the_case() -> None:
    """The file says what happened; the checks say what they think of it."""
    case = case_of({"2018-07-16-concern": {"kind": "concern", "dated": "2018-07-16", "moves_to": ["suspended"]}})
    assert [("not_filed", "suspended", None)] == path(steps(case))
    assert standing(case).stage == "suspended"


def test_context_is_never_a_step() -> None:
    values = {**MEXICO["2018-07-16-concern"], "context": True}
    assert steps(case_of({"2018-07-16-concern": values})) == ()


def test_a_possible_move_is_shown_as_perhaps_and_not_followed() -> None:
    """Known only as August 2018, the letter is possible from the 1st and certain from the 31st."""
    case = case_of(
        {
            "2018-07-16-concern": MEXICO["2018-07-16-concern"],
            "2018-08-letter": {"kind": "letter", "dated": "2018-08", "moves_to": ["under_review"]},
        }
    )
    seen = [
        (standing(case, day).stage, standing(case, day).perhaps)
        for day in (date(2018, 7, 31), date(2018, 8, 1), date(2018, 8, 31))
    ]
    assert seen == [
        ("initial_review", None),
        ("initial_review", "under_review"),
        ("under_review", None),
    ]
    assert [True, False] == [step.certain for step in steps(case, date(2018, 8, 1))]


def test_an_undated_move_is_only_ever_perhaps() -> None:
    case = case_of(
        {
            **MEXICO,
            "undated-letter-withdrawal": {"kind": "letter", "dated": "unknown", "moves_to": ["withdrawn_by_filer"]},
        }
    )
    for day in (date(2020, 1, 1), None):
        stood = standing(case, day)
        assert (stood.stage, stood.perhaps) == ("closed_addressed_domestically", "withdrawn_by_filer")
        assert not stood.steps[-1].certain


def test_since_is_the_first_entry_and_an_extension_does_not_reset_it() -> None:
    """Azerbaijan's way: suspended in 2016, extended in 2017 and 2018."""
    case = case_of(
        {
            "2015-03-02-concern": {"kind": "concern", "dated": "2015-03-02", "moves_to": ["under_review"]},
            "2015-05-18-statement": {
                "kind": "statement",
                "dated": "2015-05-18",
                "moves_to": ["report_adopted", "stage_one"],
            },
            "2016-05-04-resolution": {"kind": "resolution", "dated": "2016-05-04", "moves_to": ["suspended"]},
            "2017-06-28-resolution": {"kind": "resolution", "dated": "2017-06-28", "moves_to": ["suspended"]},
            "2018-12-05-resolution": {
                "kind": "resolution",
                "dated": "2018-12-05/2018-12-06",
                "policy_version": "2017",
                "moves_to": ["suspended"],
            },
        },
        policy_version="2014",
    )
    stood = standing(case)
    assert stood.since is not None
    assert (stood.stage, stood.since.id) == ("suspended", "2016-05-04-resolution")
    assert ["T1-T2", "T8", "T11", "T14-T15", "T16", "T16"] == [step.move.id for step in stood.steps if step.move]


def test_an_event_is_judged_by_its_own_version() -> None:
    case = case_of(
        {
            "2018-07-16-concern": MEXICO["2018-07-16-concern"],
            "2018-08-24-letter": {**MEXICO["2018-08-24-letter"], "policy_version": "2014"},
        }
    )
    of_case, of_letter = judged_by(case), judged_by(case, case.events[1])
    assert of_case is not None
    assert of_letter is not None
    assert (of_case.version, of_letter.version) == ("2017", "2014")


def test_stages_of_another_procedure_move_a_case_without_a_row() -> None:
    """Its papers move the case, no row is named, and nothing is owed."""
    case = case_of(MEXICO, track="rapid_response", policy_version="2018")
    assert [None] * 4 == [step.move for step in steps(case)]
    assert ["not_begun", "initial_review", "under_review", "report_adopted"] == [step.start for step in steps(case)]
    assert duties(case) == ()


def test_a_version_of_another_procedure_judges_nothing() -> None:
    case = case_of(MEXICO, track="rapid_response")
    assert (judged_by(case), duties(case)) == (None, ())


def test_without_a_header_no_version_is_guessed() -> None:
    case = assemble("a-case", None, case_of(MEXICO).events, Registry())
    assert judged_by(case, case.events[0]) is None
    assert standing(case).stage == "closed_addressed_domestically"
