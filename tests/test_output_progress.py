"""What takes long says so on a terminal, and leaves no trace there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

from ogpcase.cli.read_session import ReadSession
from ogpcase.model.casefile import CaseFile

SLOW = """
import sys, time
from ogpcase.output.lines import line
from ogpcase.output.terminal import progress
from ogpcase.output.terminal import write
with progress(lambda: "reading the records"):
    time.sleep({seconds})
    write([line("a problem")], sys.stderr)
    time.sleep(0.1)
print("the end")
"""
DRAWN = "(\r\x1b\\[Kreading the records, [1-9] s\r)+"
ERASED = "\r\x1b[K"


def on_a_terminal(seconds: float, **env: str) -> str:
    around = {**os.environ, "TERM": "xterm", "OGPCASE_ACCESSIBLE": "", **env}
    child = pexpect.spawn(
        sys.executable, ["-c", SLOW.format(seconds=seconds)], env=around, encoding="utf-8", timeout=30
    )
    child.expect(pexpect.EOF)
    child.close()
    assert 0 == child.exitstatus
    return child.before or ""


def test_after_a_second_it_says_what_it_does_and_takes_that_back() -> None:
    said = on_a_terminal(1.3)
    assert re.fullmatch(f"{DRAWN}{re.escape(ERASED)}a problem\r\n({DRAWN}{re.escape(ERASED)})?the end\r\n", said), [
        said
    ]


@pytest.mark.parametrize(("seconds", "env"), [(0.1, {}), (1.3, {"TERM": "dumb"}), (1.3, {"OGPCASE_ACCESSIBLE": "1"})])
def test_what_is_quick_and_a_terminal_that_cannot_erase_say_nothing(seconds: float, env: dict[str, str]) -> None:
    assert "a problem\r\nthe end\r\n" == on_a_terminal(seconds, **env)


def test_a_pipe_gets_no_line() -> None:
    done = subprocess.run([sys.executable, "-c", SLOW.format(seconds=1.3)], capture_output=True, text=True, check=True)
    assert ("the end\n", "a problem\n") == (done.stdout, done.stderr)


def test_a_list_of_many_cases_says_which_it_reads(
    arcadia: Path, scripted: Callable[..., subprocess.CompletedProcess[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock's signal comes as each case is read, and never by itself."""
    for name in ("arcadia-2023-2", "brockia-2023"):
        shutil.copytree(arcadia / "arcadia-2023", arcadia / name)
    read = ReadSession.case

    def read_at_the_signal(session: ReadSession, case_id: str) -> CaseFile:
        signal.raise_signal(signal.SIGALRM)
        return read(session, case_id)

    monkeypatch.setattr("ogpcase.output.terminal.APPEARS_AFTER", 3600.0)
    monkeypatch.setattr(ReadSession, "case", read_at_the_signal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("OGPCASE_PAGER", "")
    done = scripted("list", accessible="")
    drawn = re.findall(r"\x1b\[Kreading case ([0-9]) of 3, 0 s", done.stdout)
    assert (0, ["1", "2", "3"]) == (done.returncode, drawn)
    assert "3 cases: " in done.stdout.rpartition(ERASED)[2]
