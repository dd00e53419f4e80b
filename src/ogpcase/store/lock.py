"""A lock on the case folder, so that one command writes at a time."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from ogpcase.errors import CannotWrite
from ogpcase.store.files import OURS
from ogpcase.store.folders import FOLDER, HAS_DESCRIPTORS, LOCK_FILE, let_go, reachable
from ogpcase.store.layout import Root, if_refused, reason
from ogpcase.store.system import WINDOWS

PATIENCE = 60.0
"""Seconds to wait for another run; a hundred runs at once took less."""
SILENCE = 2.0
"""Seconds before a message says that the command waits."""
_PAUSE = 0.05
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})
"""What a system or a server says that has no locks; to wait would change nothing."""
_ELSEWHERE = "work on a clone of the repository on a disk of this machine"
LOCK = f"{OURS}lock"
"""The file that is locked where a folder cannot be; it is removed at the end."""


@contextmanager
def locked(
    root: Root, tell: Callable[[str], None] | None = None, *, patience: float = PATIENCE, silence: float = SILENCE
) -> Iterator[None]:
    """Locks the case folder; waits for another writer, and says so through `tell`. Raises CannotWrite."""
    began = time.monotonic()
    while (opened := _taken(root)) is None:
        waited = time.monotonic() - began
        if waited >= patience:
            raise CannotWrite(
                f"another ogpcase is still writing in `{root.shown}` after {patience:.0f} s; nothing was changed",
                "look for a command that has not ended, then run this one again",
                f"if none runs, and the folder is on a network, its server may refuse locks: {_ELSEWHERE}",
            )
        if tell is not None and waited >= silence:
            tell(f"waiting for another ogpcase that is writing in `{root.shown}`")
            tell = None
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _given_up(root, opened)


def _taken(root: Root) -> int | None:
    """Returns what was opened and locked; None if another run has the lock, or replaced the folder meanwhile."""
    from filelock import lock_descriptor, unlock_descriptor  # what only reads does without

    with if_refused(f"`{root.shown}` cannot be opened", so="; nothing was changed"):
        opened = os.open(_locked_path(root), FOLDER if HAS_DESCRIPTORS else LOCK_FILE, 0o666)
    try:
        if not lock_descriptor(opened, blocking=False):
            if HAS_DESCRIPTORS:  # EACCES may mean busy or refused: a system that refuses locks lets none go either
                unlock_descriptor(opened)
        elif _is_there(root, opened):
            return opened
    except FileNotFoundError:
        pass
    except OSError as error:
        let_go(opened)
        hints = [f"where the folder is, files cannot be locked: {_ELSEWHERE}"] if error.errno in _NO_LOCKS else []
        raise CannotWrite(f"`{root.shown}` cannot be locked: {reason(error)}; nothing was changed", *hints) from error
    let_go(opened)
    return None


def _is_there(root: Root, opened: int) -> bool:
    """True if what was locked is still in its place; on Windows it must be, since it is open."""
    return WINDOWS or os.path.samestat(os.fstat(opened), os.stat(_locked_path(root)))  # noqa: PTH116 - a text


def _locked_path(root: Root) -> str:
    """Returns the path of the folder itself, or of a file in it where a folder cannot be opened."""
    return reachable(root.path if HAS_DESCRIPTORS else root.path / LOCK)


def _given_up(root: Root, opened: int) -> None:
    """Releases the lock, which a system does even if closing fails, and removes its file if there is one."""
    if HAS_DESCRIPTORS:
        let_go(opened)
        return
    try:
        os.unlink(_locked_path(root))  # noqa: PTH108 - a text; while it is locked no other run can have it
    except OSError:  # Windows removes no open file, also not one that another run has opened by now
        let_go(opened)
        with suppress(OSError):
            os.unlink(_locked_path(root))  # noqa: PTH108 - the same
    else:
        let_go(opened)


class Stored:
    """Whether this run has stored its files; an error after that must not say that nothing was stored."""

    done = False
    before = False
    """True if what was stored was reported already, and the run goes on to something else."""

    @classmethod
    def go_on(cls) -> None:
        """Begins the next thing that a run stores, after a report of the last one."""
        cls.before, cls.done = cls.before or cls.done, False
