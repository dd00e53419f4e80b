"""Who acts, against who the table says decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.parties import Party
from ogpcase.policy.actors import acts_for, parties_of

PARTIES: dict[str, dict[str, Any]] = {
    "ogp": {"classification": "ogp_body", "body": "ogp"},
    "support-unit": {"classification": "ogp_body", "body": "support_unit", "part_of": ["ogp"]},
    "criteria": {"classification": "ogp_body", "body": "criteria_and_standards", "part_of": ["ogp"]},
    "committee": {"classification": "ogp_body", "body": "steering_committee", "part_of": ["ogp"]},
    "co-chair": {"classification": "individual", "part_of": ["criteria"]},
    "arcadia": {"classification": "government"},
    "ministry": {"classification": "government", "part_of": ["arcadia"]},
    "office": {"classification": "government", "part_of": ["ministry"]},
    "watch": {"classification": "civil_society"},
    "watch-staff": {"classification": "individual", "part_of": ["watch"]},
    "former-chair": {"classification": "individual", "part_of": [{"party": "criteria", "until": "2018-08-23"}]},
    "chair-that-month": {"classification": "individual", "part_of": [{"party": "criteria", "until": "2018-08"}]},
    "chair-to-the-day": {
        "classification": "individual",
        "part_of": [{"party": "criteria", "from": "2018-08-24", "until": "2018-08-24"}],
    },
    "chair-about-then": {"classification": "individual", "part_of": [{"party": "criteria", "from": "2017~"}]},
    "ministry-to-be": {"classification": "government", "part_of": [{"party": "arcadia", "from": "2019"}]},
    "stray": {"classification": "other", "part_of": ["nowhere"]},
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


def party(name: str) -> Party:
    bound = bind_party({"name": name, **PARTIES[name]}, name, f"parties/{name}.yaml")
    assert bound.record is not None
    return bound.record


REGISTRY = Registry({name: party(name) for name in PARTIES}, frozenset({"illegible"}))


def case_of(events: Mapping[str, Mapping[str, Any]]) -> CaseFile:
    header = bind_header(HEADER, "a-case", "a-case/case.yaml").record
    bound = [bind_event({"title": "An event", **values}, name, name) for name, values in events.items()]
    return assemble("a-case", header, tuple(each.record for each in bound if each.record), REGISTRY)


@pytest.mark.parametrize(
    ("decided_by", "actor", "expected"),
    [
        ("criteria_and_standards", "criteria", True),
        ("criteria_and_standards", "co-chair", True),
        ("criteria_and_standards", "former-chair", False),
        ("criteria_and_standards", "chair-that-month", None),
        ("criteria_and_standards", "chair-to-the-day", True),
        ("criteria_and_standards", "chair-about-then", None),
        ("subject", "ministry-to-be", False),
        ("ogp", "criteria", False),
        ("steering_committee", "criteria", False),
        ("steering_committee", "ogp", None),
        ("steering_committee", "arcadia", False),
        ("steering_committee", "stray", None),
        ("subject", "arcadia", True),
        ("subject", "office", True),
        ("subject", "watch", False),
        ("subject", "stray", None),
        ("subject", "illegible", None),
        ("filer", "watch", True),
        ("filer", "watch-staff", True),
        ("filer", "arcadia", False),
        ("filer", "unknown", None),
    ],
)
def test_who_acts_for_whom(decided_by: str, actor: str, expected: bool | None) -> None:  # noqa: FBT001 - an expected answer
    case = case_of({"2018-07-16-concern": CONCERN, "2018-08-24-letter": {**LETTER, "senders": [actor]}})
    assert acts_for(decided_by, case.events[1], case) is expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"on_behalf_of": ["criteria"]}, True),
        ({"on_behalf_of": ["committee"], "senders": ["criteria"]}, False),
        ({"on_behalf_of": ["unknown"], "senders": ["criteria"]}, None),
        ({"signed_by": [{"name": "A. B.", "for": "criteria"}]}, True),
        ({"signed_by": [{"name": "A. B.", "for": "criteria"}], "on_behalf_of": ["committee"]}, False),
        ({"signed_by": [{"name": "A. B.", "for": "watch"}]}, False),
    ],
    ids=str,
)
def test_whom_a_paper_acts_for_takes_the_place_of_its_sender(fields: dict[str, Any], expected: bool | None) -> None:  # noqa: FBT001 - an expected answer
    """A person may also sign for the body that decides; then the sender only carries the paper."""
    case = case_of({"2018-08-24-letter": {**LETTER, **fields}})
    assert acts_for("criteria_and_standards", case.events[0], case) is expected


def test_one_of_several_actors_is_enough() -> None:
    case = case_of({"2018-08-24-letter": {**LETTER, "senders": ["watch", "unknown", "support-unit"]}})
    assert acts_for("support_unit", case.events[0], case) is True


@pytest.mark.parametrize(
    "concern",
    [{**CONCERN, "filer_count": 10}, {**CONCERN, "filers": ["unknown"]}, {**CONCERN, "filers": []}],
    ids=["more than named", "unknown", "none"],
)
def test_filers_who_are_not_all_named_may_be_anybody(concern: dict[str, Any]) -> None:
    case = case_of({"2018-07-16-concern": concern, "2018-08-24-letter": {**LETTER, "senders": ["arcadia"]}})
    assert acts_for("filer", case.events[1], case) is None


def test_without_a_header_nobody_is_the_subject() -> None:
    case = replace(case_of({"2018-08-24-letter": LETTER}), header=None)
    assert (acts_for("subject", case.events[0], case), parties_of("subject", case)) == (None, ())


def test_the_parties_of_a_role() -> None:
    case = case_of({"2018-07-16-concern": CONCERN})
    roles = ("support_unit", "subject", "filer")
    assert [("support-unit",), ("arcadia",), ("watch",)] == [parties_of(role, case) for role in roles]
