"""The command line run in this process, as fast as can be, with all that it prints; and folders put under git."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

import pytest
from tests.outward.records import Folder

from ogpcase.cli.app import app
from ogpcase.workspace import opening
from ogpcase.workspace.opening import Workspace


class _Stream(io.TextIOWrapper):
    """A stream that keeps what is written to it, as UTF-8."""

    def __init__(self) -> None:
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding="utf-8", newline="", write_through=True)

    def said(self) -> str:
        self.flush()
        return self.kept.getvalue().decode("utf-8")


@dataclass(frozen=True, slots=True)
class Ran:
    """A command, its exit code, and what it said."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str

    @property
    def form(self) -> str:
        """The format it was asked for; text where none was."""
        if self.words[0] == "export":
            return self.words[1]
        at = self.words.index("--format") + 1 if "--format" in self.words else 0
        return self.words[at] if at else "text"


def run(*words: str) -> Ran:
    """Runs a command in the current folder, without a terminal; the exit code is what a shell would see."""
    out, err = _Stream(), _Stream()
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    code = 0
    try:
        app(list(words), prog_name="ogpcase")
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1 if left.code else 0
    finally:
        sys.stdout, sys.stderr = before
    return Ran(words, code, out.said(), err.said())


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Works in a folder until the block ends."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def read_once() -> Iterator[None]:
    """Reads the folder one time for all commands of the block: none of them may write."""
    known: dict[Path | None, Workspace] = {}
    really = opening.folder_to_judge

    def again(root: Path | None) -> Workspace:
        if root not in known:
            known[root] = really(root)
        return known[root]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "folder_to_judge", again)
        yield


def committed(folder: Path, versions: Iterable[Folder]) -> None:
    """Writes versions of a case folder, one after the other, and commits each."""
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, "init", "--quiet")
    for number, version in enumerate(versions):
        rmtree(folder / "cases", ignore_errors=True)
        version.write(folder)
        _git(folder, "add", "--all")
        _git(folder, "commit", "--quiet", "--message", f"version {number}")


def _git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    around = {**os.environ, "GIT_AUTHOR_DATE": "2024-07-01T00:00:00Z", "GIT_COMMITTER_DATE": "2024-07-01T00:00:00Z"}
    subprocess.run(["git", *who, *words], cwd=folder, check=True, env=around, capture_output=True)
