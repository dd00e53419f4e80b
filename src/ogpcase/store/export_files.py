"""Files and folders for other tools, outside the records: all of them or none, and never over what is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ogpcase.errors import CannotWrite
from ogpcase.store.layout import reason
from ogpcase.store.lock import Stored, undisturbed
from ogpcase.store.save import (
    confirm,
    confirm_folder,
    folder_made,
    folder_of,
    is_left_over,
    place,
    store_file,
    work_name,
    write_and_close,
)

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Modes(NamedTuple):
    """The permissions of new files and folders."""

    file: int
    folder: int


PRIVATE = Modes(0o600, 0o700)
"""For the user alone, who gives it to whom it is meant for."""
PUBLIC = Modes(0o644, 0o755)
"""For everybody to read."""


def write_outside(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Writes files by their path below a folder, which is made where it is missing. Returns where they are.

    Raises:
        CannotWrite: one of them, or the folder it begins with, is there already, or the disk refuses something; then
            none of them is left.
    """
    names = dict.fromkeys(file.split("/", 1)[0] for file in files)
    for name in names:
        if os.path.lexists(folder / name):
            raise _already_there(folder / name)
    try:
        if not os.path.lexists(folder):
            with folder_made(folder.parent):
                fill_new(folder, files, PRIVATE)
        else:
            _fill(folder, files, names)
    except OSError as stopped:
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(stopped)}; nothing was written") from stopped
    return tuple(folder / file for file in files)


def fill_new(folder: Path, files: Mapping[str, str | bytes], modes: Modes) -> None:
    """Makes a folder with files, which has its name only once everything in it is safe on the disk. Raises OSError."""
    work = now = folder.with_name(work_name())
    try:
        fill(work, files, modes)
        with undisturbed():
            work.rename(folder)
            now = folder
            confirm_folder(folder.parent)
            Stored.done = True
    except BaseException:
        _remove(now)
        raise


def fill(work: Path, files: Mapping[str, str | bytes], modes: Modes) -> None:
    """Makes a work folder and writes everything into it, safe on the disk. Raises OSError."""
    work.mkdir(modes.folder)
    for file, content in files.items():
        for above in reversed(Path(file).parents):
            (work / above).mkdir(modes.folder, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        write_and_close(os.open(work / file, _NEW, modes.file), [data])
    for above in {above for file in files for above in Path(file).parents}:
        confirm_folder(work / above)


def _fill(folder: Path, files: Mapping[str, str | bytes], names: Iterable[str]) -> None:
    """Fills a work folder in a folder that is there, then gives all in it their names, or where one fails none."""
    for path in folder.iterdir():
        if is_left_over(path.name):
            shutil.rmtree(path, ignore_errors=True)  # follows no link
    work = folder / work_name()
    placed: list[Path] = []
    try:
        fill(work, files, PRIVATE)
        with folder_of(folder, work.name) as (opened, _), undisturbed():
            for name in names:
                _place(opened, work / name, folder / name)
                placed.append(folder / name)
            confirm(opened)
            Stored.done = True
    except BaseException:
        for path in placed:
            _remove(path)
        raise
    finally:
        _remove(work)


def _place(folder: int, work: Path, path: Path) -> None:
    """Gives a file or a folder its name; a file is never put over another."""
    below = f"{work.parent.name}/{work.name}"
    if work.is_dir():
        os.rename(below, path.name, src_dir_fd=folder, dst_dir_fd=folder)
    elif not place(folder, below, path.name):
        raise _already_there(path)


def _remove(path: Path) -> None:
    """Removes a file, or a folder with everything in it, as far as the disk lets it."""
    for folder, _, names in os.walk(path, topdown=False):
        for name in names:
            with suppress(OSError):
                Path(folder, name).unlink()
        with suppress(OSError):
            Path(folder).rmdir()
    with suppress(OSError):
        path.unlink()


def _already_there(path: Path) -> CannotWrite:
    return CannotWrite(
        f"`{path}` is there already; nothing was written", "move it away, or name another folder with --to"
    )


def differing(folder: Path, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns (name, why) of every file that is missing, not as wanted, or not wanted."""
    found = [(name, _why(folder / name, text)) for name, text in wanted.items()]
    extra = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    more = [(name, "not one of the files that are written there") for name in extra if name not in wanted]
    return [(name, why) for name, why in found if why] + more


def write_all(folder: Path, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Writes every file that is missing or not as wanted, and returns their names; doing it again goes on from there.

    Raises:
        CannotWrite: if the disk refuses one; those before it are written.
    """
    stale = [name for name, text in wanted.items() if _why(folder / name, text)]
    for number, name in enumerate(stale):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            store_file(folder, name, wanted[name], over=True)
        except OSError as error:
            before = f"{number} of {len(stale)} files were written before it" if number else "nothing was written"
            raise CannotWrite(f"`{folder / name}` cannot be written: {reason(error)}; {before}") from error
    return tuple(stale)


def _why(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "not as the models say"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return reason(error)
