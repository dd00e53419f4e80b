"""Asks at a terminal for what the options of a writing verb left out."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def at_terminal() -> bool:
    """True if stdin and stdout are a terminal, so that somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def drafts_folder() -> Path:
    """Returns the folder of drafts: in the user's folder for the state of programs, wherever the system has that."""
    from platformdirs import user_state_path  # few runs need it

    try:
        return user_state_path("ogpcase", appauthor=False) / "drafts"
    except RuntimeError:  # the user has no home
        return Path(os.devnull) / "drafts"  # which nobody can make: a temporary folder takes its place


def is_draft(path: str | None) -> bool:
    """True if a path names a draft that an earlier run left."""
    return path is not None and Path(path).resolve().parent == drafts_folder().resolve()
