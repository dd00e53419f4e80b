"""The tables of the procedures: every row says where it is from, and nothing is in them that nobody could verify."""

from __future__ import annotations

import re

import pytest

from ogpcase.model.codelists import Kind
from ogpcase.model.table_codes import TABLE_CODES, StageCode, table_files, table_names
from ogpcase.policy.procedures import (
    UNKNOWN,
    Evidence,
    Move,
    Procedure,
    every_procedure,
    procedure_named,
    versions_of,
)

TABLES = list(every_procedure())
POLICY = [table for table in TABLES if table.track == "response_policy"]
NAMED = [pytest.param(table.name, move, id=f"{table.name}-{move.id}") for table in TABLES for move in table.moves]
ROWS = [pytest.param(move, id=f"{table.name}-{move.id}") for table in TABLES for move in table.moves]
FILING = {"acknowledge-filers", "notify-criteria-and-standards", "notify-subject"}
PASSED = {"notify-criteria-and-standards", "notify-filers", "notify-subject", "request-response"}
CLOSING = {"inform-filers", "inform-subject", "report-to-filers", "report-to-subject"}
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
each_version = pytest.mark.parametrize("version", ["2014", "2017"])


def policy(version: str) -> Procedure:
    return procedure_named(f"response_policy-{version}")


def the_row(version: str, move_id: str) -> Move:
    return next(move for move in policy(version).moves if move.id == move_id)


def test_there_is_a_table_for_each_procedure_and_version() -> None:
    expected = ["response_policy-2014", "response_policy-2017", "procedural_review"]
    expected += ["rapid_response-2018", "rapid_response-2020"]
    assert expected == [table.name for table in TABLES]
    assert sorted(expected) == sorted(table_files())
    assert {name: (table.track, table.version) for name, table in zip(expected, TABLES, strict=True)} == {
        each.name: (each.track, each.version) for each in table_names()
    }
    assert [("2014", "2017"), ("2018", "2020"), ()] == [
        versions_of(track) for track in ("response_policy", "rapid_response", "procedural_review")
    ]


@pytest.mark.parametrize("move", ROWS)
def test_every_row_names_its_source_and_what_is_known_of_it(move: Move) -> None:
    """A row cites an address, or says that there is none; one of evidence U may say that nothing was found."""
    assert move.evidence in Evidence
    assert all(each.strip() for each in (move.title, move.note, move.requires.text))
    assert all(each.url or each.title for each in move.source)
    if move.verified:
        assert not [each for each in move.source if each.title and each.title.startswith("none found")]


@pytest.mark.parametrize(("name", "move"), NAMED)
def test_no_clause_is_invented(name: str, move: Move) -> None:
    """One clause is known by its number, and it is the 2017 version's."""
    assert move.clause == ("III.B.9" if (name, move.id) == ("response_policy-2017", "T9") else None)


@pytest.mark.parametrize("move", ROWS)
def test_no_time_limit_is_built_in(move: Move) -> None:
    """No number of days or months stands in what a row requires or lays on anybody."""
    texts = (move.requires.text, *(duty.text for duty in move.then_due))
    assert not [
        text for text in texts if re.search(r"\b\d+\b|\b(?:days?|weeks?|months?)\b", text.replace("Annex 1", ""))
    ]


@each_table
def test_no_row_leads_out_of_an_end(table: Procedure) -> None:
    assert not [(move.id, code) for move in table.moves for code in move.from_ if table.stage(code).ends]


@each_table
def test_a_row_names_stages_bodies_and_roles_of_its_own_table(table: Procedure) -> None:
    stages = {str(stage) for stage in table.stages}
    who = {*(body.code for body in table.bodies), *table.roles}
    assert not [move.id for move in table.moves if not {*move.from_, move.to} <= stages]
    assert not [move.id for move in table.moves if not {*move.decided_by} <= who]
    duties = [duty for move in table.moves for duty in move.then_due]
    assert not [duty.id for duty in duties if not {duty.by, duty.tell} <= who]
    assert not [word.word for word in table.words if word.means not in stages]


@each_table
def test_every_stage_is_reached(table: Procedure) -> None:
    """All stages lie on some walk from the begin."""
    reached, todo = {str(table.begin)}, [str(table.begin)]
    while todo:
        new = {move.to for move in table.moves_from(todo.pop())} - reached
        reached |= new
        todo += new
    assert {str(stage) for stage in table.stages} == reached
    assert [table.begin] == [stage for stage in table.stages if stage.begins]


@each_table
def test_row_ids_are_unique_and_duty_ids_unique_in_their_row(table: Procedure) -> None:
    assert sorted({move.id for move in table.moves}) == sorted(move.id for move in table.moves)
    for move in table.moves:
        assert sorted({duty.id for duty in move.then_due}) == sorted(duty.id for duty in move.then_due)


@each_table
def test_every_stage_has_the_sources_word_or_says_it_is_unknown(table: Procedure) -> None:
    """A word that was seen cites where; one that was not is `unknown`."""
    assert not [stage for stage in table.stages if (stage.word == UNKNOWN) != (stage.word_source is None)]


@each_table
def test_one_body_may_stand_for_all(table: Procedure) -> None:
    assert "ogp" == table.whole


def test_what_2014_called_inactive_is_suspended_in_2017() -> None:
    assert ["inactive", "suspended"] == [policy(version).stage("suspended").word for version in ("2014", "2017")]


def test_a_word_means_the_code_of_the_table_that_is_asked() -> None:
    """`inactive` is a word of the Response Policy and a stage of Procedural Review."""
    assert "suspended" == policy("2017").stage("inactive")
    assert "inactive" == procedure_named("procedural_review").stage("inactive")
    assert ("initial_review", "under_review") == (policy("2017").stage("received"), policy("2014").stage("received"))
    assert "under_review" == policy("2014").stage("initial_review")


def test_one_code_may_have_two_senses() -> None:
    stages = [each.stage("under_review") for each in (policy("2017"), procedure_named("procedural_review"))]
    assert 2 == len({stage.sentence for stage in stages})
    (listed,) = [choice for choice in StageCode.choices() if choice.code == "under_review"]
    assert all(stage.sentence in listed.sentence for stage in stages)


@pytest.mark.parametrize(
    ("move_id", "expected"), [("T1-T2", FILING), ("T4", PASSED), ("T9", CLOSING)], ids=["filing", "passed", "closing"]
)
def test_duties_of_the_2017_version(move_id: str, expected: set[str]) -> None:
    duties = the_row("2017", move_id).then_due
    assert expected == {duty.id for duty in duties}
    assert {"support_unit"} == {duty.by for duty in duties}


def test_a_recorded_response_makes_the_request_for_it_pointless() -> None:
    moot = {duty.id: duty.moot_when for duty in the_row("2017", "T4").then_due if duty.moot_when}
    assert ["request-response"] == list(moot)
    assert ("subject", "in_reply_to") == (moot["request-response"].by, moot["request-response"].link)


def test_no_other_row_lays_a_duty_on_anybody() -> None:
    """Notices of the 2014 version were not seen, and what a case shows to be sent is no rule."""
    owing = [(table.name, move.id) for table in TABLES for move in table.moves if move.then_due]
    assert owing == [("response_policy-2017", move_id) for move_id in ("T1-T2", "T4", "T9")]


def test_a_filing_begins_the_review_that_its_version_knows() -> None:
    """2014 went straight to Criteria and Standards; 2017 has an initial review first."""
    filings = {table.version: [move.to for move in table.moves_from(table.begin)] for table in POLICY}
    assert filings == {"2014": ["under_review"], "2017": ["initial_review"]}


def test_closing_by_the_known_clause_needs_the_report_to_say_so() -> None:
    move = the_row("2017", "T9")
    assert move.requires.report_concludes == "addressed_domestically"
    assert (move.decided_by, move.carried_by) == (("criteria_and_standards",), (Kind.RESOLUTION,))


@each_version
def test_suspending_is_one_row_decided_by_the_steering_committee(version: str) -> None:
    table = policy(version)
    both = (*table.rows("stage_one", "suspended"), *table.rows("suspended", "suspended"))
    expected = [("T14-T15", ("steering_committee",)), ("T16", ("steering_committee",))]
    assert expected == [(move.id, move.decided_by) for move in both]


@each_version
def test_a_case_may_be_withdrawn_from_any_open_stage(version: str) -> None:
    for move_id in ("T19", "T20"):
        assert the_row(version, move_id).from_ == tuple(stage for stage in policy(version).stages if stage.open)


def test_a_complaint_of_2014_may_be_not_founded_before_a_report_is_adopted() -> None:
    """Australia, June 2017; source: domain facts, T10."""
    assert ("under_review", "report_adopted") == the_row("2014", "T10").from_
    assert ("report_adopted",) == the_row("2017", "T10").from_


def test_what_was_seen_under_one_version_proves_nothing_of_the_other() -> None:
    """Closing not founded (2017-06) and the rule of reinstating (2016) are 2014's; ending for good (2023) is 2017's."""
    evidence = {
        move_id: tuple(str(the_row(version, move_id).evidence) for version in ("2014", "2017"))
        for move_id in ("T9", "T10", "T13", "T17", "T18", "T19", "T20")
    }
    assert evidence == {
        "T9": ("U", "P"),
        "T10": ("O", "U"),
        "T13": ("U", "U"),
        "T17": ("P", "U"),
        "T18": ("U", "P"),
        "T19": ("P", "P"),
        "T20": ("U", "U"),
    }


def test_only_rows_read_in_ogps_own_text_judge() -> None:
    assert {"P": True, "S": False, "O": False, "U": False} == {
        str(move.evidence): move.judges for table in TABLES for move in table.moves
    }


def test_who_may_file_is_known_of_2017_and_the_mechanism_only() -> None:
    classes = {
        table.name: [each.code for each in filers.classes if each.may_file]
        for table in TABLES
        if (filers := table.opening.filers)
    }
    three = ["steering_committee_member", "multilateral_partner", "involved_entity"]
    policies = {"response_policy-2014": [], "response_policy-2017": three}
    assert classes == {**policies, "rapid_response-2018": three, "rapid_response-2020": []}
    unseen = [filers.evidence for table in TABLES if (filers := table.opening.filers) and not filers.classes]
    assert [Evidence.UNVERIFIED] * 2 == unseen


def test_days_in_force_are_as_exact_as_the_sources() -> None:
    expected = ["[2014-09-24,2014-09-25]", "2017", "unknown", "2018", "2020-09-15"]
    assert expected == [str(table.in_force) for table in TABLES]


@pytest.mark.parametrize("codes", TABLE_CODES, ids=lambda codes: codes.name)
def test_every_code_of_a_table_is_listed_with_a_sentence(codes: type[StageCode]) -> None:
    choices = codes.choices()
    assert len(choices) == len({choice.code for choice in choices})
    assert all(choice.label and choice.sentence.endswith(".") for choice in choices)


def test_a_table_is_read_once() -> None:
    assert policy("2017") is policy("2017")


def test_an_unknown_procedure_is_refused() -> None:
    with pytest.raises(KeyError, match="2019"):
        policy("2019")
