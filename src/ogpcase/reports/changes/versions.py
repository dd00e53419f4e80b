"""What changed over time: two versions of a folder, an event through commits, and what runs of `publish` changed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple

from ogpcase.errors import UnknownCase
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.copy_changes import CopyRun, RecordChange
from ogpcase.model.copy_changes import What as CopyWhat
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.policy.procedures import Stage, procedure_of
from ogpcase.reports.changes.fields import FieldChange, Sides, event_changes
from ogpcase.reports.changes.rows import Difference, What, difference_of
from ogpcase.reports.shown import Shown, field_words
from ogpcase.store.git import RevisionFiles
from ogpcase.workspace.comparing import Compared, Problems, Renamings, pairs_of, problems_compared
from ogpcase.workspace.judge_folder import Note, unnoted
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.published import Published


class Told(NamedTuple):
    """A difference with its problems. `base` and `head` name the commits compared, `head` None the working tree."""

    difference: Difference
    problems: Problems
    base: str
    head: str | None
    as_of: date


def told(both: Compared, reader: Reader, note: Note = unnoted) -> Told:
    """Returns what changed between two versions of a folder, and how the verdict changed."""
    registries = (both.before.registry(), both.after.registry())
    both_added = [file.removesuffix(".yaml").replace("/events/", "/") for file in both.both_added]
    difference = difference_of(both.versions, registries, reader, both.renamings, both_added)
    return Told(difference, problems_compared(both, reader.on, note), both.base, both.head, reader.on)


class Version(NamedTuple):
    """A case in one commit, and what the event was called in it; `commit` None is the working tree."""

    commit: str | None
    on: date | None
    case: CaseFile
    event_id: str

    @property
    def event(self) -> Event | None:
        """The event, where this version has it and can read it."""
        return self.case.event_by_id.get(self.event_id)

    @property
    def unreadable(self) -> bool:
        """True when this version has the event's file but cannot read it."""
        return self.event_id in self.case.unreadable


class HistoryRow(NamedTuple):
    """What a version changed. `commit` None is the working tree; `was` is the id before, where it was renamed."""

    commit: str | None
    on: date | None
    what: What
    event: str
    was: str | None
    fields: tuple[FieldChange, ...]


class History(NamedTuple):
    """The versions of a record that changed it, the earliest first; `reference` names it with its case."""

    reference: str
    rows: tuple[HistoryRow, ...]


def _row(sides: Sides, before: Version, after: Version) -> Iterator[HistoryRow]:
    what = _what(before, after)
    fields = event_changes(sides, before.event, after.event) if before.event and after.event else ()
    if what is not None and (fields or what != "amended"):
        was = before.event_id if what == "renamed" else None
        yield HistoryRow(after.commit, after.on, what, after.event_id, was, fields)


def _what(before: Version, after: Version) -> What | None:
    if after.unreadable and not before.unreadable:
        return "unreadable"
    if before.unreadable and after.event:
        return "readable"
    if before.event and after.event:
        return "renamed" if before.event_id != after.event_id else "amended"
    return "added" if after.event else "withdrawn" if before.event else None


def _about(row: HistoryRow, item: str) -> Iterator[HistoryRow]:
    """Yields the row with only the fields of the item; nothing if the item did not change."""
    fields = tuple(field for field in row.fields if field.field.partition("#")[2].partition(".")[0] == item)
    if fields or row.what not in {"amended", "renamed"}:
        yield row._replace(fields=fields)


MOST = 50
"""Commits that are looked at; earlier ones are left out."""


def history(workspace: Workspace, reference: Reference, reader: Reader) -> History:
    """Returns what each commit and the working tree changed in an event, the earliest first.

    `reference` names its case; with an item, only what concerns it is returned.

    Raises:
        CannotRead: there is no repository, or nothing is committed in it.
        UnknownCase: there is no such case.
    """
    case_id = reference.case or ""
    now = Version(None, None, workspace.case(case_id).casefile, reference.event)
    versions = [*reversed(list(_versions(workspace, case_id, reference.event))), now]
    first = versions[0]
    rows = [HistoryRow(first.commit, first.on, "added", first.event.id, None, ())] if first.event else []
    names = {version.event_id for version in versions} - {now.event_id}
    events = {f"{case_id}/{name}": f"{case_id}/{now.event_id}" for name in names}
    for before, after in pairwise(versions):
        rows += _row(
            Sides(Shown(before.case, reader), Shown(after.case, reader), Renamings({}, events, {})), before, after
        )
    if reference.item is not None:
        rows = [row for each in rows for row in _about(each, reference.item)]
    return History(str(reference), tuple(rows))


def _versions(workspace: Workspace, case_id: str, event_id: str) -> Iterator[Version]:
    """Yields the versions of the event, the latest first; where it was renamed, goes on under the earlier name."""
    files = RevisionFiles.of(workspace.root, "HEAD")
    commit: str | None = files.commit
    left = MOST
    while commit is not None and left > 0:
        path = "/".join(part for part in (files.below, file_of_event(case_id, event_id)) if part)
        logged = files.repository.history(commit, path, left)
        for each in logged:
            yield Version(each.commit, _day(each.seconds), _case(workspace, files, each.commit, case_id), event_id)
        left -= len(logged)
        commit = logged[-1].commit if logged else None
        commit, event_id = _before_renaming(workspace, files, commit, (case_id, event_id))


def _before_renaming(
    workspace: Workspace, files: RevisionFiles, commit: str | None, event: tuple[str, str]
) -> tuple[str | None, str]:
    """Returns the commit before the one that renamed the event, and its name there; None where it was never renamed."""
    case_id, event_id = event
    for parent in files.repository.parents(commit)[:1] if commit else ():
        before, after = (_case(workspace, files, each, case_id) for each in (parent, commit or ""))
        for pair in pairs_of(before, after):
            if pair.renaming and pair.renaming[1].id == event_id:
                return parent, pair.renaming[0].id
    return None, event_id


def _case(workspace: Workspace, files: RevisionFiles, commit: str, case_id: str) -> CaseFile:
    """Returns the case at a commit; empty where it is not there."""
    there = Workspace(workspace.root, files.at(commit, workspace.root), workspace.here)
    try:
        return there.case(case_id).casefile
    except UnknownCase:
        return CaseFile(case_id, None, (), there.registry())


def _day(seconds: int) -> date | None:
    """Returns the day of a commit in UTC; None where the clock that wrote it was far off."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date()
    except (OverflowError, ValueError, OSError):
        return None


class PublishedChange(NamedTuple):
    """A record that a run added or changed.

    `reference` is CASE, CASE/EVENT or CASE/sources/ID; of an event that was renamed since, with its id of today.
    `title` is that of today, the reference where the copy no longer has the record; names of fields are in words.
    """

    what: CopyWhat
    reference: str
    title: str
    fields: tuple[str, ...]
    withheld: tuple[str, ...]


class PublishedRun(NamedTuple):
    """A run that changed a case: its day, its note, and where the case stood by the copy on that day."""

    day: date
    note: str | None
    first: bool
    stage: Stage | None
    changes: tuple[PublishedChange, ...]


def published_runs(shown: Shown, published: Published) -> tuple[PublishedRun, ...]:
    """Returns each run that changed a case, the latest first; the words are those of today."""
    runs = ((day.day, run) for day in reversed(published.days) for run in reversed(day.runs))
    return tuple(told for day, run in runs for told in _run(shown, day, run))


def published_changes(shown: Shown, published: Published, event: Event) -> tuple[tuple[date, PublishedChange], ...]:
    """Returns each day on which a run added or changed an event, with what it changed, the earliest first."""
    return tuple((day, _change(shown, change)) for day, change in published.history(shown.case.id, event))


def _run(shown: Shown, day: date, run: CopyRun) -> Iterator[PublishedRun]:
    stands = next((each for each in run.cases if each.case == shown.case.id), None)
    if stands is not None:
        stage = procedure_of(shown.case).stage(stands.stage) if stands.stage else None
        mine = (each for each in run.records if each.record.partition("/")[0] == shown.case.id)
        yield PublishedRun(day, run.note, run.first, stage, tuple(_change(shown, each) for each in mine))


def _change(shown: Shown, change: RecordChange) -> PublishedChange:
    reference, title = _told(shown, change.record)
    fields, withheld = (tuple(map(field_words, names)) for names in (change.fields, change.withheld))
    return PublishedChange(change.what, reference, title, fields, withheld)


def _told(shown: Shown, reference: str) -> tuple[str, str]:
    """Returns the reference and the title that a record has now."""
    case, (_, _, name) = shown.case, reference.partition("/")
    if not name:
        return reference, shown.text(case.header.title) if case.header else reference
    if name.startswith("sources/"):
        source = case.sources.get(name.removeprefix("sources/"))
        title = shown.text(source.title) if source and source.title else (source.url if source else None)
        return reference, title or reference
    event = case.record_by_id.get(name)
    return (f"{case.id}/{event.id}", shown.text(event.title)) if event else (reference, reference)
