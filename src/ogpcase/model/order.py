"""The one order of the events of a case, and which of two events certainly came first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from ogpcase.model.as_of import became_known
from ogpcase.model.bounds import NO_SOURCES, Link, known_days, links_among
from ogpcase.model.cycles import components
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.sources import SourceRecord


class Ordered(NamedTuple):
    """The events of a case in its order, with what the case tells of their days.

    `after` gives, by the id of an event that comes after others by a reference, the ids of those.
    """

    events: tuple[Event, ...]
    after: Mapping[str, frozenset[str]]


def in_order(case_id: str, events: Iterable[Event], sources: Mapping[str, SourceRecord] = NO_SOURCES) -> Ordered:
    """Returns the events in the case's order; the order given never matters.

    Days decide first, as far as they are bounded. Where they leave the order open, an event comes after those it refers
    to; links that contradict the days or each other are ignored. Undated events come last.
    """
    by_id = sorted(events, key=lambda event: event.id)
    links = links_among(case_id, by_id)
    days = known_days(by_id, links, sources)
    order = _Order([known.day for known in days])
    kept = order.without_cycles(links)
    ordered = tuple(by_id[place].with_known(days[place]) for place in order.sequence(kept))
    return Ordered(ordered, _after(by_id, kept))


def _after(events: Sequence[Event], links: Iterable[Link]) -> dict[str, frozenset[str]]:
    after: dict[str, set[str]] = {}
    for link in links:
        after.setdefault(events[link.later].id, set()).add(events[link.earlier].id)
    return {event_id: frozenset(ids) for event_id, ids in after.items()}


def as_known_by(case_id: str, ordered: Ordered, sources: Mapping[str, SourceRecord], day: date) -> Ordered:
    """Returns the events of a case, in the same order, with what only the links of records known by a day tell."""
    events = ordered.events
    alone = [event.with_known(days) for event, days in zip(events, known_days(events, (), sources), strict=True)]
    known = [(when := became_known(event)) is not None and when.certain_by(day) for event in alone]
    links = [link for link in links_among(case_id, events) if known[link.later]]
    told = zip(events, known_days(events, links, sources), strict=True)
    after = {name: ids & ordered.after.get(name, frozenset()) for name, ids in _after(events, links).items()}
    return Ordered(tuple(event.with_known(days) for event, days in told), after)


class _Order:
    """The order of days, each at its position; positions go by id."""

    def __init__(self, days: Sequence[FuzzyDate]) -> None:
        self.days = days
        self.by_date = sorted(range(len(days)), key=lambda place: days[place].sort_key)
        self.rank = {place: rank for rank, place in enumerate(self.by_date)}

    def agrees(self, links: Iterable[Link]) -> bool:
        """True if all links lead onward in the order of days."""
        return all(self.rank[link.earlier] < self.rank[link.later] for link in links)

    def without_cycles(self, links: Sequence[Link]) -> Sequence[Link]:
        """Returns the links that contradict neither the days nor each other."""
        if self.agrees(links):
            return links
        groups = components(self._following(links))
        group = {place: number for number, places in enumerate(groups) for place in places}
        return [link for link in links if group[link.earlier] != group[link.later]]

    def sequence(self, links: Sequence[Link]) -> Sequence[int]:
        """Returns the positions in the case's order; the links must contradict nothing."""
        undated = [day.form == "unknown" for day in self.days]
        links = [link for link in links if undated[link.earlier] == undated[link.later]]
        if self.agrees(links):
            return self.by_date
        following = self._following(links)
        waits_for = [0] * len(following)
        for each in following:
            for later in each:
                waits_for[later] += 1
        # A day on the calendar goes before any event, as soon as all that ended by it are placed.
        keys = [self.rank.get(place, -1) for place in range(len(following))]
        ready = [(keys[place], place) for place, count in enumerate(waits_for) if count == 0]
        heapify(ready)
        placed = []
        while ready:
            _, place = heappop(ready)
            placed.append(place)
            for later in following[place]:
                waits_for[later] -= 1
                if waits_for[later] == 0:
                    heappush(ready, (keys[later], later))
        return [place for place in placed if place < len(self.days)]

    def _following(self, links: Iterable[Link]) -> list[list[int]]:
        """Returns what each event must come before: other events by links, and by dates days of the calendar.

        The days stand after the events. An event leads to its last day, each day to the next one, and to the events
        that begin after it and not after the next: so the edges are few, and say which dates are certainly before
        which.
        """
        certain = [None if day.qualifiers or day.form == "unknown" else day for day in self.days]
        calendar = sorted({day.latest for day in certain if day and day.latest})
        count = len(self.days)
        following: list[list[int]] = [[] for _ in range(count + len(calendar))]
        for place in range(len(calendar) - 1):
            following[count + place].append(count + place + 1)
        for place, day in enumerate(certain):
            if day and day.latest:
                following[place].append(count + bisect_left(calendar, day.latest))
            if day and day.earliest and (before := bisect_left(calendar, day.earliest)):
                following[count + before - 1].append(place)
        for link in links:
            following[link.earlier].append(link.later)
        return following


def apart_by_digits(one: FuzzyDate, other: FuzzyDate) -> bool:
    """True if the first day is before the second; a date with a qualifier counts by its digits, as for the stage."""
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest
