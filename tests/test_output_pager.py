"""What is longer than the screen goes through the pager; nothing is lost where there is none."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Terminal = Callable[..., "pexpect.spawn[str]"]
LONG = ("timeline", "mexico-2018")
SHORT = ("explain", "OC301")
PAGER = """
import os, pathlib, signal, sys
signal.signal(signal.SIGINT, lambda *_: sys.exit(1))
read = sys.stdin.read() if {reads} else ""
names = ("LESS", "LESSSECURE", "LESSHISTFILE", "LESSCHARSET")
pathlib.Path("seen.txt").write_text(repr([os.environ.get(name) for name in names]) + "\\n" + read)
if {waits}:
    print("waiting", flush=True)
    signal.pause()
sys.exit({code})
"""


def pager(folder: Path, *, code: int = 0, reads: bool = True, waits: bool = False) -> str:
    """Returns the command of a pager that writes what it gets into `seen.txt`."""
    script = folder / "a pager.py"
    script.write_text(PAGER.format(code=code, reads=reads, waits=waits))
    return shlex.join([sys.executable, str(script)])


def printed(child: pexpect.spawn[str], code: int = 0) -> str:
    child.expect(pexpect.EOF)
    child.close()
    assert code == child.exitstatus
    assert child.before is not None
    return child.before.replace("\r\n", "\n")


@pytest.fixture
def whole(mexico: Path, terminal: Terminal) -> str:  # noqa: ARG001 - the folder that it is run in
    """The text without a pager."""
    return printed(terminal(*LONG, rows=24))


@pytest.mark.parametrize("name", ["OGPCASE_PAGER", "PAGER"])
def test_a_long_text_goes_through_the_pager(name: str, whole: str, tmp_path: Path, terminal: Terminal) -> None:
    env = {"PAGER": "false", name: pager(tmp_path)}
    assert "" == printed(terminal(*LONG, rows=24, env=env, pager=True))
    told, _, seen = (tmp_path / "seen.txt").read_text().partition("\n")
    assert "['FRX', '1', '-', 'utf-8']" == told
    assert whole == seen


def test_less_shows_the_first_screen_and_can_start_no_program(whole: str, terminal: Terminal) -> None:
    child = terminal(*LONG, rows=24, pager=True)
    child.expect_exact(whole.splitlines()[10])
    child.expect_exact(":")
    child.send("!")
    child.expect_exact("not available")
    child.send("\rq")
    assert whole.splitlines()[-1] not in printed(child)


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(
    ("words", "rows", "more"),
    [(SHORT, 50, {}), (LONG, 400, {}), ((*LONG, "--no-pager"), 24, {}), (LONG, 24, {"TERM": "dumb"})],
)
def test_there_is_no_pager_for_what_fits_and_where_none_is_wanted(
    words: tuple[str, ...], rows: int, more: dict[str, str], tmp_path: Path, terminal: Terminal
) -> None:
    said = printed(terminal(*words, rows=rows, env={"OGPCASE_PAGER": pager(tmp_path), **more}))
    assert len(said.splitlines()) > 10
    assert not (tmp_path / "seen.txt").exists()


@pytest.mark.usefixtures("mexico")
def test_a_pipe_has_no_pager(tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OGPCASE_PAGER", pager(tmp_path))
    assert len(ogpcase(*LONG).stdout.splitlines()) > 30
    assert not (tmp_path / "seen.txt").exists()


@pytest.mark.parametrize("command", ["no-such-program -x", "less 'unclosed", "false"])
def test_a_pager_that_is_missing_or_fails_costs_nothing(command: str, whole: str, terminal: Terminal) -> None:
    assert whole == printed(terminal(*LONG, rows=24, env={"OGPCASE_PAGER": command}))


def test_quitting_early_is_no_error(whole: str, tmp_path: Path, terminal: Terminal) -> None:
    assert whole
    assert "" == printed(terminal(*LONG, rows=24, env={"OGPCASE_PAGER": pager(tmp_path, reads=False)}))


def test_a_ctrl_c_in_the_pager_is_no_error_and_prints_nothing_again(
    whole: str, tmp_path: Path, terminal: Terminal
) -> None:
    assert whole
    child = terminal(*LONG, rows=24, env={"OGPCASE_PAGER": pager(tmp_path, waits=True)})
    child.expect_exact("waiting")
    child.sendintr()
    assert "" == printed(child).strip()


def test_the_exit_code_is_that_of_the_report(mexico: Path, tmp_path: Path, terminal: Terminal) -> None:
    event = next((mexico / "mexico-2018" / "events").glob("2018-07-16-concern*"))
    event.write_text("kind: [")
    said = printed(terminal(*LONG, rows=24, env={"OGPCASE_PAGER": pager(tmp_path)}), code=1)
    assert "is left out; `ogpcase validate` says what is wrong" in said
    assert "1 record cannot be read" in (tmp_path / "seen.txt").read_text()
