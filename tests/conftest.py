"""Folders to work in and the command line to work with, in this process or on a terminal of its own."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests import forks
from tests.elsewhere import ELSEWHERE, move_there
from tests.trials import HARD, examples
from typer.testing import CliRunner

if ELSEWHERE:
    move_there()  # before anything of the program is imported

from ogpcase.cli.app import app
from ogpcase.output import terminal as printing

if TYPE_CHECKING:
    import pexpect
    from tests.screens import Screen

pytest.register_assert_rewrite("tests.blessing")

# A slow machine is no fault of the code, and nobody should see a failure that the next run does not repeat: only a hard
# run looks for new examples.
settings.register_profile(
    "ogpcase",
    max_examples=examples(30, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not HARD,
)
settings.load_profile("ogpcase")

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests in the background has it ignored
gc.set_threshold(50_000)  # Python's 700 has it look through all that 11,000 tests hold again and again
HERE = Path(__file__).parent
QUIET = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "OGPCASE_PAGER", "LESS",
    "EDITOR", "VISUAL", "GITHUB_ACTIONS", "PYTHONIOENCODING", "OGPCASE_TRACEBACK",
    "COLUMNS", "LINES", "OGPCASE_ACCESSIBLE", "LC_ALL", "LC_MESSAGES", "LANG",
)  # fmt: skip
"""Variables of the tester's own that would change what is printed."""


def without_progress() -> None:
    """Keeps the program from saying anything while it works: a busy machine would print more than another one."""
    printing.APPEARS_AFTER = 3600.0


TERMINALS = ("scripted", "screen", "terminal")
"""The fixtures that need a terminal of POSIX."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what needs POSIX where that is missing: what is marked `posix`, and whatever needs a terminal."""
    if sys.platform != "win32" and not ELSEWHERE:
        return
    for item in items:
        if item.get_closest_marker("posix") or set(TERMINALS) & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.skip(reason="needs what only POSIX has"))


@pytest.fixture
def mexico(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of this project's own case folder, worked in from its parent."""
    copytree(HERE.parent / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


@pytest.fixture
def arcadia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a small case of an invented country, closed on 2024-06-03, worked in from its parent."""
    copytree(HERE / "folders" / "arcadia" / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


@pytest.fixture
def ogpcase(monkeypatch: pytest.MonkeyPatch) -> Callable[..., CompletedProcess[str]]:
    """Runs the real program in this process, without a terminal; an exception that escapes it fails the test."""
    for name in QUIET:
        monkeypatch.delenv(name, raising=False)

    def run(*words: object, stdin: str | None = None) -> CompletedProcess[str]:
        arguments = [str(word) for word in words]
        done = CliRunner().invoke(app, arguments, input=stdin, prog_name="ogpcase")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    return run


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., CompletedProcess[str]]:
    """Runs the real program in this process, on a terminal that is asked plainly, where lines are typed; then it ends.

    All that is printed is in `stdout`.
    """
    from tests.screens import on_a_terminal

    for name in QUIET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*words: object, typed: Sequence[str] = (), accessible: str = "1") -> CompletedProcess[str]:
        monkeypatch.setenv("OGPCASE_ACCESSIBLE", accessible)
        arguments = [str(word) for word in words]
        code, said = on_a_terminal(lambda: app(arguments, prog_name="ogpcase"), "".join(f"{line}\n" for line in typed))
        return CompletedProcess(arguments, code, said, "")

    return run


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Callable[..., Screen]]:
    """Starts the real program, in a fork, on an emulated terminal; what is left running is ended."""
    from tests.screens import Screen

    started: list[Screen] = []

    def start(*words: object, columns: int = 80, env: Mapping[str, str] | None = None) -> Screen:
        around = {name: value for name, value in os.environ.items() if name not in QUIET}
        around |= {"TERM": "xterm", "PYTHONUTF8": "1", "XDG_STATE_HOME": str(tmp_path / "state"), **(env or {})}
        started.append(Screen([sys.executable], around, columns, instead=forks.program(words, around)))
        return started[-1]

    yield start
    for each in started:
        each.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., pexpect.spawn[str]]]:
    """Starts the real program, in a fork, on a terminal of 80 columns asked plainly, without pager; all are ended."""
    import pexpect

    started: list[pexpect.spawn[str]] = []

    def start(
        *words: object,
        env: Mapping[str, str] | None = None,
        columns: int = 80,
        rows: int = 200,
        pager: bool = False,
        says_progress: bool = False,
    ) -> pexpect.spawn[str]:
        around = {name: value for name, value in os.environ.items() if name not in QUIET}
        around |= {"TERM": "xterm", "NO_COLOR": "1", "PYTHONUTF8": "1", "OGPCASE_ACCESSIBLE": "1"}
        around |= {"XDG_STATE_HOME": str(tmp_path / "state"), **({} if pager else {"OGPCASE_PAGER": ""}), **(env or {})}
        child = pexpect.spawn(
            sys.executable, env=around, dimensions=(rows, columns), encoding="utf-8", timeout=30, echo=False,
            preexec_fn=forks.program(words, around, before=(lambda: None) if says_progress else without_progress),
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)
