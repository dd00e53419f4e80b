"""Reads commits with git, in a way that never runs a program that the repository names.

Git is told where the repository is and reads only that repository's settings; of the person's, only which files to
ignore. No question refreshes an index, compares texts, filters or fetches, so git runs no hook, pager, monitor, driver
or helper. A hostile repository can do no harm.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import copy
from functools import cached_property
from hashlib import sha1, sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import BrokenInstallation, CannotRead, Misused, OgpcaseError
from ogpcase.store.checksums import LONGEST, pointed_at
from ogpcase.store.files import LARGEST_COPY, RECORD, DiskFiles, Files, ListedFiles, Sort, below
from ogpcase.store.layout import HEADER_NAME, Root, repository_around
from ogpcase.store.problems import not_a_plain_file
from ogpcase.store.system import installed, search_path
from ogpcase.yamltree.limits import LARGEST

LONGEST_WAIT = 120
"""Seconds for one question."""
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # never fetch: a remote may name a program to run
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}
_NEEDED = ("SYSTEMROOT", "TEMP", "TMP")
"""Variables without which programs do not run on Windows."""
_SETTINGS = (
    "safe.bareRepository=explicit", "core.fsmonitor=", "core.hooksPath=/dev/null", "core.pager=cat",
    "core.attributesFile=/dev/null", "core.alternateRefsCommand=", "diff.external=", "log.showSignature=false",
    "protocol.allow=never", "maintenance.auto=false", "gc.auto=0",
)  # fmt: skip
_PART = 1 << 20
"""Bytes to read at a time."""
_MOST_PATHS = 200
"""Paths that git is asked for by name; with more, it lists all."""
_PLAIN = {"100644", "100755"}
_LINK = "120000"
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_NO_REVISION = re.compile(r"[\x00-\x20\x7f:?*\[\\]|\.\.|^[-^/]|//|^$|\{/")
"""What a commit's name cannot contain: a leading dash or caret, blanks, a range, a path, a search."""


class TreeFile(NamedTuple):
    """An entry of a commit: its mode as git writes it, and the id of its content."""

    mode: str
    blob: str


class Logged(NamedTuple):
    """A commit in a history: its id, its parents, and its time in seconds since 1970."""

    commit: str
    parents: tuple[str, ...]
    seconds: int


class Repository:
    """The repository around a folder, read only."""

    def __init__(self, top: Path, program: str) -> None:
        """`top` contains `.git`; `program` is the path of git."""
        self.top = top
        self._program = program

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Finds the nearest `.git` from a folder upwards, without git.

        Raises:
            CannotRead: no folder upwards has one.
            BrokenInstallation: git is not installed.
        """
        top = repository_around(folder)
        if top is None:
            raise CannotRead(
                f"`{folder}` is not in a git repository, so there is nothing to compare with",
                "start one with `git init`, and commit the case folder",
            )
        program = installed("git")
        if program is None:
            raise BrokenInstallation(
                "git is not installed, and earlier versions of the records are in git", "install git"
            )
        return cls(top, program)

    def path_of(self, root: Path, file: FileId = "") -> str:
        """Returns the path of a case folder, or a file in it, from the top; empty for the top. Raises ValueError."""
        path = (Path(os.path.realpath(root)).relative_to(self.top) / file).as_posix()
        return "" if path == "." else path

    def commit(self, revision: str) -> str:
        """Returns the full id of the commit that a revision means. Raises Misused, CannotRead."""
        if _NO_REVISION.search(revision):
            raise Misused(
                f"`{revision}` is not a revision", "name a commit: a branch, a tag, `HEAD~1` or a commit's name"
            )
        commits = self._commits("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if not commits:
            raise CannotRead(f"git knows no commit `{revision}`", *self._hints(revision))
        return commits[0]

    def merge_base(self, one: str, other: str) -> str | None:
        """Returns the last common ancestor of two commits; None if the repository has none."""
        commits = self._commits("merge-base", one, other)
        return commits[0] if commits else None

    def merged_into(self, commit: str, base: str) -> str | None:
        """Returns the first parent of a merge that is checked out on no branch, if it comes from `base`; else None.

        So CI checks out a change: merged into its branch, whose newest commit then is the first parent. That contains
        what others merged since `base`, which is no part of the change.
        """
        on_branch = self._ask("symbolic-ref", "--quiet", "HEAD").returncode == 0
        parents = () if on_branch or self._commits("rev-parse", "HEAD") != [commit] else self.parents(commit)
        return parents[0] if len(parents) > 1 and self.merge_base(base, parents[0]) == base else None

    def tree(self, commit: str, folder: FileId) -> dict[FileId, TreeFile]:
        """Returns the files of a commit below a folder, by path below it. Raises CannotRead."""
        start = f"{folder}/" if folder else ""
        below = ("--", start) if start else ()
        entries = self._listed("ls-tree", "-r", "-z", "--full-tree", commit, *below)
        return {path[len(start) :]: TreeFile(mode, blob) for (mode, _, blob), path in entries}

    def history(self, commit: str, path: str, most: int) -> tuple[Logged, ...]:
        """Returns at most `most` commits that changed a path, up to `commit`, newest first. Raises CannotRead."""
        words = ("rev-list", "--topo-order", "--parents", "--timestamp", f"--max-count={most}", commit, "--", path)
        lines = (line.split() for line in self._answer(*words).decode("ascii").splitlines())
        return tuple(Logged(name, tuple(parents), int(seconds)) for seconds, name, *parents in lines)

    def staged(self, paths: Iterable[str]) -> dict[str, str]:
        """Returns the blob that the index holds for each of these paths, from the top. Raises CannotRead."""
        wanted = set(paths)
        asked = sorted(wanted) if len(wanted) <= _MOST_PATHS else []
        entries = self._listed("ls-files", "--stage", "-z", "--", *asked)
        return {path: blob for (_, blob, _), path in entries if path in wanted}

    def ignored(self, paths: Iterable[str]) -> frozenset[str]:
        """Returns those of some paths, from the top, that git ignores: a tracked one never is."""
        asked = b"".join(os.fsencode(path) + b"\0" for path in paths)
        words = ("--no-literal-pathspecs", "check-ignore", "-z", "--stdin")  # it takes no patterns, and no such promise
        return frozenset(os.fsdecode(path) for path in self._ask(*words, asked=asked).stdout.split(b"\0") if path)

    def ignored_below(self, folder: str) -> frozenset[str]:
        """Returns the files and folders below a folder that git ignores, by path below it. Raises CannotRead.

        Beside the repository's own lists, the person's and the machine's count, as they do for git.
        """
        start = f"{folder}/" if folder else ""
        lists = () if self._ask("config", "core.excludesFile").stdout else _outer_lists(self._program)
        words = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "--full-name", "-z")
        paths = self._answer(*lists, *words, "--", *([start] if start else [])).split(b"\0")
        return frozenset(os.fsdecode(path)[len(start) :].rstrip("/") for path in paths if path)

    def outer_commits(self) -> frozenset[str]:
        """Returns the first and last commits of all branches and tags; none if git gives no answer."""
        first = self._commits("rev-list", "--max-parents=0", "--all", "HEAD")
        return frozenset([*first, *self._commits("rev-list", "--no-walk", "--all", "HEAD")])

    def has_any(self, commits: Iterable[str]) -> bool:
        """True if the repository has one of these commits, on a branch or not."""
        wanted = sorted(commits)
        batches = (wanted[start : start + 1000] for start in range(0, len(wanted), 1000))
        return any(self._ask("rev-list", "--no-walk", "--ignore-missing", *names).stdout for names in batches)

    def parents(self, commit: str) -> tuple[str, ...]:
        """Returns the parents of a commit. Raises CannotRead."""
        words = self._answer("rev-list", "--parents", "--max-count=1", commit).decode("ascii").split()
        return tuple(words[1:])

    def remote(self) -> str | None:
        """Returns the address of `origin`, else of the only remote, as the repository's own settings have it."""
        lines = self._ask("config", "--local", "--get-regexp", r"^remote\..*\.url$").stdout.decode("utf-8", "replace")
        by_name = dict(line.partition(" ")[::2] for line in lines.splitlines())
        only = next(iter(by_name.values())) if len(by_name) == 1 else None
        return by_name.get("remote.origin.url", only)

    def contents(self, blobs: Iterable[str], most: int | None = LARGEST + 1) -> Iterator[tuple[str, bytes]]:
        """Yields the parts of each blob with its id, at least one, cut after `most` bytes. Raises CannotRead."""
        missing = set(blobs)
        with TemporaryFile() as wanted:
            wanted.write("".join(f"{blob}\n" for blob in sorted(missing)).encode("ascii"))
            wanted.seek(0)
            command = self._command("cat-file", "--batch")
            with subprocess.Popen(  # noqa: S603 - no shell, and no word comes from outside
                command, cwd=self.top, env=_environment(), stdin=wanted, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            ) as process:  # fmt: skip
                assert process.stdout is not None
                try:
                    for blob, part in _batch(process.stdout, most):
                        missing.discard(blob)
                        yield blob, part
                finally:
                    process.stdout.close()
                    process.kill()
        if missing:
            raise CannotRead(*_LACKS_A_PART)

    def _commits(self, *words: str) -> list[str]:
        """Returns the ids of the commits that git lists; none if it gives no answer."""
        answer = self._ask(*words).stdout.decode("ascii", "replace").split()
        return [name for name in answer if _COMMIT.fullmatch(name)]

    def _listed(self, *words: str) -> Iterator[tuple[list[str], str]]:
        """Yields the entries of a list of files that git ends with NUL: what stands before each path, and the path."""
        for entry in self._answer(*words).split(b"\0"):
            facts, _, path = entry.partition(b"\t")
            if facts:
                yield facts.decode("ascii").split(" "), os.fsdecode(path)

    def is_shallow(self) -> bool:
        """True if the clone lacks earlier commits."""
        return self._ask("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def _hints(self, revision: str) -> tuple[str, ...]:
        if revision == "HEAD":
            return ("nothing is committed here yet: commit the case folder first",)
        if self.is_shallow():
            return (SHALLOW,)
        return ("`git branch --all` and `git log` list the commits here; `git fetch` brings others",)

    def _answer(self, *words: str) -> bytes:
        done = self._ask(*words)
        if done.returncode:
            why = "`git fsck` says more; a partial clone may lack objects"
            raise CannotRead("git cannot read this repository", why)
        return done.stdout

    def _ask(self, *words: str, asked: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - no shell; a revision stands after `--end-of-options`
                self._command(*words), cwd=self.top, env=_environment(), input=asked,
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


SHALLOW = (
    "this clone lacks earlier commits (it is shallow): run `git fetch --unshallow`; in CI, write `fetch-depth: 0` for "
    "`actions/checkout`, or `GIT_DEPTH: 0` for GitLab"
)
"""What to do where a commit is missing because the clone is shallow."""
_LACKS_A_PART = "this repository lacks a part of the commit", "a shallow or partial clone does: fetch the rest"


def _batch(answers: IO[bytes], most: int | None) -> Iterator[tuple[str, bytes]]:
    """Yields the blobs that `cat-file --batch` prints, each cut after `most` bytes."""
    while head := answers.readline():
        facts = head.split()
        if len(facts) != 3 or facts[1] != b"blob":  # noqa: PLR2004 - name, type, size
            raise CannotRead(*_LACKS_A_PART)
        blob, left = facts[0].decode("ascii"), int(facts[2])
        wanted = left if most is None else min(left, most)
        yield blob, b""
        while left > 0 and (part := answers.read(min(left, _PART))):
            yield blob, part[:wanted]
            left -= len(part)
            wanted -= len(part[:wanted])
        answers.read(1)


def _environment() -> dict[str, str]:
    return {**_ENVIRONMENT, **_kept(*_NEEDED), "PATH": os.pathsep.join(search_path())}


def _kept(*names: str) -> dict[str, str]:
    return {name: os.environ[name] for name in names if name in os.environ}


_HOMES = ("HOME", "XDG_CONFIG_HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "PROGRAMDATA")
"""Variables that lead to the settings of the person and the machine."""


def _outer_lists(program: str) -> tuple[str, ...]:
    """Returns the words that make git heed the person's or the machine's list of ignored files; none without one.

    Their settings are read by git itself, outside of any repository, and nothing that they name is run.
    """
    homes = _kept(*_HOMES)
    path = os.pathsep.join(search_path())
    around = {"LC_ALL": "C", "PATH": path, "GIT_DIR": os.devnull, **_kept(*_NEEDED), **homes}
    command = [program, "config", "--type=path", "--get", "core.excludesFile"]
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(  # noqa: S603 - no shell, and no word comes from outside
            command, env=around, capture_output=True, timeout=LONGEST_WAIT, check=False
        )
        if named := os.fsdecode(done.stdout.rstrip(b"\n")):
            return ("-c", f"core.excludesFile={named}")
    settings = homes.get("XDG_CONFIG_HOME") or (f"{homes['HOME']}/.config" if "HOME" in homes else "")
    return ("-c", f"core.excludesFile={settings}/git/ignore") if settings else ()


def ignored_below(root: Path) -> frozenset[FileId]:
    """Returns the files and folders of a case folder that git ignores; none without git, or outside a repository."""
    try:
        repository = Repository.around(root)
        return repository.ignored_below(repository.path_of(root))
    except (OgpcaseError, ValueError):
        return frozenset()


class Revisions(NamedTuple):
    """The two versions to compare, as typed; without `head` the second is the working tree.

    With `since_parting`, the first commit is replaced by the one where both parted, as in a pull request: their last
    common ancestor, or, where CI has merged the change into its branch, the commit of that branch.
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
        base, separator, head = text.partition(mark)
        if not text or ".." in head or head.startswith("."):
            raise Misused(f"`{text}` does not name two revisions", "write BASE, BASE..HEAD or BASE...HEAD")
        return cls(base or "HEAD", (head or "HEAD") if separator else None, mark == "..." and bool(separator))


class RevisionFiles(ListedFiles):
    """The files of the case folder in one commit."""

    def __init__(self, repository: Repository, root: Root, revision: str) -> None:
        """Finds the commit. Raises Misused, CannotRead."""
        self.repository = repository
        self.commit = repository.commit(revision)
        self.below = repository.path_of(root.path)
        self._texts: dict[str, bytes] = {}
        self._digests: dict[str, str] = {}

    @classmethod
    def of(cls, root: Root, revision: str) -> RevisionFiles:
        """Finds a revision in the repository around a case folder. Raises Misused, CannotRead, BrokenInstallation."""
        return cls(Repository.around(root.path), root, revision)

    def at(self, revision: str, root: Root) -> RevisionFiles:
        """Returns the same folder at another commit; the two share what was read."""
        other = RevisionFiles(self.repository, root, revision)
        other._texts, other._digests = self._texts, self._digests
        return other

    @cached_property
    def tree(self) -> dict[FileId, TreeFile]:
        """Every entry that is not a folder, by path below the case folder."""
        return self.repository.tree(self.commit, self.below)

    def found_elsewhere(self, like: Iterable[FileId]) -> RevisionFiles:
        """Returns the case folder where this commit has it, if it has none here; `like` are the records it had later.

        That is the only folder with a case of which half of the records have names of later ones. Else returns itself.
        """
        if self.tree:
            return self
        later, whole = set(like), self.repository.tree(self.commit, "")
        headers = (file for file in whole if file.endswith(f"/{HEADER_NAME}"))
        tops = {file.removesuffix(f"/{HEADER_NAME}").rpartition("/")[0] for file in headers}
        found = [top for top in tops if _holds_half(top, whole, later)]
        if len(found) != 1:
            return self
        other = copy(self)
        other.below = found[0]
        del other.tree  # that of the other folder is read when it is asked for
        return other

    def sorts(self) -> dict[FileId, Sort]:
        """Returns the type of each entry that is not a folder."""
        known = {_LINK: Sort.LINK, **dict.fromkeys(_PLAIN, Sort.FILE)}
        return {file: known.get(entry.mode, Sort.OTHER) for file, entry in self.tree.items()}

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, cut one byte after the largest permitted size; None if there is no such file."""
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
        """Returns the bytes of a file other than a record, at most LARGEST_COPY; None if there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        return b"".join(part for _, part in self.repository.contents([entry.blob], LARGEST_COPY))

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None if there is no such file.

        A pointer of Git LFS counts as the file that it stands for: the commit holds that one.
        """
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        if entry.blob not in self._digests:
            whole, begin = sha256(), b""
            for _, part in self.repository.contents([entry.blob], None):
                whole.update(part)
                begin += part[: LONGEST - len(begin)]
            self._digests[entry.blob] = pointed_at(begin) or whole.hexdigest()
        return self._digests[entry.blob]

    def _plain(self, file: FileId) -> TreeFile | Problem | None:
        entry = self.tree.get(file)
        if entry is None or entry.mode in _PLAIN:
            return entry
        return not_a_plain_file.one(file, "a link" if entry.mode == _LINK else "something else")


class InGit(NamedTuple):
    """Which of some files git tracks, and which of those `git restore` brings back exactly as they are now."""

    tracked: frozenset[FileId] = frozenset()
    restorable: frozenset[FileId] = frozenset()


def in_git(root: Root, files: Iterable[FileId]) -> InGit:
    """Returns what git holds of these files; nothing without git, or outside a repository."""
    if not (files := frozenset(files)):
        return InGit()
    try:
        repository = Repository.around(root.path)
        paths = {file: repository.path_of(root.path, file) for file in files}
        blobs = repository.staged(paths.values())
        disk = DiskFiles(root.path)
    except (OgpcaseError, ValueError):
        return InGit()
    tracked = {file: blobs[path] for file, path in paths.items() if path in blobs}
    same = (file for file, blob in tracked.items() if _blob_of(disk.content(file), blob) == blob)
    return InGit(frozenset(tracked), frozenset(same))


def addable(root: Root, files: Iterable[FileId]) -> list[FileId]:
    """Returns those of some files that `git add` takes: all that git does not ignore; none without git."""
    try:
        repository = Repository.around(root.path)
        paths = {file: repository.path_of(root.path, file) for file in files}
        ignored = repository.ignored(paths.values())
    except (OgpcaseError, ValueError):
        return []
    return [file for file, path in paths.items() if path not in ignored]


def _blob_of(data: bytes | Problem | None, like: str) -> str | None:
    """Returns the id that git gives these bytes, with the hash function of another id; None for no bytes."""
    if not isinstance(data, bytes):
        return None
    whole = b"blob %d\0%b" % (len(data), data)
    return (sha256(whole) if len(like) == sha256().digest_size * 2 else sha1(whole)).hexdigest()  # noqa: S324 - git's own choice


def _holds_half(top: str, whole: Iterable[FileId], later: set[FileId]) -> bool:
    """True if at least half of the records below a folder have names that records had later."""
    start = f"{top}/" if top else ""
    records = [file[len(start) :] for file in whole if file.startswith(start) and file.endswith(RECORD)]
    return 2 * sum(file in later for file in records) >= len(records)


def files_below(files: Files, folder: FileId = "") -> Iterator[FileId]:
    """Yields every plain file below a folder; skips `.git` and follows no links."""
    todo = [folder]
    while todo:
        at = todo.pop()
        entries = files.entries(at)
        for name, sort in () if isinstance(entries, Problem) else entries:
            path = below(at, name)
            if sort is Sort.FOLDER and name != ".git":
                todo.append(path)
            elif sort is Sort.FILE:
                yield path


def changed_files(before: RevisionFiles, after: Files) -> frozenset[FileId]:
    """Returns the files that were added, changed or removed. Raises CannotRead."""
    if isinstance(after, RevisionFiles):
        one, other = before.tree, after.tree
        return frozenset(file for file in one.keys() | other.keys() if one.get(file) != other.get(file))
    new = set(files_below(after))
    old = {file for file, entry in before.tree.items() if entry.mode in _PLAIN}
    return frozenset((new ^ old) | {file for file in new & old if not _same(before, after, file)})


def _same(before: RevisionFiles, after: Files, file: FileId) -> bool:
    if not file.endswith(RECORD):
        return before.digest(file) == after.digest(file)
    both = (before.read(file), after.read(file))  # a checkout may have converted the line ends of a record
    old, new = (data.replace(b"\r\n", b"\n") if isinstance(data, bytes) else data for data in both)
    return old == new
