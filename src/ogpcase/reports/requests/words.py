"""The words that views print for what came back on a request, whether it was in time, and how a term stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ogpcase.model.codelists import Outcome
from ogpcase.model.dates import Days
from ogpcase.output.lines import days_in_words
from ogpcase.output.messages import _, pgettext
from ogpcase.reports.requests.rows import AskLine

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


def timing_words(answer: AskLine) -> str:
    """Returns whether the answer was in time; nothing if there is no term."""
    days = days_in_words(answer.timing_days)
    if (answer.outcome == "unanswered" and answer.parts) or answer.outcome == "not_read":
        return ""
    if answer.timing in {"running", "due_passed"} and (answer.outcome in {"overtaken", "not_met"} or answer.at_end):
        return _timing_at_end(answer, days)
    words: dict[str, Callable[[], str]] = {
        "on_time": lambda: perhaps(_("in time"), certain=answer.certain),
        "late": lambda: perhaps(_late(answer, days), certain=answer.certain),
        "possibly_late": lambda: _("possibly late"),
        "running": lambda: _runs(answer, days),
        "due_passed": lambda: _("term passed {days} ago", days=days),
        "ended": lambda: _("ended {days} ago", days=days),
        "unknown": lambda: _("timing not known"),
    }
    return words[answer.timing]() if answer.timing in words else ""


def perhaps(words: str, *, certain: bool) -> str:
    """Returns words, after `perhaps` where what they say is not certain."""
    return words if certain else _("perhaps {words}", words=words)


def _late(answer: AskLine, days: str) -> str:
    if answer.outcome == "silent":
        return _("{days} past the last day", days=days) if days else _("past the last day")
    return _("{days} late", days=days) if days else _("late")


def _runs(answer: AskLine, days: str) -> str:
    if answer.timing_days == Days(0, 0):
        return _("today is its last day")
    return _("{days} left", days=days) if days else _("its term runs")


def _timing_at_end(answer: AskLine, days: str) -> str:
    """Returns how the term of a request stood that ended or was said not to be done, or that a case left open."""
    if answer.timing == "running":
        where = _not_passed(answer)
        return _("{term} when the case ended", term=where) if answer.at_end else where
    if answer.at_end:
        return _("term passed {days} before the case ended", days=days)
    return _("term passed {days} before", days=days)


def _not_passed(answer: AskLine) -> str:
    """Returns where in its term a request was that ended or was said not to be done; its last day is within it."""
    days = answer.timing_days
    if days is None or days.fewest != 0:
        return _("not yet due")
    return _("on its last day") if days.most == 0 else _("not past its last day")
