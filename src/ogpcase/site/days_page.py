"""The page that shows how a case stood on each day on which something changed, and when the register said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Stage
from ogpcase.reports.changes.versions import published_runs
from ogpcase.reports.shown import Shown
from ogpcase.reports.timeline.rows import OpenAsks, Row
from ogpcase.site.addresses import of_days
from ogpcase.site.case_pages import CaseViews
from ogpcase.site.pages import FILTER, Drawer
from ogpcase.workspace.published import Published


class Change(NamedTuple):
    """An event that certainly or, if `perhaps`, possibly happened by a day; `sure_now` if it was possible before.

    `told` is the day since when the register tells of it, where that is a later day than that of the first copy.
    """

    event: str
    title: str
    perhaps: bool
    sure_now: bool
    told: date | None = None


class StoodOn(NamedTuple):
    """How a case stood at the end of a day by today's records, and what changed on it.

    `open_asks` are the requests open after the last event that had certainly happened.
    """

    day: date
    stage: Stage
    perhaps: Stage | None
    open_asks: OpenAsks
    changes: tuple[Change, ...]


def days_page(
    drawer: Drawer, case: CaseFile, reader: Reader, views: CaseViews, published: Published
) -> tuple[str, bytes]:
    """Draws the page of the days of a case."""
    rows = views.timeline.rows
    return drawer.draw(
        "days.html",
        of_days(case.id),
        FILTER,
        heading=views.timeline.heading,
        days=list(_days(case, reader, rows, published)),
        published=published_runs(Shown(case, reader), published),
    )


def _days(case: CaseFile, reader: Reader, rows: Sequence[Row], published: Published) -> Iterator[StoodOn]:
    """Yields each day up to the reader's on which an event has begun to be possible or certain."""
    changes: dict[date, list[Change]] = {}
    for row in rows:
        told = published.since(case.id, row.event)
        later = told if told and told > published.days[0].day else None
        for day, change in _changes(row):
            if day <= reader.on:
                changes.setdefault(day, []).append(change._replace(told=later))
    for day, several in sorted(changes.items()):
        stood = standing(case, reader._replace(on=day).moment)
        happened = [row for row in rows if row.event.day.latest and row.event.day.latest <= day]
        open_asks = happened[-1].open_asks if happened else OpenAsks(0, 0)
        yield StoodOn(day, stood.stage, stood.perhaps, open_asks, tuple(several))


def _changes(row: Row) -> Iterator[tuple[date, Change]]:
    """Yields the days on which an event began to be possible and to be certain; one day where they are the same."""
    first, last = row.event.day.earliest, row.event.day.latest
    if first and first != last:
        yield first, Change(row.event.id, row.title, perhaps=True, sure_now=False)
    if last:
        yield last, Change(row.event.id, row.title, perhaps=False, sure_now=first != last)
