"""Recorded answers: who gives each one, and the outcome of several.

*Silent* means that a source attests that no answer came; *unanswered* that nothing is recorded; *not read* that a
record of the case cannot be read, which may tell of an answer.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ogpcase.model.codelists import Outcome
from ogpcase.model.events import Event
from ogpcase.model.items import Answer

AskOutcome = Literal[
    "met", "partly_met", "not_met", "refused", "acknowledged", "overtaken", "silent", "unanswered", "unknown",
    "withheld", "not_read", "call",
]  # fmt: skip


ANSWERED: frozenset[AskOutcome] = frozenset(
    {"met", "partly_met", "not_met", "refused", "overtaken", "withheld", "call"}
)
"""The outcomes after which no further answer is expected; `withheld` is one, since the copy says no more.

Nobody owes an answer to a `call`: to the public, or to nobody in particular under a printed name.
"""

ATTESTED: frozenset[AskOutcome] = frozenset({"silent", "not_met"})
"""The outcomes that a source attests up to its own day: they hold as long as the last source says so."""

TOLD_OF_OTHERS = frozenset({Outcome.NONE, Outcome.NOT_MET})
"""Outcomes that a source tells of somebody: `of` always says of whom."""
TOLD_BY_ANYBODY = TOLD_OF_OTHERS | {Outcome.UNKNOWN, Outcome.EXTENDED, Outcome.OVERTAKEN}
"""Outcomes that an event may report without answering the request itself."""

EXCLUDING = frozenset({
    frozenset({Outcome.MET, Outcome.REFUSED}),
    frozenset({Outcome.MET, Outcome.NONE}),
    frozenset({Outcome.PARTLY_MET, Outcome.NONE}),
    frozenset({Outcome.REFUSED, Outcome.NONE}),
    frozenset({Outcome.MET, Outcome.NOT_MET}),
    frozenset({Outcome.PARTLY_MET, Outcome.NOT_MET}),
})  # fmt: skip
"""The pairs of answers to a request, of one party at one time, that cannot both be true."""


_OUTCOME: dict[Outcome, AskOutcome | None] = {
    Outcome.MET: "met",
    Outcome.PARTLY_MET: "partly_met",
    Outcome.NOT_MET: "not_met",
    Outcome.REFUSED: "refused",
    Outcome.ACKNOWLEDGED: "acknowledged",
    Outcome.OVERTAKEN: "overtaken",
    Outcome.NONE: "silent",
    Outcome.UNKNOWN: "unknown",
    Outcome.EXTENDED: None,  # moves the term and answers nothing
}


class Reading(NamedTuple):
    """A recorded answer: the event that gives it, and whether that event has certainly happened."""

    event: Event
    answer: Answer
    certain: bool

    @property
    def outcome(self) -> AskOutcome | None:
        """The outcome it records; None where it only moves the term."""
        return _OUTCOME[self.answer.answer]


def is_search(reading: Reading) -> bool:
    """True for a search that found nothing: it concerns all parties asked, not the party that searched."""
    return reading.answer.answer is Outcome.UNKNOWN and not reading.answer.of


def answerers(reading: Reading) -> tuple[str | None, ...]:
    """Returns whose answer it is: the parties in `of`, else the principals of the event; nobody for a search."""
    if is_search(reading):
        return ()
    return tuple(party.known_id for party in (reading.answer.of or reading.event.principals)) or (None,)


def settling(answers: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Returns the answers that count: only the certain ones if these settle the request, else all."""
    certain = tuple(answer for answer in answers if answer.certain)
    return certain if _last(certain) in ANSWERED else answers


def reading(answers: tuple[Reading, ...]) -> AskOutcome:
    """Returns the outcome of several answers: that of the last one; a search counts only where nothing else does."""
    return _last(settling(answers))


def _last(answers: tuple[Reading, ...]) -> AskOutcome:
    outcomes = [outcome for answer in answers if (outcome := answer.outcome) is not None]
    known = [outcome for outcome in outcomes if outcome != "unknown"]
    if known:
        return known[-1]
    return "unknown" if outcomes else "unanswered"
