"""Finds the case folder, and names its files for printing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import CannotRead, CannotWrite, Misused, NoCasesHere
from ogpcase.model.ids import is_id

ROOT_NAME = "cases"
PARTIES = "parties"
HEADER_NAME = "case.yaml"
EVENTS = "events"
SOURCES = "sources"


class Root(NamedTuple):
    """The folder that holds the parties and the cases.

    `shown` is how it is printed. `inside` is the path of the current folder below it; None if that is elsewhere.
    `named` is the folder as `--root` named it, if it did.
    """

    path: Path
    shown: str
    inside: FileId | None = None
    named: str | None = None

    def ogpcase(self, verb: str, *words: str, options: Iterable[str] = ()) -> str:
        """Returns a command of ogpcase to paste into a shell, which uses this folder as the present run does."""
        root = () if self.named is None else ("--root", self.named)
        return command(f"ogpcase {verb}", *words, options=(*root, *options))

    def shown_path(self, file: FileId) -> str:
        """Returns a file as it is printed: relative if it is below the current folder, else absolute."""
        if self.inside is not None:
            prefix = f"{self.inside}/" if self.inside else ""
            text = file[len(prefix) :] if file.startswith(prefix) else f"{self.path.as_posix()}/{file}"
        else:
            text = f"{self.shown}/{file}" if file else self.shown
        return os.fsencode(text or ".").decode("utf-8", "backslashreplace")

    def named_from(self, top: Path) -> Root:
        """Returns the root with its files printed relative to a folder above it; where it is not below, as it is."""
        real, above = Path(os.path.realpath(self.path)), Path(os.path.realpath(top))
        return root_at(real, above)._replace(path=self.path) if real.is_relative_to(above) else self

    def file_of(self, path: Path, here: Path) -> FileId | None:
        """Returns the file or folder of the root that `path` names; None if it is outside the root.

        The root and every folder above it are the empty string.
        """
        plain = Path(os.path.normpath(here / path))
        folder = os.path.isdir(plain) and not os.path.islink(plain)  # noqa: PTH112, PTH114 - false if the disk refuses
        real = Path(os.path.realpath(plain)) if folder else Path(os.path.realpath(plain.parent)) / plain.name
        top = Path(os.path.realpath(self.path))
        if top.is_relative_to(real):
            return ""
        return real.relative_to(top).as_posix() if real.is_relative_to(top) else None


def current_folder() -> Path:
    """Returns the folder that the program runs in. Raises CannotRead: it was deleted, or cannot be reached."""
    try:
        return Path.cwd()
    except OSError as error:
        raise CannotRead(
            f"the current folder cannot be read: {reason(error)}", "change to a folder that is there"
        ) from error


def find_root(given: Path | None, here: Path) -> Root:
    """Finds the case folder: the given folder or its `cases`, else the nearest `cases` from `here` upwards.

    A `cases` that is a link is only used if `--root` names it. Raises NoCasesHere.
    """
    if given is not None:
        return _given(here / given, here, str(given))
    for folder in (here, *here.parents):
        for candidate in (folder, folder / ROOT_NAME):
            if candidate.name == ROOT_NAME and not _is_link(candidate) and holds_records(candidate):
                return root_at(candidate, here)
    raise NoCasesHere(
        f"no case folder here or above: no `{ROOT_NAME}/` that has `{PARTIES}/` or a case",
        "start one with `ogpcase init`",
        "or name the one you mean with `--root PATH`",
    )


def root_of_paths(paths: Iterable[Path], here: Path) -> Path | None:
    """Returns the case folder that holds these paths, or that they hold; None where none of them leads to one.

    Raises:
        Misused: they are of several case folders.
    """
    roots = {root.path: root for path in paths if (root := _root_of(here / path, here)) is not None}
    if len(roots) > 1:
        several = ", ".join(f"`{root.shown}`" for root in roots.values())
        raise Misused(f"these paths are in several case folders: {several}", "name those of one folder at a time")
    return next(iter(roots), None)


def _root_of(path: Path, here: Path) -> Root | None:
    folder = Path(os.path.normpath(path))
    start = next((top for top in (folder, *folder.parents) if top.name == ROOT_NAME), folder)
    start = start if os.path.isdir(start) and not _is_link(start) else start.parent  # noqa: PTH112 - never raises OSError
    try:
        root = find_root(None, start)
    except NoCasesHere:
        return None
    return root_at(root.path, here) if root.file_of(folder, here) is not None else None


def repository_around(folder: Path) -> Path | None:
    """Returns the top of the nearest repository upwards from a folder, without running anything; None without one.

    Only a `.git` makes a repository, be it git's folder or the file of a linked worktree or a submodule: a bare one
    hidden in a folder is passed over.
    """
    real = Path(os.path.realpath(folder))
    tops = (top for top in (real, *real.parents) if (top / ".git" / "HEAD").is_file() or (top / ".git").is_file())
    return next(tops, None)


def root_at(path: Path, here: Path) -> Root:
    """Returns the root at a folder; it is printed relative to `here`."""
    top, near = Path(os.path.normpath(here / path)), Path(os.path.normpath(here))
    if top != near and top.is_relative_to(near):
        return Root(top, top.relative_to(near).as_posix())
    inside = near.relative_to(top).as_posix() if near.is_relative_to(top) else None
    return Root(top, top.as_posix(), "" if inside == "." else inside)


def holds_records(folder: Path) -> bool:
    """True if the folder has `parties/` or a case with a header. Raises CannotRead."""
    try:
        with os.scandir(folder) as entries:
            folders = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        if folder.name != ROOT_NAME:
            return False
        raise CannotRead(f"`{folder}` cannot be read: {reason(error)}") from error
    return any(name == PARTIES or (is_id(name) and os.path.lexists(folder / name / HEADER_NAME)) for name in folders)


def reason(error: OSError) -> str:
    """Returns the reason of a disk error, beginning in lowercase."""
    words = error.strerror or "the disk gives no reason"
    return words[:1].lower() + words[1:]


@contextmanager
def if_refused(what: str, *hints: str, so: str = "") -> Iterator[None]:
    """Turns an OSError into CannotWrite: `what` says what fails, and `so` what is stored then."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"{what}: {reason(error)}{so}", *hints) from error


def _given(path: Path, here: Path, typed: str) -> Root:
    below = path / ROOT_NAME
    candidates = [path] if _is_link(below) else [path, below]
    if path.name != ROOT_NAME:
        candidates.reverse()
    for candidate in candidates:
        if holds_records(candidate):
            return root_at(candidate, here)._replace(named=typed)
    raise NoCasesHere(
        f"`{typed}` is not a case folder and contains none: it has no `{PARTIES}/` and no case",
        f"start one with `{command('ogpcase init', typed)}`",
    )


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114 - pathlib's raises for a name that is too long
