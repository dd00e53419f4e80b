"""When a public copy told of a record: its second clock, read from `changes/` beside it and not from git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

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
        first = (changes[0] for changes in self._changes_of(case_id, event))
        return min((day for day, change in first if change.what == "added"), default=None)

    def changed(self, case_id: str, event: Event) -> date | None:
        """Returns the last day on which the copy changed what it says of an event; None if no run is known that did."""
        return max((changes[-1][0] for changes in self._changes_of(case_id, event)), default=None)

    def history(self, case_id: str, event: Event) -> tuple[tuple[date, RecordChange], ...]:
        """Returns each change of an event that a run told, with its day, the earliest first."""
        changes = chain.from_iterable(self._changes_of(case_id, event))
        return tuple(sorted(changes, key=lambda change: change[0]))

    def _changes_of(self, case_id: str, event: Event) -> Iterator[Sequence[tuple[date, RecordChange]]]:
        """Yields the changes of an event under each id that it has had, of those that are told."""
        names = (f"{case_id}/{name}" for name in (event.id, *event.aliases))
        return (self._changes_by_record[name] for name in names if name in self._changes_by_record)

    @cached_property
    def _changes_by_record(self) -> Mapping[str, list[tuple[date, RecordChange]]]:
        changes: dict[str, list[tuple[date, RecordChange]]] = {}
        for day in self.days:
            for change in chain.from_iterable(run.records for run in day.runs):
                changes.setdefault(change.record, []).append((day.day, change))
        return changes


def published_in(workspace: Workspace) -> Published:
    """Returns when a copy changed, as far as it is known; nothing of another folder. Raises CannotRead."""
    if not workspace.settings.public_copy or not isinstance(workspace.files, DiskFiles):
        return Published()
    files = present_changes(workspace.root.path)
    shown = f"{workspace.root.path.with_name(CHANGES_NAME)}"
    days = ((name, day) for name in sorted(files) if (day := day_named(name)) is not None)
    return Published(tuple(read_changes(files[name], f"{shown}/{name}", day) for name, day in days))
