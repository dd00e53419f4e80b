"""How one event came to say what it says: what each version of it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.values import frozen
from ogpcase.views.diff import What
from ogpcase.views.diff_fields import FieldChange, Sides, event_changes
from ogpcase.views.shown import Reader, Shown


@frozen
class Version:
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


@frozen
class HistoryRow:
    """What a version changed. `commit` None is the working tree; `was` is the id before, where it was renamed."""

    commit: str | None
    on: date | None
    what: What
    event: str
    was: str | None
    fields: tuple[FieldChange, ...]


def history_of(versions: Sequence[Version], reader: Reader, item: str | None = None) -> tuple[HistoryRow, ...]:
    """Returns what each version changed, the earliest first; with `item` only what concerns that item.

    A version that changed nothing has no row.
    """
    if not versions:
        return ()
    case_id, last = versions[-1].case.id, versions[-1].event_id
    aliases = {f"{case_id}/{each.event_id}": f"{case_id}/{last}" for each in versions if each.event_id != last}
    rows = (_first(versions[0]), *(_row(one, other, aliases, reader) for one, other in pairwise(versions)))
    found = (row if item is None or row is None else _about(row, item) for row in rows)
    return tuple(row for row in found if row is not None)


def _first(version: Version) -> HistoryRow | None:
    if version.event is None:
        return None
    return HistoryRow(version.commit, version.on, "added", version.event.id, None, ())


def _row(before: Version, after: Version, aliases: Mapping[str, str], reader: Reader) -> HistoryRow | None:
    what = next(iter(_what(before, after)), None)
    if what is None:
        return None
    sides = Sides(Shown(before.case, reader), Shown(after.case, reader), aliases)
    fields = event_changes(sides, before.event, after.event) if before.event and after.event else ()
    if not fields and what == "amended":
        return None
    was = before.event_id if what == "renamed" else None
    return HistoryRow(after.commit, after.on, what, after.event_id, was, fields)


def _what(before: Version, after: Version) -> Iterator[What]:
    if after.unreadable and not before.unreadable:
        yield "unreadable"
    elif before.unreadable and after.event:
        yield "readable"
    elif before.event and after.event:
        yield "renamed" if before.event_id != after.event_id else "amended"
    elif after.event:
        yield "added"
    elif before.event:
        yield "withdrawn"


def _about(row: HistoryRow, item: str) -> HistoryRow | None:
    fields = tuple(each for each in row.fields if _names(each.field, item))
    if not fields and row.what in {"amended", "renamed"}:
        return None
    return HistoryRow(row.commit, row.on, row.what, row.event, row.was, fields)


def _names(field: str, item: str) -> bool:
    return field.partition("#")[2].partition(".")[0] == item
