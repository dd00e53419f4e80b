"""Writes a file completely or not at all, waits for the disk, and never overwrites a file that was not read."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, CannotRead, CannotWrite, FileChanged
from ogpcase.store.files import OURS, DiskFiles
from ogpcase.store.layout import EVENTS, FOLDER_FLAGS, HEADER_NAME, NEW_FLAGS, PARTIES, SOURCES, Root, let_go, reason
from ogpcase.store.lock import Stored, undisturbed
from ogpcase.yamltree.limits import LARGEST

JOURNAL = f"{OURS}journal.json"
"""The name of a transaction's journal in the root; `swept` does not remove it."""
FILE_MODE = 0o666
FOLDER_MODE = 0o777
"""The modes of new files and folders, from which the system takes what the user's mask forbids."""
_PRIVATE = 0o600
_WRITING = 0o222
_OWNER = 0o700
_WORK = re.compile(rf"{re.escape(OURS)}(\d{{1,9}})-")
_STALE = 3600
"""Seconds after which a work file is stale, even if another process has its number now."""
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
"""The errors of file systems without hard links."""
Numbered = Callable[[int], FileId]
"""Returns the next name to try when the first one is taken: for 2, then 3, and so on."""


class Access(NamedTuple):
    """Who may use a file: its permissions, and the number of its group."""

    mode: int
    group: int


def create(root: Root, file: FileId, text: str, *, taken: Numbered | None = None) -> FileId:
    """Stores a new record, with missing folders, and returns its file. Raises BadInput, CannotWrite.

    If the name is taken, tries the names that `taken` returns, in the same folder; without it, raises FileExistsError.
    """
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data, make=True) as (folder, work, _):
        count = 1
        while not place(folder, work, file.rpartition("/")[2]):
            if taken is None:
                raise FileExistsError(errno.EEXIST, "the name is taken", file)
            count += 1
            file = taken(count)
        Stored.done = True
        confirmed(folder, root, file)
    return file


def replace(root: Root, file: FileId, text: str, expected_sha256: str) -> None:
    """Replaces the record that was read; call it inside `locked`. Raises FileChanged, BadInput, CannotWrite."""
    data = stored_form(text)
    with writing(root, file), prepared(root.path, file, data, over=True) as (folder, work, name):
        refuse_changed(DiskFiles(root.path), file, expected_sha256)
        os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
        Stored.done = True
        confirmed(folder, root, file)


def refuse_read_only(root: Root, files: Iterable[FileId]) -> None:
    """Raises CannotWrite if a file that is there may be written by nobody: somebody protected it."""
    for file in files:
        with writing(root, file, "; nothing was written"), folder_of(root.path, file) as (folder, name):
            access = access_of(folder, name)
        if access is not None and not access.mode & _WRITING:
            shown = root.shown_path(file)
            allow = command("chmod u+w", shown)
            raise CannotWrite(f"`{shown}` is read-only; nothing was written", f"if it may change: {allow}")


def refuse_changed(files: DiskFiles, file: FileId, expected_sha256: str) -> None:
    """Raises FileChanged if a file changed since it was read."""
    if files.digest(file) != expected_sha256:
        raise FileChanged(
            f"{file.rpartition('/')[2]} changed while this command was running; nothing was written",
            "look at the file, then run the command again",
        )


def store_file(top: Path, file: str, text: str, *, over: bool) -> bool:
    """Stores a file other than a record; returns False if the name is taken and `over` is false. Raises OSError."""
    with prepared(top, file, text.encode(), make=True, over=over) as (folder, work, name):
        if over:
            os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
        elif not place(folder, work, name):
            return False
        Stored.done = True
        confirm(folder)
    return True


def stored_form(text: str) -> bytes:
    """Returns the bytes of a record's text. Raises BadInput if it cannot be stored."""
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise BadInput("the text holds half a character (a lone surrogate) and cannot be stored") from error
    if len(data) > LARGEST:
        raise BadInput(f"the record would have {len(data)} bytes; a record has at most {LARGEST}")
    return data


@contextmanager
def prepared(
    top: Path, file: FileId, data: bytes, *, make: bool = False, over: bool = False
) -> Iterator[tuple[int, str, str]]:
    """Yields a file's folder, a work file in it with these bytes, and its name; delays signals. Raises OSError.

    With `over`, whoever may use the old file may use the work file.
    """
    with folder_of(top, file, make=make) as (folder, name):
        access = access_of(folder, name) if over else None
        with work_file(folder, data, access) as work, undisturbed():
            yield folder, work, name


@contextmanager
def folder_of(top: str | os.PathLike[str], file: FileId, *, make: bool = False) -> Iterator[tuple[int, str]]:
    """Yields a file's open folder below `top`, without following links, and the file's name.

    With `make`, missing folders are created, and removed again if the block fails.
    """
    *steps, name = file.split("/")
    opened = [os.open(top, FOLDER_FLAGS)]
    made: list[tuple[int, str]] = []
    try:
        for step in steps:
            if make and _made(opened[-1], step):
                made.append((opened[-1], step))
                confirm(opened[-1])
            opened.append(os.open(step, FOLDER_FLAGS | os.O_NOFOLLOW, dir_fd=opened[-1]))
        yield opened[-1], name
    except BaseException:
        for above, step in reversed(made):
            with suppress(OSError):
                os.rmdir(step, dir_fd=above)
        raise
    finally:
        for folder in opened:
            let_go(folder)


def _made(folder: int, step: str) -> bool:
    try:
        os.mkdir(step, FOLDER_MODE, dir_fd=folder)
    except FileExistsError:
        return False
    return True


@contextmanager
def folder_made(path: Path) -> Iterator[None]:
    """Creates a folder and its missing parents; removes those that are empty at the end."""
    made = [folder for folder in (path, *path.parents) if not os.path.lexists(folder)]
    try:
        path.mkdir(parents=True, exist_ok=True)
        for folder in made:
            confirm_folder(folder.parent)
        yield
    finally:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def work_file(folder: int, data: bytes, access: Access | None = None) -> Iterator[str]:
    """Yields the name of a work file with these bytes; removes it afterwards unless it was renamed."""
    work = written(folder, [data], access)
    try:
        clear_stale(folder, os.stat(work, dir_fd=folder, follow_symlinks=False).st_mtime)
        yield work
    finally:
        with suppress(OSError):  # the next run removes it
            os.unlink(work, dir_fd=folder)


def work_name() -> str:
    """Returns a new name that readers ignore; it contains the number of this process."""
    return f"{OURS}{os.getpid()}-{os.urandom(6).hex()}"


def written(folder: int, chunks: Iterable[bytes], access: Access | None = None) -> str:
    """Writes a work file, waits for the disk and returns its name; removes it if writing fails.

    Without `access` the user's mask and the folder's group apply; with it, the file is private until it has that.
    """
    work = work_name()
    opened = os.open(work, NEW_FLAGS, FILE_MODE if access is None else _PRIVATE, dir_fd=folder)
    try:
        write_and_close(opened, chunks, access)
    except BaseException:
        with suppress(OSError):
            os.unlink(work, dir_fd=folder)
        raise
    return work


def write_and_close(opened: int, chunks: Iterable[bytes], access: Access | None = None) -> None:
    """Writes all bytes to an open file, gives access to it, waits for the disk, and closes it. Raises OSError."""
    try:
        for chunk in chunks:
            left = memoryview(chunk)
            while left:
                left = left[os.write(opened, left) :]
        if access is not None:
            _give(opened, access)
        os.fsync(opened)
    finally:
        os.close(opened)


def _give(opened: int, access: Access) -> None:
    """Gives an open file a group and permissions.

    If the system refuses the group, the file has another one: then nobody but its owner may do more than both the group
    and all others could do before.
    """
    mode = access.mode
    if os.fstat(opened).st_gid != access.group:
        try:
            os.fchown(opened, -1, access.group)
        except OSError:
            all_could = mode >> 3 & mode & 0o7
            mode = mode & _OWNER | all_could << 3 | all_could
    os.fchmod(opened, mode)


def place(folder: int, work: str, name: str) -> bool:
    """Renames a work file; returns False if the name is taken."""
    try:
        os.link(work, name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=False)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Without hard links: look first, then rename. `locked` keeps other runs out, but not other programs.
        if _exists(folder, name):
            return False
        os.rename(work, name, src_dir_fd=folder, dst_dir_fd=folder)
    return True


def _exists(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def access_of(folder: int, name: str) -> Access | None:
    """Returns who may use a file; None if it does not exist."""
    try:
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return Access(facts.st_mode & 0o777, facts.st_gid)


@contextmanager
def writing(root: Root, file: FileId, so: str = "; nothing was changed") -> Iterator[None]:
    """Turns an OSError into CannotWrite, except FileExistsError.

    `so` says what is stored then; empty if only the caller knows.
    """
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        shown = root.shown_path(file)
        raise CannotWrite(f"`{shown}` cannot be written: {reason(error)}{so}") from error


def confirmed(folder: int, root: Root, file: FileId) -> None:
    """Waits until the disk holds the file's name. Raises CannotWrite, which says that the file is stored."""
    try:
        confirm(folder)
    except OSError as error:
        raise CannotWrite(
            f"`{root.shown_path(file)}` is stored, but the disk did not confirm it: {reason(error)}",
            "a power cut could still lose it: check that it exists before you run the command again",
        ) from error


def confirm(folder: int) -> None:
    """Waits until the disk holds the folder's names; ignores file systems that cannot do so."""
    try:
        os.fsync(folder)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise


def confirm_folder(folder: Path) -> None:
    """Opens a folder and waits until the disk holds its names. Raises OSError."""
    opened = os.open(folder, FOLDER_FLAGS)
    try:
        confirm(opened)
    finally:
        let_go(opened)


def clear_stale(folder: int, now: float = 0) -> None:
    """Removes work files that killed runs left; `now` is the time by the disk's clock."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if not _WORK.match(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if is_left_over(entry.name) or now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                os.unlink(entry.name, dir_fd=folder)


def is_left_over(name: str) -> bool:
    """True for the name of a work file whose process has ended."""
    process = _WORK.match(name)
    if process is None:
        return False
    try:
        os.kill(int(process[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def drop_empty_case(root: Root, header: FileId) -> None:
    """Removes the folder of a case whose header is gone, with its empty folders; leaves all that holds a file."""
    case_id, _, name = header.partition("/")
    for folder in (f"{case_id}/{EVENTS}", f"{case_id}/{SOURCES}", case_id) if name == HEADER_NAME else ():
        with suppress(OSError), folder_of(root.path, folder) as (above, step):
            os.rmdir(step, dir_fd=above)


def swept(root: Root, case_id: str | None = None) -> None:
    """Removes the work files that killed runs left in the case folder, or in one case; call it inside `locked`."""
    try:
        files = DiskFiles(root.path)
    except CannotRead:
        return
    for name in files.names(""):
        if name.startswith(OURS):
            if name != JOURNAL:
                _sweep(root, name, files.names(name))
        elif case_id is None or name in {case_id, PARTIES}:
            for folder in (name,) if name == PARTIES else (name, f"{name}/{EVENTS}", f"{name}/{SOURCES}"):
                for work in files.names(folder):
                    if work.startswith(OURS):
                        _sweep(root, f"{folder}/{work}")


def _sweep(root: Root, file: FileId, inside: Iterable[str] = ()) -> None:
    for name in inside:
        _sweep(root, f"{file}/{name}")
    with suppress(OSError), folder_of(root.path, file) as (folder, name):
        try:
            os.unlink(name, dir_fd=folder)
        except OSError:  # a folder
            os.rmdir(name, dir_fd=folder)
