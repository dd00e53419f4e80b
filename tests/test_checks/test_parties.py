"""Who is named: every name leads to a party's file, and the files themselves are sound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
REPLY = "2023-08-30-letter-reply"


def told(problems: list[Problem]) -> list[tuple[str, str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].file, each.places[0].route) for each in problems]


@pytest.mark.parametrize(
    ("changes", "route"),
    [
        ({"addressees": ["open-arcadi"]}, ("addressees", 0)),
        ({"copied": ["unknown", {"party": "open-arcadi", "office": "Desk"}]}, ("copied", 1, "party")),
        ({"signed_by": [{"name": "A. Clerk", "for": "open-arcadi"}]}, ("signed_by", 0, "for")),
        ({"requests": [{"id": "a", "text": "Do.", "asked_of": ["open-arcadi"]}]}, ("requests", 0, "asked_of", 0)),
    ],
)
def test_an_unknown_party_is_named_where_it_stands(
    found: Found, changes: dict[str, Any], route: tuple[str, ...]
) -> None:
    (problem,) = found({REPLY: changes})
    assert ("OC311", "no party is called `open-arcadi`", route) == (
        problem.code,
        problem.message,
        problem.places[0].route,
    )
    assert "did you mean `open-arcadia`?" == problem.helps[0]


def test_the_party_of_a_header_and_of_a_party(found: Found) -> None:
    problems = found(header={"subject": "arcadia"}, parties={"records-office": {"part_of": ["government"]}})
    assert [
        ("OC311", "arcadia-2023/case.yaml", ("subject",)),
        ("OC311", "parties/records-office.yaml", ("part_of", 0)),
    ] == told([each for each in problems if each.code == "OC311"])


def test_another_name_of_a_party_is_offered(found: Found) -> None:
    (problem,) = found({REPLY: {"copied": ["arcadia-abierta"]}})
    assert "did you mean `open-arcadia`?" == problem.helps[0]


def test_a_party_whose_file_cannot_be_read_is_not_unknown(found: Found) -> None:
    assert [] == found({REPLY: {"senders": ["odd"]}}, parties={"odd": {"name": "Odd", "classification": "strange"}})


def test_two_parties_of_one_name(found: Found) -> None:
    """Case and accents do not tell names apart."""
    twin = {"name": "Ábierta", "classification": "civil_society", "other_names": ["ARCADIA  ABIERTA"]}
    problems = found({REPLY: {"copied": ["twin"]}}, parties={"twin": twin})
    assert [("OC316", "parties/twin.yaml", ("other_names", 0))] == told(problems)
    assert ("parties/open-arcadia.yaml", ("other_names", 0)) == (
        problems[0].places[1].file,
        problems[0].places[1].route,
    )


def test_an_unused_party_is_told_only_when_everything_was_read(found: Found) -> None:
    spare = {"spare": {"name": "Spare", "classification": "media"}}
    assert [("OC317", "parties/spare.yaml", ("name",))] == told(found(parties=spare))
    assert [] == found(parties=spare, unreadable=frozenset({"2025-01-01-letter"}))
    assert [] == found({REPLY: {"copied": "spare"}}, parties=spare)


def test_a_loop_of_parts_is_told_once(found: Found) -> None:
    problems = found(parties={"government-of-arcadia": {"part_of": ["records-office"]}})
    assert ["OC318"] == [each.code for each in problems]
    assert ("`records-office` → `government-of-arcadia` → `records-office`",) == problems[0].notes or (
        "`government-of-arcadia` → `records-office` → `government-of-arcadia`",
    ) == problems[0].notes
    assert 2 == len(problems[0].places)


def test_two_ways_to_one_whole_are_no_loop(found: Found) -> None:
    both = {
        "records-office": {"part_of": ["government-of-arcadia", "ogp"]},
        "government-of-arcadia": {"part_of": ["ogp"]},
    }
    assert [] == found(parties=both)
