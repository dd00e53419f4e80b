"""Runs commands in turn and measures each: CPU time, wall time and peak memory, children included."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import resource
import shutil
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.arithmetic import rounds_for

_COLUMNS, _ROWS = 120, 40


class CannotMeasure(Exception):
    """A command did not do what is measured; says what it did."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, where, and what is made ready before each run."""

    words: tuple[str, ...]
    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)
    """Variables beside those of every run."""
    terminal: bool = False
    """On a terminal of its own; else what it prints goes nowhere."""
    prepare: Callable[[], object] | None = None
    expected: int = 0
    """The exit code of a run that did what is measured."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took; the children that it waited for are in all three."""

    cpu: float
    """Seconds, of user and system."""
    wall: float
    """Seconds."""
    peak: float
    """MiB of the largest of its processes; never below the harness' own, some 25."""


Runs = Mapping[str, tuple[Run, ...]]


def run(command: Command, environment: Mapping[str, str]) -> Run:
    """Runs a command once. Raises CannotMeasure where it ends otherwise than expected."""
    if command.prepare is not None:
        command.prepare()
    variables = {**environment, **command.more}
    started = time.perf_counter()
    code, usage, wall = (_on_terminal if command.terminal else _quietly)(command, variables, started)
    if code != command.expected:
        raise CannotMeasure(f"`{_shown(command)}` ended with {code}, not with {command.expected}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def measure(commands: Mapping[str, Command], environment: Mapping[str, str], rounds: int) -> Runs:
    """Runs all commands in turn, round after round, after a round to warm up; long ones fewer times than `rounds`.

    Raises:
        CannotMeasure: one of them did not do what is measured.
    """
    first = {name: run(command, environment) for name, command in commands.items()}
    count = rounds_for(max(each.wall for each in first.values()), rounds)
    if count == 1:
        return {name: (each,) for name, each in first.items()}
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            found[name].append(run(command, environment))
    return {name: tuple(each) for name, each in found.items()}


def _quietly(
    command: Command, variables: Mapping[str, str], started: float
) -> tuple[int, resource.struct_rusage, float]:
    nowhere = subprocess.DEVNULL
    child = subprocess.Popen(  # noqa: S603 - the commands are the benchmarks' own
        command.words, cwd=command.folder, env=variables, stdin=nowhere, stdout=nowhere, stderr=nowhere
    )
    return _waited(child, started)


def _on_terminal(
    command: Command, variables: Mapping[str, str], started: float
) -> tuple[int, resource.struct_rusage, float]:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    child = subprocess.Popen(  # noqa: S603 - the commands are the benchmarks' own
        command.words,
        cwd=command.folder,
        env={**variables, "TERM": "xterm-256color", "OGPCASE_PAGER": ""},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    reader = threading.Thread(target=_drain, args=(ours,))
    reader.start()
    done = _waited(child, started)
    reader.join()
    os.close(ours)
    return done


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:  # how Linux says that nobody writes any more
        return


def _waited(child: subprocess.Popen[bytes], started: float) -> tuple[int, resource.struct_rusage, float]:
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)  # so that nobody waits for it again
    return child.returncode, usage, wall


def _shown(command: Command) -> str:
    return " ".join([*(Path(word).name for word in command.words[:4]), *(["…"] if len(command.words) > 4 else [])])  # noqa: PLR2004 - enough to tell which it was


_COUNTED = re.compile(rb"I +refs: +([\d,]+)")


def instructions(command: Command, environment: Mapping[str, str]) -> int:
    """Returns how many instructions a command executes. Raises CannotMeasure without valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        raise CannotMeasure("no valgrind was found to count instructions with")
    words = [valgrind, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *command.words]
    variables = {**environment, **command.more, "PYTHONHASHSEED": "0"}
    done = subprocess.run(words, cwd=command.folder, env=variables, capture_output=True, check=False)  # noqa: S603 - the benchmarks' own
    found = _COUNTED.search(done.stderr)
    if done.returncode != command.expected or found is None:
        raise CannotMeasure(f"under valgrind `{Path(command.words[0]).name}` ended with {done.returncode}")
    return int(found.group(1).replace(b",", b""))
