"""Files and folders for other tools, outside the records: all of them or none, and never over what is there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from ogpcase.errors import CannotWrite
from ogpcase.store.files import OURS
from ogpcase.store.layout import FOLDER_FLAGS, reason
from ogpcase.store.save import confirm, folder_of, place, work_file
from ogpcase.store.signals import Stored, undisturbed

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
                    _place_file(below, work, folder / name)
                    placed.append(folder / name)
                confirm(below)
                Stored.done = True
        except BaseException:
            for path in placed:
                with suppress(OSError):
                    path.unlink()
            raise


def _place_file(below: int, work: str, path: Path) -> None:
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
        _place_folders(work, top, names)
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


def _place_folders(work: Path, top: Path, names: Iterable[str]) -> None:
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
            _write_generated(folder, name, wanted[name])
        except OSError as error:
            before = f"{number} of {len(stale)} files were written before it" if number else "nothing was written"
            raise CannotWrite(f"`{folder / name}` cannot be written: {reason(error)}; {before}") from error
    return tuple(stale)


def _write_generated(folder: Path, name: str, text: str) -> None:
    with folder_of(folder, name, make=True) as (below, last), work_file(below, [text.encode()]) as work, undisturbed():
        os.rename(work, last, src_dir_fd=below, dst_dir_fd=below)
        Stored.done = True
        confirm(below)


def _why(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "not as the models say"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return reason(error)
