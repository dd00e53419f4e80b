"""One writer at a time, and none that is ended half way: a lock on the case folder, and signals that wait.

The lock is an advisory one on the folder itself, which the system lets go when its holder ends.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ogpcase.errors import CannotWrite
from ogpcase.store.layout import FOLDER_FLAGS, Root, let_go, reason

PATIENCE = 60.0
"""Seconds to wait for another run: a hundred runs at once have taken less."""
SILENCE = 2.0
"""Seconds before the wait is mentioned."""
_PAUSE = 0.05
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What asks a run to end: Ctrl-C, `kill` and a terminal that closes."""


@contextmanager
def locked(
    root: Root, tell: Callable[[str], None] | None = None, *, patience: float = PATIENCE, silence: float = SILENCE
) -> Iterator[None]:
    """Keeps other runs from writing in the case folder; waits for one that does, and says so through `tell`.

    Raises:
        CannotWrite: the other run does not end, or the folder cannot be locked; nothing was changed.
    """
    began = time.monotonic()
    while (folder := _taken(root)) is None:
        waited = time.monotonic() - began
        if waited >= patience:
            raise CannotWrite(
                f"another ogpcase is still writing in `{root.shown}` after {patience:.0f} s; nothing was changed",
                "look for a command that has not ended, then run this one again",
            )
        if tell is not None and waited >= silence:
            tell(f"waiting for another ogpcase that is writing in `{root.shown}`")
            tell = None
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        let_go(folder)  # the system lets the lock go whatever closing says


def _taken(root: Root) -> int | None:
    """Returns the folder, open and locked; None where another run has it, or has put another folder in its place."""
    try:
        folder = os.open(root.path, FOLDER_FLAGS)
    except OSError as error:
        raise CannotWrite(f"`{root.shown}` cannot be opened: {reason(error)}; nothing was changed") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(folder), root.path.stat()):
            return folder
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError as error:
        let_go(folder)
        raise CannotWrite(f"`{root.shown}` cannot be locked: {reason(error)}; nothing was changed") from error
    let_go(folder)
    return None


class Stored:
    """Whether this run has stored what it was to store: what stops it afterwards must not say that nothing was."""

    done = False


@contextmanager
def undisturbed() -> Iterator[None]:
    """Puts off requests to end until the block is done: between its first step and its last is no place to stop."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
