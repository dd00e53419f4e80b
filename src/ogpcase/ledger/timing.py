"""Whether something came in time, and what can be known of days at a moment: late only where that is certain."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from ogpcase.ledger.terms import DaySpan
from ogpcase.model.as_of import Moment
from ogpcase.model.casefile import CaseFile, comes_before
from ogpcase.model.dates import Days
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import standing

TimingWord = Literal["on_time", "late", "possibly_late", "running", "due_passed", "no_limit", "unknown"]


class Timing(NamedTuple):
    """How what came back, or did not, stands to its term.

    `days` are those since the last day where it has passed, up to the last day where the term runs, else None.
    """

    word: TimingWord
    days: Days | None = None


UNTIMED = Timing("no_limit")
NOT_KNOWN = Timing("unknown")


def timing_of_answer(limit: DaySpan, came: DaySpan | None) -> Timing:
    """Returns whether something that came was in time; the last day itself is."""
    if came is None:
        return NOT_KNOWN
    if came.certainly_by(limit):
        return Timing("on_time")
    if came.certainly_after(limit):
        return Timing("late", between(limit, came))
    return Timing("possibly_late")


def timing_of_silence(limit: DaySpan, attested: DaySpan | None, judged: DaySpan | None) -> Timing:
    """Returns how an attested silence stands to a term: late once it is attested past the last day, else open."""
    if attested is not None and attested.certainly_after(limit):
        return Timing("late", between(limit, attested))
    return timing_while_open(limit, judged)


def timing_while_open(limit: DaySpan, judged: DaySpan | None) -> Timing:
    """Returns how a term stands while nothing is recorded, on the day it is judged."""
    if judged is None:
        return NOT_KNOWN
    if judged.certainly_by(limit):
        return Timing("running", between(judged, limit))
    if judged.certainly_after(limit):
        return Timing("due_passed", between(limit, judged))
    return Timing("possibly_late")


def between(earlier: DaySpan, later: DaySpan) -> Days | None:
    """Returns the days from one day to another, the fewest never below 0; None where the later is certainly earlier.

    A side that is open has no number.
    """
    fewest = most = None
    if later.earliest is not None and earlier.latest is not None:
        fewest = max((later.earliest - earlier.latest).days, 0)
    if later.latest is not None and earlier.earliest is not None:
        most = (later.latest - earlier.earliest).days
    if most is not None and most < 0:
        return None
    return Days(fewest, most, certain=earlier.exact and later.exact)


_ANY_MOMENT = Moment()


class Clock:
    """The days of one case, at a moment."""

    def __init__(self, case: CaseFile, moment: Moment) -> None:
        self.case = case
        self.moment = moment

    def day(self, event: Event, field: str = "dated") -> DaySpan | None:
        """Returns a day of an event as far as it may be known at the moment."""
        dated = getattr(event, field)
        if dated is None or not self.moment.possible(event):
            return None
        clocks = [clock for clock in (self.moment.on, self.moment.known_by) if clock is not None]
        if not all(dated.possible_by(clock) for clock in clocks):
            return None
        return DaySpan.of(dated, firm=self.moment.certain(event) and all(map(dated.certain_by, clocks)))

    def certain(self, event: Event) -> bool:
        """True when the event has certainly happened; without regard to days, all that is recorded has."""
        return self.moment == _ANY_MOMENT or self.moment.certain(event)

    @cached_property
    def _end(self) -> Event | None:
        """The event that ended the case, where it has ended."""
        stood = standing(self.case, self.moment)
        return stood.since if stood.stage.ends else None

    @property
    def today(self) -> DaySpan | None:
        """The day the case is read on; None where it is read without regard to days."""
        return DaySpan.on(self.moment.on) if self.moment.on else None

    def judged(self, asked_by: Event) -> DaySpan | None:
        """Returns the day that what is open is judged on: the case's end for what was asked before, else today."""
        end = self._end
        if end is None or asked_by is end or comes_before(end, asked_by):
            return self.today
        day = self.day(end)
        if day is None or self.today is None or comes_before(asked_by, end):
            return day
        return day.or_else(self.today)

    def ended_after(self, asked_by: Event) -> bool:
        """True where the case certainly ended after the event."""
        end = self._end
        return end is not None and asked_by is not end and comes_before(asked_by, end)
