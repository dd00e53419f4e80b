"""A line on stderr while a command works for more than a second, on a terminal only."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic

FIRST, NEXT = 1.0, 0.5
"""Seconds until the line appears, and between its changes."""
_ERASE = "\r\x1b[K"


class _Line:
    """Whether the line stands on the terminal."""

    drawn = False


@contextmanager
def progress(words: Callable[[], str]) -> Iterator[None]:
    """Shows what is being done and for how long, if the block takes more than a second, and erases it at its end.

    Nothing is shown while `words` returns nothing. A signal of the clock draws it, so that no thread is there when
    another process is started. Windows has no such signal, and no line.
    """
    if sys.platform == "win32" or not _is_wanted():
        yield
        return
    started = monotonic()

    def draw(*_: object) -> None:
        if doing := words():
            _Line.drawn = True
            _write(f"{_ERASE}{doing}, {monotonic() - started:.0f} s\r")

    before = signal.signal(signal.SIGALRM, draw)
    signal.setitimer(signal.ITIMER_REAL, FIRST, NEXT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        erase()


def erase() -> None:
    """Takes the line away, so that something else can be printed."""
    if _Line.drawn:
        _Line.drawn = False
        _write(_ERASE)


def _write(text: str) -> None:
    with suppress(OSError):  # the terminal was closed
        os.write(sys.stderr.fileno(), text.encode("ascii", "replace"))  # stderr itself may be in the middle of a line


def _is_wanted() -> bool:
    plain = os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("OGPCASE_ACCESSIBLE")
    return sys.stderr.isatty() and not plain
