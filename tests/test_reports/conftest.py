"""A small case of an invented country, built from plain values, for views to be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event

PARTIES: dict[str, dict[str, Any]] = {
    "government-of-arcadia": {"name": "Government of Arcadia", "classification": "government"},
    "records-office": {"name": "Records Office", "classification": "government", "part_of": ["government-of-arcadia"]},
    "open-arcadia": {"name": {"en": "Open Arcadia", "es": "Arcadia Abierta"}, "classification": "civil_society"},
    "ogp-support-unit": {"name": "OGP Support Unit", "classification": "ogp_body", "body": "support_unit"},
    "ogp-criteria-and-standards": {"name": "C&S", "classification": "ogp_body", "body": "criteria_and_standards"},
}
HEADER = {
    "title": {"en": "Sealed contracts in Arcadia", "es": "Contratos sellados en Arcadia"},
    "track": "response_policy",
    "policy_version": "2017",
    "subject": "government-of-arcadia",
    "country": "XA",
    "language": "en",
}
EVENTS: dict[str, dict[str, Any]] = {
    "2023-02-01-letter-ask": {
        "kind": "letter",
        "senders": ["open-arcadia"],
        "addressees": ["government-of-arcadia"],
        "requests": [
            {"id": "publish", "text": "Publish them", "asked_of": ["government-of-arcadia"], "due": "2023-03-01"}
        ],
    },
    "2023-04-10-concern": {"kind": "concern", "filers": ["open-arcadia"], "moves_to": ["initial_review"]},
    "2023-05-22-letter-notice": {"kind": "letter", "senders": ["ogp-support-unit"], "moves_to": ["under_review"]},
    "2023-08-30-letter-reply": {
        "kind": "letter",
        "senders": ["records-office"],
        "answers": [{"request": "2023-02-01-letter-ask#publish", "answer": "refused"}],
    },
    "2024-01-15-report-review": {
        "kind": "report",
        "adopted_by": ["ogp-criteria-and-standards"],
        "conclusion": "addressed_domestically",
        "moves_to": ["report_adopted"],
    },
    "2024-06-03-resolution": {
        "kind": "resolution",
        "by": ["ogp-criteria-and-standards"],
        "basis": "III.B.9",
        "moves_to": ["closed_addressed_domestically"],
    },
}
Changes = Mapping[str, Mapping[str, Any] | None]
Build = Callable[..., CaseFile]


def merged(base: Mapping[str, Mapping[str, Any]], changes: Changes) -> dict[str, dict[str, Any]]:
    """The records with changes; None takes a record out, or a field."""
    names = [
        name for name in (*base, *(name for name in changes if name not in base)) if changes.get(name, {}) is not None
    ]
    whole = {name: {**base.get(name, {}), **(changes.get(name) or {})} for name in names}
    return {name: {key: value for key, value in each.items() if value is not None} for name, each in whole.items()}


def built(events: Changes | None = None, parties: Changes | None = None, **header: object) -> CaseFile:
    """The sound case with changes; the date of an event is what its id begins with, unless it says otherwise."""
    records: list[Event] = []
    flawed: dict[str, frozenset[str]] = {}
    for name, values in merged(EVENTS, events or {}).items():
        basic = {
            "title": name.replace("-", " "),
            "dated": name[:10],
            "sources": [{"id": "page", "url": "https://example.org"}],
        }
        bound = bind_event({**basic, **values}, name, "f")
        assert bound.record is not None
        records.append(bound.record)
        flawed |= {name: bound.flawed} if bound.flawed else {}
    found = {name: bind_party(each, name, "f").record for name, each in merged(PARTIES, parties or {}).items()}
    registry = Registry({name: party for name, party in found.items() if party})
    head = bind_header({**HEADER, **header}, "arcadia-2023", "f").record
    return assemble("arcadia-2023", head, tuple(records), registry, flawed=flawed)


@pytest.fixture(scope="session")
def build() -> Build:
    """The sound case with changes of its events, its parties and its header."""
    return built
