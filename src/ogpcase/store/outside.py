"""Files for other tools, in a folder outside the records: all of them or none, and never over what is there.

They are for the user alone, who gives them to whom they are meant for. A folder that was not there appears with all
its files in one step; into one that is there each file goes in a step of its own, when all are safe on the disk.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import confirm, folder_of, place, work_file
from ogpcase.store.layout import reason
from ogpcase.store.names import OURS
from ogpcase.store.undisturbed import Stored, undisturbed

_MODE = 0o600
_FOLDER_MODE = 0o700


def write_outside(folder: Path, files: Mapping[str, str]) -> tuple[Path, ...]:
    """Writes files by name into a folder, which is made where it is missing. Returns where they are.

    Raises:
        CannotWrite: one of them is there already, or the disk refuses one; then none of them is left.
    """
    taken = next((name for name in files if os.path.lexists(folder / name)), None)
    if taken is not None:
        raise _taken(folder / taken)
    content = {name: text.encode() for name, text in files.items()}
    try:
        (_fill if os.path.lexists(folder) else _appear)(folder, content)
    except OSError as stopped:
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(stopped)}; nothing was written") from stopped
    return tuple(folder / name for name in files)


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files under work names, then gives each its own; takes all of them back where one fails."""
    placed: list[Path] = []
    with ExitStack() as stack:
        below, _ = stack.enter_context(folder_of(folder, "."))
        works = {name: stack.enter_context(work_file(below, [data], _MODE)) for name, data in files.items()}
        try:
            with undisturbed():
                for name, work in works.items():
                    _place(below, work, folder / name)
                    placed.append(folder / name)
                confirm(below)
                Stored.done = True
        except BaseException:
            for path in placed:
                with suppress(OSError):
                    path.unlink()
            raise


def _place(below: int, work: str, path: Path) -> None:
    if not place(below, work, path.name):
        raise _taken(path)


def _appear(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fills a folder under a work name beside the place of the new one, and then gives it its name."""
    made = [each for each in folder.parents if not os.path.lexists(each)]
    work = now = folder.with_name(f"{OURS}{os.getpid()}-{os.urandom(6).hex()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work.mkdir(_FOLDER_MODE)
        before = Stored.done
        _fill(work, files)
        Stored.done = before
        with folder_of(folder.parent, folder.name) as (above, name), undisturbed():
            os.rename(work.name, name, src_dir_fd=above, dst_dir_fd=above)
            now = folder
            confirm(above)
            Stored.done = True
    except BaseException:
        _taken_away(now, files)
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise


def _taken_away(work: Path, files: Mapping[str, bytes]) -> None:
    for name in files:
        with suppress(OSError):
            (work / name).unlink()
    with suppress(OSError):
        work.rmdir()


def _taken(path: Path) -> CannotWrite:
    return CannotWrite(
        f"`{path}` is there already; nothing was written", "move it away, or name another folder with --to"
    )
