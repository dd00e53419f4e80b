"""What can be known of days at a moment: of an event, of today, and of the end of the case."""

from __future__ import annotations

from functools import cached_property

from ogpcase.ledger.spans import DaySpan
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.moments import Moment
from ogpcase.model.order import comes_before
from ogpcase.policy.lifecycle import standing
from ogpcase.values import frozen

_ANY_MOMENT = Moment()


@frozen(slots=False)
class Clock:
    """The days of one case, at a moment."""

    case: CaseFile
    moment: Moment

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
