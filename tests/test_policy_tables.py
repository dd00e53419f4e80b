"""The tables of the policy: every row says where it is from, and nothing is in them that nobody could verify."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from ogpcase.model.codelists import OPEN_STAGES, Conclusion, FilerClass, Kind, Stage, Version
from ogpcase.policy.lifecycle import permitted_moves, row_for
from ogpcase.policy.version import UNKNOWN, VERSIONS, Evidence, Move, PolicyVersion, load_version

TABLES = [load_version(version) for version in VERSIONS]
VERSIONED = [
    pytest.param(table.version, move, id=f"{table.version}-{move.id}") for table in TABLES for move in table.moves
]
ROWS = [pytest.param(move, id=f"{table.version}-{move.id}") for table in TABLES for move in table.moves]
FILING = {"acknowledge-filers", "notify-criteria-and-standards", "notify-subject"}
PASSED = {"notify-criteria-and-standards", "notify-filers", "notify-subject", "request-response"}
CLOSING = {"inform-filers", "inform-subject", "report-to-filers", "report-to-subject"}


def the_row(version: str, move_id: str) -> Move:
    return next(move for move in load_version(version).moves if move.id == move_id)


@pytest.mark.parametrize("move", ROWS)
def test_every_row_names_its_source_and_what_is_known_of_it(move: Move) -> None:
    """A row cites an address or a paper; one of evidence U may say that nothing was found, and no other may."""
    assert move.evidence in Evidence
    assert all(each.strip() for each in (*move.source, move.note, move.requires.text))
    if move.verified:
        assert not [each for each in move.source if each.startswith("none found")]


@pytest.mark.parametrize(("version", "move"), VERSIONED)
def test_no_clause_is_invented(version: Version, move: Move) -> None:
    """One clause is known by its number, and it is the 2017 version's."""
    assert move.clause == ("III.B.9" if (str(version), move.id) == ("2017", "T9") else None)


@pytest.mark.parametrize("move", ROWS)
def test_no_time_limit_is_built_in(move: Move) -> None:
    """No number of days or months stands in what a row requires or lays on anybody."""
    texts = (move.requires.text, *(duty.text for duty in move.then_due))
    assert not [
        text for text in texts if re.search(r"\b\d+\b|\b(?:days?|weeks?|months?)\b", text.replace("Annex 1", ""))
    ]


@pytest.mark.parametrize("move", ROWS)
def test_no_row_leads_out_of_an_end(move: Move) -> None:
    assert not [stage for stage in move.from_ if stage.ends]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
def test_every_stage_is_reached(table: PolicyVersion) -> None:
    """All stages of a version lie on some walk from `not_filed`; the 2014 version has no initial review."""
    reached, todo = {Stage.NOT_FILED}, [Stage.NOT_FILED]
    while todo:
        new = {move.to for move in permitted_moves(todo.pop(), table)} - reached
        reached |= new
        todo += new
    without = {Stage.INITIAL_REVIEW} if table.version is Version.V2014 else set()
    assert set(Stage) - without == reached


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
def test_row_ids_are_unique_and_duty_ids_unique_in_their_row(table: PolicyVersion) -> None:
    assert sorted({move.id for move in table.moves}) == sorted(move.id for move in table.moves)
    for move in table.moves:
        assert sorted({duty.id for duty in move.then_due}) == sorted(duty.id for duty in move.then_due)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.version)
def test_every_stage_has_the_versions_word_or_says_it_is_unknown(table: PolicyVersion) -> None:
    """A word that was seen cites where; one that was not is `unknown`."""
    assert list(Stage) == [each.stage for each in table.words]
    assert not [each.stage for each in table.words if (each.word == UNKNOWN) != (each.source is None)]


def test_what_2014_called_inactive_is_suspended_in_2017() -> None:
    words = [load_version(version).word_for(Stage.SUSPENDED) for version in ("2014", "2017")]
    assert words == ["inactive", "suspended"]


@pytest.mark.parametrize(
    ("move_id", "expected"), [("T1-T2", FILING), ("T4", PASSED), ("T9", CLOSING)], ids=["filing", "passed", "closing"]
)
def test_duties_of_the_2017_version(move_id: str, expected: set[str]) -> None:
    duties = the_row("2017", move_id).then_due
    assert expected == {duty.id for duty in duties}
    assert {"support_unit"} == {duty.by for duty in duties}


def test_no_other_row_lays_a_duty_on_anybody() -> None:
    """Notices of the 2014 version were not seen, and what a case shows to be sent is no rule."""
    owing = [(str(table.version), move.id) for table in TABLES for move in table.moves if move.then_due]
    assert owing == [("2017", "T1-T2"), ("2017", "T4"), ("2017", "T9")]


def test_a_filing_begins_the_review_that_its_version_knows() -> None:
    """2014 went straight to Criteria and Standards; 2017 has an initial review first."""
    filings = {str(table.version): [move.to for move in permitted_moves(Stage.NOT_FILED, table)] for table in TABLES}
    assert filings == {"2014": [Stage.UNDER_REVIEW], "2017": [Stage.INITIAL_REVIEW]}


def test_closing_by_the_known_clause_needs_the_report_to_say_so() -> None:
    move = the_row("2017", "T9")
    assert move.requires.report_concludes is Conclusion.ADDRESSED_DOMESTICALLY
    assert (move.decided_by, move.carried_by) == ("criteria_and_standards", (Kind.RESOLUTION,))


@pytest.mark.parametrize("version", VERSIONS)
def test_suspending_is_one_row_decided_by_the_steering_committee(version: Version) -> None:
    table = load_version(version)
    both = (*row_for(table, Stage.STAGE_ONE, Stage.SUSPENDED), *row_for(table, Stage.SUSPENDED, Stage.SUSPENDED))
    assert [("T14-T15", "steering_committee"), ("T16", "steering_committee")] == [(m.id, m.decided_by) for m in both]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_case_may_be_withdrawn_from_any_open_stage(version: Version) -> None:
    for move_id in ("T19", "T20"):
        assert the_row(version, move_id).from_ == OPEN_STAGES


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


def test_who_may_file_is_known_of_2017_only() -> None:
    known = load_version("2017").filers
    assert (known.evidence, set(FilerClass) - set(known.may_file)) == (Evidence.PRIMARY, {FilerClass.INDIVIDUAL})
    assert (load_version("2014").filers.evidence, load_version("2014").filers.may_file) == (Evidence.UNVERIFIED, ())


def test_days_of_adoption_are_as_exact_as_the_sources() -> None:
    assert [str(table.adopted) for table in TABLES] == ["[2014-09-24,2014-09-25]", "2017"]


def test_every_packaged_table_is_a_version_and_the_reverse() -> None:
    names = {each.name for each in files("ogpcase.policy").joinpath("versions").iterdir()}
    assert {f"{version}.yaml" for version in VERSIONS} == names


def test_a_table_is_read_once() -> None:
    assert load_version("2017") is load_version(Version.V2017)


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(ValueError, match="no version `2019`"):
        load_version("2019")
