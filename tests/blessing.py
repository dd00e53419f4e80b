"""Pages that a person has read and found good; `make bless` writes them again."""

from __future__ import annotations

import os
from pathlib import Path

BLESS = bool(os.environ.get("OGPCASE_BLESS"))
HINT = "if this change is meant, run `make bless` and read the difference before you commit it"


def hold(path: Path, text: str) -> None:
    """Asserts that a file has this text, or writes it there when asked to bless."""
    if BLESS:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, HINT
