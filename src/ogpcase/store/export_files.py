"""Writes folders outside the case folder, completely or not at all: exports, the public copy, and its register.

An export never overwrites anything. Two renames replace a public copy or a register; a run that is killed between them
leaves the old one under another name, which the next run renames back, and under which a copy is read until then. A
third rename places what `publish` says of its changes; if it is killed before that, the next run does it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.errors import BrokenInstallation, CannotRead, CannotWrite, Misused
from ogpcase.store.files import OURS, DiskFiles, MemoryFiles
from ogpcase.store.folders import NEW, Folder, reachable
from ogpcase.store.git import Repository, files_below
from ogpcase.store.layout import ROOT_NAME, Root, if_refused, reason
from ogpcase.store.load import load_settings
from ogpcase.store.lock import Stored, locked
from ogpcase.store.save import (
    FILE_MODE,
    FOLDER_MODE,
    confirm_folder,
    folder_made,
    folder_of,
    is_stale,
    store_file,
    sweep_beside,
    work_name,
    write_and_close,
)
from ogpcase.store.system import undisturbed

CHANGES_NAME = "changes"
"""The folder beside a copy that says what each run of `publish` changed."""
_COPY = f"{OURS}publish-"
_BEFORE = f"{OURS}published-before"
_CHANGES = f"{OURS}changes-"
"""A file of `changes/` that waits for the copy that it is about."""


MARKER = f"{OURS}site"
"""The file by which a folder is known to be ours."""
_SAYS = b"Made by `ogpcase site`, which replaces everything in this folder.\n"


class Modes(NamedTuple):
    """The permissions of new files and folders."""

    file: int
    folder: int


PRIVATE = Modes(0o600, 0o700)
"""Only the user can read."""
PUBLIC = Modes(FILE_MODE, FOLDER_MODE)
"""Whoever the user's mask admits can read."""


def write_outside(folder: Path, files: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    """Writes files into a folder, which is created if it is missing; returns their paths. Raises CannotWrite."""
    names = dict.fromkeys(file.split("/", 1)[0] for file in files)
    for name in names:
        if os.path.lexists(folder / name):
            raise _already_there(folder / name)
    is_new = not os.path.lexists(folder)
    try:
        if is_new:
            with folder_made(folder.parent):
                fill_new(folder, files, PRIVATE)
        else:
            _fill(folder, files, names)
    except OSError as stopped:
        left = not is_new and any(os.path.lexists(folder / name) for name in names)
        said = "a part of it was written and could not be taken away" if left else "nothing was written"
        raise CannotWrite(f"`{folder}` cannot be filled: {reason(stopped)}; {said}") from stopped
    return tuple(folder / file for file in files)


def fill_new(folder: Path, files: Mapping[str, str | bytes], modes: Modes) -> None:
    """Creates a folder with files; it gets its name when everything in it is on the disk. Raises OSError."""
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
    """Creates a work folder, writes all files and waits until the disk holds them. Raises OSError."""
    work.mkdir(modes.folder)
    for file, content in files.items():
        for above in reversed(Path(file).parents):
            (work / above).mkdir(modes.folder, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        write_and_close(os.open(reachable(work / file), NEW, modes.file), [data])
    for above in {above for file in files for above in Path(file).parents}:
        confirm_folder(work / above)


def _fill(folder: Path, files: Mapping[str, str | bytes], names: Iterable[str]) -> None:
    """Fills a work folder inside an existing folder, then renames everything in it; on a failure, nothing."""
    work = folder / work_name()
    placed: list[Path] = []
    try:
        fill(work, files, PRIVATE)
        now = work.stat().st_mtime
        for stale in [path for path in folder.iterdir() if is_stale(path, now)]:
            shutil.rmtree(stale, ignore_errors=True)  # follows no link
        with folder_of(folder, work.name) as (opened, _), undisturbed():
            for name in names:
                _place(opened, work / name, folder / name)
                placed.append(folder / name)
            opened.sync()
            Stored.done = True
    except BaseException:
        for path in placed:
            _remove(path)
        raise
    finally:
        _remove(work)


def _place(folder: Folder, work: Path, path: Path) -> None:
    below = f"{work.parent.name}/{work.name}"
    if work.is_dir():
        folder.rename(below, path.name)
    elif not folder.place(below, path.name):
        raise _already_there(path)


def _remove(path: Path) -> None:
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
        f"`{path}` already exists; nothing was written", "move it away, or name another folder with --to"
    )


def differing(folder: Path, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns (name, reason) of every file that is missing, different or not wanted."""
    states = [(name, _difference(folder / name, text)) for name, text in wanted.items()]
    extra = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    more = [(name, "not one of the files that are written there") for name in extra if name not in wanted]
    return [(name, reason_) for name, reason_ in states if reason_] + more


def write_all(folder: Path, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Writes every file that is missing or different, and returns their names. Raises CannotWrite."""
    stale = [name for name, text in wanted.items() if _difference(folder / name, text)]
    written: list[str] = []
    if not stale:
        return ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(Root(folder, str(folder))):
            sweep_beside(folder, wanted)
            for name in stale:
                store_file(folder, name, wanted[name], over=True)
                written.append(name)
    except OSError as error:
        failed = folder / stale[len(written)] if len(written) < len(stale) else folder
        before = f"{len(written)} of {len(stale)} files were written before it" if written else "nothing was written"
        raise CannotWrite(f"`{failed}` cannot be written: {reason(error)}; {before}") from error
    return tuple(stale)


def _difference(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "not as the models say"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return reason(error)


def copy_folder(folder: Path, working: Root) -> Path:
    """Returns `DIR/cases` for the copy of a working folder. Raises Misused, CannotWrite, CannotRead."""
    with if_refused(f"`{folder}` cannot be used", so="; nothing was written"):
        target = Path(os.path.realpath(folder)) / ROOT_NAME
        if any(
            (top / "HEAD").is_file() and (top / "objects").is_dir() and (top / "refs").is_dir()
            for top in target.parents
        ):
            raise Misused(
                f"`{folder}` is among git's own files; nothing was written", "name a folder outside of every `.git`"
            )
        real = Path(os.path.realpath(working.path))
        top = next((top for top in (real, *real.parents) if (top / ".git").exists()), real)
        if target.is_relative_to(top) or top.is_relative_to(target):
            raise Misused(
                f"`{folder}` is inside the repository of the working folder; nothing was written",
                "a public copy is a repository of its own: name a folder outside",
            )
        if _shares_history(target.parent, working.path):
            raise Misused(
                f"`{folder}` is in a copy of the working folder's own repository; nothing was written",
                "its earlier commits hold what is withheld: begin a new repository elsewhere with `git init`",
            )
        if (target / ".git").exists():
            raise CannotWrite(
                f"`{folder / ROOT_NAME}` is the top of a repository, and would be replaced; nothing was written",
                f"keep the repository in `{folder}`, one folder above",
            )
        is_folder = target.is_dir() and not target.is_symlink()
        is_free = is_folder and (not any(target.iterdir()) or load_settings(DiskFiles(target)).settings.public_copy)
        if os.path.lexists(target) and not is_free:
            raise CannotWrite(
                f"`{folder / ROOT_NAME}` exists and is not a public copy; nothing was written", "name another folder"
            )
        return target


def present_copy(target: Path) -> dict[FileId, bytes]:
    """Returns the bytes of all files of a copy; none if no copy exists yet. Raises CannotRead."""
    present: dict[FileId, bytes] = {}
    folder = next((path for path in (target, target.with_name(_BEFORE)) if path.is_dir()), None)
    files = DiskFiles(folder) if folder is not None else MemoryFiles({})
    for file in files_below(files):
        data = files.content(file)
        if not isinstance(data, bytes):
            raise CannotRead(f"`{target / file}` cannot be read")
        present[file] = data
    return present


def present_changes(target: Path) -> dict[str, bytes]:
    """Returns the bytes of all files in `changes` beside a copy, by their path there. Raises CannotRead."""
    folder = target.with_name(CHANGES_NAME)
    present: dict[str, bytes] = {}
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise CannotRead(f"`{folder}` is not a folder", "move it away")
    files = DiskFiles(folder) if folder.is_dir() else MemoryFiles({})
    waiting = {path.name.removeprefix(_CHANGES): path for path in _waiting(target)}
    for file in files_below(files):
        data = files.content(file, sys.maxsize) if isinstance(files, DiskFiles) else None
        if not isinstance(data, bytes):
            raise CannotRead(f"`{folder / file}` cannot be read, so it cannot be searched")
        present[file] = data
    try:
        return present | {name: path.read_bytes() for name, path in waiting.items()}
    except OSError as error:
        raise CannotRead(f"`{error.filename}` cannot be read: {reason(error)}") from error


def _waiting(target: Path) -> list[Path]:
    """Returns the files of changes whose copy is in its place, and that a killed run did not place."""
    names = list(target.parent.iterdir()) if target.parent.is_dir() else []
    if any(path.name.startswith(_COPY) for path in names):
        return []
    return [path for path in names if path.name.startswith(_CHANGES)]


class Replaced(NamedTuple):
    """A file of `changes` as a run leaves it; `before` are the bytes that it was made from, None of a new one."""

    name: str
    data: bytes
    before: bytes | None


def strangers_in(target: Path) -> tuple[FileId, ...]:
    """Returns what does not belong in a copy: links, devices, empty folders (`x/`) and git's own folder."""
    strangers: list[FileId] = []
    for at, folders, names in os.walk(target, onerror=_stop) if target.is_dir() else ():
        below = Path(at).relative_to(target)
        strange = [name for name in (*folders, *names) if _is_strange(Path(at) / name)]
        strangers += [(below / name).as_posix() for name in strange]
        if at != str(target) and not folders and not names:
            strangers.append(f"{below.as_posix()}/")
        folders[:] = [name for name in folders if name not in strange]
    return tuple(sorted(strangers))


def replace_copy(target: Path, files: Mapping[FileId, bytes], changes: Replaced) -> None:
    """Replaces the old copy by a new one with its changes, completely or not at all. Raises CannotWrite, CannotRead."""
    try:
        with _locked_above(target):
            _tidy(target)
            if present_changes(target).get(changes.name) != changes.before:
                raise CannotWrite(f"another run wrote `{target}` in the meantime; nothing was changed", "run it again")
            _replace(target, files, changes)
    except OSError as stopped:
        before = target.with_name(_BEFORE)
        said = "nothing was changed" if not os.path.lexists(before) else f"the copy of before is in `{before}`"
        raise CannotWrite(f"`{target}` cannot be written: {reason(stopped)}; {said}") from stopped


@contextmanager
def _locked_above(target: Path) -> Iterator[None]:
    with folder_made(target.parent), locked(Root(target.parent, str(target.parent))):
        yield


def _swap(work: Path, target: Path, before: Path) -> None:
    """Gives a whole folder the name of the one of before, which gets another."""
    if os.path.lexists(target):
        target.rename(before)
    work.rename(target)
    Stored.done = True


def tidy(target: Path) -> None:
    """Renames the old copy back if a killed run left no copy, and removes what killed runs left."""
    with suppress(OSError), locked(Root(target.parent, str(target.parent))):
        _tidy(target)


def _replace(target: Path, files: Mapping[FileId, bytes], changes: Replaced) -> None:
    """Fills a work folder, puts it in the place of the old copy, and removes the old copy."""
    work, before = target.with_name(f"{_COPY}{os.urandom(6).hex()}"), target.with_name(_BEFORE)
    waiting = target.with_name(f"{_CHANGES}{changes.name}")
    try:
        fill(work, files, PUBLIC)
        write_and_close(os.open(reachable(waiting), NEW, FILE_MODE), [changes.data])
        with undisturbed():
            _swap(work, target, before)
            _place_changes(waiting)
    finally:
        with suppress(OSError):
            _tidy(target)
    if os.path.lexists(before):
        raise CannotWrite(f"`{target}` is stored, but the old copy is still in `{before}`: delete it")
    with if_refused(f"`{target}` is stored, but the disk did not confirm it"):
        confirm_folder(target.parent)


def _place_changes(waiting: Path) -> None:
    folder = waiting.with_name(CHANGES_NAME)
    name = waiting.name.removeprefix(_CHANGES)
    with if_refused(f"the copy is stored, but `{folder / name}` is not", "the next run writes it"):
        folder.mkdir(FOLDER_MODE, exist_ok=True)
        waiting.rename(folder / name)
        confirm_folder(folder)


def _tidy(target: Path) -> None:
    before = target.with_name(_BEFORE)
    if os.path.lexists(before) and not os.path.lexists(target):
        before.rename(target)
    placed = _waiting(target)
    for path in list(target.parent.iterdir()):
        if path.name.startswith(_CHANGES):
            _place_changes(path) if path in placed else path.unlink()
    for path in target.parent.iterdir():
        if path.name.startswith(_COPY) or path.name == _BEFORE:
            shutil.rmtree(path, ignore_errors=True)


def _is_strange(path: Path) -> bool:
    return path.is_symlink() or not (path.is_file() or path.is_dir()) or path.name == ".git"


def _stop(error: OSError) -> None:
    raise CannotRead(f"`{error.filename}` cannot be read: {reason(error)}")


def _shares_history(folder: Path, working: Path) -> bool:
    """True if the repositories of two folders have a commit in common, even if one lacks the first or last commits."""
    try:
        mine, other = Repository.around(working), Repository.around(folder)
    except (CannotRead, BrokenInstallation):
        return False
    return other.has_any(mine.outer_commits()) or mine.has_any(other.outer_commits())


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
    with if_refused(f"`{folder}` cannot be read", so="; nothing was written"):
        is_ours = target.is_dir() and (not any(target.iterdir()) or (target / MARKER).is_file())
        is_free = is_ours or not os.path.lexists(target)
    if not is_free:
        raise CannotWrite(
            f"`{folder}` exists and is no register of ours; nothing was written", "name another folder, or a new one"
        )
    return target


def replace_register(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Writes all files in place of those of before, and returns how many. Raises CannotWrite."""
    with if_refused(f"`{target}` cannot be written", so="; nothing was changed"), _locked_above(target):
        return _replace_register(target, files)


def _replace_register(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    before = target.with_name(f"{OURS}before-{target.name}")
    work = target.with_name(f"{OURS}new-{target.name}")
    _tidy_register(target, before, work)
    try:
        number = _fill_register(work, files)
        if sys.platform != "win32":  # which cannot ask the whole disk
            os.sync()
        with undisturbed():
            _swap(work, target, before)
            confirm_folder(target.parent)
    finally:
        with suppress(OSError):
            _tidy_register(target, before, work)
    return number


def _tidy_register(target: Path, before: Path, work: Path) -> None:
    """Brings back the old register where a killed run left none, and removes what is left of earlier runs."""
    if os.path.lexists(before) and not os.path.lexists(target):
        before.rename(target)
    for left in (before, work):
        if os.path.lexists(left):
            shutil.rmtree(left)


def _fill_register(work: Path, files: Iterable[tuple[str, bytes]]) -> int:
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
