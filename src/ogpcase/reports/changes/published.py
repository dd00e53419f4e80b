"""What the runs of `publish` changed of a case, as a reader of its public copy sees it now, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ogpcase.model.copy_changes import CopyRun, RecordChange, What
from ogpcase.model.events import Event
from ogpcase.policy.procedures import Stage, procedure_of
from ogpcase.reports.shown import Shown, field_words
from ogpcase.workspace.published import Published


class PublishedChange(NamedTuple):
    """A record that a run added or changed.

    `reference` is CASE, CASE/EVENT or CASE/sources/ID; of an event that was renamed since, with its id of today.
    `title` is that of today, the reference where the copy no longer has the record; names of fields are in words.
    """

    what: What
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
