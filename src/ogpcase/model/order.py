"""The one order of a case's events, used by every view and by the stage.

Events stand in the order of (earliest, latest, id), except that among events whose dates leave it open one that
follows another comes after it. An event that is certainly before another never comes after it, whatever follows what.
Undated events come last. Computed once over the whole case, then cut at a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ogpcase.model.events import Event


def in_order(case_id: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """Returns the events in the case's one order; it never depends on the order they come in."""
    left = {event.id: event for event in sorted(events, key=_key)}
    waits = {name: _precursors(case_id, event, left) for name, event in left.items()}
    return tuple(_drawn(_Remaining(left, {name: before for name, before in waits.items() if before})))


def _key(event: Event) -> tuple[object, str]:
    return (event.dated.sort_key, event.id)


@dataclass(frozen=True, slots=True)
class _Remaining:
    """The events not yet placed, by id in the order of their dates; `waits` holds whom each has still to wait for."""

    left: dict[str, Event]
    waits: dict[str, set[str]]

    def take(self, name: str) -> Event:
        """Takes out an event; nobody waits for it any longer."""
        self.waits.pop(name, None)
        for waiting in [one for one, before in self.waits.items() if name in before]:
            self.waits[waiting].discard(name)
            if not self.waits[waiting]:
                del self.waits[waiting]
        return self.left.pop(name)


def _drawn(events: _Remaining) -> Iterator[Event]:
    while events.left:
        free = next((event for name, event in events.left.items() if name not in events.waits), None)
        late = _overdue(events, free)
        chosen = free if late is None else _called_for(events, late)
        assert chosen is not None  # where all wait for one another the first of them is overdue
        yield events.take(chosen.id)


def _overdue(events: _Remaining, free: Event | None) -> Event | None:
    """The first event that waits although the next free one is certainly after it."""
    waiting = (events.left[name] for name in events.waits)
    return next((event for event in waiting if free is None or event.dated.certainly_before(free.dated)), None)


def _called_for(events: _Remaining, late: Event) -> Event:
    """The first event that the late one waits for and that may stand here, else itself: dates outweigh what follows."""
    awaited = _awaited(late.id, events.waits)
    free = (event for name, event in events.left.items() if name in awaited and name not in events.waits)
    others = tuple(events.left.values())
    return next((each for each in free if not any(one.dated.certainly_before(each.dated) for one in others)), late)


def _awaited(name: str, waits: Mapping[str, set[str]]) -> set[str]:
    """All that an event waits for, at any remove."""
    found: set[str] = set()
    todo = [name]
    while todo:
        new = waits.get(todo.pop(), set()) - found
        found |= new
        todo.extend(new)
    return found


def _precursors(case_id: str, event: Event, by_id: Mapping[str, Event]) -> set[str]:
    """The events it follows, where the dates leave open which came first."""
    names = {reference.event for _, reference in event.precursors() if reference.case in (None, case_id)}
    return {name for name in names if name != event.id and name in by_id and _open(by_id[name], event)}


def _open(one: Event, other: Event) -> bool:
    if (one.dated.form == "unknown") != (other.dated.form == "unknown"):
        return False
    return one.dated.may_overlap(other.dated)
