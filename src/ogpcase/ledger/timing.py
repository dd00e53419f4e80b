"""Whether something came in time: late only where that is certain, never where the term is not known.

A term that has passed with nothing recorded accuses nobody: that nothing is recorded is not that nothing was done.
"""

from __future__ import annotations

from typing import Literal

from ogpcase.ledger.spans import DaySpan
from ogpcase.model.days import Days
from ogpcase.values import frozen

TimingWord = Literal["on_time", "late", "possibly_late", "running", "due_passed", "no_limit", "unknown"]


@frozen
class Timing:
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
