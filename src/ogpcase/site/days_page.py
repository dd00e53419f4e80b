"""The page that shows how a case stood on each day on which something changed, and when the register said so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.procedures import Stage
from ogpcase.reports.cases.rows import ListedCase, listed_case
from ogpcase.reports.timeline.rows import Row
from ogpcase.site.addresses import of_days
from ogpcase.site.pages import FILTER, Drawer


class Change(NamedTuple):
    """An event that certainly or, if `perhaps`, possibly happened by a day; `sure_now` if it was possible before."""

    event: str
    title: str
    perhaps: bool
    sure_now: bool


class StoodOn(NamedTuple):
    """How a case stood at the end of a day by today's records, as `list` shows it, and what changed on it."""

    day: date
    listed: ListedCase
    changes: tuple[Change, ...]


class SaidOn(NamedTuple):
    """What the register said of a case from a day on: the stage, what it changed, and the notes of those who did."""

    day: date
    stage: Stage | None
    notes: tuple[str, ...]
    changes: tuple[Amended, ...]


class Amended(NamedTuple):
    """A record that the register changed: what became of it in words, its reference and title, and the fields."""

    words: str
    record: str
    title: str
    fields: tuple[str, ...]


def days_page(drawer: Drawer, case: CaseFile, reader: Reader, rows: Iterable[Row]) -> tuple[str, bytes]:
    """Draws the page of the days of a case, whose timeline has these rows."""
    days = list(_days(case, reader, rows))
    return drawer.draw(
        "days.html",
        of_days(case.id),
        FILTER,
        heading=days[-1].listed.heading if days else listed_case(case, reader).heading,
        days=days,
        published=(),
    )


def _days(case: CaseFile, reader: Reader, rows: Iterable[Row]) -> Iterator[StoodOn]:
    """Yields each day up to the reader's on which an event has begun to be possible or certain."""
    changes: dict[date, list[Change]] = {}
    for row in rows:
        for day, change in _changes(row):
            if day <= reader.on:
                changes.setdefault(day, []).append(change)
    for day, several in sorted(changes.items()):
        yield StoodOn(day, listed_case(case, reader._replace(on=day)), tuple(several))


def _changes(row: Row) -> Iterator[tuple[date, Change]]:
    """Yields the days on which an event began to be possible and to be certain; one day where they are the same."""
    first, last = row.event.day.earliest, row.event.day.latest
    if first and first != last:
        yield first, Change(row.event.id, row.title, perhaps=True, sure_now=False)
    if last:
        yield last, Change(row.event.id, row.title, perhaps=False, sure_now=first != last)
