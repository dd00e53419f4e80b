"""A shelf in the user's own cache folder: texts by key, which may be gone, damaged or old at any time.

Never in the repository, where a pull request could plant it, and never trusted: a file that is not the user's alone, a
row that does not fit its checksum, and any fault of the database are all as if nothing were there.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")

MOST = 64 * 1024 * 1024
"""Bytes of texts that are kept; beyond these, what was used longest ago goes."""
_KEYS_AT_ONCE = 500
_PATIENCE = 2.0
"""Seconds to wait for another program that writes to the shelf."""
_COLUMNS = "key TEXT PRIMARY KEY, value TEXT NOT NULL, sum TEXT NOT NULL, turn INTEGER NOT NULL"
_TABLE = f"CREATE TABLE IF NOT EXISTS kept ({_COLUMNS})"


def shelf_folder() -> Path | None:
    """Returns the folder for caches, as the XDG base directory specification has it; None where there is no home."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given) / "ogpcase"
    home = os.environ.get("HOME", "")
    return Path(home) / ".cache" / "ogpcase" if home and Path(home).is_absolute() else None


class Shelf:
    """Texts by key in one file of the user's cache folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, name: str, case_folder: Path) -> Shelf | None:
        """Returns the shelf of this name; None where it would stand in the repository of the case folder."""
        folder = shelf_folder()
        if folder is None or _inside(folder, _repository(case_folder)):
            return None
        return cls(folder / f"{name}.sqlite")

    def get(self, keys: Iterable[str]) -> dict[str, str]:
        """Returns the texts that are there; a row that was changed by anything but `put` is not."""
        if not _is_ours(self._path.parent, stat.S_ISDIR) or not _is_ours(self._path, stat.S_ISREG):
            return {}
        return self._tried(lambda database: _found(database, list(keys))) or {}

    def put(self, texts: Mapping[str, str], used: Iterable[str] = ()) -> None:
        """Keeps texts, and marks others as used; what cannot be kept is not."""
        if texts and _made(self._path):
            self._tried(lambda database: _kept(database, texts, list(used)))

    def _tried(self, work: Callable[[Connection], T]) -> T | None:
        """Returns what comes of work on the database; None after any fault of it, of which nothing is said."""
        try:
            import sqlite3  # only a large folder has a use for it
        except ImportError:
            return None
        try:
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as database, database:
                return work(database)
        except (sqlite3.Error, OSError, ValueError, TypeError) as fault:
            if "not a database" in str(fault) or "malformed" in str(fault):
                with suppress(OSError):
                    self._path.unlink()  # it would never be of use again
            return None


def _found(database: Connection, wanted: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(wanted), _KEYS_AT_ONCE):
        some = wanted[at : at + _KEYS_AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = database.execute(f"SELECT key, value, sum FROM kept WHERE key IN ({marks})", some)  # noqa: S608 - question marks alone
        found |= {key: value for key, value, told in rows if told == _sum(key, value)}
    return found


def _kept(database: Connection, texts: Mapping[str, str], used: list[str]) -> None:
    database.execute(_TABLE)
    (turn,) = database.execute("SELECT coalesce(max(turn), 0) + 1 FROM kept").fetchone()
    rows = [(key, value, _sum(key, value), turn) for key, value in texts.items()]
    database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)
    database.executemany("UPDATE kept SET turn = ? WHERE key = ?", [(turn, key) for key in used])
    _let_go(database)


def _sum(key: object, value: object) -> str:
    return sha256(f"{key}\n{value}".encode("utf-8", "surrogatepass")).hexdigest()


def _let_go(database: Connection) -> None:
    """Removes what was used longest ago, until the rest is no more than is kept."""
    (size,) = database.execute("SELECT coalesce(sum(length(value)), 0) FROM kept").fetchone()
    turns = database.execute("SELECT turn, sum(length(value)) FROM kept GROUP BY turn ORDER BY turn").fetchall()
    for turn, freed in turns[:-1]:
        if size <= MOST:
            return
        database.execute("DELETE FROM kept WHERE turn = ?", (turn,))
        size -= freed


def _made(path: Path) -> bool:
    """Makes the folder and the file where they are not there yet; false where they are not the user's alone."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent, stat.S_ISDIR):
            return False
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        os.close(os.open(path, flags, 0o600))
    except OSError:
        return False
    return _is_ours(path, stat.S_ISREG)


def _is_ours(path: Path, is_sort: object) -> bool:
    """True when this is no link, is of that sort, belongs to the user, and nobody else may write to it."""
    try:
        facts = path.lstat()
    except OSError:
        return False
    alone = facts.st_uid == os.geteuid() and not facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return bool(is_sort(facts.st_mode)) and alone and (stat.S_ISDIR(facts.st_mode) or facts.st_nlink == 1)  # type: ignore[operator]  # one of `stat`'s questions


def _repository(case_folder: Path) -> Path:
    """Returns the top of the repository that a case folder stands in, else the folder that holds it."""
    real = Path(os.path.realpath(case_folder))
    return next((each for each in (real, *real.parents) if os.path.lexists(each / ".git")), real.parent)


def _inside(path: Path, top: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(top)
