"""The one order of a case's events, used by every view and by the stage.

Events stand in the order of (earliest, latest, id), except that among events whose dates leave it open one that
follows another comes after it. Undated events come last. Computed once over the whole case, then cut at a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from ogpcase.model.events import Event

Edge = tuple[int, int]
"""Positions by date of an event and of one that comes after it."""


def in_order(case_id: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """Returns the events in the case's one order; it never depends on the order they come in.

    What is certain by the dates is never overruled; where records follow each other in a circle, or in a way that
    dates exclude, the links that come last by date are passed over.
    """
    by_date = sorted(events, key=lambda event: (event.dated.sort_key, event.id))
    links = sorted(_links(case_id, by_date), key=lambda edge: (max(edge), edge))
    if all(before < after for before, after in links):
        return tuple(by_date)
    kept: list[Edge] = []
    for link in links:
        if not _reaches(by_date, kept, link[1], link[0]):
            kept.append(link)
    return tuple(by_date[place] for place in _sorted(by_date, kept))


def comes_before(one: Event, other: Event) -> bool:
    """True where the first certainly came before the second: by their dates, or since the second follows it."""
    return one.dated.certainly_before(other.dated) or _follows(other, one)


def may_follow(one: Event, other: Event) -> bool:
    """True where the dates and the records leave open whether the first came after the second."""
    return one is not other and not comes_before(one, other)


def may_follow_by_digits(one: Event, other: Event) -> bool:
    """The same going by the digits of dates, as the stage does: a qualifier opens no order."""
    last, first = one.dated.latest, other.dated.earliest
    apart = last is not None and first is not None and last < first
    return one is not other and not apart and not _follows(other, one)


def _follows(event: Event, earlier: Event) -> bool:
    return any(reference.event == earlier.id for _, reference in event.precursors())


def _links(case_id: str, by_date: Sequence[Event]) -> Iterator[Edge]:
    """Every pair of which the second follows the first, and whose dates leave it open which came first."""
    places = {event.id: place for place, event in enumerate(by_date)}
    for after, event in enumerate(by_date):
        for _, reference in event.precursors():
            before = places.get(reference.event)
            if before is None or before == after or not _open(by_date[before], event):
                continue
            if reference.case in {None, case_id}:
                yield before, after


def _open(one: Event, other: Event) -> bool:
    if (one.dated.form == "unknown") != (other.dated.form == "unknown"):
        return False
    return not _certain(one, other) and not _certain(other, one)


def _certain(one: Event, other: Event) -> bool:
    """True when the first comes before the second by the dates alone; undated ones come after all dated ones."""
    if one.dated.form == "unknown" or other.dated.form == "unknown":
        return other.dated.form == "unknown" and one.dated.form != "unknown"
    return one.dated.certainly_before(other.dated)


def _after(by_date: Sequence[Event], links: Sequence[Edge], place: int) -> Iterator[int]:
    """The positions that must come after one: by the dates, or by a link."""
    yield from (later for later in range(place + 1, len(by_date)) if _certain(by_date[place], by_date[later]))
    yield from (after for before, after in links if before == place)


def _reaches(by_date: Sequence[Event], links: Sequence[Edge], start: int, goal: int) -> bool:
    todo, seen = [start], {start}
    while todo:
        for place in _after(by_date, links, todo.pop()):
            if place == goal:
                return True
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return False


def _sorted(by_date: Sequence[Event], links: Sequence[Edge]) -> Iterator[int]:
    """The positions in an order that keeps the dates and the links, and is else by date."""
    followers = [sorted(set(_after(by_date, links, place))) for place in range(len(by_date))]
    waiting = [0] * len(by_date)
    for each in followers:
        for place in each:
            waiting[place] += 1
    ready = [place for place, count in enumerate(waiting) if count == 0]
    heapify(ready)
    while ready:
        place = heappop(ready)
        yield place
        for later in followers[place]:
            waiting[later] -= 1
            if waiting[later] == 0:
                heappush(ready, later)
