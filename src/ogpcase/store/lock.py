"""One writer at a time: an advisory lock on the case folder itself, which the system lets go when its holder ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ogpcase.errors import CannotWrite
from ogpcase.store.layout import FOLDER_FLAGS, Root, reason

PATIENCE = 60.0
"""Seconds to wait for another run: a hundred runs at once have taken less."""
SILENCE = 2.0
"""Seconds before the wait is mentioned."""
_PAUSE = 0.05


@contextmanager
def locked(
    root: Root, tell: Callable[[str], None] | None = None, *, patience: float = PATIENCE, silence: float = SILENCE
) -> Iterator[None]:
    """Keeps other runs from writing in the case folder; waits for one that does, and says so through `tell`.

    Raises:
        CannotWrite: the other run does not end, or the folder cannot be locked; nothing was changed.
    """
    found = _waited(root, tell, (patience, silence))
    try:
        yield
    finally:
        with suppress(OSError):  # the system lets the lock go whatever closing says
            os.close(found)


def _waited(root: Root, tell: Callable[[str], None] | None, limits: tuple[float, float]) -> int:
    """Returns the folder, open and locked."""
    patience, silence = limits
    began = time.monotonic()
    while (found := _taken(root)) is None:
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
    return found


def _taken(root: Root) -> int | None:
    """Returns the folder, open and locked; None where another run has it, or has put another folder in its place."""
    try:
        found = os.open(root.path, FOLDER_FLAGS)
    except OSError as error:
        raise CannotWrite(f"`{root.shown}` cannot be opened: {reason(error)}; nothing was changed") from error
    try:
        fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(found), root.path.stat()):
            return found
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError as error:
        os.close(found)
        raise CannotWrite(f"`{root.shown}` cannot be locked: {reason(error)}; nothing was changed") from error
    os.close(found)
    return None
