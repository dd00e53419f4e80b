"""Many at once on one case: every event is there, none twice, and who reads meanwhile sees a sound folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.hard.commands import CASE, EVENTS, Known, errors_in, strays_in

PROGRAM = (sys.executable, "-m", "ogpcase")
FEW, ALL = 5, 100
"""Writers at once, each a process of its own."""
LETTER = (
    "add-event",
    CASE,
    "letter",
    "--dated",
    "2024-07-01",
    "--senders",
    "open-arcadia",
    "--source",
    "https://example.org",
)
READING = (("validate",), ("timeline", CASE), ("status", CASE), ("list", "--json"))


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    around = {**os.environ, "NO_COLOR": "1"}
    return subprocess.Popen(
        [*PROGRAM, *words], cwd=folder, env=around, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def test_all_events_of_many_writers_are_there(
    known: Callable[[str], Known], place: Callable[[], Path], figures: list[str], *, hard: bool
) -> None:
    folder, count = place(), ALL if hard else FEW
    known("add-event").command.prepare(folder)
    began = time.monotonic()
    writers = [started(folder, *LETTER, "--title", f"Letter {number}") for number in range(count)]
    reads, failed = 0, []
    while any(writer.poll() is None for writer in writers):
        reader = started(folder, *READING[reads % len(READING)])
        out, err = reader.communicate(timeout=120)
        reads += 1
        if reader.returncode != 0 or "Traceback" in err or not out:
            failed.append((reader.args, reader.returncode, err))
    ends = [(writer.communicate(timeout=300), writer.returncode) for writer in writers]
    took = time.monotonic() - began

    assert [] == failed
    assert [0] * count == [code for _, code in ends], [said for said, code in ends if code]
    told = [path for (out, _), _ in ends for path in re.findall(r"^wrote   (\S+)$", out, re.MULTILINE)]
    letters = {path: path.read_text() for path in (folder / EVENTS).glob("2024-07-01-letter*.yaml")}
    told = [path for path in told if "/sources/" not in path]
    assert sorted(told) == sorted(path.relative_to(folder).as_posix() for path in letters)
    assert count == len(set(told))
    titles = [title for text in letters.values() for title in re.findall(r"title: Letter \d+", text)]
    assert sorted(titles) == sorted(f"title: Letter {number}" for number in range(count))
    assert (set(), []) == (errors_in(folder), strays_in(folder))
    figures.append(
        f"{count} writers at once: {len(letters)} events in {took:.0f} s; {reads} readers meanwhile, 0 failed"
    )


def test_writers_of_several_files_keep_out_of_each_others_way(
    known: Callable[[str], Known], place: Callable[[], Path], *, hard: bool
) -> None:
    """Renamings, new parties and new cases at the same moment, each whole."""
    folder, count = place(), 20 if hard else 3
    known("add-event").command.prepare(folder)
    words = [
        (*LETTER, "--title", f"Letter {number}", "--new-party", f"{{name: Paper {number}, classification: media}}")
        if number % 2
        else ("rename", "open-arcadia", f"open-arcadia-{number}")
        for number in range(count)
    ]
    ends = [
        (writer.communicate(timeout=300), writer.returncode) for writer in [started(folder, *each) for each in words]
    ]

    assert all("Traceback" not in err for (_, err), _ in ends)
    for number, ((_, err), code) in enumerate(ends):
        party = folder / "cases" / "parties" / f"paper-{number}.yaml"
        assert (code == 0) == party.exists() or not number % 2, err
    renamed = [path.stem for path in (folder / "cases" / "parties").glob("open-arcadia*.yaml")]
    assert 1 == len(renamed)
    assert (set(), []) == (errors_in(folder), strays_in(folder))
