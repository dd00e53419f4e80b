"""Terms: the last day in time, and whether an answer came by then. It is late only where that is certain."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple

from ogpcase.ledger.readings import Reading
from ogpcase.model.as_of import Moment
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CountedFrom
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import UNITS, Unit, Within
from ogpcase.policy.lifecycle import standing


class DaySpan(NamedTuple):
    """One day, known to lie between `earliest` and `latest`; None where that side is open.

    `firm` is false if it comes from a qualified date, or from an event that may not have happened: such a day never
    proves that something was in time or late.
    """

    earliest: date | None
    latest: date | None
    firm: bool = True

    @classmethod
    def on(cls, day: date) -> DaySpan:
        """Returns the span of a known day."""
        return cls(day, day)

    @classmethod
    def of(cls, dated: FuzzyDate, *, firm: bool = True) -> DaySpan | None:
        """Returns the day of a date, of an interval its start; None where it is unknown."""
        if dated.form == "unknown":
            return None
        return cls(dated.earliest, dated.latest, firm and not dated.qualified)

    @classmethod
    def of_end(cls, dated: FuzzyDate) -> DaySpan | None:
        """Returns the last day that a term names; None where it is unknown.

        A month or a year ends with its last day; of an interval, the end counts. A set, and a date with `X`, are one
        day that is not known.
        """
        if dated.form == "unknown":
            return None
        ends = dated.form == "interval"
        first, last = (
            (dated.end_earliest or dated.earliest, dated.end_latest) if ends else (dated.earliest, dated.latest)
        )
        if last is not None and dated.form != "set" and "X" not in dated.text:
            first = last
        return cls(first, last, not dated.qualified)

    @property
    def exact(self) -> bool:
        """True if exactly one day is meant."""
        return self.firm and self.earliest is not None and self.earliest == self.latest

    @property
    def text(self) -> str:
        """The day in EDTF: `2024-06-05`, `[2024-06-01..2024-06-30]`, `2024-06-05?`."""
        if self.earliest is None and self.latest is None:
            return "unknown"
        first, last = (day.isoformat() if day else "" for day in (self.earliest, self.latest))
        return f"{first}{'' if self.firm else '?'}" if first == last else f"[{first}..{last}]"

    def after(self, count: int, unit: Unit) -> DaySpan:
        """Returns the day `count` units later, at most 9999-12-31, the last day of the calendar."""
        return DaySpan(_later(self.earliest, count, unit), _later(self.latest, count, unit), self.firm)

    def or_else(self, other: DaySpan) -> DaySpan:
        """Returns a day that is one of two, and so is not firm."""
        return DaySpan(_least(self.earliest, other.earliest), _most(self.latest, other.latest), firm=False)

    def or_before(self, other: DaySpan) -> DaySpan:
        """Returns the earlier of two days."""
        known = [day for day in (self.latest, other.latest) if day is not None]
        earliest = _least(self.earliest, other.earliest)
        return DaySpan(earliest, min(known, default=None), self.firm and other.firm)

    def and_then(self, other: DaySpan) -> DaySpan:
        """Returns the later of two days."""
        known = [day for day in (self.earliest, other.earliest) if day is not None]
        latest = _most(self.latest, other.latest)
        return DaySpan(max(known, default=None), latest, self.firm and other.firm)

    def certainly_after(self, other: DaySpan) -> bool:
        """True if both are firm, and every day this may be is after every day the other may be."""
        return self.firm and other.firm and bool(self.earliest and other.latest and self.earliest > other.latest)

    def certainly_by(self, other: DaySpan) -> bool:
        """True if both are firm, and no day this may be is after any day the other may be."""
        return self.firm and other.firm and bool(self.latest and other.earliest and self.latest <= other.earliest)


def _least(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else min(one, other)


def _most(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _later(day: date | None, count: int, unit: Unit) -> date | None:
    if day is None:
        return None
    if unit in ("months", "years"):
        return _months_later(day, count * (12 if unit == "years" else 1))
    try:
        return day + timedelta(days=count * (7 if unit == "weeks" else 1))
    except OverflowError:
        return date.max


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


NotKnown = Literal["start", "day"]
"""Why a term has no day: nothing says when it starts, or to which day it was moved."""


class Counted(NamedTuple):
    """A term counted from a day of a paper, or from the day all parties had met a request."""

    number: int
    unit: Unit
    after: Reference | None
    counted_from: CountedFrom

    @classmethod
    def of(cls, within: Within) -> Counted:
        """Returns the term that a record gives."""
        unit = next(unit for unit in UNITS if getattr(within, unit) is not None)
        return cls(getattr(within, unit), unit, within.after, within.from_ or CountedFrom.DATED)


class Moved(NamedTuple):
    """A term was moved: the answer that says so, and the new day as written (None where it is not recorded)."""

    to: FuzzyDate | None
    told: Reading
    brought_forward: bool = False


class Limit(NamedTuple):
    """The last day in time. `day` is None where it is not known, and `not_known` then says why.

    `written` is the day as a record names it, or `counted` says how it is counted. `moves` are in order, and `first` is
    the day before the first move.
    """

    day: DaySpan | None
    written: FuzzyDate | None = None
    counted: Counted | None = None
    moves: tuple[Moved, ...] = ()
    not_known: NotKnown | None = None
    first: DaySpan | None = None


def fixed(due: FuzzyDate) -> Limit:
    """Returns a term whose last day is named; that day is in time."""
    day = DaySpan.of_end(due)
    return Limit(day, written=due, not_known=None if day else "day", first=day)


def counted_from(counted: Counted, start: DaySpan | None) -> Limit:
    """Returns a term counted from a day; it has no day where the start is unknown."""
    if start is None:
        return Limit(None, counted=counted, not_known="start")
    day = start.after(counted.number, counted.unit)
    return Limit(day, counted=counted, first=day)


def moved(case: CaseFile, limit: Limit | None, extensions: Iterable[Reading]) -> Limit | None:
    """Returns the term after all extensions.

    If an extension may not have happened, or may have come before the last one, both days remain possible.
    """
    for extension in extensions:
        limit = _moved_once(case, limit or Limit(None), extension)
    return limit


def _moved_once(case: CaseFile, limit: Limit, extension: Reading) -> Limit:
    new = extension.answer.new_due
    day = DaySpan.of_end(new) if new else None
    before = limit.day
    forward = bool(day and before and before.certainly_after(day))
    moves = (*limit.moves, Moved(new, extension, brought_forward=forward))
    last, event = limit.moves[-1].told.event if limit.moves else None, extension.event
    if not extension.certain or (last is not None and last is not event and case.may_follow(last, event)):
        either = before.or_else(day) if before and day else None
        return limit._replace(day=either, moves=moves, not_known=None if either else "day")
    return limit._replace(day=day, written=new, moves=moves, not_known=None if day else "day")


TimingWord = Literal["on_time", "late", "possibly_late", "running", "due_passed", "ended", "no_limit", "unknown"]


class Timing(NamedTuple):
    """Whether an answer, or an open request, is in time.

    `days` are the days since the last day, or up to it while the term runs; else None. A call has `ended` once its last
    day is past, since nobody owes an answer.
    """

    word: TimingWord
    days: Days | None = None


UNTIMED = Timing("no_limit")
NOT_KNOWN = Timing("unknown")


def timing_of_answer(limit: DaySpan, came: DaySpan | None) -> Timing:
    """Returns whether an answer came in time; the last day itself is in time."""
    if came is None:
        return NOT_KNOWN
    if came.certainly_by(limit):
        return Timing("on_time")
    if came.certainly_after(limit):
        return Timing("late", between(limit, came))
    return Timing("possibly_late")


def timing_of_silence(limit: DaySpan, attested: DaySpan | None, judged: DaySpan | None) -> Timing:
    """Returns the timing of an attested silence: late if it was attested after the last day, else as while open."""
    if attested is not None and attested.certainly_after(limit):
        return Timing("late", between(limit, attested))
    return timing_while_open(limit, judged)


def timing_while_open(limit: DaySpan, judged: DaySpan | None) -> Timing:
    """Returns the timing of a request without an answer on the day `judged`."""
    if judged is None:
        return NOT_KNOWN
    if judged.certainly_by(limit):
        return Timing("running", between(judged, limit))
    if judged.certainly_after(limit):
        return Timing("due_passed", between(limit, judged))
    return Timing("possibly_late")


def timing_of_call(limit: DaySpan, today: DaySpan | None) -> Timing:
    """Returns the timing of a call, which runs or has ended; not known on a day that may be either."""
    timing = timing_while_open(limit, today)
    if timing.word == "due_passed":
        return Timing("ended", timing.days)
    return timing if timing.word == "running" else NOT_KNOWN


def between(earlier: DaySpan, later: DaySpan) -> Days | None:
    """Returns the days from one day to another, at least 0; None where `later` is certainly the earlier one.

    An open side gives None for the fewest or the most days.
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
    """The days of one case as they are known at a moment."""

    def __init__(self, case: CaseFile, moment: Moment) -> None:
        self.case = case
        self.moment = moment

    def day(self, event: Event, field: str = "dated") -> DaySpan | None:
        """Returns a day of an event; None where it cannot be known at the moment."""
        dated = event.day if field == "dated" else getattr(event, field)
        if dated is None or not self.moment.possible(event):
            return None
        clocks = [clock for clock in (self.moment.on, self.moment.known_by) if clock is not None]
        if not all(dated.possible_by(clock) for clock in clocks):
            return None
        return DaySpan.of(dated, firm=self.moment.certain(event) and all(map(dated.certain_by, clocks)))

    def certain(self, event: Event) -> bool:
        """True if the event has certainly happened; without a day asked for, every recorded event has."""
        return self.moment == _ANY_MOMENT or self.moment.certain(event)

    @cached_property
    def _end(self) -> Event | None:
        """The event that ended the case; None where it is open."""
        stood = standing(self.case, self.moment)
        return stood.since if stood.stage.ends else None

    @property
    def today(self) -> DaySpan | None:
        """The day the case is read on; None without a day asked for."""
        return DaySpan.on(self.moment.on) if self.moment.on else None

    def judged(self, asked_by: Event) -> DaySpan | None:
        """Returns the day an open request is judged on: the case's end if it was made before that, else today."""
        end = self._end
        if end is None or asked_by is end or self.case.comes_before(end, asked_by):
            return self.today
        day = self.day(end)
        if day is None or self.today is None or self.case.comes_before(asked_by, end):
            return day
        return day.or_else(self.today)

    def ended_after(self, asked_by: Event) -> bool:
        """True if the case certainly ended after the event."""
        end = self._end
        return end is not None and asked_by is not end and self.case.comes_before(asked_by, end)
