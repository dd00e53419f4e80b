"""Asks at a terminal for what the options of a writing verb left out."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def at_terminal() -> bool:
    """True if stdin and stdout are a terminal, so that somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def drafts_folder() -> Path:
    """Returns the folder of drafts: in the user's folder for the state of programs."""
    home = Path(os.environ.get("XDG_STATE_HOME", ""))
    state = home if home.is_absolute() else Path(os.path.expanduser("~/.local/state"))  # noqa: PTH111 - never raises
    return state / "ogpcase" / "drafts"


def is_draft(path: str | None) -> bool:
    """True if a path names a draft that an earlier run left."""
    return path is not None and Path(path).resolve().parent == drafts_folder().resolve()
