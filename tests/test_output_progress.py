"""What takes long says so on a terminal, and leaves no trace there."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pexpect
import pytest

SLOW = """
import sys, time
from ogpcase.output.lines import line
from ogpcase.output.progress import progress
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
