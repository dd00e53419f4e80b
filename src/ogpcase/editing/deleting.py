"""Finds the files that go with a record that is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.editing.changing import Change, change_of
from ogpcase.editing.setting import Target
from ogpcase.errors import Refused
from ogpcase.model.casefile import CaseFile, CaseHeader
from ogpcase.store.git import in_git
from ogpcase.workspace.opening import Workspace


class Kept(NamedTuple):
    """A kept copy of a text that stays although its record goes, and why."""

    file: FileId
    because: str


class Deletion(NamedTuple):
    """The files that go with a record, and the copies that stay."""

    gone: tuple[Change, ...]
    kept: tuple[Kept, ...] = ()


def deletion_of(workspace: Workspace, target: Target) -> Deletion:
    """Returns the deletion of a record's file and of its kept copies.

    A copy stays if git could not bring it back as it is, or if any other text of the case names it, readable or not.

    Raises:
        Refused: it is a case that has events or sources.
    """
    case = workspace.case(target.case_id).casefile if target.case_id else None
    if case is not None and target.model is CaseHeader:
        _refuse_if_full(case)
    record = change_of(workspace, target.texts, target.tree, "")._replace(new="")
    copies = [*_copies_of(case, target.tree.file)] if case is not None else []
    restorable = in_git(workspace.root, copies).restorable
    kept = [Kept(file, why) for file in copies if (why := _reason_to_keep(workspace, target, file, restorable))]
    stays = {copy.file for copy in kept}
    digests = ((file, workspace.files.digest(file)) for file in copies if file not in stays)
    gone = (Change(file, "", "", digest) for file, digest in digests if isinstance(digest, str))
    return Deletion((record, *gone), tuple(kept))


def _reason_to_keep(workspace: Workspace, target: Target, copy: FileId, restorable: AbstractSet[FileId]) -> str:
    """Returns why a copy must stay; empty if it can go."""
    if not isinstance(workspace.files.digest(copy), str):
        return ""  # it is not there
    assert target.case_id is not None  # a copy is a case's
    loaded, name = workspace.case(target.case_id), copy.partition("/")[2]
    texts = {**loaded.texts.broken, **{file: tree.text for file, tree in loaded.texts.trees.items()}}
    for file in sorted({*texts, *loaded.casefile.not_read} - {target.tree.file}):
        if name in texts.get(file, name):  # what cannot be read at all may name it
            return f"`{workspace.root.shown_path(file)}` may name it"
    return "" if copy in restorable else "git could not bring it back"


def _refuse_if_full(case: CaseFile) -> None:
    if case.records or case.unreadable or case.sources or case.sources_not_read:
        raise Refused(
            f"`{case.id}` has events or sources, and only an empty case can be deleted; nothing was written",
            "delete each first, as with `ogpcase withdraw REF --delete`",
        )


def _copies_of(case: CaseFile, record: FileId) -> Iterator[FileId]:
    """Yields the kept copies that a record names."""
    named = {source.file for source, file, _ in case.each_source() if file == record and source.file}
    yield from (f"{case.id}/{name}" for name in sorted(named))
