"""By when an answer is in time: a day that is named, or one counted from something, moved as often as it was.

What is not recorded is never guessed: a term whose start is not known has no day.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ogpcase.ledger.readings import Reading
from ogpcase.ledger.spans import DaySpan, Unit
from ogpcase.model.asks import UNITS, Within
from ogpcase.model.codelists import CountedFrom
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.ids import Reference
from ogpcase.model.order import may_follow
from ogpcase.values import frozen, replace

NotKnown = Literal["start", "day"]
"""Why a term has no day: nothing says when it starts, or to which day it was moved."""


@frozen
class Counted:
    """A term that is counted: so many units from a day of a paper, or from the day a request was met by all."""

    count: int
    unit: Unit
    after: Reference | None
    counted_from: CountedFrom

    @classmethod
    def of(cls, within: Within) -> Counted:
        """Returns the term that a record gives."""
        unit = next(each for each in _UNITS if getattr(within, each) is not None)
        return cls(getattr(within, unit), unit, within.after, within.from_ or CountedFrom.DATED)


_UNITS: tuple[Unit, ...] = ("days", "weeks", "months", "years")
assert _UNITS == UNITS


@frozen
class Moved:
    """A term was moved: to which day as written, None where that is not recorded, and which answer tells of it."""

    to: FuzzyDate | None
    told: Reading
    brought_forward: bool = False


@frozen
class Limit:
    """The last day that is in time, as far as it is known; `day` is None where it is not, and `not_known` says why.

    `written` is that day where a record names it, `counted` how it is reckoned where it is; `moves` are in order, and
    `first` is the day before any.
    """

    day: DaySpan | None
    written: FuzzyDate | None = None
    counted: Counted | None = None
    moves: tuple[Moved, ...] = ()
    not_known: NotKnown | None = None
    first: DaySpan | None = None


def fixed(due: FuzzyDate) -> Limit:
    """Returns a term whose last day is named; the day itself is in time."""
    day = DaySpan.of_end(due)
    return Limit(day, written=due, not_known=None if day else "day", first=day)


def counted_from(counted: Counted, start: DaySpan | None) -> Limit:
    """Returns a term that is counted from a day; from an unknown one it has no day."""
    if start is None:
        return Limit(None, counted=counted, not_known="start")
    day = start.after(counted.count, counted.unit)
    return Limit(day, counted=counted, first=day)


def moved(limit: Limit | None, extensions: Iterable[Reading]) -> Limit | None:
    """Returns the term after it was moved, once or more.

    A move that has only possibly happened, or whose order with the one before is open, leaves both days.
    """
    for told in extensions:
        limit = _moved_once(limit or Limit(None), told)
    return limit


def _moved_once(limit: Limit, told: Reading) -> Limit:
    new = told.answer.new_due
    day = DaySpan.of_end(new) if new else None
    before = limit.day
    forward = bool(day and before and before.certainly_after(day))
    moves = (*limit.moves, Moved(new, told, brought_forward=forward))
    last = limit.moves[-1].told.event if limit.moves else None
    if not told.certain or (last is not None and last is not told.event and may_follow(last, told.event)):
        either = before.or_else(day) if before and day else None
        return replace(limit, day=either, moves=moves, not_known=None if either else "day")
    return replace(limit, day=day, written=new, moves=moves, not_known=None if day else "day")
