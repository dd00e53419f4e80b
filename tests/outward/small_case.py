"""A small case under git in which every verb can do its work with its usual words."""

from __future__ import annotations

from pathlib import Path

from tests.outward.commands import There
from tests.outward.records import ASK, CONCERN, GOVERNMENT, OPEN, PARTIES, STEPS, Folder, header_values, plain
from tests.outward.running import committed

CASE, NETWORK = "arcadia-2023", "open-arcadia-network"
THERE = There({CASE: [ASK]}, [OPEN, NETWORK], plain=CONCERN, request=f"{CASE}/{ASK}#publish")
EDITOR = "sed -i 's/^title: /title: Another /'"
"""Changes a word, as a person would."""


def commit(top: Path) -> None:
    """Writes the case below a folder, and commits it before and after its concern."""
    parties = {**PARTIES, NETWORK: {"name": "Open Arcadia Network", "classification": "civil_society"}}
    versions = ({ASK: STEPS[ASK]}, {ASK: STEPS[ASK], CONCERN: STEPS[CONCERN]})
    committed(
        top, [Folder({**parties}, {CASE: header_values(plain, GOVERNMENT)}, {CASE: {**each}}) for each in versions]
    )
