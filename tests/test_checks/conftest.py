"""A small sound case of an invented country, and what the checks say of it once it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from ogpcase.checks import run_case, run_folder
from ogpcase.diagnostics import Problem
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import (
    CaseFile,
    FolderSettings,
    Registry,
    assemble,
    file_of_event,
    file_of_header,
    file_of_party,
)
from ogpcase.model.codelists import Format
from ogpcase.model.parties import Party

TODAY = date(2026, 11, 22)
TEXTS = {"title": "An event", "sources": [{"id": "page", "url": "https://example.org/arcadia"}]}
PARTIES: dict[str, dict[str, Any]] = {
    "ogp": {"name": "OGP", "classification": "ogp_body", "body": "ogp"},
    "ogp-support-unit": {"name": "Support Unit", "classification": "ogp_body", "body": "support_unit"},
    "ogp-criteria-and-standards": {"name": "C&S", "classification": "ogp_body", "body": "criteria_and_standards"},
    "ogp-steering-committee": {"name": "Committee", "classification": "ogp_body", "body": "steering_committee"},
    "government-of-arcadia": {"name": "Government of Arcadia", "classification": "government"},
    "records-office": {"name": "Records Office", "classification": "government", "part_of": ["government-of-arcadia"]},
    "open-arcadia": {"name": "Open Arcadia", "classification": "civil_society", "other_names": ["Arcadia Abierta"]},
}
HEADER = {
    "title": "Sealed contracts in Arcadia",
    "track": "response_policy",
    "policy_version": "2017",
    "subject": "government-of-arcadia",
    "country": "XA",
    "language": "en",
}
EVENTS: dict[str, dict[str, Any]] = {
    "2023-02-01-letter-ask": {
        "kind": "letter",
        "dated": "2023-02-01",
        "senders": ["open-arcadia"],
        "addressees": ["government-of-arcadia"],
        "requests": [{"id": "publish", "text": "Publish them.", "asked_of": ["government-of-arcadia"]}],
    },
    "2023-04-10-concern": {
        "kind": "concern",
        "dated": "2023-04-10",
        "filers": ["open-arcadia"],
        "grounds": ["access_to_information"],
        "allegations": [{"id": "sealed", "text": "Contracts are sealed."}],
        "prior_steps": ["2023-02-01-letter-ask"],
        "moves_to": ["initial_review"],
    },
    "2023-05-22-letter-notice": {
        "kind": "letter",
        "dated": "2023-05-22",
        "senders": ["ogp-support-unit"],
        "addressees": ["government-of-arcadia"],
        "copied": ["records-office"],
        "moves_to": ["under_review"],
        "answers": [{"request": "2023-04-10-concern#notify-subject", "answer": "met"}],
    },
    "2023-08-30-letter-reply": {
        "kind": "letter",
        "dated": "2023-08-30",
        "senders": ["records-office"],
        "in_reply_to": "2023-05-22-letter-notice",
        "replies": [{"about": "2023-04-10-concern#sealed", "position": "explains"}],
        "answers": [{"request": "2023-02-01-letter-ask#publish", "answer": "refused"}],
    },
    "2024-01-15-report-review": {
        "kind": "report",
        "dated": "2024-01-15",
        "adopted_by": ["ogp-criteria-and-standards"],
        "conclusion": "addressed_domestically",
        "findings": [{"about": "2023-04-10-concern#sealed", "addressed": "addressed"}],
        "moves_to": ["report_adopted"],
    },
    "2024-06-03-resolution": {
        "kind": "resolution",
        "dated": "2024-06-03",
        "by": ["ogp-criteria-and-standards"],
        "adopts": "2024-01-15-report-review",
        "cites": ["2023-08-30-letter-reply"],
        "basis": "III.B.9",
        "moves_to": ["closed_addressed_domestically"],
    },
}
SECOND_FORMAT = FolderSettings(format=Format.SECOND)
Values = Mapping[str, dict[str, Any]]
Changes = Mapping[str, Mapping[str, Any] | None]


@dataclass(frozen=True)
class Bench:
    """The sound case with changes: fields of events, of parties by id, of the header; None takes a record out.

    No record of it answers the duties that come with its steps; OC407 is left out unless `duties` is true. All events
    have a source of one id, so OC512 is left out too.
    """

    events: Changes = field(default_factory=dict)
    parties: Changes = field(default_factory=dict)
    header: Mapping[str, Any] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    others: Mapping[str, CaseFile] = field(default_factory=dict)
    settings: FolderSettings = SECOND_FORMAT
    never_publish: bool = False
    today: date = TODAY
    duties: bool = False

    def registry(self) -> Registry:
        bound = {
            name: bind_party(values, name, file_of_party(name)) for name, values in _with(PARTIES, self.parties).items()
        }
        parties: dict[str, Party] = {name: each.record for name, each in bound.items() if each.record}
        unreadable = frozenset(bound.keys() - parties.keys())
        return Registry(parties, unreadable, settings=self.settings, never_publish=self.never_publish)

    def values(self) -> dict[str, dict[str, Any]]:
        return _with({name: {**TEXTS, **each} for name, each in EVENTS.items()}, self.events, TEXTS)

    def case(self, case_id: str = "arcadia-2023") -> CaseFile:
        bound = {name: bind_event(each, name, file_of_event(case_id, name)) for name, each in self.values().items()}
        header = bind_header({**HEADER, **self.header}, case_id, file_of_header(case_id)).record
        return assemble(
            case_id,
            header,
            tuple(each.record for each in bound.values() if each.record),
            self.registry(),
            unreadable=self.unreadable | {name for name, each in bound.items() if not each.record},
            flawed={name: each.flawed for name, each in bound.items() if each.flawed},
        )

    def problems(self) -> list[Problem]:
        case = self.case()
        folder = run_folder({case.id: case, **self.others}, case.registry, self.today)
        told = [*run_case(case, self.others, self.today), *folder]
        return [each for each in told if each.code != "OC512" and (self.duties or each.code != "OC407")]


def _with(base: Values, changes: Changes, blank: Mapping[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    merged = dict(base)
    for name, change in changes.items():
        merged[name] = {**base.get(name, blank or {}), **(change or {})}
        if change is None:
            del merged[name]
    return {name: {field: value for field, value in each.items() if value is not None} for name, each in merged.items()}


@pytest.fixture(scope="session")
def found() -> Callable[..., list[Problem]]:
    """What the checks say of the sound case with changes; see Bench for what can be changed."""
    return lambda events=None, **changes: Bench(events or {}, **changes).problems()


@pytest.fixture(scope="session")
def bench() -> type[Bench]:
    """The bench itself, for tests that need the case."""
    return Bench
