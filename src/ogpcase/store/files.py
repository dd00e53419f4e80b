"""Reads files of the case folder so that no link, device or huge file can do harm; says which names files may have."""

from __future__ import annotations

import errno
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from unicodedata import normalize

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import CannotRead
from ogpcase.model.ids import LONGEST_ID, RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.store.folders import Folder, ends_badly, has_foreign_character, is_device, is_link, let_go
from ogpcase.store.layout import reason
from ogpcase.store.problems import bad_file_name, ids_differ_only_by_case_or_form, not_a_plain_file, unreadable_file
from ogpcase.yamltree.limits import LARGEST

OURS = ".ogpcase-"
JOURNAL = f"{OURS}journal.json"
"""The name of a transaction's journal in the root."""
"""The names of all temporary files begin with this; readers ignore them."""
RECORD = ".yaml"

_LONGEST_NAME = 255
"""Bytes; the limit of the usual file systems."""


def is_ignored(name: str) -> bool:
    """True for what readers ignore: our work files, a README and `.gitkeep`."""
    return name.startswith(OURS) or name.lower().startswith("readme") or name == ".gitkeep"


def name_problem(file: FileId, name: str, ending: str = "") -> Problem | None:
    """Returns the reason why `name` cannot be an id; `ending` follows it in the file's name."""
    if is_id(name) and not is_device(name):
        return _reserved_party(file, name)
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if not name.isprintable():
        return bad_file_name.one(file, "a name here holds a character that cannot be printed")
    if is_device(name):
        return bad_file_name.one(file, f"`{name}` is a name that Windows reserves for a device", "add a word to it")
    if len(name) > LONGEST_ID:
        why = f"a name of {len(name)} characters is too long for an id"
        return bad_file_name.one(file, why, f"shorten it to at most {LONGEST_ID} characters")
    slug = slug_of(name)
    helps = [f"rename it to `{slug}{ending}`"] if slug else []
    return bad_file_name.one(file, "a name here is not lowercase letters, digits and single hyphens", *helps)


def copy_name_problem(file: FileId, name: str) -> Problem | None:
    """Returns the reason why not every system can hold a file of this name under `sources/`."""
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if has_foreign_character(name):
        return bad_file_name.one(file, "a name here holds a character that not every system allows")
    if is_device(name):
        return bad_file_name.one(file, "a name here is one that Windows reserves for a device")
    if ends_badly(name) or len(name.encode()) > _LONGEST_NAME:
        return bad_file_name.one(file, "a name here ends in a blank or a dot, or is too long, for some systems")
    return None


def twins(folder: FileId, names: Iterable[str]) -> Iterator[Problem]:
    """Yields a problem for each name that some systems take for an earlier name in the folder."""
    listed = tuple(names)
    if all(map(str.isascii, listed)) and len(listed) == len(set(map(str.lower, listed))):
        return  # as nearly always
    first: dict[str, str] = {}
    for name in listed:
        key = normalize("NFC", normalize("NFC", name).casefold())
        if key in first:
            yield ids_differ_only_by_case_or_form.one(below(folder, name), below(folder, first[key]))
        else:
            first[key] = name


def below(folder: FileId, name: str) -> FileId:
    """Returns the path of a name in a folder; the empty string is the root."""
    return f"{folder}/{name}" if folder else name


def _reserved_party(file: FileId, name: str) -> Problem | None:
    if name not in RESERVED_PARTY_IDS or not file.startswith("parties/"):
        return None
    meaning = "that a source names nobody" if name == "unknown" else "whoever reads a call"
    why = f"`{name}` means in records {meaning}, so no party can have this id"
    return bad_file_name.one(file, why, "give the party another id")


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


LARGEST_COPY = 16 * 1024 * 1024
"""Bytes that are read of a copy of a source, at most."""
_CHUNK = 1024 * 1024
"""Bytes to read at a time when a copy is only hashed."""


_HAS_JUNCTIONS = hasattr(os.stat_result, "st_reparse_tag")
"""True on Windows, whose folders may be links of another sort."""
T = TypeVar("T")
_BY_NAME = attrgetter("name")


class Sort(Enum):
    """The type of a folder's entry; links are never followed."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()


class Entry(NamedTuple):
    """A name in a folder, and its type."""

    name: str
    sort: Sort


class Files(Protocol):
    """The files of a case folder, on the disk or in a revision."""

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns a folder's entries by name; none if there is no such folder. The root is `""`."""

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, cut one byte after the largest permitted size; None if there is no such file."""

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of a file other than a record, at most LARGEST_COPY; None if there is no such file."""

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None if there is no such file."""

    def ignored(self) -> frozenset[FileId]:
        """Returns the files and folders that git ignores; a folder stands for all below it."""


class DiskFiles:
    """The files of a folder on the disk; never opens anything outside it. Raises CannotRead."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ignored: frozenset[FileId] | None = None
        self._folders: list[tuple[FileId, Folder]] = []
        self._reached: FileId | None = None
        try:
            self._top = Folder.at(root)
        except OSError as error:
            raise CannotRead(f"`{root}` cannot be read: {reason(error)}") from error

    def __del__(self) -> None:
        if hasattr(self, "_top"):  # not if it was stopped while it was made
            self._forget()
            self._top.close()

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns a folder's entries by name; none if there is no such folder."""
        try:
            with self._open_folder(folder).scan() as entries:
                return tuple(sorted([Entry(entry.name, _sort(entry)) for entry in entries], key=_BY_NAME))
        except FileNotFoundError:
            return ()
        except OSError as error:
            return _refusal(folder, error)

    def names(self, folder: FileId) -> list[str]:
        """Returns the names in a folder; none if it cannot be read."""
        entries = self.entries(folder)
        return [] if isinstance(entries, Problem) else [entry.name for entry in entries]

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, cut one byte after the largest permitted size; None if there is no such file."""
        return self.content(file, LARGEST + 1)

    def content(self, file: FileId, most: int = LARGEST_COPY) -> bytes | Problem | None:
        """Returns the bytes of a file, at most `most`; None if there is no such file."""
        return self._read(file, lambda opened, size: _bytes_of(opened, size, most))

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None if there is no such file."""
        return self._read(file, lambda opened, _: _digest_of(opened))

    def ignored(self) -> frozenset[FileId]:
        """Returns the files and folders that git ignores; a folder stands for all below it. Asks git once."""
        if self._ignored is None:
            from ogpcase.store.git import ignored_below  # slow to import, and seldom needed

            self._ignored = ignored_below(self._root)
        return self._ignored

    def _read(self, file: FileId, take: Callable[[int, int], T]) -> T | Problem | None:
        """Returns what `take` returns for an open file and its size; None if there is no such file."""
        folder, _, name = file.rpartition("/")
        try:
            where = self._open_folder(folder)
            opened = where.open(name)
        except FileNotFoundError:
            return None
        except OSError as error:
            return _refusal(file, error)
        try:
            facts = os.fstat(opened)
            problem = _not_plain(file, facts, opened, where)
            return take(opened, facts.st_size) if problem is None else problem
        except OSError as error:
            return _refusal(file, error)
        finally:
            let_go(opened)

    def _open_folder(self, folder: FileId) -> Folder:
        """Returns an open folder, reached without following links; the folders of the last path stay open."""
        if not folder:
            return self._top
        if folder == self._reached:
            return self._folders[-1][1]
        self._reached = None
        steps = folder.split("/")
        paths = ["/".join(steps[: count + 1]) for count in range(len(steps))]
        kept = sum(1 for path, (known, _) in zip(paths, self._folders, strict=False) if path == known)
        self._forget(kept)
        for path, step in zip(paths[kept:], steps[kept:], strict=True):
            above = self._folders[-1][1] if self._folders else self._top
            self._folders.append((path, above.folder(step)))
        self._reached = folder
        return self._folders[-1][1]

    def _forget(self, kept: int = 0) -> None:
        while len(self._folders) > kept:
            self._folders.pop()[1].close()


def _sort(entry: os.DirEntry[str]) -> Sort:
    if entry.is_file(follow_symlinks=False):
        return Sort.FILE
    if entry.is_dir(follow_symlinks=False):
        return Sort.LINK if _HAS_JUNCTIONS and is_link(entry.stat(follow_symlinks=False)) else Sort.FOLDER
    return Sort.LINK if entry.is_symlink() else Sort.OTHER


def _refusal(file: FileId, error: OSError) -> Problem:
    """Returns the problem of a file that the system does not open: a link, a pipe, or no permission."""
    if error.errno in {errno.ELOOP, errno.ENXIO, errno.ENOTDIR, errno.EISDIR}:
        what = {errno.ELOOP: "a link", errno.EISDIR: "a folder"}.get(error.errno, "something else")
        return not_a_plain_file.one(file, what)
    return unreadable_file.one(file, reason(error))


def _not_plain(file: FileId, facts: os.stat_result, opened: int, where: Folder) -> Problem | None:
    if not stat.S_ISREG(facts.st_mode):
        return not_a_plain_file.one(file, "a folder" if stat.S_ISDIR(facts.st_mode) else "something else")
    if facts.st_nlink > 1 and 1 + _work_names(facts, where) < os.fstat(opened).st_nlink:
        return not_a_plain_file.one(file, "a file with a second name (a hard link)")
    return None


def _work_names(facts: os.stat_result, where: Folder) -> int:
    """Counts the temporary names that an unfinished write of ours gave this file."""
    with where.scan() as entries:
        return sum(1 for entry in entries if entry.name.startswith(OURS) and entry.inode() == facts.st_ino)


def _bytes_of(opened: int, size: int, most: int) -> bytes:
    data = os.read(opened, min(size + 1, most))
    if len(data) == size:
        return data  # one more was asked for: this is the end
    while 0 < len(data) < most and (more := os.read(opened, most - len(data))):
        data += more
    return data


def _digest_of(opened: int) -> str:
    whole = sha256()
    while chunk := os.read(opened, _CHUNK):
        whole.update(chunk)
    return whole.hexdigest()


class ListedFiles(ABC):
    """A folder whose file names are all known."""

    @abstractmethod
    def sorts(self) -> Mapping[FileId, Sort]:
        """Returns the type of each entry that is not a folder."""

    @cached_property
    def _folders(self) -> dict[FileId, dict[str, Sort]]:
        folders: dict[FileId, dict[str, Sort]] = {}
        for file, sort in self.sorts().items():
            folder, _, name = file.rpartition("/")
            folders.setdefault(folder, {})[name] = sort
            while folder:
                folder, _, name = folder.rpartition("/")
                folders.setdefault(folder, {})[name] = Sort.FOLDER
        return folders

    def ignored(self) -> frozenset[FileId]:
        """Returns nothing: git ignores no file that it holds."""
        return frozenset()

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns a folder's entries by name; none if there is no such folder."""
        return tuple(Entry(name, sort) for name, sort in sorted(self._folders.get(folder, {}).items()))


class MemoryFiles(ListedFiles):
    """The files of a folder in memory, by path."""

    def __init__(self, data: Mapping[FileId, bytes]) -> None:
        self.data = data

    def sorts(self) -> Mapping[FileId, Sort]:
        """Returns FILE for each."""
        return dict.fromkeys(self.data, Sort.FILE)

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a file's bytes; None if there is no such file."""
        return self.data.get(file)

    content = read

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file; None if there is no such file."""
        return sha256(self.data[file]).hexdigest() if file in self.data else None
