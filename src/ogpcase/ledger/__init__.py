"""What was asked of whom, by when, and what came back: pure functions over a case, at a moment."""

from ogpcase.ledger.answers import AskedLine
from ogpcase.ledger.asks import Ask
from ogpcase.ledger.limits import Counted, Limit, Moved
from ogpcase.ledger.readings import ANSWERED, AskOutcome, Reading, reading
from ogpcase.ledger.requests import asks_of
from ogpcase.ledger.spans import DaySpan
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
