"""What the hard tests share: folders to try in, what is known of each command, and the figures of a whole run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent))  # the tests here share modules

from tests.forks import load_everything
from tests.hard.commands import COMMANDS, EDITOR, Known, known_of
from tests.trials import HARD

_FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints what was counted, when all trials were run."""
    if HARD and config.stash[_FIGURES]:
        terminalreporter.section("figures")
        for each in config.stash[_FIGURES]:
            terminalreporter.line(each)


@pytest.fixture(autouse=True)
def editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", EDITOR)


@pytest.fixture(scope="session")
def figures(pytestconfig: pytest.Config) -> list[str]:
    """Lines that say what was counted."""
    return pytestconfig.stash[_FIGURES]


@pytest.fixture(scope="session")
def hard() -> bool:
    return HARD


@pytest.fixture(scope="session")
def top() -> Iterator[Path]:
    """A folder in memory where the system has one: a disk that is waited for would make minutes of seconds."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as found:
        yield Path(found)


@pytest.fixture
def place(top: Path) -> Iterator[Callable[[], Path]]:
    """Gives new folders, each gone again with the next."""
    with TemporaryDirectory(dir=top) as below:
        made: list[Path] = []

        def new() -> Path:
            for old in made:
                rmtree(old, ignore_errors=True)
            made[:] = [Path(below) / f"trial-{len(made)}"]
            return made[0]

        yield new


@pytest.fixture(scope="session")
def known(top: Path) -> Callable[[str], Known]:
    """Returns what is known of a command; each is run undisturbed once."""
    load_everything()
    found: dict[str, Known] = {}

    def of(name: str) -> Known:
        if name not in found:
            found[name] = known_of(COMMANDS[name], top / f"undisturbed-{len(found)}")
        return found[name]

    return of
