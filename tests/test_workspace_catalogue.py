"""The catalogue: every check of every room."""

from __future__ import annotations

import re

import pytest

from ogpcase.workspace.catalogue import NOT_GIVEN, RULES


def test_no_code_and_no_name_is_used_twice() -> None:
    codes = [check.rule.code for check in RULES]
    names = [check.rule.name for check in RULES]

    assert sorted(set(codes)) == codes
    assert not set(NOT_GIVEN).intersection(codes)
    assert len(set(names)) == len(names)


def test_every_room_is_there() -> None:
    families = {check.rule.code[:3] for check in RULES}

    assert {"OC1", "OC2", "OC3", "OC4", "OC5", "OC6"} == families


@pytest.mark.parametrize("check", RULES, ids=lambda check: str(check.rule.code))
def test_every_check_has_a_code_a_name_and_a_page(check: object) -> None:
    rule = check.rule  # type: ignore[attr-defined]  # a Check of any parameters
    assert re.fullmatch(r"OC[1-9][0-9]{2}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    headings = ("Why it matters", "Wrong", "Right", "Not reported when")
    assert list(headings) == [line.strip() for line in rule.page.splitlines() if line.strip() in headings]
    assert rule.page.strip()[0].isupper()
