"""Requests at a moment: who asked whom for what, the term, and the answers. All functions are pure."""

from ogpcase.ledger.readings import ANSWERED, EXCLUDING, TOLD_BY_ANYBODY, TOLD_OF_OTHERS, AskOutcome, Reading, reading
from ogpcase.ledger.requests import Ask, AskedLine, asks_of
from ogpcase.ledger.terms import Counted, DaySpan, Limit, Moved, Timing, TimingWord

__all__ = [
    "ANSWERED",
    "EXCLUDING",
    "TOLD_BY_ANYBODY",
    "TOLD_OF_OTHERS",
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
