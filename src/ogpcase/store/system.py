"""What differs between systems: how a program is found, never in the current folder, and which signals end a run.

A stranger may have put a program into the current folder. Every command loads this file, so it imports little.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

WINDOWS = sys.platform == "win32"
_FIRST = re.compile(r'\s*(?:"([^"]*)"|(\S+))(.*)', re.DOTALL)
"""The program of a line of Windows, in quotes or up to the first blank; and the rest."""


def search_path() -> list[str]:
    """Returns the folders of PATH that hold programs, without those that depend on the current folder."""
    return [folder for folder in os.get_exec_path() if os.path.isabs(folder)]  # noqa: PTH117 - a text


def installed(name: str) -> str | None:
    """Returns the path of the program of a name; None if it is not installed."""
    endings = os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(os.pathsep) if WINDOWS else [""]
    names = [name] if name.upper().endswith(tuple(endings)) else [name + ending for ending in endings]
    paths = (os.path.join(folder, each) for folder in search_path() for each in names)  # noqa: PTH118 - texts
    return next((path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK)), None)  # noqa: PTH113 - the same


def command_words(command: str, *more: str) -> list[str] | str:
    """Returns how to start what a setting such as EDITOR names, with more words at the end; no shell is used.

    That is a list of words; on Windows, where each program splits its own, a line that begins with the program's path.
    Raises ValueError for a quote that is never closed, FileNotFoundError for an unknown program.
    """
    if not WINDOWS:
        from shlex import split  # loaded by what runs a program

        return [*split(command), *more]
    whole = os.path.isfile(command)  # noqa: PTH113 - a path with blanks in it, as people set it there
    first = None if whole else _FIRST.match(command)
    name, rest = (first[1] or first[2] or "", first[3]) if first else (command, "")
    program = name if os.path.isabs(name) else installed(name)  # noqa: PTH117 - a text
    if program is None:
        raise FileNotFoundError(name)
    from subprocess import list2cmdline  # slow to import

    return " ".join(filter(None, (list2cmdline([program]), rest.strip(), list2cmdline(more))))


ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Ctrl-C, `kill`, a closed terminal, and the Ctrl-Break of Windows."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delays the signals that end a run until the block is done; in other threads than the first there are none."""
    from threading import current_thread, main_thread  # loaded only by what writes

    if current_thread() is not main_thread():
        yield
        return
    came: dict[int, None] = {}
    before = {number: signal.signal(number, lambda number, _: came.setdefault(number)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)
