"""Edits of several files, one after the other, gathered so that all of them are stored or none."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.editing.changing import Change, stored
from ogpcase.editing.renaming import Plan
from ogpcase.errors import FileChanged
from ogpcase.store.save import stored_form
from ogpcase.store.transaction import Step, store_all
from ogpcase.workspace.opening import Workspace


class _Was(NamedTuple):
    """The file that bytes were read from, and its digest then."""

    file: FileId
    sha256: str | None


class Together:
    """What files become by edits made one after the other; each edit sees the folder as those before it leave it."""

    def __init__(self) -> None:
        self._now: dict[FileId, bytes] = {}
        self._was: dict[FileId, _Was] = {}

    def change(self, change: Change) -> None:
        """Adds a file's new text. Raises BadInput where it can be none of a record."""
        self._was.setdefault(change.file, _Was(change.file, change.sha256))
        self._now[change.file] = stored_form(change.new)

    def move(self, old: FileId, new: FileId, data: bytes, digest: str) -> None:
        """Adds another name for a file; `data` is what it holds by now, and had this digest when it was read."""
        self._was[new] = self._was.pop(old, _Was(old, digest))
        self._now[new] = self._now.pop(old, data)

    def steps(self) -> list[Step]:
        """Returns what becomes of each file, whatever became of it in between."""
        read = dict(self._was.values())
        gone = [Step(file, digest, None) for file, digest in read.items() if file not in self._now]
        return [*(self._step(file, data, read.get(file)) for file, data in self._now.items()), *gone]

    def _step(self, file: FileId, data: bytes, before: str | None) -> Step:
        was = self._was[file].file
        return Step(file, before, data, like=was if was != file else None)


def stored_together(workspace: Workspace, what: str, changes: Iterable[Change]) -> None:
    """Writes changes of several files, all or none; call it inside `store.lock.locked`. `what` is the command.

    Raises:
        FileChanged: a file is no longer what was read; nothing was written.
        CannotWrite: the disk refuses: nothing was changed, or the next writing command goes on from there.
    """
    real = [change for change in changes if change.changes]
    if len(real) == 1:
        stored(workspace, real[0])
    elif real:
        together = Together()
        for change in real:
            together.change(change)
        store_all(workspace.root, what, together.steps())


def carried_out(workspace: Workspace, plan: Plan, what: str = "rename") -> None:
    """Renames; call it inside `store.lock.locked`.

    Raises:
        FileChanged: a file is no longer what was read; nothing was changed.
        CannotWrite: as `stored_together`.
    """
    together = Together()
    if plan.name.kind == "case":
        steps = [Step(each.file, each.sha256, stored_form(each.new)) for each in plan.changes]
        store_all(workspace.root, what, steps, (plan.old, plan.new))
        return
    renamed(together, workspace, plan)
    store_all(workspace.root, what, together.steps())


def renamed(together: Together, workspace: Workspace, plan: Plan) -> None:
    """Adds the renaming of an event or a party, planned in this workspace.

    Raises:
        FileChanged: its file is not there any more.
    """
    data = workspace.files.read(plan.old)
    if not isinstance(data, bytes):
        raise FileChanged(f"{plan.old.rpartition('/')[2]} changed while this command was running; nothing was written")
    digests = {change.file: change.sha256 for change in plan.changes}
    together.move(plan.old, plan.new, data, digests.get(plan.new) or sha256(data).hexdigest())
    for change in plan.changes:
        together.change(change)
