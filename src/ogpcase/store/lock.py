"""A lock on the case folder, so that one command writes at a time, and a block that signals cannot interrupt."""

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
"""Seconds to wait for another run; a hundred runs at once took less."""
SILENCE = 2.0
"""Seconds before a message says that the command waits."""
_PAUSE = 0.05
_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a run: Ctrl-C, `kill` and a closed terminal."""


@contextmanager
def locked(
    root: Root, tell: Callable[[str], None] | None = None, *, patience: float = PATIENCE, silence: float = SILENCE
) -> Iterator[None]:
    """Locks the case folder; waits for another writer, and says so through `tell`. Raises CannotWrite."""
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
        let_go(folder)  # the lock is released even if closing fails


def _taken(root: Root) -> int | None:
    """Returns the open, locked folder; None if another run has the lock, or replaced the folder meanwhile."""
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
    """Whether this run has stored its files; an error after that must not say that nothing was stored."""

    done = False
    before = False
    """True if what was stored was reported already, and the run goes on to something else."""

    @classmethod
    def go_on(cls) -> None:
        """Begins the next thing that a run stores, after a report of the last one."""
        cls.before, cls.done = cls.before or cls.done, False


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delays the signals that end a run until the block is done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
