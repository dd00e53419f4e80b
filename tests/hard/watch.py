"""Changes in a folder as the system reports them, so that a run can be killed the moment after one of them."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import time
from pathlib import Path

_CREATED, _IS_FOLDER = 0x100, 0x40000000
_CHANGES = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | _CREATED | 0x200
"""IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE and IN_DELETE."""
_HEAD = 16
"""Bytes of an event before the name in it: the watch, what it is, a cookie, and the length of the name."""


class Watch:
    """Counts the changes in a folder and all that are in it, those made meanwhile included, through inotify."""

    def __init__(self, folder: Path) -> None:
        self._system = ctypes.CDLL(None, use_errno=True)
        self._found = self._system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._found < 0:
            raise OSError(ctypes.get_errno(), "there is no inotify here")
        self._folders: dict[int, Path] = {}
        self._add(folder)
        self.seen = 0

    def _add(self, folder: Path) -> None:
        for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            self._folders[self._system.inotify_add_watch(self._found, os.fsencode(each), _CHANGES)] = each

    def wait(self, process: int, changes: int | None = None) -> bool:
        """Waits for so many changes, or for the end of the process; true when there were so many."""
        until = time.monotonic() + 60
        ending = os.pidfd_open(process)
        try:
            while (changes is None or self.seen < changes) and time.monotonic() < until:
                ready, _, _ = select.select([self._found, ending], [], [], 1)
                if self._found in ready:
                    self._count()
                elif ending in ready:
                    return False
        finally:
            os.close(ending)
        return True

    def kill_after(self, process: int, changes: int, pause: float) -> bool:
        """Kills a process so many seconds after so many changes; false where it ended before."""
        if not self.wait(process, changes):
            return False
        end = time.perf_counter() + pause
        while time.perf_counter() < end:
            pass
        os.kill(process, signal.SIGKILL)
        return True

    def _count(self) -> None:
        data, at = os.read(self._found, 65536), 0
        while at < len(data):
            watch, what, _, length = (int.from_bytes(data[at + 4 * n : at + 4 * n + 4], "little") for n in range(4))
            name = data[at + _HEAD : at + _HEAD + length].rstrip(b"\0")
            if what & _CREATED and what & _IS_FOLDER and watch in self._folders:
                self._add(self._folders[watch] / os.fsdecode(name))
            self.seen += 1
            at += _HEAD + length

    def close(self) -> None:
        os.close(self._found)
