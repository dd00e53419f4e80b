"""Blocks signals during a write."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks a run to end: Ctrl-C, `kill` and a terminal that closes."""


class Stored:
    """Whether this run has stored what it was to store: what stops it afterwards must not say that nothing was."""

    done = False


@contextmanager
def undisturbed() -> Iterator[None]:
    """Puts off requests to end until the block is done: between its first step and its last is no place to stop."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
