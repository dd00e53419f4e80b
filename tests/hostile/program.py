"""The program in a process of its own; where what it takes is measured, as anybody starts it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from tempfile import NamedTemporaryFile

from tests import forks
from tests.hostile.mutating import TOP

ACTING = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff\ud800-\udfff]"
)
"""Whatever acts on a terminal, or on who reads it; a line feed ends our own lines."""
MOST_SECONDS = 10.0
"""Of the processor, start-up included: it takes about one, and a blow-up takes minutes."""
MOST_MEMORY = 200 * 1024
"""KiB."""
_MEASURED = """\
import atexit, os, re, sys, time
def measure():
    with open("/proc/self/status") as status:
        peak = int(re.search(r"VmHWM:\\s*(\\d+)", status.read())[1])
    with open(os.environ["MEASURED"], "w") as file:
        print(peak, time.process_time(), file=file)
atexit.register(measure)
sys.argv[0] = "ogpcase"
from ogpcase.__main__ import main
main()
"""


_ALONE = {
    **{name: value for name, value in os.environ.items() if name not in {"GITHUB_ACTIONS", "COLUMNS"}},
    "NO_COLOR": "1",
}


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended: its code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """All that it printed."""
        return self.out + self.err


@dataclass(frozen=True, slots=True)
class Measured:
    """How a run ended, with the seconds of the processor and the KiB that it took."""

    done: Done
    seconds: float
    memory: int


def run(folder: Path, *words: str) -> Done:
    """Runs the program in a folder, in a fork of this process."""
    done = forks.run(*words, env=_ALONE, cwd=folder)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def measured(folder: Path, *words: str, limit: float = 60) -> Measured:
    """Runs the program as anybody starts it, at most so many seconds; the measures are 0 where this is no Linux."""
    start = ["-c", _MEASURED] if Path("/proc/self/status").exists() else ["-m", "ogpcase"]
    with NamedTemporaryFile() as result:
        done = subprocess.run(
            [sys.executable, *start, *words], cwd=folder, capture_output=True, check=False, timeout=limit,
            env={**_ALONE, "MEASURED": result.name}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        memory, _, seconds = result.read().decode().partition(" ")
    told = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
    return Measured(told, float(seconds or 0), int(memory or 0))


def keeps_its_word(done: Done, *, codes: tuple[int, ...] = (0, 1, 2)) -> None:
    """What holds of every run: a code of the program's own, no traceback, and nothing that acts on a terminal."""
    assert done.code in codes, done.said[-2000:]
    assert "Traceback" not in done.said
    assert "internal error" not in done.said
    assert None is (found := ACTING.search(done.said)), (found, done.said[found.start() - 60 : found.end() + 9])


ARCADIA = TOP / "tests" / "folders" / "arcadia" / "cases"
EVENTS = "arcadia-2023/events"
NEIGHBOUR = "parties/neighbour.yaml"
"""A party with a fault of its own, which must be found whatever stands beside it."""


def with_neighbour(folder: Path) -> Path:
    """Makes a sound case below a folder, but for one party; returns the case folder."""
    copytree(ARCADIA, folder / "cases")
    (folder / "cases" / NEIGHBOUR).write_text("name: Neighbour\nclassification: nobody_knows\n")
    return folder / "cases"
