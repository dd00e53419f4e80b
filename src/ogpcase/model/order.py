"""The one order of a case's events, used by every view and by the stage.

Events stand in the order of (earliest, latest, id), except that among events whose dates leave it open one that
follows another comes after it. Undated events come last. Computed once over the whole case, then cut at a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

from ogpcase.model.events import Event


def in_order(case_id: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """Returns the events in the case's one order; it never depends on the order they come in."""
    by_id = {event.id: event for event in events}
    waits = {event.id: _precursors(case_id, event, by_id) for event in by_id.values()}
    ready = [(_key(by_id[name]), name) for name, before in waits.items() if not before]
    heapify(ready)
    ordered: list[Event] = []
    while waits:
        name = heappop(ready)[1] if ready else min(waits, key=lambda one: _key(by_id[one]))
        if name not in waits:
            continue
        del waits[name]
        ordered.append(by_id[name])
        for other, before in waits.items():
            if name in before:
                before.discard(name)
                if not before:
                    heappush(ready, (_key(by_id[other]), other))
    return tuple(ordered)


def _key(event: Event) -> tuple[object, str]:
    return (event.dated.sort_key, event.id)


def _precursors(case_id: str, event: Event, by_id: dict[str, Event]) -> set[str]:
    """The events it follows, where the dates leave open which came first."""
    names = {reference.event for _, reference in event.precursors() if reference.case in (None, case_id)}
    return {name for name in names if name != event.id and name in by_id and _open(by_id[name], event)}


def _open(one: Event, other: Event) -> bool:
    if (one.dated.form == "unknown") != (other.dated.form == "unknown"):
        return False
    return one.dated.may_overlap(other.dated)
