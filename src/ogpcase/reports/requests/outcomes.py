"""The words that views print for what came back on a request."""

from __future__ import annotations

from collections.abc import Mapping

from ogpcase.model.codelists import Outcome
from ogpcase.output.messages import _, pgettext

OUTCOMES_EXPLAINED: Mapping[str, str] = {
    "silent": "silent",
    "unanswered": "unanswered",
    "unknown": Outcome.UNKNOWN.label.lower(),
    "not_read": "not read",
    "call": "call",
}
"""The outcomes that a legend explains, each with its words in English."""


def english_words(outcome: str) -> str:
    """Returns an outcome in English words: `partly met`."""
    return OUTCOMES_EXPLAINED.get(outcome, outcome.replace("_", " "))


def outcome_words(outcome: str, number: int = 1) -> str:
    """Returns an outcome in words, as many times as it came: `partly met`."""
    word = english_words(outcome)
    return _(word) if number == 1 else pgettext("several", word)
