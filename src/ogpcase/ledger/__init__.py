"""What was asked of whom, and what came back: pure functions over a case, as of a day."""

from ogpcase.ledger.requests import ANSWERED, Ask, AskedLine, asks_of, reading

__all__ = ["ANSWERED", "Ask", "AskedLine", "asks_of", "reading"]
