"""Whom a case is read for: what had happened by a day, what was known by one, and in which language."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeAlias

from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event


class Moment(NamedTuple):
    """Two clocks: what had happened `on` a day, and what an outsider could know `known_by` a day.

    None stands for "whenever". An event is certain once its latest day has come, possible from its earliest day on;
    an undated one is never certain.
    """

    on: date | None = None
    known_by: date | None = None

    @classmethod
    def at(cls, on: When) -> Moment:
        """Returns the moment that a day, or a moment, stands for."""
        return on if isinstance(on, Moment) else cls(on)

    def certain(self, event: Event) -> bool:
        """True when the event had certainly happened, and was certainly known."""
        if event.dated.form == "unknown" or (self.on is not None and not event.dated.certain_by(self.on)):
            return False
        if self.known_by is None:
            return True
        known = became_known(event)
        return known is not None and event.dated.certain_by(self.known_by) and known.certain_by(self.known_by)

    def possible(self, event: Event) -> bool:
        """True when the event may have happened, and may have been known."""
        if self.on is not None and not event.dated.possible_by(self.on):
            return False
        if self.known_by is None:
            return True
        known = became_known(event)
        return event.dated.possible_by(self.known_by) and (known is None or known.possible_by(self.known_by))


When: TypeAlias = "date | Moment | None"
"""A day, a moment, or no day in particular."""


def became_known(event: Event) -> FuzzyDate | None:
    """Returns when the event became known beyond who made it, where the record says so: `published`, else `received`.

    A statement is public by its kind, so from the day it bears where no other is given. Of anything else without such
    a date nobody can say when it became known.
    """
    return event.published or (event.dated if event.kind is Kind.STATEMENT else event.received)


class Reader(NamedTuple):
    """Who reads: on which day, and in which language; None is the case's.

    `known_by` asks for what an outsider could know by that day; None for all that is recorded.
    """

    on: date
    language: str | None = None
    known_by: date | None = None

    @property
    def moment(self) -> Moment:
        """The moment the case is read at."""
        return Moment(self.on, self.known_by)
