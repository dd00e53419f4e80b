"""How a case is read: on which day, with the facts known by which day, and in which language."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.spans import narrowed


class Moment(NamedTuple):
    """Two clocks: what had happened `on` a day, and what an outsider could know `known_by` a day; None: any day.

    An event is possible from its earliest day on and certain from its latest day on; an undated one is never certain.
    """

    on: date | None = None
    known_by: date | None = None

    @classmethod
    def at(cls, on: When) -> Moment:
        """Returns a moment as it is, or the moment of a day."""
        return on if isinstance(on, Moment) else cls(on)

    def certain(self, event: Event) -> bool:
        """True if the event had certainly happened, and was certainly known."""
        if event.day.form == "unknown" or (self.on is not None and not event.day.certain_by(self.on)):
            return False
        if self.known_by is None:
            return True
        known = became_known(event)
        return known is not None and event.day.certain_by(self.known_by) and known.certain_by(self.known_by)

    def possible(self, event: Event) -> bool:
        """True if the event may have happened, and may have been known."""
        if self.on is not None and not event.known.possible_by(self.on):
            return False
        if self.known_by is None:
            return True
        known = became_known(event)
        return event.known.possible_by(self.known_by) and (known is None or known.possible_by(self.known_by))


When: TypeAlias = "date | Moment | None"
"""A day, a moment, or None for any day."""


_PUBLIC = frozenset({Kind.STATEMENT, Kind.REPORT, Kind.RESOLUTION})
"""The kinds of papers that are public on their day, unless `published` says otherwise."""


def became_known(event: Event) -> FuzzyDate | None:
    """Returns when outsiders could know of the event; None where the records give no such date.

    That is `published`, else the day of a paper that is public by its kind, else `received`; and in any case the day on
    which a source that tells of it was published.
    """
    own = event.published or (event.day if event.kind in _PUBLIC else event.received)
    told = event.known.told
    if told is None or (own is not None and own.certain_by(told)):
        return own
    sooner = narrowed(own, None, told) if own is not None and not own.qualifiers and own.form != "unknown" else None
    return sooner or FuzzyDate.parse(f"[..{told.isoformat()}]")


class Reader(NamedTuple):
    """Who reads: on which day, and in which language (None: the case's).

    With `known_by`, only what an outsider could know by that day is shown.
    """

    on: date
    language: str | None = None
    known_by: date | None = None

    @property
    def moment(self) -> Moment:
        """The moment the case is read at."""
        return Moment(self.on, self.known_by)
