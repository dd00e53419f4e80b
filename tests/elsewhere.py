"""A system that lacks what Windows lacks, for the program alone: with OGPCASE_ELSEWHERE=1 the tests run it there.

Its modules then see an `os` without folders that can be opened (`dir_fd`), without the calls, signals and flags of
POSIX, and with the manners of Windows: a rename never replaces, and no file is removed or renamed while it is open.
"""

from __future__ import annotations

import builtins
import errno
import os
import signal
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

ELSEWHERE = bool(os.environ.get("OGPCASE_ELSEWHERE"))
MISSING_MODULES = frozenset({"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"})
_MISSING_FLAGS = ("O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK")
_MISSING_CALLS = (
    "chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid", "kill",
    "killpg", "lchown", "mkfifo", "pread", "setsid", "sysconf",
)  # fmt: skip
_MISSING_SIGNALS = ("SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGSTOP", "pthread_sigmask", "setitimer", "ITIMER_REAL")
_AT = frozenset({"dir_fd", "src_dir_fd", "dst_dir_fd"})


class _Lacking(ModuleType):
    """A module without some of its names, and with others replaced."""

    def __init__(self, real: ModuleType, missing: tuple[str, ...], instead: Mapping[str, Any]) -> None:
        super().__init__(real.__name__)
        self._real = real
        self._missing = missing
        self.__dict__.update(instead)

    def __getattr__(self, name: str) -> Any:
        if name in self._missing:
            raise AttributeError(f"module {self._real.__name__!r} has no attribute {name!r} here")
        return getattr(self._real, name)


_open: dict[int, str] = {}
"""The paths of the files that the program has open, by descriptor."""


def _by_path_alone(name: str) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        if any(named.get(at) is not None for at in _AT):
            raise NotImplementedError(f"{name}: dir_fd unavailable on this platform")
        return getattr(os, name)(*arguments, **named)

    return call


def _opened(path: str | os.PathLike[str], flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
    if dir_fd is not None:
        raise NotImplementedError("open: dir_fd unavailable on this platform")
    if os.path.isdir(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
    number = os.open(path, flags, mode)
    _open[number] = os.path.realpath(path)
    return number


def _closed(number: int) -> None:
    _open.pop(number, None)
    os.close(number)


def _listed(path: str | os.PathLike[str] = ".") -> Any:
    if isinstance(path, int):
        raise TypeError("scandir: path should be string, bytes, os.PathLike or None, not int")
    return os.scandir(path)


def _refuse_open(*paths: str | os.PathLike[str]) -> None:
    real = [os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path)) for path in paths]
    if any(held == path or held.startswith(f"{path}{os.sep}") for held in _open.values() for path in real):
        raise PermissionError(errno.EACCES, "the file is used by another process", os.fspath(paths[0]))


def _unlinked(path: str | os.PathLike[str], *, dir_fd: int | None = None) -> None:
    if dir_fd is not None:
        raise NotImplementedError("unlink: dir_fd unavailable on this platform")
    _refuse_open(path)
    os.unlink(path)


def _replaced(old: str, new: str, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
    if src_dir_fd is not None or dst_dir_fd is not None:
        raise NotImplementedError("replace: dir_fd unavailable on this platform")
    _refuse_open(old, new)
    os.replace(old, new)


def _renamed(old: str, new: str, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
    if os.path.lexists(new):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), old, None, new)
    _replaced(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)


_OS = _Lacking(
    os,
    (*_MISSING_FLAGS, *_MISSING_CALLS),
    {name: _by_path_alone(name) for name in ("link", "mkdir", "rmdir", "stat")}
    | {"open": _opened, "close": _closed, "scandir": _listed, "unlink": _unlinked, "remove": _unlinked}
    | {"replace": _replaced, "rename": _renamed, "supports_dir_fd": set(), "supports_fd": set()},
)
_INSTEAD = {"os": _OS, "signal": _Lacking(signal, _MISSING_SIGNALS, {})}


def move_there() -> None:
    """Lets every module of the program that is imported from now on see that system."""
    real = builtins.__import__

    def imported(name: str, globals: Mapping[str, Any] | None = None, *more: Any, **named: Any) -> Any:  # noqa: A002 - so it is called
        if str((globals or {}).get("__name__", "")).partition(".")[0] == "ogpcase":
            if name in MISSING_MODULES:
                raise ModuleNotFoundError(f"No module named {name!r} here", name=name)
            if name in _INSTEAD:
                return _INSTEAD[name]
        return real(name, globals, *more, **named)

    builtins.__import__ = imported
