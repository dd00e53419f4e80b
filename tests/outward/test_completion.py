"""What a TAB offers of two folders that differ in nothing but what is withheld is the same, and nothing of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.outward.listening import Ear
from tests.outward.running import inside
from tests.outward.tokens import ASK, OPEN, Secret
from tests.outward.withheld import PARTS, folder_of

from ogpcase.cli.completing import candidates

Lines = tuple[str, ...]


def lines(cases: list[str]) -> Iterator[Lines]:
    """Yields the lines at whose end any id may stand, of each sort."""
    yield from (("timeline", ""), ("show", ""), ("requests", "--of", ""), ("answer", ""))
    yield from (("show", f"{case}/") for case in cases)
    yield from (("add-event", case, "letter", "--in-reply-to", "") for case in cases)
    yield ("show", f"{cases[0]}/2023-1")


def offered(part: str, secret: Secret, top: Path) -> dict[Lines, list[str]]:
    """Returns what is offered at the end of each line, in a folder of its own."""
    folder = folder_of(part, secret)
    folder.write(top)
    with inside(top):
        return {each: candidates(each) for each in lines(sorted(folder.headers))}


@pytest.mark.parametrize("part", PARTS)
def test_a_tab_tells_nothing_that_is_withheld(part: str, tmp_path: Path) -> None:
    secrets = Secret("a"), Secret("b")
    found = [offered(part, secret, tmp_path / secret.name) for secret in secrets]
    assert found[0] == found[1]
    ear = Ear(token for secret in secrets for token in secret.tokens)
    assert [] == ear.hears("\n".join(each for said in found[0].values() for each in said))


@pytest.mark.parametrize("part", PARTS)
def test_what_is_there_is_offered_and_would_tell(part: str, tmp_path: Path) -> None:
    """Else the test above would hold of anything."""
    found = offered(part, Secret("a"), tmp_path / "a")
    said = [each for several in found.values() for each in several]
    assert any(each.endswith(f"/{ASK}") for each in said)
    assert part == "party" or OPEN in said
    offered(part, Secret("b"), tmp_path / "b")
    names = [
        sorted(name for _, *entries in os.walk(tmp_path / each) for few in entries for name in few) for each in "ab"
    ]
    assert names[0] != names[1]
