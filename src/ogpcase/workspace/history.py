"""One event through the commits that changed it, under all the names it had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from ogpcase.errors import UnknownCase
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.ids import Reference
from ogpcase.store.load import LoadedCase, Texts
from ogpcase.store.revisions import RevisionFiles
from ogpcase.views.diff_history import HistoryRow, Version, history_of
from ogpcase.views.diff_pairs import pairs_of
from ogpcase.views.shown import Reader
from ogpcase.workspace.opening import Workspace

MOST = 50
"""Commits that are looked at; earlier ones are left out."""


def history(workspace: Workspace, reference: Reference, reader: Reader) -> tuple[HistoryRow, ...]:
    """Returns what each commit and the working tree changed in an event, the earliest first.

    `reference` names its case; with an item, only what concerns it is returned.

    Raises:
        CannotRead: there is no repository, or nothing is committed in it.
        UnknownCase: there is no such case.
    """
    case_id = reference.case or ""
    versions = list(_versions(workspace, case_id, reference.event))
    now = _version(workspace.case(case_id), reference.event, None, None)
    return history_of([*reversed(versions), now], reader, reference.item)


def _versions(workspace: Workspace, case_id: str, event_id: str) -> Iterator[Version]:
    """Yields the versions of the event, the latest first; where it was renamed, goes on under the earlier name."""
    files = RevisionFiles.of(workspace.root, "HEAD")
    commit: str | None = files.commit
    left = MOST
    while commit is not None and left > 0:
        path = "/".join(part for part in (files.below, file_of_event(case_id, event_id)) if part)
        logged = files.repository.history(commit, path, left)
        for each in logged:
            loaded = _case(workspace, files, each.commit, case_id)
            yield _version(loaded, event_id, each.commit, _day(each.seconds))
        left -= len(logged)
        commit, event_id = _before_renaming(
            workspace, files, logged[-1].commit if logged else None, (case_id, event_id)
        )


def _before_renaming(
    workspace: Workspace, files: RevisionFiles, commit: str | None, event: tuple[str, str]
) -> tuple[str | None, str]:
    """Returns the commit before the one that gave the event its name, and its name there; no commit where none did."""
    case_id, event_id = event
    for parent in files.repository.parents(commit)[:1] if commit else ():
        before, after = (_case(workspace, files, each, case_id) for each in (parent, commit or ""))
        for pair in pairs_of(before.casefile, after.casefile):
            if pair.renamed and pair.before and pair.after and pair.after.id == event_id:
                return parent, pair.before.id
    return None, event_id


def _case(workspace: Workspace, files: RevisionFiles, commit: str, case_id: str) -> LoadedCase:
    """Returns the case at a commit; empty where it is not there."""
    there = Workspace(workspace.root, files.at(commit, workspace.root), workspace.here)
    try:
        return there.case(case_id)
    except UnknownCase:
        return LoadedCase(CaseFile(case_id, None, (), there.registry()), Texts(), ())


def _version(loaded: LoadedCase, event_id: str, commit: str | None, on: date | None) -> Version:
    return Version(commit, on, loaded.casefile, event_id)


def _day(seconds: int) -> date | None:
    """Returns the day of a commit in UTC; None where the clock that wrote it was far off."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None
