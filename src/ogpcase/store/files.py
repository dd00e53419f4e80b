"""Bytes of the case folder, read so that no link, device or huge file can do harm; and which names files may have."""

from __future__ import annotations

import errno
import os
import stat
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar
from unicodedata import normalize

from ogpcase.diagnostics import FileId, Problem
from ogpcase.errors import CannotRead
from ogpcase.model.ids import LONGEST_ID, RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.store.layout import FILE_FLAGS, FOLDER_FLAGS, let_go, reason
from ogpcase.store.problems import bad_file_name, ids_differ_only_by_case_or_form, not_a_plain_file, unreadable_file
from ogpcase.yamltree.limits import LARGEST

OURS = ".ogpcase-"
"""Begins the name of every file that a write leaves only for a moment; readers pass over them."""
RECORD = ".yaml"

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789"}
)
"""Names that Windows keeps for devices, whatever follows the first dot."""
_NOWHERE_ELSE = frozenset('\\:*?"<>|')
_LONGEST_NAME = 255
"""Bytes of a file's name, on the usual file systems."""


def is_ignored(name: str) -> bool:
    """True for what readers pass over: our own work files, a README and what keeps an empty folder in git."""
    return name.startswith((OURS, "README")) or name == ".gitkeep"


def name_problem(file: FileId, name: str, ending: str = "") -> Problem | None:
    """Returns what keeps `name` from being an id; `ending` stands after it in the file's name."""
    if is_id(name) and name not in _RESERVED:
        return _reserved_party(file, name)
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if not name.isprintable():
        return bad_file_name.one(file, "a name here holds a character that cannot be printed")
    if name in _RESERVED:
        return bad_file_name.one(file, f"`{name}` is a name that Windows keeps for a device")
    if len(name) > LONGEST_ID:
        why = f"a name of {len(name)} characters is too long for an id"
        return bad_file_name.one(file, why, f"shorten it to at most {LONGEST_ID} characters")
    slug = slug_of(name)
    helps = [f"rename it to `{slug}{ending}`"] if slug else []
    return bad_file_name.one(file, "a name here is not lowercase letters, digits and single hyphens", *helps)


def copy_name_problem(file: FileId, name: str) -> Problem | None:
    """Returns what keeps a copy under `sources/` from being kept under this name on every system."""
    if not _is_utf8(name):
        return bad_file_name.one(file, "a name here is not UTF-8 text")
    if not name.isprintable() or _NOWHERE_ELSE & set(name):
        return bad_file_name.one(file, "a name here holds a character that not every system can keep")
    if name.split(".", 1)[0].lower() in _RESERVED:
        return bad_file_name.one(file, "a name here is one that Windows keeps for a device")
    if name.endswith((" ", ".")) or len(name.encode()) > _LONGEST_NAME:
        return bad_file_name.one(file, "a name here ends in a blank or a dot, or is too long, for some systems")
    return None


def twins(folder: FileId, names: Iterable[str]) -> Iterator[Problem]:
    """Yields a problem for each name that some systems take for an earlier one of the same folder."""
    first: dict[str, str] = {}
    for name in names:
        key = name if name.isascii() and name.islower() else _folded(name)
        if key in first:
            yield ids_differ_only_by_case_or_form.one(below(folder, name), below(folder, first[key]))
        else:
            first[key] = name


def below(folder: FileId, name: str) -> FileId:
    """Returns the path of a name in a folder; the root is the empty string."""
    return f"{folder}/{name}" if folder else name


def _folded(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).casefold())


def _reserved_party(file: FileId, name: str) -> Problem | None:
    if name not in RESERVED_PARTY_IDS or not file.startswith("parties/"):
        return None
    why = f"`{name}` stands in records where a source names nobody, and is no party"
    return bad_file_name.one(file, why, "give the party another id")


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


LARGEST_COPY = 16 * 1024 * 1024
"""Bytes that are read of a kept copy of a source."""
_CHUNK = 1024 * 1024
"""Bytes at a time, of a copy that is only hashed."""


T = TypeVar("T")


class Sort(Enum):
    """What an entry of a folder is; links are never followed."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    OTHER = auto()


class Entry(NamedTuple):
    """A name in a folder and what it is."""

    name: str
    sort: Sort


class Files(Protocol):
    """What loading needs of a case folder, on disk or in a revision."""

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, by name; nothing where there is no such folder. The root is `""`."""

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes; None where there is no such file.

        One byte more than a record may have says that it is too large.
        """

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of a file that is no record, at most LARGEST_COPY; None where there is no such file."""

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None where there is no such file."""


class DiskFiles:
    """The files of a folder on disk; nothing outside it is ever opened. Raises CannotRead where the root cannot be."""

    def __init__(self, root: Path) -> None:
        self._folders: list[tuple[FileId, int]] = []
        self._reached: FileId | None = None
        try:
            self._top = os.open(root, FOLDER_FLAGS)
        except OSError as error:
            raise CannotRead(f"`{root}` cannot be read: {reason(error)}") from error

    def __del__(self) -> None:
        self._forget()
        if hasattr(self, "_top"):
            let_go(self._top)

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, by name; nothing where there is no such folder."""
        try:
            with os.scandir(self._open_folder(folder)) as found:
                return tuple(sorted(Entry(each.name, _sort(each)) for each in found))
        except FileNotFoundError:
            return ()
        except OSError as error:
            return _refusal(folder, error)

    def names(self, folder: FileId) -> list[str]:
        """Returns the names in a folder, in no order; none where it cannot be read."""
        try:
            return os.listdir(self._open_folder(folder))  # noqa: PTH208 - a descriptor is no path
        except OSError:
            return []

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a record's bytes, at most one more than a record may have; None where there is no such file."""
        return self.content(file, LARGEST + 1)

    def content(self, file: FileId, most: int = LARGEST_COPY) -> bytes | Problem | None:
        """Returns the bytes of a file that is no record, at most so many; None where there is no such file."""
        return self._read(file, lambda opened, size: _bytes_of(opened, size, most))

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file of any size; None where there is no such file."""
        return self._read(file, lambda opened, _: _digest_of(opened))

    def _read(self, file: FileId, take: Callable[[int, int], T]) -> T | Problem | None:
        """Returns what `take` makes of an open file and its size; None where there is none, else why not."""
        folder, _, name = file.rpartition("/")
        try:
            where = self._open_folder(folder)
            opened = os.open(_plain(name), FILE_FLAGS, dir_fd=where)
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

    def _open_folder(self, folder: FileId) -> int:
        """Returns a descriptor of a folder, reached without following a link; the last way taken stays open."""
        if not folder:
            return self._top
        if folder == self._reached:
            return self._folders[-1][1]
        self._reached = None
        steps = folder.split("/")
        ways = ["/".join(steps[: count + 1]) for count in range(len(steps))]
        kept = sum(1 for way, (known, _) in zip(ways, self._folders, strict=False) if way == known)
        self._forget(kept)
        for way, step in zip(ways[kept:], steps[kept:], strict=True):
            above = self._folders[-1][1] if self._folders else self._top
            self._folders.append((way, os.open(_plain(step), FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=above)))
        self._reached = folder
        return self._folders[-1][1]

    def _forget(self, kept: int = 0) -> None:
        while len(self._folders) > kept:
            let_go(self._folders.pop()[1])


def _plain(step: str) -> str:
    """Returns a step of a path below the root; `..` would leave it."""
    if step in {"", ".", ".."} or "/" in step:
        raise OSError(errno.EINVAL, "this is no name of a file")
    return step


def _sort(entry: os.DirEntry[str]) -> Sort:
    if entry.is_file(follow_symlinks=False):
        return Sort.FILE
    if entry.is_dir(follow_symlinks=False):
        return Sort.FOLDER
    return Sort.LINK if entry.is_symlink() else Sort.OTHER


def _refusal(file: FileId, error: OSError) -> Problem:
    """Words what the system says when it will not open: a link, a pipe, or a real refusal."""
    if error.errno in {errno.ELOOP, errno.ENXIO, errno.ENOTDIR, errno.EISDIR}:
        what = {errno.ELOOP: "a link", errno.EISDIR: "a folder"}.get(error.errno, "something else")
        return not_a_plain_file.one(file, what)
    return unreadable_file.one(file, reason(error))


def _not_plain(file: FileId, facts: os.stat_result, found: int, where: int) -> Problem | None:
    """Returns the problem with an open file that is not regular or has a second name."""
    if not stat.S_ISREG(facts.st_mode):
        return not_a_plain_file.one(file, "a folder" if stat.S_ISDIR(facts.st_mode) else "something else")
    if facts.st_nlink > 1 and 1 + _work_names(facts, where) < os.fstat(found).st_nlink:
        return not_a_plain_file.one(file, "a file with a second name (a hard link)")
    return None


def _work_names(facts: os.stat_result, where: int) -> int:
    """Counts the names that one of our own writes has given this file besides its own, and not yet taken away."""
    with os.scandir(where) as entries:
        return sum(1 for entry in entries if entry.name.startswith(OURS) and entry.inode() == facts.st_ino)


def _bytes_of(opened: int, size: int, most: int) -> bytes:
    """Returns the bytes of an open file, at most so many."""
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
    """The files of a folder of which all names are known."""

    @abstractmethod
    def sorts(self) -> Mapping[FileId, Sort]:
        """Returns what each entry is that is no folder."""

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

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, by name; nothing where there is no such folder."""
        return tuple(Entry(name, sort) for name, sort in sorted(self._folders.get(folder, {}).items()))


class MemoryFiles(ListedFiles):
    """The files of a folder, by their paths."""

    def __init__(self, data: Mapping[FileId, bytes]) -> None:
        self.data = data

    def sorts(self) -> Mapping[FileId, Sort]:
        """Returns that each is a file."""
        return dict.fromkeys(self.data, Sort.FILE)

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a file's bytes; None where there is no such file."""
        return self.data.get(file)

    content = read

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file; None where there is no such file."""
        return sha256(self.data[file]).hexdigest() if file in self.data else None
