"""What was asked of whom, by when, and what came back: pure functions over a case, at a moment."""

from ogpcase.ledger.answers import Ask, AskedLine
from ogpcase.ledger.readings import ANSWERED, AskOutcome, Reading, reading
from ogpcase.ledger.requests import asks_of
from ogpcase.ledger.terms import Counted, DaySpan, Limit, Moved
from ogpcase.ledger.timing import Timing, TimingWord

__all__ = [
    "ANSWERED",
    "Ask",
    "AskOutcome",
    "AskedLine",
    "Counted",
    "DaySpan",
    "Limit",
    "Moved",
    "Reading",
    "Timing",
    "TimingWord",
    "asks_of",
    "reading",
]
