"""Folders for other tools, outside the records: each whole at once, all or none, and never into one that is there.

Who reads such a folder reads every file below it, so a file may not join those of an earlier run, nor come late.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import confirm
from ogpcase.store.layout import FOLDER_FLAGS, reason
from ogpcase.store.names import OURS
from ogpcase.store.undisturbed import Stored, undisturbed

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Modes(NamedTuple):
    """The permissions of new files and folders."""

    file: int
    folder: int


PRIVATE = Modes(0o600, 0o700)
"""For the user alone, who gives it to whom it is meant for."""
PUBLIC = Modes(0o644, 0o755)
"""For everybody to read."""


def write_folders(top: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes files by their path below `top`, which is made where it is missing. Returns where they are.

    Raises:
        CannotWrite: a folder that they begin with is there already, or the disk refuses something; then none is left.
    """
    names = tuple(dict.fromkeys(file.split("/", 1)[0] for file in files))
    taken = next((name for name in names if os.path.lexists(top / name)), None)
    if taken is not None:
        raise CannotWrite(
            f"`{top / taken}` is there already; nothing was written", "move it away, or name another folder with --to"
        )
    made = [each for each in (top, *top.parents) if not os.path.lexists(each)]
    work = top / f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"
    try:
        top.mkdir(parents=True, exist_ok=True)
        for folder in made:
            confirm_folder(folder.parent)
        fill(work, files, PRIVATE)
        _place(work, top, names)
    except OSError as stopped:
        raise CannotWrite(f"`{top}` cannot be filled: {reason(stopped)}; nothing was written") from stopped
    finally:
        shutil.rmtree(work, ignore_errors=True)
        for folder in made:  # as long as they are empty
            with suppress(OSError):
                folder.rmdir()
    return tuple(top / file for file in files)


def fill(work: Path, files: Mapping[str, bytes], modes: Modes) -> None:
    """Makes a work folder and writes everything into it, safe on the disk. Raises OSError."""
    work.mkdir(modes.folder)
    for file, content in files.items():
        _write(work, file, content, modes)
    for folder in {above for file in files for above in Path(file).parents}:
        confirm_folder(work / folder)


def _place(work: Path, top: Path, names: Iterable[str]) -> None:
    """Gives each folder its name; where one cannot have it, none keeps its."""
    placed: list[Path] = []
    done = False
    try:
        with undisturbed():
            for name in names:
                (work / name).rename(top / name)
                placed.append(top / name)
            confirm_folder(top)
            Stored.done = done = True
    finally:
        for folder in placed if not done else ():
            shutil.rmtree(folder, ignore_errors=True)


def _write(work: Path, file: str, content: bytes, modes: Modes) -> None:
    for folder in reversed(Path(file).parents):
        (work / folder).mkdir(modes.folder, exist_ok=True)
    with os.fdopen(os.open(work / file, _NEW, modes.file), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def confirm_folder(folder: Path) -> None:
    """Waits until the disk has what was done in a folder. Raises OSError."""
    opened = os.open(folder, FOLDER_FLAGS)
    try:
        confirm(opened)
    finally:
        os.close(opened)
