"""Answers as they are recorded: who gives each, in which order they come, and what several come to.

An outcome accuses nobody: *silent* means that a source attests that no answer came, *unanswered* that nothing is
recorded.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Answer, Event

AskOutcome = Literal[
    "met", "partly_met", "refused", "acknowledged", "overtaken", "silent", "unanswered", "unknown", "withheld"
]  # fmt: skip


ANSWERED: frozenset[AskOutcome] = frozenset({"met", "partly_met", "refused", "overtaken", "withheld"})
"""The outcomes after which nothing more is awaited; of what a public copy leaves out nothing more is said either."""


_OUTCOME: dict[Outcome, AskOutcome | None] = {
    Outcome.MET: "met",
    Outcome.PARTLY_MET: "partly_met",
    Outcome.REFUSED: "refused",
    Outcome.ACKNOWLEDGED: "acknowledged",
    Outcome.OVERTAKEN: "overtaken",
    Outcome.NONE: "silent",
    Outcome.UNKNOWN: "unknown",
    Outcome.EXTENDED: None,  # moves the term, answers nothing
}


class Reading(NamedTuple):
    """An answer as recorded: which event gives it, what it says, and whether that event has certainly happened."""

    event: Event
    answer: Answer
    certain: bool

    @property
    def outcome(self) -> AskOutcome | None:
        """What it says came back; None where it only moves the term."""
        return _OUTCOME[self.answer.answer]


def is_search(each: Reading) -> bool:
    """True for a search that found nothing: it speaks of everybody asked, not of whoever made it."""
    return each.answer.answer is Outcome.UNKNOWN and not each.answer.of


def answerers(each: Reading) -> tuple[str | None, ...]:
    """Returns whose answer it is: those it is told of, else whoever acts in its paper; a search is nobody's."""
    if is_search(each):
        return ()
    return tuple(party.known_id for party in (each.answer.of or each.event.actors)) or (None,)


def settling(answers: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Returns the answers that count: the certain ones where they settle the request, whatever else may have come."""
    certain = tuple(each for each in answers if each.certain)
    return certain if _last(certain) in ANSWERED else answers


def reading(answers: tuple[Reading, ...]) -> AskOutcome:
    """Returns what the answers come to: the last that says something; a search that found nothing overrules none."""
    return _last(settling(answers))


def _last(answers: tuple[Reading, ...]) -> AskOutcome:
    said = [outcome for each in answers if (outcome := each.outcome) is not None]
    telling = [outcome for outcome in said if outcome != "unknown"]
    if telling:
        return telling[-1]
    return "unknown" if said else "unanswered"
