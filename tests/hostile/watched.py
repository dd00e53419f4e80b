"""Runs commands in one process, a fork of this one, and notes all that it opens, lists and starts; see `watch`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests import forks

WATCHED = (
    "open",
    "os.scandir",
    "os.listdir",
    "subprocess.Popen",
    "os.exec",
    "os.posix_spawn",
    "os.system",
    "socket.connect",
)


@dataclass(frozen=True, slots=True)
class Touched:
    """A file opened, a folder listed or a program started: the event, what was named, and the flags of an opening."""

    event: str
    name: str
    flags: int


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that was run: its words, its exit code, what it printed, and what it touched."""

    words: tuple[str, ...]
    code: int
    out: str
    err: str
    touched: tuple[Touched, ...]


def watch(folder: Path, commands: Sequence[Sequence[str]]) -> list[Watched]:
    """Runs the commands in a folder, in a fork; Python's own files are not among what was touched."""
    env = {**os.environ, "NO_COLOR": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(
        [sys.executable], preexec_fn=forks.instead_of_python(main, env), cwd=folder,
        input=json.dumps(commands), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return [
        Watched(tuple(each["words"]), each["code"], each["out"], each["err"],
                tuple(Touched(*one) for one in each["touched"] if not _is_pythons(one[1])))
        for each in json.loads(done.stdout)
    ]  # fmt: skip


def _is_pythons(name: str) -> bool:
    """True for what Python and the program themselves are made of."""
    here = Path(__file__).parent
    ours = (sys.prefix, sys.base_prefix, str(here), str(here.parent.parent / "src"))
    return name.startswith(ours) or (name.endswith((".py", ".pyc")) and Path(name).is_absolute())


def strays(done: Watched, top: Path, closed: Collection[str] = ()) -> list[Touched]:
    """Returns what a command touched that it must not, in a folder that holds `cases`.

    It may start git; open the case folder; and in an open folder open a name alone, without following a link. What is
    `closed` may be listed, if it is a folder, but not opened.
    """
    return [each for each in done.touched if not _is_fair(each, top, closed)]


def _is_fair(touched: Touched, top: Path, closed: Collection[str]) -> bool:
    name = touched.name
    if touched.event == "subprocess.Popen":
        return Path(name).name == "git"
    if name.isdecimal() or name == os.devnull:
        return True  # a descriptor that is open
    if Path(name).is_absolute():
        return Path(name) in {top, top / "cases"} or _is_for_git(touched, top)
    as_folder = bool(touched.flags & os.O_DIRECTORY)
    return "/" not in name and (as_folder or name not in closed) and bool(touched.flags & os.O_NOFOLLOW)


def _is_for_git(touched: Touched, top: Path) -> bool:
    """True for the nameless file in which git is told what to read, which is made outside and is gone with the run."""
    name = Path(touched.name)
    return touched.event == "open" and not name.is_relative_to(top) and bool(touched.flags & os.O_RDWR)


def main() -> None:
    """Reads commands from stdin, as JSON; writes what became of them to stdout, as JSON."""
    from typer.testing import CliRunner

    from ogpcase.cli.app import app

    commands, results, touched = json.load(sys.stdin), [], []

    def note(event: str, details: tuple[object, ...]) -> None:
        if event in WATCHED:
            flags = details[2] if event == "open" and len(details) > 2 and isinstance(details[2], int) else 0
            name = details[0].decode("utf-8", "replace") if isinstance(details[0], bytes) else str(details[0])
            touched.append((event, name, flags))

    sys.addaudithook(note)
    for words in commands:
        touched.clear()
        done = CliRunner().invoke(app, words, prog_name="ogpcase")
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        results.append(
            {"words": words, "code": done.exit_code, "out": done.stdout, "err": done.stderr, "touched": list(touched)}
        )
    sys.stdout.write(json.dumps(results))
