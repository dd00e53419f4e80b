"""A small working folder of the second format, to which lines are added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def add(arcadia: Path) -> Callable[[str, str], None]:
    """Adds lines to a record of a small folder: an event or a party by its id, or `case`."""
    (arcadia / "ogpcase.yaml").write_text("format: 2\n", encoding="utf-8")

    def more(name: str, lines: str) -> None:
        path = next((each for each in arcadia.rglob(f"{name}.yaml")), arcadia / "parties" / f"{name}.yaml")
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(f"{before}{lines}", encoding="utf-8")

    return more
