"""Bounds the days of a case's events by what is known beside their dates, in time linear in the events and links.

An event that follows another starts no earlier than the other's first possible day, and the other starts no later than
the last possible end of the one that follows. Days on which a paper was received, published or read bound it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, cast

from ogpcase.model.cycles import components, reached
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.sources import SourceRecord
from ogpcase.model.spans import Bound, BoundBy, Known, narrowed

NO_SOURCES: Mapping[str, SourceRecord] = MappingProxyType({})
_TIES = frozenset({"cites"})
"""The links that bound no day, and only break ties of the order."""


class Link(NamedTuple):
    """A reference of a later event to an earlier one of the same case, by their positions."""

    earlier: int
    later: int
    field: str


def links_among(case_id: str, events: Sequence[Event]) -> list[Link]:
    """Returns a link for each event and each other event that it comes after, unless their written dates forbid it."""
    places = {alias: place for place, event in enumerate(events) for alias in event.aliases}
    places |= {event.id: place for place, event in enumerate(events)}
    links: dict[tuple[int, int], Link] = {}
    for later, event in enumerate(events):
        for field, reference in event.precursors():
            earlier = places.get(reference.event)
            if earlier is None or earlier == later or reference.case not in (None, case_id):
                continue
            known = links.get((earlier, later))
            if known is None or known.field in _TIES:
                links[earlier, later] = Link(earlier, later, field)
    dated = [event.dated for event in events]
    return [link for link in links.values() if not dated[link.later].certainly_before(dated[link.earlier])]


def known_days(
    events: Sequence[Event], links: Sequence[Link], sources: Mapping[str, SourceRecord] = NO_SOURCES
) -> list[Known]:
    """Returns what the links, the events' own days and those of their sources tell of the day of each event.

    Links within a cycle bound nothing. Where the bounds of a day leave no day, all events linked with it keep their
    written dates.
    """
    bounding = [link for link in links if link.field not in _TIES]
    sequence, bounding = _without_cycles(len(events), bounding) if bounding else ([], bounding)
    low, high = _lows(events, sequence, bounding), [_own_bound(event, sources) for event in events]
    _add_highs(high, events, sequence, bounding)
    days = [_known(*each) for each in zip(events, low, high, strict=True)]
    empty = [place for place, known in enumerate(days) if known is None]
    for first, group in _groups_of(empty, len(events), bounding) if empty else ():
        for place in group:
            days[place] = Known(events[place].dated)
        days[first] = Known(events[first].dated, clash=(low[first], high[first]))
    return _with_first_day(
        [
            known._replace(told=_told(event, sources)) if event.told_by else known
            for event, known in zip(events, days, strict=True)
            if known
        ]
    )


def _told(event: Event, sources: Mapping[str, SourceRecord]) -> date | None:
    """Returns the last day on which the source that tells of an event was published; None if that is not sure."""
    telling = next((source for source in event.sources if source.id == event.told_by), None)
    published = telling.text_in(sources).published if telling else None
    return published.last if published and not published.qualifiers else None


def _known(event: Event, low: Bound | None, high: Bound | None) -> Known | None:
    """Returns the bounded day with the bounds that narrow it; None where no day is left."""
    written = event.dated
    if low is None and high is None:
        return Known(written)
    day = narrowed(written, low.day if low else None, high.day if high else None)
    if day is None or day is written:
        return Known(written) if day else None
    no_earlier = low if low and (written.earliest is None or low.day > written.earliest) else None
    no_later = high if high and (written.latest is None or high.day < written.latest) else None
    return Known(day, no_earlier, no_later)


def _with_first_day(days: list[Known]) -> list[Known]:
    """Adds the first day that any date of the case gives, where the start is open."""
    firsts = (day.earliest or (day.latest if day.form == "unknown" else day.sort_key[1]) for day, *_ in days)
    begins = min((first for first in firsts if first), default=None)
    return [known if known.day.earliest else known._replace(begins=begins) for known in days]


def _without_cycles(count: int, links: Sequence[Link]) -> tuple[list[int], list[Link]]:
    """Returns the positions, each before those that follow it, and the links that are not within a cycle."""
    after: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        after[link.earlier].append(link.later)
    groups = components(after)
    group = {place: number for number, places in enumerate(groups) for place in places}
    sequence = [place for places in groups for place in places]
    return sequence, [link for link in links if group[link.earlier] != group[link.later]]


def _groups_of(empty: Sequence[int], count: int, links: Sequence[Link]) -> Iterator[tuple[int, list[int]]]:
    """Yields for each group of events that links join the first of these positions in it, and all its positions."""
    joined: list[list[int]] = [[] for _ in range(count)]
    for link in links:
        joined[link.earlier].append(link.later)
        joined[link.later].append(link.earlier)
    seen: set[int] = set()
    for place in empty:
        if group := reached(joined, place, seen):
            yield place, group


def _lows(events: Sequence[Event], sequence: Sequence[int], links: Sequence[Link]) -> list[Bound | None]:
    """Returns for each event the bound that what it follows gives; a qualified date neither gives nor takes one."""
    onward: list[list[Link]] = [[] for _ in events]
    for link in links:
        onward[link.earlier].append(link)
    bounds: list[Bound | None] = [None] * len(events)
    for place in sequence:
        if not onward[place]:
            continue
        event, bound = events[place], bounds[place]
        day = _first_of_all(event)
        if bound and (day is None or bound.day > day):
            day = bound.day
        for link in onward[place] if day else ():
            current = bounds[link.later]
            if day and not events[link.later].dated.qualifiers and (current is None or day > current.day):
                bounds[link.later] = Bound(day, cast("BoundBy", link.field), event.dated.text, event.id)
    return bounds


def _add_highs(
    bounds: list[Bound | None], events: Sequence[Event], sequence: Sequence[int], links: Sequence[Link]
) -> None:
    """Adds to the bounds that the events' own days give those that what follows them gives."""
    back: list[list[Link]] = [[] for _ in events]
    for link in links:
        back[link.later].append(link)
    for place in reversed(sequence):
        if not back[place]:
            continue
        event, bound = events[place], bounds[place]
        day = _last_end_of_all(event)
        if bound and (day is None or bound.day < day) and not _lasts(event):
            day = bound.day
        for link in back[place] if day else ():
            current = bounds[link.earlier]
            if day and not events[link.earlier].dated.qualifiers and (current is None or day < current.day):
                bounds[link.earlier] = Bound(day, cast("BoundBy", link.field), event.dated.text, event.id)


def _first_of_all(event: Event) -> date | None:
    """Returns the first day that any of an event's dates may mean; None on an open side, or if one is qualified."""
    firsts = [None if dated.qualifiers else dated.earliest for dated in _dates(event)]
    return None if None in firsts else min(day for day in firsts if day)


def _last_end_of_all(event: Event) -> date | None:
    """Returns the last day on which an event may have ended by any of its dates; None as above."""
    lasts = [None if dated.qualifiers else dated.last for dated in _dates(event)]
    return None if None in lasts else max(day for day in lasts if day)


def _lasts(event: Event) -> bool:
    """True if one of the dates is an interval: what bounds its start does not bound its end."""
    return any(each.form == "interval" for each in _dates(event))


def _dates(event: Event) -> tuple[FuzzyDate, ...]:
    return (event.dated, *(also.value for also in event.also_dated)) if event.also_dated else (event.dated,)


def _own_bound(event: Event, sources: Mapping[str, SourceRecord]) -> Bound | None:
    """Returns the first day by which an event must have happened; one before its written date does not count."""
    if event.dated.qualifiers or not (event.received or event.published or event.paper or event.told_by):
        return None
    found: list[Bound] = []
    for by, of, day in _days_after(event, sources):
        last = day.last if day and not day.qualifiers else None
        if day and last and not (event.dated.earliest and last < event.dated.earliest):
            found.append(Bound(last, by, day.text, of))
    return min(found, key=lambda bound: bound.day, default=None)


def _days_after(
    event: Event, sources: Mapping[str, SourceRecord]
) -> Iterator[tuple[BoundBy, str | None, FuzzyDate | None]]:
    yield "received", None, event.received
    yield "published", None, event.published
    for named in event.sources:
        if named.id not in (event.paper, event.told_by):
            continue
        text = named.text_in(sources)
        if named.id == event.paper:
            yield "retrieved", named.id, text.retrieved
        if named.id == event.told_by:
            by: BoundBy = "source_published" if text.published else "retrieved"
            yield by, named.id, text.published or text.retrieved
