"""Files for other tools, in a folder outside the records: all of them or none, and never over what is there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.layout import reason
from ogpcase.store.undisturbed import Stored, undisturbed


def write_outside(folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Writes files by name into a folder, which is made where it is missing. Returns where they are.

    Raises:
        CannotWrite: one of them is there already, or the disk refuses one; then none of them is left.
    """
    taken = next((name for name in files if os.path.lexists(folder / name)), None)
    if taken is not None:
        raise _taken(folder / taken)
    made = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    written: list[Path] = []
    done = False
    try:
        with undisturbed():
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                _write(folder, name, text)
                written.append(folder / name)
            Stored.done = done = True
    except BaseException as stopped:
        if not done:
            _take_back(written, made)
        if isinstance(stopped, OSError):
            raise CannotWrite(f"`{folder}` cannot be filled: {reason(stopped)}; nothing was written") from stopped
        raise
    return tuple(written)


def _write(folder: Path, name: str, text: str) -> None:
    with folder_of(folder, name) as (below, last), work_file(below, [text.encode()]) as work:
        if not place(below, work, last):
            raise _taken(folder / name)
        confirm(below)


def _taken(path: Path) -> CannotWrite:
    return CannotWrite(
        f"`{path}` is there already; nothing was written", "move it away, or name another folder with --to"
    )


def _take_back(written: list[Path], made: list[Path]) -> None:
    for path in written:
        with suppress(OSError):
            path.unlink()
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
