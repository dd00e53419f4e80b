"""The folder of a public copy: whose it is, what stands in it, and replacing it whole.

Between two renames of the replacing there is no copy of that name. A run that is killed there leaves the one of before
beside it, which is read as the copy until the next run puts its own there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ogpcase.diagnostics import FileId
from ogpcase.errors import BrokenInstallation, CannotRead, CannotWrite, Misused
from ogpcase.store.export_files import PUBLIC, fill
from ogpcase.store.files import OURS, DiskFiles
from ogpcase.store.git import Repository, files_below
from ogpcase.store.layout import ROOT_NAME, Root, reason
from ogpcase.store.load import load_settings
from ogpcase.store.lock import Stored, locked, undisturbed
from ogpcase.store.save import confirm_folder, folder_made

_NEW = f"{OURS}publish-"
_BEFORE = f"{OURS}published-before"


def copy_folder(folder: Path, working: Root) -> Path:
    """Returns `DIR/cases` for the copy of a working folder.

    Raises:
        Misused: it is inside the working folder or the repository around it, or holds it; or in a clone of that.
        CannotWrite: something stands there that is no public copy.
        CannotRead: it cannot be read.
    """
    try:
        return _checked(folder, working)
    except OSError as stopped:
        raise CannotWrite(f"`{folder}` cannot be used: {reason(stopped)}; nothing was written") from stopped


def _checked(folder: Path, working: Root) -> Path:
    target = Path(os.path.realpath(folder)) / ROOT_NAME
    if any(_is_of_git(each) for each in target.parents):
        raise Misused(
            f"`{folder}` is among git's own files; nothing was written", "name a folder outside of every `.git`"
        )
    top = _repository_around(Path(os.path.realpath(working.path)))
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
    if os.path.lexists(target) and not _is_free(target):
        raise CannotWrite(
            f"`{folder / ROOT_NAME}` is there and is no public copy; nothing was written", "name another folder"
        )
    return target


def present_copy(target: Path) -> dict[FileId, bytes]:
    """Returns the bytes of all files of a copy; none where there is no copy yet. Raises CannotRead."""
    there = next((each for each in (target, target.with_name(_BEFORE)) if each.is_dir()), None)
    return dict(_present(there)) if there else {}


def strangers_in(target: Path) -> tuple[FileId, ...]:
    """Returns what stands in a copy and is no file of one: links, devices, empty folders (`x/`) and git's own."""
    found: list[FileId] = []
    for at, folders, names in os.walk(target, onerror=_stop) if target.is_dir() else ():
        below = Path(at).relative_to(target)
        strange = [name for name in (*folders, *names) if _is_strange(Path(at) / name)]
        found += [(below / name).as_posix() for name in strange]
        if at != str(target) and not folders and not names:
            found.append(f"{below.as_posix()}/")
        folders[:] = [name for name in folders if name not in strange]
    return tuple(sorted(found))


def replace_copy(target: Path, files: Mapping[FileId, bytes]) -> None:
    """Puts a new copy in the place of the one that is there, whole or not at all; nothing is left beside it.

    Raises:
        CannotWrite: nothing was changed; or all is stored, but the disk does not confirm it.
    """
    try:
        with folder_made(target.parent), locked(Root(target.parent, str(target.parent))):
            _replace(target, files)
    except OSError as stopped:
        raise CannotWrite(f"`{target}` cannot be written: {reason(stopped)}; nothing was changed") from stopped


def tidy(target: Path) -> None:
    """Gives the copy of before its name again where a killed run left none, and takes away what such runs left."""
    with suppress(OSError), locked(Root(target.parent, str(target.parent))):
        _tidy(target)


def _replace(target: Path, files: Mapping[FileId, bytes]) -> None:
    _tidy(target)
    work = target.with_name(f"{_NEW}{os.getpid()}-{os.urandom(6).hex()}")
    try:
        fill(work, files, PUBLIC)
        with undisturbed():
            _swap(work, target)
            Stored.done = True
    finally:
        shutil.rmtree(work, ignore_errors=True)
    before = target.with_name(_BEFORE)
    shutil.rmtree(before, ignore_errors=True)
    if os.path.lexists(before):
        raise CannotWrite(f"`{target}` is stored, but the copy of before is still in `{before}`: take it away")
    try:
        confirm_folder(target.parent)
    except OSError as error:
        raise CannotWrite(f"`{target}` is stored, but the disk did not confirm it: {reason(error)}") from error


def _swap(work: Path, target: Path) -> None:
    if not os.path.lexists(target):
        work.rename(target)
        return
    before = target.with_name(_BEFORE)
    target.rename(before)
    try:
        work.rename(target)
    except BaseException:
        before.rename(target)
        raise


def _tidy(target: Path) -> None:
    before = target.with_name(_BEFORE)
    if os.path.lexists(before) and not os.path.lexists(target):
        before.rename(target)
    for left in target.parent.iterdir():
        if left.name.startswith(_NEW) or left.name == _BEFORE:
            shutil.rmtree(left, ignore_errors=True)


def _is_free(target: Path) -> bool:
    """True for an empty folder, and for a public copy."""
    if target.is_symlink() or not target.is_dir():
        return False
    return not any(target.iterdir()) or load_settings(DiskFiles(target)).settings.public_copy


def _present(folder: Path) -> Iterator[tuple[FileId, bytes]]:
    files = DiskFiles(folder)
    for file in files_below(files):
        data = files.content(file)
        if not isinstance(data, bytes):
            raise CannotRead(f"`{folder / file}` cannot be read")
        yield file, data


def _is_strange(path: Path) -> bool:
    return path.is_symlink() or not (path.is_file() or path.is_dir()) or path.name == ".git"


def _stop(error: OSError) -> None:
    raise CannotRead(f"`{error.filename}` cannot be read: {reason(error)}")


def _shares_history(folder: Path, working: Path) -> bool:
    """True where two folders are in repositories that have a commit in common: a clone, a fork, a worktree.

    A clone may be without the first commits, or keep those of a branch that it no longer has.
    """
    try:
        mine, other = Repository.around(working), Repository.around(folder)
    except (CannotRead, BrokenInstallation):
        return False
    return other.has_any(mine.outer_commits()) or mine.has_any(other.outer_commits())


def _is_of_git(folder: Path) -> bool:
    """True for the folder in which git keeps a repository, be it `.git` or a bare one."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _repository_around(folder: Path) -> Path:
    """Returns the top of the repository that a folder is in, else the folder itself."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), folder)
