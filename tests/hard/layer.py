"""The program in a process of its own, with a layer between it and the system that counts its calls and can meddle.

Each trial is a fork of this process, in which everything is loaded already: thousands of them take minutes.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

CHANGING = ("write", "fsync", "link", "rename", "replace", "unlink", "mkdir", "rmdir", "fchmod", "fchown")
"""Calls that change the disk, beside opening a file to write and closing it."""
ASKING = ("read", "stat", "fstat", "scandir")
_KEPT: list[object] = []
"""Streams of the tests, which a fork must not close."""
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Call(NamedTuple):
    """A call of the system that is about to be made."""

    name: str
    real: Callable[..., Any]
    arguments: tuple[Any, ...]


class Meddling:
    """What happens before a call of the system; here they are only counted."""

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.calls: list[str] = []

    def before(self, call: Call) -> None:
        """Counts, and meddles with the call of the number asked for."""
        self.calls.append(call.name)
        if self.at == len(self.calls):
            self.meddle(call)

    def meddle(self, call: Call) -> None:
        """Does nothing: a run that only counts."""


class Kill(Meddling):
    """Kills the process before a call; a write is cut in the middle."""

    def meddle(self, call: Call) -> None:
        if call.name == "write":
            file, data = call.arguments
            call.real(file, bytes(data)[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)


class Fail(Meddling):
    """Fails a call, once or from then on."""

    def __init__(self, at: int, code: int, *, ever_after: bool = False) -> None:
        super().__init__(at)
        self.code = code
        self.ever_after = ever_after

    def before(self, call: Call) -> None:
        super().before(call)
        if self.ever_after and self.at is not None and len(self.calls) > self.at:
            self.meddle(call)

    def meddle(self, call: Call) -> None:
        assert call.name
        raise OSError(self.code, os.strerror(self.code))


class Signal(Meddling):
    """Sends the process a signal before a call, perhaps more than once."""

    def __init__(self, at: int, number: int, times: int = 1) -> None:
        super().__init__(at)
        self.number = number
        self.times = times

    def meddle(self, call: Call) -> None:
        assert call.name
        for _ in range(self.times):
            os.kill(os.getpid(), self.number)


class Short(Meddling):
    """Writes one byte at a time, as the system may."""


@dataclass(slots=True)
class Done:
    """How a run ended: its exit code, or the number of the signal that killed it below zero; and what it said."""

    code: int
    out: str
    err: str
    calls: list[str] = field(default_factory=list)


def start(
    words: tuple[str, ...],
    folder: Path,
    meddling: Meddling | None = None,
    *,
    reading: bool = False,
    before: Callable[[], object] | None = None,
) -> int:
    """Starts the program in a folder and returns the number of its process; what it says goes into files beside it.

    With `reading` calls that only ask are counted too; `before` is called in the new process just before the program.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    for name in ("out", "err", "calls"):
        _beside(folder, name).write_text("")
    process = os.fork()
    if process:
        return process
    try:
        _move_in(folder, before)
        _be_the_program(words, folder, meddling, reading=reading)
    except BaseException:  # noqa: BLE001 - nothing may leave a fork of the tests
        os.write(2, traceback.format_exc().encode())
        os._exit(99)


def run(
    words: tuple[str, ...],
    folder: Path,
    meddling: Meddling | None = None,
    *,
    reading: bool = False,
    before: Callable[[], object] | None = None,
) -> Done:
    """Runs the program in a folder and waits for it."""
    return ended(start(words, folder, meddling, reading=reading, before=before), folder)


def said(folder: Path, words: str, seconds: float = 60) -> bool:
    """Waits until a run that was started says something on stderr; false where it does not."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if words in _beside(folder, "err").read_text():
            return True
        time.sleep(0.005)
    return False


def ended(process: int, folder: Path) -> Done:
    """Waits for a run, and returns how it ended."""
    _, status = os.waitpid(process, 0)
    out, err, calls = (_beside(folder, name).read_text() for name in ("out", "err", "calls"))
    return Done(os.waitstatus_to_exitcode(status), out, err, calls.split())


def patience(*, silence: float, seconds: float | None = None) -> Callable[[], None]:
    """Returns what makes a run less patient while it waits for another one."""

    def set_them() -> None:
        from ogpcase.store.lock import locked

        usual: dict[str, float] = vars(locked)["__wrapped__"].__kwdefaults__
        usual["silence"] = silence
        usual["patience"] = seconds if seconds is not None else usual["patience"]

    return set_them


def _beside(folder: Path, name: str) -> Path:
    return folder.parent / f"{folder.name}.{name}"


def _move_in(folder: Path, before: Callable[[], object] | None) -> None:
    """Gives the process its folder and streams."""
    _KEPT.extend((sys.stdin, sys.stdout, sys.stderr))
    gc.disable()
    os.closerange(3, 256)  # a lock of this process must not be held on by its forks
    os.chdir(folder)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(_beside(folder, name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if before is not None:
        before()
    sys.stdin = open(os.devnull)  # noqa: SIM115, PTH123 - open until the process ends
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - the same
    sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115 - the same
    os.environ["NO_COLOR"] = "1"


def _be_the_program(words: tuple[str, ...], folder: Path, meddling: Meddling | None, *, reading: bool) -> NoReturn:
    from ogpcase.__main__ import main

    sys.argv = ["ogpcase", *words]
    if meddling is not None:
        _install(meddling, reading=reading)
    code: object = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    with suppress(OSError):
        sys.stdout.flush()
    if meddling is not None:
        _beside(folder, "calls").write_text(" ".join(meddling.calls))
    os._exit(code if isinstance(code, int) else 0)


def _install(meddling: Meddling, *, reading: bool) -> None:
    to_write: set[int] = set()
    real_open, real_close, real_write = os.open, os.close, os.write

    def opened(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & _TO_WRITE or reading:
            meddling.before(Call("open-to-write" if flags & _TO_WRITE else "open", real_open, (path, flags)))
        found = real_open(path, flags, mode, dir_fd=dir_fd)
        if flags & _TO_WRITE:
            to_write.add(found)
        return found

    def closed(fd: int) -> None:
        if fd in to_write:
            to_write.discard(fd)
            meddling.before(Call("close", real_close, (fd,)))
        real_close(fd)

    def wrote(fd: int, data: bytes | memoryview) -> int:
        meddling.before(Call("write", real_write, (fd, data)))
        return real_write(fd, data[:1] if isinstance(meddling, Short) else data)

    for name in (*CHANGING, *(ASKING if reading else ())):
        setattr(os, name, _counted(name, getattr(os, name), meddling))
    for name, stand_in in (("open", opened), ("close", closed), ("write", wrote)):
        setattr(os, name, stand_in)
    if reading:
        fcntl.flock = _counted("flock", fcntl.flock, meddling)


def _counted(name: str, real: Callable[..., Any], meddling: Meddling) -> Callable[..., Any]:
    def call(*arguments: object, **named: object) -> object:
        meddling.before(Call(name, real, arguments))
        return real(*arguments, **named)

    return call
