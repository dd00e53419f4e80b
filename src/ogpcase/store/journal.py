"""What a command does to several files, written down before the first of them changes.

The journal stands beside the cases, and readers pass over it. It names work files that are whole on the disk already,
so that every step that is left can be taken later, and each can be told from not having been taken.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator
from typing import Any

from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotWrite
from ogpcase.model.ids import SETTINGS_NAME, is_id
from ogpcase.store.atomic import folder_of
from ogpcase.store.layout import EVENTS, FILE_FLAGS, HEADER_NAME, PARTIES, SOURCES, Root
from ogpcase.store.names import OURS, RECORD, copy_name_problem
from ogpcase.store.save import told
from ogpcase.values import frozen

JOURNAL = f"{OURS}journal.json"
"""The journal's name, in the root."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a journal: some three hundred for each file."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WORK = re.compile(rf"{re.escape(OURS)}[0-9a-f-]+")
_WHAT = re.compile(r"[a-z][a-z -]{0,30}")


@frozen
class Entry:
    """What becomes of one file: its digest before and after, None where there is no file, and its work file's name."""

    file: FileId
    before: str | None
    after: str | None
    work: str | None


@frozen
class Journal:
    """What a command does: perhaps a case's folder gets another name, then files as they are called after that."""

    what: str
    entries: tuple[Entry, ...]
    move: tuple[FileId, FileId] | None = None

    def before_move(self, file: FileId) -> FileId:
        """Returns where a file is before the folder moves."""
        if self.move is None or not file.startswith(f"{self.move[1]}/"):
            return file
        return self.move[0] + file[len(self.move[1]) :]

    def after_move(self, file: FileId) -> FileId:
        """Returns where a file is after the folder has moved."""
        if self.move is None or not file.startswith(f"{self.move[0]}/"):
            return file
        return self.move[1] + file[len(self.move[0]) :]

    def dumped(self, root: Root) -> bytes:
        """Returns the journal's bytes; they hold for this very folder alone."""
        files = [{"file": e.file, "before": e.before, "after": e.after, "work": e.work} for e in self.entries]
        told_of = {"format": 1, "folder": folder_number(root), "what": self.what, "move": self.move, "files": files}
        return json.dumps(told_of).encode()


def folder_number(root: Root) -> int:
    """Returns the number by which the file system knows the case folder: one that nobody elsewhere can know.

    A journal that came with a checkout or an archive is by this told from one that a run left here.
    """
    return root.path.stat().st_ino


def journal_in(root: Root) -> Journal | None:
    """Returns the journal that an interrupted command left; None where there is none.

    Raises:
        CannotWrite: there is something of that name that no command of this program left in this folder.
    """
    with told(root, JOURNAL):
        data = _bytes_of(root)
    if data is None:
        return None
    try:
        return _journal_from(json.loads(data), folder_number(root))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CannotWrite(
            f"`{root.shown_path(JOURNAL)}` was not left here by an interrupted command; nothing was changed",
            "find out where it comes from, then delete it",
        ) from error


def _bytes_of(root: Root) -> bytes | None:
    """Reads the journal without following a link or waiting for a pipe; what is none gives no bytes."""
    with folder_of(root.path, JOURNAL) as (folder, name):
        try:
            found = os.open(name, FILE_FLAGS, dir_fd=folder)
        except FileNotFoundError:
            return None
        try:
            facts = os.fstat(found)
            if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LARGEST:
                return b""
            return b"".join(_chunks(found))
        finally:
            os.close(found)


def _chunks(found: int) -> Iterator[bytes]:
    while chunk := os.read(found, _LARGEST):
        yield chunk


def _journal_from(found: Any, number: int) -> Journal:  # noqa: ANN401 - any JSON value
    """Returns a journal all of whose parts are such as this program writes. Raises ValueError, KeyError, TypeError."""
    move = tuple(found["move"]) if found["move"] is not None else None
    entries = tuple(Entry(e["file"], e["before"], e["after"], e["work"]) for e in found["files"])
    sound = (
        found["format"] == 1
        and found["folder"] == number
        and _WHAT.fullmatch(found["what"])
        and (move is None or _is_move(move))
        and all(map(_is_sound, entries))
    )
    if not sound:
        raise ValueError(JOURNAL)
    return Journal(found["what"], entries, move)


def _is_move(move: tuple[Any, ...]) -> bool:
    return len(move) == len(set(move)) == 2 and all(is_id(each) and each != PARTIES for each in move)  # noqa: PLR2004 - from and to


def _is_sound(entry: Entry) -> bool:
    digests = [each for each in (entry.before, entry.after) if each is not None]
    works = entry.work is None if entry.after is None else bool(_WORK.fullmatch(entry.work or ""))
    return bool(digests) and all(map(_DIGEST.fullmatch, digests)) and works and _is_of_case_folder(entry.file)


def _is_of_case_folder(file: FileId) -> bool:
    """True for the settings, a party, a header, an event and a copy: a journal can name nothing else."""
    match file.split("/"):
        case [name]:
            return name == SETTINGS_NAME
        case [folder, name] if folder == PARTIES:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, name]:
            return is_id(case_id) and name == HEADER_NAME
        case [case_id, folder, name] if is_id(case_id) and folder == EVENTS:
            return name.endswith(RECORD) and is_id(name.removesuffix(RECORD))
        case [case_id, folder, name] if is_id(case_id) and folder == SOURCES:
            return bool(name) and not name.startswith(".") and copy_name_problem(file, name) is None
    return False
