"""The case folder as a commit has it, read through the same protocol as a folder on disk; nothing is checked out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import Misused
from ogpcase.store.files import LARGEST_COPY, Entry, Files, Sort
from ogpcase.store.git import Repository, TreeFile
from ogpcase.store.layout import Root
from ogpcase.store.problems import not_a_plain_file

_PLAIN = {"100644", "100755"}
_LINK = "120000"


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


class RevisionFiles:
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

    @cached_property
    def _folders(self) -> dict[FileId, dict[str, Sort]]:
        found: dict[FileId, dict[str, Sort]] = {}
        for file, entry in self.tree.items():
            folder, _, name = file.rpartition("/")
            sort = Sort.LINK if entry.mode == _LINK else Sort.FILE if entry.mode in _PLAIN else Sort.OTHER
            found.setdefault(folder, {})[name] = sort
            while folder:
                folder, _, name = folder.rpartition("/")
                found.setdefault(folder, {})[name] = Sort.FOLDER
        return found

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, by name; nothing where there is no such folder."""
        return tuple(Entry(name, sort) for name, sort in sorted(self._folders.get(folder, {}).items()))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, at most one more than a record may have; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        if entry.blob not in self._texts:
            records = {each.blob for path, each in self.tree.items() if path.endswith(".yaml") and each.mode in _PLAIN}
            wanted = sorted((records | {entry.blob}) - self._texts.keys())
            for blob, parts in self.repository.contents(wanted):
                self._texts[blob] = b"".join(parts)
        return self._texts[entry.blob]

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of a file that is no record, at most LARGEST_COPY; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        parts = (part for _, several in self.repository.contents([entry.blob], LARGEST_COPY) for part in several)
        return b"".join(parts)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None where there is no such file."""
        entry = self._plain(file)
        if not isinstance(entry, TreeFile):
            return entry
        if entry.blob not in self._digests:
            for blob, parts in self.repository.contents([entry.blob], None):
                whole = sha256()
                for part in parts:
                    whole.update(part)
                self._digests[blob] = whole.hexdigest()
        return self._digests[entry.blob]

    def _plain(self, file: FileId) -> TreeFile | Problem | None:
        entry = self.tree.get(file)
        if entry is None or entry.mode in _PLAIN:
            return entry
        return not_a_plain_file.one(file, "a link" if entry.mode == _LINK else "something else")


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
    if file.endswith(".yaml"):
        return before.read(file) == after.read(file)
    return before.digest(file) == after.digest(file)
