"""Read-only questions to git, asked so that nothing which a repository names is ever run; and a folder in a commit.

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
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import BrokenInstallation, CannotRead, Misused
from ogpcase.store.files import LARGEST_COPY, RECORD, Files, ListedFiles, Sort
from ogpcase.store.layout import Root, repository_around
from ogpcase.store.problems import not_a_plain_file
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
_PART = 1 << 20
"""Bytes that are read of a content at a time."""
_PLAIN = {"100644", "100755"}
_LINK = "120000"
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

        Raises:
            CannotRead: there is none.
            BrokenInstallation: git is not installed.
        """
        top = repository_around(folder)
        if top is None:
            raise CannotRead(
                f"`{folder}` is in no git repository, so there is nothing to compare with",
                "start one with `git init`, and commit the case folder",
            )
        return cls(top, _program())

    def commit(self, revision: str) -> str:
        """Returns the full name of the commit that a revision means.

        Raises:
            Misused: it has the form of an option, a range or a path.
            CannotRead: there is no such commit here.
        """
        if _NO_REVISION.search(revision):
            raise Misused(f"`{revision}` is no revision", "name a commit: a branch, a tag, `HEAD~1` or a commit's name")
        words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self._commits(*words)
        if not found:
            raise CannotRead(f"git knows no commit `{revision}`", *self._ways_out(revision))
        return found[0]

    def merge_base(self, one: str, other: str) -> str | None:
        """Returns the commit at which two commits parted; None where nothing here says so."""
        found = self._commits("merge-base", one, other)
        return found[0] if found else None

    def tree(self, commit: str, folder: FileId) -> dict[FileId, TreeFile]:
        """Returns what a commit holds below a folder of the repository, by path below it. Raises CannotRead."""
        start = f"{folder}/" if folder else ""
        below = ("--", start) if start else ()
        files: dict[FileId, TreeFile] = {}
        for entry in self._answer("ls-tree", "-r", "-z", "--full-tree", commit, *below).split(b"\0"):
            facts, _, path = entry.partition(b"\t")
            if facts:
                mode, _, blob = facts.decode("ascii").split(" ")
                files[os.fsdecode(path)[len(start) :]] = TreeFile(mode, blob)
        return files

    def history(self, commit: str, path: str, most: int) -> tuple[Logged, ...]:
        """Returns the commits up to one that changed a path, the newest first; at most so many. Raises CannotRead."""
        words = ("rev-list", "--topo-order", "--parents", "--timestamp", f"--max-count={most}", commit, "--", path)
        lines = (line.split() for line in self._answer(*words).decode("ascii").splitlines())
        return tuple(Logged(name, tuple(parents), int(seconds)) for seconds, name, *parents in lines)

    def outer_commits(self) -> frozenset[str]:
        """Returns the first and last commits of all branches and tags; none where git cannot say."""
        first = self._commits("rev-list", "--max-parents=0", "--all", "HEAD")
        return frozenset([*first, *self._commits("rev-list", "--no-walk", "--all", "HEAD")])

    def has_any(self, commits: Iterable[str]) -> bool:
        """True where one of these commits is here, on a branch or on none."""
        wanted = sorted(commits)
        several = (wanted[start : start + 1000] for start in range(0, len(wanted), 1000))
        return any(self._ask("rev-list", "--no-walk", "--ignore-missing", *names).stdout for names in several)

    def parents(self, commit: str) -> tuple[str, ...]:
        """Returns the commits before one. Raises CannotRead."""
        words = self._answer("rev-list", "--parents", "--max-count=1", commit).decode("ascii").split()
        return tuple(words[1:])

    def contents(self, blobs: Iterable[str], most: int | None = LARGEST + 1) -> Iterator[tuple[str, bytes]]:
        """Yields the parts of each content with its name, one at least, cut after `most` bytes. Raises CannotRead."""
        with TemporaryFile() as wanted:
            wanted.write("".join(f"{blob}\n" for blob in blobs).encode("ascii"))
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

    def _commits(self, *words: str) -> list[str]:
        """Returns the names of commits that git answers with; none where it cannot say."""
        answer = self._ask(*words).stdout.decode("ascii", "replace").split()
        return [name for name in answer if _COMMIT.fullmatch(name)]

    def _ways_out(self, revision: str) -> tuple[str, ...]:
        if revision == "HEAD":
            return ("nothing is committed here yet: commit the case folder first",)
        if self._ask("rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
            return ("this clone is shallow: run `git fetch --unshallow`, or `fetch-depth: 0` in `actions/checkout`",)
        return ("`git branch --all` and `git log` list what there is; `git fetch` brings what is elsewhere",)

    def _answer(self, *words: str) -> bytes:
        done = self._ask(*words)
        if done.returncode:
            raise CannotRead(
                "git cannot read this repository as it is",
                "`git fsck` says more; a partial clone lacks a part",
            )
        return done.stdout

    def _ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
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
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        where = (f"--git-dir={self.top / '.git'}", f"--work-tree={self.top}")
        return [self._program, "--no-pager", *settings, *where, *words]


def _batch(answers: IO[bytes], most: int | None) -> Iterator[tuple[str, bytes]]:
    """Yields what `cat-file --batch` answers; of one content what is more than `most` is passed over."""
    while head := answers.readline():
        facts = head.split()
        if len(facts) != 3 or facts[1] != b"blob":  # noqa: PLR2004 - name, type, size
            raise CannotRead(
                "this repository lacks a part of the commit", "a shallow or partial clone does: fetch it whole"
            )
        blob, left = facts[0].decode("ascii"), int(facts[2])
        wanted = left if most is None else min(left, most)
        yield blob, b""
        while left > 0 and (part := answers.read(min(left, _PART))):
            yield blob, part[:wanted]
            left -= len(part)
            wanted -= len(part[:wanted])
        answers.read(1)


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


class Revisions(NamedTuple):
    """The two sides of a comparison as typed: `head` None is the working tree.

    With `since_parting` the first side is where the two parted, as a pull request shows it.
    """

    base: str = "HEAD"
    head: str | None = None
    since_parting: bool = False

    @classmethod
    def parse(cls, text: str | None) -> Revisions:
        """Reads `BASE`, `BASE..HEAD` or `BASE...HEAD`; an empty side is HEAD. Raises Misused."""
        if text is None:
            return cls()
        mark = "..." if "..." in text else ".."
        base, found, head = text.partition(mark)
        if not text or ".." in head or head.startswith("."):
            raise Misused(f"`{text}` names no two revisions", "write BASE, BASE..HEAD or BASE...HEAD")
        return cls(base or "HEAD", (head or "HEAD") if found else None, mark == "..." and bool(found))


class RevisionFiles(ListedFiles):
    """The files of the case folder as one commit has them."""

    def __init__(self, repository: Repository, root: Root, revision: str) -> None:
        """Finds the commit. Raises Misused, CannotRead."""
        self.repository = repository
        self.commit = repository.commit(revision)
        real = Path(os.path.realpath(root.path)).relative_to(repository.top).as_posix()
        self.below = "" if real == "." else real
        self._texts: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}

    @classmethod
    def of(cls, root: Root, revision: str) -> RevisionFiles:
        """Reads a revision of the repository around a case folder. Raises Misused, CannotRead, BrokenInstallation."""
        return cls(Repository.around(root.path), root, revision)

    def at(self, revision: str, root: Root) -> RevisionFiles:
        """Returns the same folder at another commit; contents read once are not read again."""
        other = RevisionFiles(self.repository, root, revision)
        other._texts, other._digests = self._texts, self._digests
        return other

    @cached_property
    def tree(self) -> dict[FileId, TreeFile]:
        """Every entry that is no folder, by path below the case folder."""
        return self.repository.tree(self.commit, self.below)

    def sorts(self) -> dict[FileId, Sort]:
        """Returns what every entry is that is no folder."""
        return {file: _sort(entry) for file, entry in self.tree.items()}

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, at most one more than a record may have; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        if entry.blob not in self._texts:
            plain = {path: other.blob for path, other in self.tree.items() if other.mode in _PLAIN}
            records = {blob for path, blob in plain.items() if path.endswith(RECORD)}
            wanted = sorted((records | {entry.blob}) - self._texts.keys())
            for blob, part in self.repository.contents(wanted):
                self._texts[blob] = self._texts.get(blob, b"") + part
        return self._texts[entry.blob]

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of a file that is no record, at most LARGEST_COPY; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        return b"".join(part for _, part in self.repository.contents([entry.blob], LARGEST_COPY))

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        if entry.blob not in self._digests:
            whole = sha256()
            for _, part in self.repository.contents([entry.blob], None):
                whole.update(part)
            self._digests[entry.blob] = whole.hexdigest()
        return self._digests[entry.blob]

    def _plain(self, file: FileId) -> TreeFile | Problem | None:
        entry = self.tree.get(file)
        if entry is None or entry.mode in _PLAIN:
            return entry
        return not_a_plain_file.one(file, "a link" if entry.mode == _LINK else "something else")


def _sort(entry: TreeFile) -> Sort:
    return Sort.LINK if entry.mode == _LINK else Sort.FILE if entry.mode in _PLAIN else Sort.OTHER


def files_below(files: Files, folder: FileId = "") -> Iterator[FileId]:
    """Yields every plain file below a folder; git's own folder is passed over, links are not followed."""
    todo = [folder]
    while todo:
        at = todo.pop()
        found = files.entries(at)
        for name, sort in found if isinstance(found, tuple) else ():
            path = f"{at}/{name}" if at else name
            if sort is Sort.FOLDER and name != ".git":
                todo.append(path)
            elif sort is Sort.FILE:
                yield path


def changed_files(before: RevisionFiles, after: Files) -> frozenset[FileId]:
    """Returns the files that are not the same on both sides: added, changed or gone. Raises CannotRead."""
    if isinstance(after, RevisionFiles):
        one, other = before.tree, after.tree
        return frozenset(file for file in one.keys() | other.keys() if one.get(file) != other.get(file))
    here = set(files_below(after))
    there = {file for file, entry in before.tree.items() if entry.mode in _PLAIN}
    return frozenset((here ^ there) | {file for file in here & there if not _same(before, after, file)})


def _same(before: RevisionFiles, after: Files, file: FileId) -> bool:
    if file.endswith(RECORD):
        return before.read(file) == after.read(file)
    return before.digest(file) == after.digest(file)
