"""The single steps of what several files become: one name given, changed or taken away, in a folder of the root."""

from __future__ import annotations

import os

from ogpcase.diagnostics import FileId
from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import folder_of, place
from ogpcase.store.journal import Entry
from ogpcase.store.layout import Root
from ogpcase.store.save import told


def take(root: Root, entry: Entry) -> None:
    """Gives one file its new bytes, or takes it away; a new file keeps its work name beside its own until the end.

    Raises:
        CannotWrite: the disk refuses, or what was to be new is there by now.
    """
    with told(root, entry.file), folder_of(root.path, entry.file) as (folder, name):
        if entry.work is None:
            os.unlink(name, dir_fd=folder)
        elif entry.before is not None:
            os.rename(entry.work, name, src_dir_fd=folder, dst_dir_fd=folder)
        elif not place(folder, entry.work, name):
            raise CannotWrite(f"`{root.shown_path(entry.file)}` is there by now; nothing was changed")


def removed(root: Root, file: FileId) -> None:
    """Takes a file away. Raises OSError."""
    with folder_of(root.path, file) as (folder, name):
        os.unlink(name, dir_fd=folder)


def moved_folder(root: Root, old: FileId, new: FileId) -> None:
    """Gives a folder of the root another name; nothing is ever moved over another. The disk is asked later.

    Raises:
        CannotWrite: the disk refuses, or there is something of that name.
    """
    with told(root, new), folder_of(root.path, old) as (folder, name):
        if is_there(root, new):
            raise CannotWrite(f"`{root.shown_path(new)}` is there by now; nothing was changed")
        os.rename(name, new.rpartition("/")[2], src_dir_fd=folder, dst_dir_fd=folder)


def is_there(root: Root, file: FileId) -> bool:
    """True when there is anything of that name, a link that leads nowhere included."""
    return os.path.lexists(root.path / file)
