"""Whether a stream gets colours: by --color, the environment, or the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import TextIO


class Colour(StrEnum):
    """When colours are printed; `auto` asks the environment and the terminal."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_WANTED = ContextVar("colour", default=Colour.AUTO)


@contextmanager
def colouring(colour: Colour) -> Iterator[None]:
    """Decides inside the block when colours are printed."""
    before = _WANTED.set(colour)
    try:
        yield
    finally:
        _WANTED.reset(before)


def wants_colour(out: TextIO) -> bool:
    """Returns whether a stream gets colours: by --color, else NO_COLOR, else FORCE_COLOR, else what the stream is."""
    if (wanted := _WANTED.get()) is not Colour.AUTO:
        return wanted is Colour.ALWAYS
    if os.environ.get("NO_COLOR") or os.environ.get("OGPCASE_ACCESSIBLE"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return out.isatty() and os.environ.get("TERM") != "dumb" and not _is_old_console(out)


def _is_old_console(out: TextIO) -> bool:
    """True for a console of Windows that would print the codes of colours as text."""
    if sys.platform == "win32":
        from rich.console import Console  # a pipe does without

        return Console(file=out).legacy_windows
    return False
