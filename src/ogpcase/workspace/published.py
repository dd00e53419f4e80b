"""When a public copy told of a record: its second clock, read from `changes/` beside it and not from git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ogpcase.model.copy_changes import DayOfChanges, RecordChange, day_named, read_changes
from ogpcase.model.events import Event
from ogpcase.store.export_files import CHANGES_NAME, present_changes
from ogpcase.store.files import DiskFiles
from ogpcase.workspace.opening import Workspace


@dataclass(frozen=True)
class Published:
    """What each run of `publish` changed, by day, the earliest first; empty where nothing is known of it."""

    days: tuple[DayOfChanges, ...] = ()

    def since(self, case_id: str, event: Event) -> date | None:
        """Returns the day on which an event was first in the copy; None if it was there before the first known run."""
        days = [self._added[name] for name in _names(case_id, event) if name in self._added]
        return min(days, default=None)

    def changed(self, case_id: str, event: Event) -> date | None:
        """Returns the last day on which the copy changed what it says of an event; None if no run is known that did."""
        days = [self._touched[name] for name in _names(case_id, event) if name in self._touched]
        return max(days, default=None)

    def history(self, case_id: str, event: Event) -> tuple[tuple[date, RecordChange], ...]:
        """Returns each change of an event that a run told, with its day, the earliest first."""
        changes = (change for name in _names(case_id, event) for change in self._changes_by_record.get(name, ()))
        return tuple(sorted(changes, key=lambda change: change[0]))

    @cached_property
    def _changes_by_record(self) -> Mapping[str, list[tuple[date, RecordChange]]]:
        changes: dict[str, list[tuple[date, RecordChange]]] = {}
        for day, change in self._each():
            changes.setdefault(change.record, []).append((day, change))
        return changes

    @cached_property
    def _added(self) -> Mapping[str, date]:
        """The first day of each record, by its reference, of those that a run added."""
        first: dict[str, date] = {}
        for day, change in self._each():
            if change.what == "added" and change.record not in self._known_before:
                first.setdefault(change.record, day)
        return first

    @cached_property
    def _known_before(self) -> frozenset[str]:
        """The records of which the first thing known is a change: they were there before the first known run."""
        first: dict[str, RecordChange] = {}
        for _, change in self._each():
            first.setdefault(change.record, change)
        return frozenset(name for name, change in first.items() if change.what != "added")

    @cached_property
    def _touched(self) -> Mapping[str, date]:
        """The last day of each record, by its reference."""
        return {change.record: day for day, change in self._each()}

    def _each(self) -> Iterator[tuple[date, RecordChange]]:
        yield from ((day.day, change) for day in self.days for run in day.runs for change in run.records)


def _names(case_id: str, event: Event) -> Iterator[str]:
    """Yields the references of an event under all ids that it has had."""
    yield from (f"{case_id}/{name}" for name in (event.id, *event.aliases))


def published_in(workspace: Workspace) -> Published:
    """Returns when a copy changed, as far as it is known; nothing of another folder. Raises CannotRead."""
    if not workspace.settings.public_copy or not isinstance(workspace.files, DiskFiles):
        return Published()
    files = present_changes(workspace.root.path)
    shown = f"{workspace.root.path.with_name(CHANGES_NAME)}"
    days = ((name, day) for name in sorted(files) if (day := day_named(name)) is not None)
    return Published(tuple(read_changes(files[name], f"{shown}/{name}", day) for name, day in days))
