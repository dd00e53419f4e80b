"""The entries of a feed: each event of a case, and each request of which no answer is known.

What an entry says holds on every day, so that a reader who keeps it is told nothing false later: no days are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.reports.requests.rows import Asked, Requests, requests_of
from ogpcase.reports.timeline.paragraphs import with_texts
from ogpcase.reports.timeline.rows import Row, Timeline, timeline_of, without_duties


class Told(NamedTuple):
    """An event to tell of. `identity` names it under the first id that it had; `updated` is when that last changed."""

    case: str
    identity: str
    row: Row
    updated: date
    published: date | None


class NotTold(NamedTuple):
    """A request without an answer: its term passed, or somebody looked for an answer and found none, on `updated`."""

    case: str
    identity: tuple[str, ...]
    row: Asked
    updated: date
    passed: bool


class FeedOfCase(NamedTuple):
    """What a feed tells of a case."""

    timeline: Timeline
    events: tuple[Told, ...]
    terms: tuple[NotTold, ...]


class Clock(Protocol):
    """When a copy told of an event, and when it last changed what it says; see `workspace.published`."""

    def since(self, case_id: str, event: Event) -> date | None:
        """Returns the day on which an event was first told."""

    def changed(self, case_id: str, event: Event) -> date | None:
        """Returns the last day on which what is told of it changed."""


def feed_of(
    case: CaseFile, reader: Reader, clock: Clock, timeline: Timeline | None = None, requests: Requests | None = None
) -> FeedOfCase:
    """Returns what a feed tells of a case on the reader's day.

    `timeline` and `requests` are those of the case on that day; whoever has them already hands them over.
    """
    timeline = without_duties(with_texts(timeline or timeline_of(case, reader), case, reader))
    events = tuple(_told(case, row, reader, clock) for row in timeline.rows)
    return FeedOfCase(timeline, events, tuple(_not_told(case, requests or requests_of([case], reader))))


def _told(case: CaseFile, row: Row, reader: Reader, clock: Clock) -> Told:
    event = row.event
    since = clock.since(case.id, event)
    updated = clock.changed(case.id, event) or event.day.last or event.day.latest or event.day.earliest or reader.on
    return Told(case.id, (*event.aliases, event.id)[0], row, updated, since)


def _not_told(case: CaseFile, requests: Requests) -> Iterator[NotTold]:
    """Yields each open request whose term has certainly passed, or for whose answer somebody last looked in vain."""
    known = Counter[tuple[str, ...]]()
    for row in requests.rows:
        passed, sought = _term_passed(row), _last_sought(case, row)
        if row.ask.duty or not row.open or not row.ask.certain or (passed is None and sought is None):
            continue
        identity = (case.id, row.reference, row.line.party_id or "", "no answer")
        known[identity] += 1
        again = ["again"] * (known[identity] - 1)  # somebody without a party file may be asked beside another
        updated = max(filter(None, (passed, sought)))
        yield NotTold(case.id, (*identity, *again), row, updated, passed is not None)


def _term_passed(row: Asked) -> date | None:
    """Returns the day after the last day of an answer, if it has certainly passed."""
    term = row.line.term
    certain = term is not None and term.certain and row.line.timing == "due_passed"
    return term.latest + timedelta(days=1) if certain and term and term.latest else None


def _last_sought(case: CaseFile, row: Asked) -> date | None:
    """Returns the day on which an answer was certainly looked for in vain, and after which nothing was told."""
    event = case.event_by_id.get(row.line.told_by or "")
    return event.day.latest if event and row.line.outcome == "unknown" and row.line.certain else None


Address = Callable[[str], str]
"""Returns the address of the page of a record, by its reference: CASE, CASE/EVENT or CASE/EVENT#ITEM."""
