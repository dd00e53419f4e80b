"""What may cost how much, in instructions: they are the same on a busy machine, and no clock is asked.

Counted by valgrind, where it is installed; `make bench` measures the rest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.corpus import Wanted, write
from benchmarks.running import Command, instructions

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(
    shutil.which("valgrind") is None, reason="valgrind counts instructions, and is not here"
)
MOST_OF_A_TIMELINE = 3.6
"""Times the instructions of importing Typer and pydantic, 3.57 as measured; most of it is pydantic's work on seven
kinds of record.
"""
MOST_OF_A_FILE = 1.27
"""Times the instructions of PyYAML's node graph alone, 1.22 as measured, for values and places that are screened."""


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables for a run with its byte code in a place of its own, written by one that is not counted."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("bytecode")), "PYTHONPATH": str(ROOT)}


def counted(around: dict[str, str], *words: str, warm: bool = False) -> int:
    """Counts a command; unless all byte code that it needs is written, it is run once before."""
    command = Command((sys.executable, *words), ROOT)
    if not warm:
        subprocess.run(command.words, cwd=ROOT, env=around, check=True, capture_output=True)
    return instructions(command, around)


def test_a_timeline_costs_little_more_than_what_it_stands_on(around: dict[str, str]) -> None:
    """Nobody notices one more import; the sum of them decides whether a reviewer waits."""
    timeline = counted(around, "-m", "ogpcase", "timeline", "mexico-2018")
    both = counted(around, "-c", "import typer, pydantic", warm=True)
    assert timeline <= MOST_OF_A_TIMELINE * both, timeline / both


def test_a_record_costs_little_more_to_read_than_its_yaml(around: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, Wanted(records=90))

    def each(loop: str) -> float:
        few, many = (
            counted(
                around, str(ROOT / "benchmarks/loops" / f"{loop}.py"), str(tmp_path / "cases"), str(files), warm=warm
            )
            for files, warm in ((20, False), (80, True))
        )
        return (many - few) / 60

    assert each("load") <= MOST_OF_A_FILE * each("node_graph")
