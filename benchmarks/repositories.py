"""Corpora under git, and what git takes for them: its cost is the floor of everything that is kept in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree, rmtree

from benchmarks.ground import Ground
from benchmarks.running import Command

_ALONE = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "A Benchmark",
    "GIT_AUTHOR_EMAIL": "benchmark@example.org",
    "GIT_COMMITTER_NAME": "A Benchmark",
    "GIT_COMMITTER_EMAIL": "benchmark@example.org",
}
"""So that nobody's own settings are measured."""


def repository(ground: Ground, records: int) -> Path:
    """Returns a repository that holds a corpus in one commit, ten of its files changed since; made once."""
    folder = ground.corpus(records).with_name(f"{records}-git")
    if not (folder / ".git" / "made").exists():
        rmtree(folder, ignore_errors=True)
        copytree(ground.corpus(records) / "cases", folder / "cases")
        for words in (
            ("init", "--quiet"),
            ("add", "--all"),
            ("commit", "--quiet", "--message", "All"),
            ("gc", "--quiet"),
        ):
            variables = {**ground.environment(), **_ALONE}
            quiet = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", *words)  # nothing goes on behind our back
            subprocess.run(["git", *quiet], cwd=folder, env=variables, check=True)  # noqa: S603, S607 - git, of the machine
        _change_ten(folder)
        (folder / ".git" / "made").touch()
    return folder


def _change_ten(folder: Path) -> None:
    events = sorted(folder.glob("cases/*/events/*.yaml"))
    for file in events[:: max(1, len(events) // 10)][:10]:
        file.write_bytes(file.read_bytes() + b"# looked at again\n")


def _status(_: Ground, folder: Path) -> Command:
    return Command(("git", "status", "--porcelain"), folder, _ALONE)


def _diff(_: Ground, folder: Path) -> Command:
    return Command(("git", "diff", "HEAD"), folder, _ALONE)


def _clone(ground: Ground, folder: Path) -> Command:
    target = ground.work / "clone"
    words = ("git", "clone", "--quiet", "--no-local", str(folder), str(target))
    return Command(words, ground.work, _ALONE, prepare=lambda: rmtree(target, ignore_errors=True))


COMMANDS: Mapping[str, Callable[[Ground, Path], Command]] = {
    "git status": _status,
    "git diff": _diff,
    "git clone": _clone,
}


def megabytes(folder: Path) -> float:
    """Returns the size of a folder's files in MiB."""
    sizes = (os.path.getsize(f"{where}/{name}") for where, _, names in os.walk(folder) for name in names)  # noqa: PTH202 - many
    return sum(sizes) / 2**20
