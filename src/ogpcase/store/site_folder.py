"""Writes the register into a folder that ogpcase owns, completely or not at all.

A file in the folder marks it as ours. Files are written one by one as they are made, since all of them together may be
larger than the memory. Two renames replace an old register; a run that is killed between them leaves the old one beside
it, and the next run renames it back.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from ogpcase.errors import CannotWrite
from ogpcase.store.files import OURS
from ogpcase.store.folders import NEW, reachable
from ogpcase.store.layout import Root, reason
from ogpcase.store.lock import Stored, locked
from ogpcase.store.save import FILE_MODE, FOLDER_MODE, confirm_folder, folder_made
from ogpcase.store.system import undisturbed

MARKER = f"{OURS}site"
"""The file by which a folder is known to be ours."""
_SAYS = b"Made by `ogpcase site`, which replaces everything in this folder.\n"


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Yields where a register may be written that is there only as long as it is looked at."""
    with TemporaryDirectory(prefix="ogpcase-site-") as made:
        yield Path(made) / "register"


def register_folder(folder: Path, case_folder: Path) -> Path:
    """Returns where the register is written. Raises CannotWrite where that is not free, and not a register of ours."""
    target = Path(os.path.realpath(folder))
    top = Path(os.path.realpath(case_folder))
    if target.is_relative_to(top) or top.is_relative_to(target):
        raise CannotWrite(
            f"`{folder}` is or holds the case folder, or is in it; nothing was written",
            "name a folder of its own for the register",
        )
    if os.path.lexists(target / ".git"):
        raise CannotWrite(
            f"`{folder}` is the top of a repository, and would be replaced; nothing was written",
            "name a folder in the repository",
        )
    try:
        is_free = not os.path.lexists(target) or _is_ours(target)
    except OSError as error:
        raise CannotWrite(f"`{folder}` cannot be read: {reason(error)}; nothing was written") from error
    if not is_free:
        raise CannotWrite(
            f"`{folder}` exists and is no register of ours; nothing was written",
            "name another folder, or a new one",
        )
    return target


def replace_register(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes all files in place of those of before, and returns how many. Raises CannotWrite."""
    try:
        with folder_made(target.parent), locked(Root(target.parent, str(target.parent))):
            return _replace(target, files)
    except OSError as stopped:
        raise CannotWrite(f"`{target}` cannot be written: {reason(stopped)}; nothing was changed") from stopped


def _is_ours(target: Path) -> bool:
    return target.is_dir() and (not any(target.iterdir()) or (target / MARKER).is_file())


def _replace(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    before = target.with_name(f"{OURS}before-{target.name}")
    work = target.with_name(f"{OURS}new-{target.name}")
    _tidy(target, before, work)
    try:
        number = _fill(work, files)
        if sys.platform != "win32":  # which cannot ask the whole disk
            os.sync()
        with undisturbed():
            if os.path.lexists(target):
                target.rename(before)
            work.rename(target)
            Stored.done = True
            confirm_folder(target.parent)
    finally:
        with suppress(OSError):
            _tidy(target, before, work)
    return number


def _tidy(target: Path, before: Path, work: Path) -> None:
    """Brings back the old register where a killed run left none, and removes what is left of earlier runs."""
    if os.path.lexists(before) and not os.path.lexists(target):
        before.rename(target)
    for left in (before, work):
        if os.path.lexists(left):
            shutil.rmtree(left)


def _fill(work: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes files into a new folder; the disk is asked once, when all are there."""
    made: set[str] = set()
    number = 0
    for path, data in chain([(MARKER, _SAYS)], files):
        above = path.rpartition("/")[0]
        if above not in made:
            (work / above).mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            made.add(above)
        with os.fdopen(os.open(reachable(work / path), NEW, FILE_MODE), "wb") as file:
            file.write(data)
        number += 1
    return number
