"""How one event came to say what it says: what each version of it changed, without what any version withholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen
from ogpcase.views.diff import What
from ogpcase.views.diff_fields import FieldChange, Sides, event_changes
from ogpcase.views.diff_secrets import Hushed, secrets_of
from ogpcase.views.shown import Reader


@frozen
class Version:
    """A case in one commit, and what the event was called in it; `commit` None is the working tree."""

    commit: str | None
    on: date | None
    case: CaseFile
    event_id: str
    silent: bool = False
    """Whether the event's file cannot be read here, and may say that something is withheld."""

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


def history_of(
    versions: Sequence[Version], reader: Reader, item: str | None = None, others: Sequence[CaseFile] = ()
) -> tuple[HistoryRow, ...]:
    """Returns what each version changed, the earliest first; with `item` only what concerns that item.

    `others` are cases that the event may refer to.

    A version that changed nothing a reader may see has no row. An event that any version withholds whole, or may,
    has none.
    """
    if not versions:
        return ()
    case_id, last = versions[-1].case.id, versions[-1].event_id
    aliases = {f"{case_id}/{each.event_id}": f"{case_id}/{last}" for each in versions if each.event_id != last}
    secrets = secrets_of([*(each.case for each in versions), *others], aliases)
    if secrets.hides(f"{case_id}/{last}") or any(each.silent for each in versions):
        return ()
    shown = [(each, Hushed(each.case, reader, secrets)) for each in versions]
    rows = (_first(*shown[0]), *(_row(one, other) for one, other in pairwise(shown)))
    found = (row if item is None or row is None else _about(row, item) for row in rows)
    return tuple(row for row in found if row is not None)


def _first(version: Version, shown: Hushed) -> HistoryRow | None:
    if version.event is None:
        return None
    return HistoryRow(version.commit, version.on, "added", shown.id_of(version.event), None, ())


def _row(one: tuple[Version, Hushed], other: tuple[Version, Hushed]) -> HistoryRow | None:
    (before, old), (after, new) = one, other
    what = next(iter(_what(before, after)), None)
    if what is None:
        return None
    fields = event_changes(Sides(old, new), before.event, after.event) if before.event and after.event else ()
    was = old.safe_id(before.event_id) if what == "renamed" else None
    name = new.safe_id(after.event_id)
    if not fields and (what == "amended" or (was, name) == (WITHHELD, WITHHELD)):
        return None
    return HistoryRow(after.commit, after.on, what, name, was, fields)


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
