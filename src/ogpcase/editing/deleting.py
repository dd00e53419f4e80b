"""Finds the files that go with a record that is deleted."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId
from ogpcase.editing.changing import Change, change_of
from ogpcase.editing.setting import Target
from ogpcase.errors import Refused
from ogpcase.model.casefile import CaseFile, CaseHeader
from ogpcase.workspace.opening import Workspace


def files_to_delete(workspace: Workspace, target: Target) -> tuple[Change, ...]:
    """Returns the deletion of a record's file and of the kept copies that only this record names.

    Raises:
        Refused: it is a case that has events or sources.
    """
    case = workspace.case(target.case_id).casefile if target.case_id else None
    if case is not None and target.model is CaseHeader:
        _refuse_if_full(case)
    own = target.tree.file
    record = change_of(workspace, target.texts, target.tree, "")._replace(new="")
    copies = _copies_of(case, own) if case is not None else ()
    digests = ((file, workspace.files.digest(file)) for file in copies)
    return (record, *(Change(file, "", "", digest) for file, digest in digests if isinstance(digest, str)))


def _refuse_if_full(case: CaseFile) -> None:
    if case.records or case.unreadable or case.sources or case.sources_not_read:
        raise Refused(
            f"`{case.id}` has events or sources, and only an empty case can be deleted; nothing was written",
            "delete each first, as with `ogpcase withdraw REF --delete`",
        )


def _copies_of(case: CaseFile, record: FileId) -> Iterator[FileId]:
    """Yields the kept copies that this record names and no other does."""
    own = {source.file for source, file, _ in case.each_source() if file == record and source.file}
    others = {source.file for source, file, _ in case.each_source() if file != record}
    yield from (f"{case.id}/{name}" for name in sorted(own - others))
