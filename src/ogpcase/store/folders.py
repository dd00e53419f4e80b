"""A folder in use: every name in it is one step, and no link is followed.

Where the system has calls that begin at an open folder (`dir_fd`), a folder that somebody moves or replaces by a link
meanwhile cannot lead outside. Elsewhere, as on Windows, each step is looked at before it is taken.
"""

from __future__ import annotations

import errno
import ntpath
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from ogpcase.store.system import WINDOWS

_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "123456789¹²³"}
)
"""Names that Windows reserves for devices, with any ending."""
_NOWHERE_ELSE = frozenset('/\\:*?"<>|')


def is_device(name: str) -> bool:
    """True if Windows takes a name for a device, as `con` and `con.pdf`."""
    return name.partition(".")[0].rstrip(" ").lower() in _DEVICES


def has_foreign_character(name: str) -> bool:
    """True if a name has a character that Windows does not allow in names."""
    return not name.isprintable() or bool(_NOWHERE_ELSE & set(name))


def ends_badly(name: str) -> bool:
    """True if Windows drops the end of a name: a blank or a dot."""
    return name.endswith((" ", "."))


HAS_DESCRIPTORS = {os.open, os.stat, os.mkdir, os.rename, os.link, os.unlink, os.rmdir} <= os.supports_dir_fd
"""True if this system has calls that begin at an open folder."""
_ALIKE = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""No flag here may be missing on a system, and each stands for `os.open` of files with their own line ends."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
FOLDER = os.O_RDONLY | _ALIKE | getattr(os, "O_DIRECTORY", 0)
"""For folders, which Windows does not open."""
READING = os.O_RDONLY | _ALIKE | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
"""For files to read: does not wait for a pipe."""
LOCK_FILE = os.O_RDWR | os.O_CREAT | _ALIKE | _NO_LINK
"""For a file that is only there to be locked."""
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _ALIKE | _NO_LINK
"""For new files: fails if the name exists."""
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL})
"""The errors of file systems without hard links."""
_BUSY = 1.0
"""Seconds for which another program, as a virus scanner, may keep Windows from replacing or deleting a file."""
_PAUSE = 0.05
_STANDS_FOR_ANOTHER = 0x20000000
"""The bit of Windows' reparse tags that links and junctions have, and files that OneDrive fetches have not."""


class Folder:
    """An open folder, by its descriptor. Every method raises OSError."""

    def __init__(self, path: str | os.PathLike[str], descriptor: int | None = None) -> None:
        """`path` is where the folder was found; with a descriptor it is not used again."""
        self._path = os.fspath(path)
        self._descriptor = descriptor

    @staticmethod
    def at(path: str | os.PathLike[str]) -> Folder:
        """Opens the folder at a path, which may be a link to one."""
        if HAS_DESCRIPTORS:
            return Folder(path, os.open(path, FOLDER))
        if not stat.S_ISDIR(os.stat(plain := reachable(path)).st_mode):  # noqa: PTH116 - as it is: a text
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(path))
        return NamedFolder(plain)

    def folder(self, name: str) -> Folder:
        """Opens a folder in this one; NotADirectoryError for a link."""
        return Folder(name, os.open(_step(name), FOLDER | _NO_LINK, dir_fd=self._descriptor))

    def close(self) -> None:
        """Gives the folder up."""
        if self._descriptor is not None:
            let_go(self._descriptor)

    def scan(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        """Returns the entries, for a `with`."""
        assert self._descriptor is not None
        return os.scandir(self._descriptor)

    def open(self, name: str) -> int:
        """Opens a file to read; ELOOP for a link."""
        return os.open(_step(name), READING | _NO_LINK, dir_fd=self._descriptor)

    def create(self, name: str, mode: int) -> int:
        """Creates a file and opens it to write."""
        return os.open(self._named(name), NEW, mode, dir_fd=self._descriptor)

    def facts(self, name: str) -> os.stat_result:
        """Returns what the system knows of a name, which may be a link's."""
        return os.stat(self._named(name), dir_fd=self._descriptor, follow_symlinks=False)

    def has(self, name: str) -> bool:
        """True if anything has that name, even a broken link."""
        try:
            self.facts(name)
        except FileNotFoundError:
            return False
        return True

    def make(self, name: str, mode: int) -> None:
        """Creates a folder."""
        os.mkdir(self._named(name), mode, dir_fd=self._descriptor)

    def remove_folder(self, name: str) -> None:
        """Removes an empty folder."""
        os.rmdir(self._named(name), dir_fd=self._descriptor)

    def unlink(self, name: str) -> None:
        """Removes a file."""
        os.unlink(self._named(name), dir_fd=self._descriptor)

    def replace(self, old: str, new: str) -> None:
        """Gives a file a name that another one has."""
        at = self._descriptor
        os.replace(self._named(old), self._named(new), src_dir_fd=at, dst_dir_fd=at)

    def rename(self, old: str, new: str) -> None:
        """Gives a file or a folder a name that nothing had when the caller looked; Windows never replaces."""
        at = self._descriptor
        os.rename(self._named(old), self._named(new), src_dir_fd=at, dst_dir_fd=at)

    def place(self, old: str, new: str) -> bool:
        """Gives a file a second name, or where there are no hard links another one; False if the name is taken."""
        try:
            self._link(old, new)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            # Without hard links: look first, then rename. `locked` keeps other runs out, but not other programs.
            if self.has(new):
                return False
            self.rename(old, new)
        return True

    def sync(self) -> None:
        """Waits until the disk holds the folder's names; ignores file systems that cannot do so."""
        assert self._descriptor is not None
        try:
            os.fsync(self._descriptor)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise

    def _named(self, name: str) -> str:
        return name

    def _link(self, old: str, new: str) -> None:
        at = self._descriptor
        os.link(old, new, src_dir_fd=at, dst_dir_fd=at, follow_symlinks=False)


class NamedFolder(Folder):
    """A folder by its path, for systems without descriptors of folders: each step is looked at before it is taken."""

    def folder(self, name: str) -> Folder:
        """Finds a folder in this one; NotADirectoryError for a link."""
        facts = self.facts(_step(name))
        if is_link(facts) or not stat.S_ISDIR(facts.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
        return NamedFolder(self._named(name))

    def scan(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        """Returns the entries, for a `with`."""
        return os.scandir(self._path)

    def open(self, name: str) -> int:
        """Opens a file to read; ELOOP for a link, EISDIR for a folder."""
        facts = self.facts(_step(name))
        if is_link(facts):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), name)
        if not stat.S_ISREG(facts.st_mode):
            is_folder = stat.S_ISDIR(facts.st_mode)
            raise OSError(errno.EISDIR if is_folder else errno.ENXIO, "this is not a plain file", name)
        return os.open(self._named(name), READING)

    def unlink(self, name: str) -> None:
        """Removes a file."""
        _patiently(lambda: Folder.unlink(self, name))

    def replace(self, old: str, new: str) -> None:
        """Gives a file a name that another one has."""
        _patiently(lambda: Folder.replace(self, old, new))

    def sync(self) -> None:
        """Does nothing: only an open folder can be waited for."""

    def _named(self, name: str) -> str:
        """Returns the path of a name. EINVAL for a name that the system would take for a device or another place."""
        if is_device(name) or has_foreign_character(name.replace("/", "")) or ends_badly(name):
            raise OSError(errno.EINVAL, "not every system can hold a file of this name", name)
        return os.path.join(self._path, *name.split("/"))  # noqa: PTH118 - as it is: a Path would drop what it knows

    def _link(self, old: str, new: str) -> None:
        os.link(self._named(old), self._named(new))


def reachable(path: str | os.PathLike[str]) -> str:
    """Returns a path as Windows takes it at any length; on other systems, as it is."""
    return extended(os.path.abspath(path)) if WINDOWS else os.fspath(path)  # noqa: PTH100 - never raises


def extended(path: str) -> str:
    r"""Returns an absolute path of Windows with `\\?\`, which lifts the limit of 260 characters."""
    path = ntpath.normpath(path)
    if path.startswith(("\\\\?\\", "\\\\.\\")):
        return path
    return f"\\\\?\\UNC\\{path[2:]}" if path.startswith("\\\\") else f"\\\\?\\{path}"


def is_link(facts: os.stat_result) -> bool:
    """True for a link, and for a junction of Windows."""
    return stat.S_ISLNK(facts.st_mode) or bool(getattr(facts, "st_reparse_tag", 0) & _STANDS_FOR_ANOTHER)


def let_go(opened: int) -> None:
    """Closes what was only read: whatever the disk says to that, nothing is lost."""
    try:  # noqa: SIM105 - every file that is read comes here, and `suppress` is slow
        os.close(opened)
    except OSError:
        pass


def _step(name: str) -> str:
    """Returns one name of a path; EINVAL for `..` and the like, which would leave the folder."""
    if name in {"", ".", ".."} or "/" in name:
        raise OSError(errno.EINVAL, "this is not the name of a file")
    return name


def _patiently(act: Callable[[], None]) -> None:
    """Acts again for a while if Windows says that another program has the file open."""
    until = time.monotonic() + _BUSY
    while True:
        try:
            return act()
        except PermissionError:
            if not WINDOWS or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
