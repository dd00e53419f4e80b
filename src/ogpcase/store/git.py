"""Read-only questions to git, asked so that nothing which a repository names is ever run.

Git is told where the repository is and looks for none, reads no settings but the repository's own, and is asked
nothing that refreshes an index, compares texts, filters or fetches: no hook, pager, monitor, driver or helper has
its turn. Whose the repository is therefore does not matter.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.errors import BrokenInstallation, CannotRead, Misused
from ogpcase.yamltree.limits import LARGEST

LONGEST_WAIT = 120
"""Seconds for one question."""
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what a partial clone lacks is not fetched: a remote may name a program
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
    "maintenance.auto=false",
    "gc.auto=0",
)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NO_REVISION = re.compile(r"[\x00-\x20\x7f:?*\[\\]|\.\.|^[-^/]|//|^$|\{/")
"""What is in no name of a commit: a leading dash or caret, blanks, a range, a path, a search."""


class TreeFile(NamedTuple):
    """An entry of a commit: its mode as git writes it, and the name of its content."""

    mode: str
    blob: str


class Logged(NamedTuple):
    """A commit in a history: its name, those before it, and when it was committed in seconds since 1970."""

    commit: str
    parents: tuple[str, ...]
    seconds: int


class Repository:
    """The repository around a folder, read only."""

    def __init__(self, top: Path, program: str) -> None:
        """`top` holds `.git`; `program` is git's own path."""
        self.top = top
        self._program = program

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Finds the nearest repository upwards from a folder, without running anything.

        Only a `.git` makes a repository: a bare one hidden in a folder is passed over.

        Raises:
            CannotRead: there is none.
            BrokenInstallation: git is not installed.
        """
        real = Path(os.path.realpath(folder))
        for each in (real, *real.parents):
            if (each / ".git" / "HEAD").is_file() or (each / ".git").is_file():
                return cls(each, _program())
        raise CannotRead(
            f"`{folder}` is in no git repository, so there is nothing to compare with",
            "start one with `git init`, and commit the case folder",
        )

    def commit(self, revision: str) -> str:
        """Returns the full name of the commit that a revision means.

        Raises:
            Misused: it has the form of an option, a range or a path.
            CannotRead: there is no such commit here.
        """
        if _NO_REVISION.search(revision):
            raise Misused(f"`{revision}` is no revision", "name a commit: a branch, a tag, `HEAD~1` or a commit's name")
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._asked(*words).stdout.decode("ascii", "replace").strip()
        if not _COMMIT.fullmatch(found):
            raise CannotRead(f"git knows no commit `{revision}`", *self._ways_out(revision))
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """Returns the commit at which two commits parted; None where nothing here says so."""
        found = self._asked("merge-base", one, other).stdout.decode("ascii", "replace").split()
        return found[0] if found and _COMMIT.fullmatch(found[0]) else None

    def tree(self, commit: str, folder: FileId) -> dict[FileId, TreeFile]:
        """Returns what a commit holds below a folder of the repository, by path below it. Raises CannotRead."""
        start = f"{folder}/" if folder else ""
        below = ("--", start) if start else ()
        found: dict[FileId, TreeFile] = {}
        for entry in self._told("ls-tree", "-r", "-z", "--full-tree", commit, *below).split(b"\0"):
            facts, _, path = entry.partition(b"\t")
            if facts:
                mode, _, blob = facts.decode("ascii").split(" ")
                found[os.fsdecode(path)[len(start) :]] = TreeFile(mode, blob)
        return found

    def history(self, commit: str, path: str, most: int) -> tuple[Logged, ...]:
        """Returns the commits up to one that changed a path, the newest first; at most so many. Raises CannotRead."""
        words = ("rev-list", "--topo-order", "--parents", "--timestamp", f"--max-count={most}", commit, "--", path)
        lines = (line.split() for line in self._told(*words).decode("ascii").splitlines())
        return tuple(Logged(name, tuple(parents), int(seconds)) for seconds, name, *parents in lines)

    def outer_commits(self) -> frozenset[str]:
        """Returns the first and last commits of all branches and tags; none where git cannot say."""
        asked = (("rev-list", "--max-parents=0", "--all", "HEAD"), ("rev-list", "--no-walk", "--all", "HEAD"))
        found = (each for words in asked for each in self._asked(*words).stdout.decode("ascii", "replace").split())
        return frozenset(each for each in found if _COMMIT.fullmatch(each))

    def has_any(self, commits: Iterable[str]) -> bool:
        """True where one of these commits is here, on a branch or on none."""
        wanted = sorted(commits)
        several = (wanted[start : start + 1000] for start in range(0, len(wanted), 1000))
        return any(self._asked("rev-list", "--no-walk", "--ignore-missing", *names).stdout for names in several)

    def parents(self, commit: str) -> tuple[str, ...]:
        """Returns the commits before one. Raises CannotRead."""
        words = self._told("rev-list", "--parents", "--max-count=1", commit).decode("ascii").split()
        return tuple(words[1:])

    def contents(self, blobs: Iterable[str], most: int | None = LARGEST + 1) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Yields each content in parts, cut after `most` bytes; take one before the next. Raises CannotRead."""
        with TemporaryFile() as wanted:
            wanted.write("".join(f"{each}\n" for each in blobs).encode("ascii"))
            wanted.seek(0)
            command = self._command("cat-file", "--batch")
            with subprocess.Popen(  # noqa: S603 - no shell, and every word is ours
                command, cwd=self.top, env=_environment(), stdin=wanted, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as process:  # fmt: skip
                assert process.stdout is not None
                try:
                    yield from _batch(process.stdout, most)
                finally:
                    process.stdout.close()
                    process.kill()

    def _ways_out(self, revision: str) -> tuple[str, ...]:
        if revision == "HEAD":
            return ("nothing is committed here yet: commit the case folder first",)
        if self._asked("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            return ("this clone is shallow: run `git fetch --unshallow`, or `fetch-depth: 0` in `actions/checkout`",)
        return ("`git branch --all` and `git log` list what there is; `git fetch` brings what is elsewhere",)

    def _told(self, *words: str) -> bytes:
        done = self._asked(*words)
        if done.returncode:
            raise CannotRead(
                "git cannot read this repository as it is",
                "`git fsck` says more; a partial clone lacks a part",
            )
        return done.stdout

    def _asked(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; a revision stands after `--end-of-options`
                self._command(*words), cwd=self.top, env=_environment(), stdin=subprocess.DEVNULL,
                capture_output=True, timeout=LONGEST_WAIT, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise CannotRead(f"git gave no answer in {LONGEST_WAIT} seconds") from None
        except OSError as error:
            raise BrokenInstallation(f"git cannot be run: {error.strerror}") from error

    def _command(self, *words: str) -> list[str]:
        settings = [word for each in _SETTINGS for word in ("-c", each)]
        where = (f"--git-dir={self.top / '.git'}", f"--work-tree={self.top}")
        return [self._program, "--no-pager", *settings, *where, *words]


def _batch(answers: IO[bytes], most: int | None) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yields what `cat-file --batch` answers; what was not taken of one content is passed over."""
    while head := answers.readline():
        facts = head.split()
        if len(facts) != 3 or facts[1] != b"blob":  # noqa: PLR2004 - name, type, size
            raise CannotRead(
                "this repository lacks a part of the commit", "a shallow or partial clone does: fetch it whole"
            )
        size = int(facts[2])
        rest = _Rest(answers, size)
        yield facts[0].decode("ascii"), rest.parts(size if most is None else min(size, most))
        for _ in rest.parts(rest.left):
            pass
        answers.read(1)


class _Rest:
    """What is left of one content."""

    def __init__(self, answers: IO[bytes], left: int) -> None:
        self._answers = answers
        self.left = left

    def parts(self, most: int) -> Iterator[bytes]:
        """Yields the next bytes in parts, `most` of them together."""
        while most > 0 and (part := self._answers.read(min(most, 1 << 20))):
            most -= len(part)
            self.left -= len(part)
            yield part


def _search_path() -> str:
    """Returns the folders programs are looked for in; never the current one."""
    return os.pathsep.join(each for each in os.get_exec_path() if Path(each).is_absolute())


def _environment() -> dict[str, str]:
    return {**_ENVIRONMENT, "PATH": _search_path()}


def _program() -> str:
    found = shutil.which("git", path=_search_path())
    if found is None:
        raise BrokenInstallation("git is not installed, and the records of another day are in git", "install git")
    return found
