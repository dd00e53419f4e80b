"""The requests of a case and what came back on each, party by party, as of a day.

An outcome accuses nobody: *silent* means that a source attests that no answer came, *unanswered* that nothing is
recorded. Duties that the policy lays on a body are requests too, and are never inferred as met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ogpcase.model.asks import Answer
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Outcome
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.texts import Text
from ogpcase.policy.actors import parties_of
from ogpcase.policy.lifecycle import duties

AskOutcome = Literal[
    "met", "partly_met", "refused", "acknowledged", "overtaken", "silent", "unanswered", "unknown"
]  # fmt: skip
ANSWERED: frozenset[AskOutcome] = frozenset({"met", "partly_met", "refused", "overtaken"})
"""The outcomes after which nothing more is awaited."""
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


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer as recorded: which event gives it, what it says, and whether that event has certainly happened."""

    event: Event
    answer: Answer
    certain: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One party asked: its outcome, the answers that give it, and the parts of it that answered for themselves.

    `asked` is false for a party that answered without being asked, or part of one asked.
    """

    party: str | None
    outcome: AskOutcome
    readings: tuple[Reading, ...]
    parts: tuple[AskedLine, ...] = ()
    asked: bool = True

    @property
    def told(self) -> Reading | None:
        """The answer that the outcome rests on: the last that says so, of the party itself or of its parts."""
        own = [each for each in self.readings if _OUTCOME[each.answer.answer] == self.outcome]
        if own:
            return own[-1]
        return next(
            (told for part in reversed(self.parts) if part.outcome == self.outcome and (told := part.told)), None
        )

    @property
    def certain(self) -> bool:
        """False where the outcome rests on an event that has only possibly happened."""
        return all(each.certain for each in (*self.readings, *(one for part in self.parts for one in part.readings)))


@dataclass(frozen=True, slots=True)
class Ask:
    """One request as of a day: what is asked, by which event, and a line for each party asked.

    `duty` is true where the policy asks, and the event only carries the move that brings the duty. `extended_to` is
    the last day that an answer moved the term to; which answer that was stands with the event that tells of it.
    """

    event: Event
    item: str
    text: Text
    due: FuzzyDate | None
    lines: tuple[AskedLine, ...]
    certain: bool
    duty: bool = False
    extended_to: FuzzyDate | None = None

    @property
    def open(self) -> bool:
        """True while somebody asked has not answered."""
        return any(line.outcome not in ANSWERED for line in self.lines if line.asked)


def asks_of(case: CaseFile, on: date | None, tells: Callable[[Event], bool] | None = None) -> tuple[Ask, ...]:
    """Returns every request and duty of the case that stands on the day, in the case's order.

    `on` None means without regard to days. Requests of context events count like any other. The answers of an event
    that `tells` refuses count as not recorded.
    """
    answers = tuple(each for each in _readings(case, on) if tells is None or tells(each.event))
    return tuple(_asks(case, answers, on))


def _asks(case: CaseFile, answers: tuple[Reading, ...], on: date | None) -> Iterator[Ask]:
    for event in case.events:
        certain = on is None or event.dated.certain_by(on)
        if certain or (on is not None and event.dated.possible_by(on)):
            for request in event.asks:
                mine = _about(case, answers, event, request.id)
                lines = _lines(case, [_id(each) for each in request.asked_of], mine)
                moved = [each.answer.new_due for each in mine if each.answer.answer is Outcome.EXTENDED]
                last = next((day for day in reversed(moved) if day is not None), None)
                yield Ask(event, request.id, request.text, request.due, lines, certain, extended_to=last)
    for owed in duties(case, on):
        mine = _about(case, answers, owed.event, owed.duty.id)
        lines = _lines(case, list(parties_of(owed.duty.by, case)), mine)
        yield Ask(owed.event, owed.duty.id, owed.text, None, lines, owed.certain, duty=True)


def _readings(case: CaseFile, on: date | None) -> Iterator[Reading]:
    for event in case.events:
        certain = on is None or event.dated.certain_by(on)
        if certain or (on is not None and event.dated.possible_by(on)):
            for answer in event.answers:
                yield Reading(event, answer, certain)


def _about(case: CaseFile, answers: Iterable[Reading], event: Event, item: str) -> tuple[Reading, ...]:
    wanted = f"{case.id}/{event.id}#{item}"
    return tuple(each for each in answers if case.full(each.answer.request) == wanted)


def _id(party: NamedParty) -> str | None:
    return None if party.party == UNKNOWN else party.party


def _lines(case: CaseFile, asked: Sequence[str | None], answers: tuple[Reading, ...]) -> tuple[AskedLine, ...]:
    """A line for each party asked, then one for each other party whose answer is recorded."""
    if not [party for party in asked if party is not None]:
        return (AskedLine(None, reading(answers), answers),)
    lines = [_line(case, party, answers) for party in asked]
    counted = {id(one) for line in lines for each in (line, *line.parts) for one in each.readings}
    others = tuple(each for each in answers if id(each) not in counted)
    return (*lines, *(AskedLine(party, reading(mine), mine, asked=False) for party, mine in _by_party(others)))


def _line(case: CaseFile, party: str | None, answers: tuple[Reading, ...]) -> AskedLine:
    own = tuple(each for each in answers if party in answerers(each))
    parts = tuple(
        AskedLine(part, reading(mine), mine)
        for part, mine in _by_party(answers)
        if part != party and part is not None and party is not None and case.registry.belongs(part, party)
    )
    outcome = reading(own)
    if outcome == "unanswered" and not parts:
        own = (*own, *(each for each in answers if _is_search(each)))
        return AskedLine(party, reading(own), own)
    return AskedLine(party, _agreed(parts) if outcome == "unanswered" else outcome, own, parts)


def _agreed(parts: tuple[AskedLine, ...]) -> AskOutcome:
    outcomes = {part.outcome for part in parts}
    return outcomes.pop() if len(outcomes) == 1 else "unanswered"


def _by_party(answers: Iterable[Reading]) -> list[tuple[str | None, tuple[Reading, ...]]]:
    by_party: dict[str | None, list[Reading]] = {}
    for each in answers:
        for party in answerers(each):
            by_party.setdefault(party, []).append(each)
    return [(party, tuple(mine)) for party, mine in by_party.items()]


def _is_search(each: Reading) -> bool:
    """True for a search that found nothing: it speaks of everybody asked, not of whoever made it."""
    return each.answer.answer is Outcome.UNKNOWN and not each.answer.of


def answerers(each: Reading) -> tuple[str | None, ...]:
    """Returns whose answer it is: those it is told of, else whoever acts in its paper; a search is nobody's."""
    if _is_search(each):
        return ()
    return tuple(_id(party) for party in (each.answer.of or each.event.actors)) or (None,)


def reading(answers: tuple[Reading, ...]) -> AskOutcome:
    """Returns what the answers come to: the last that says something; a search that found nothing overrules none."""
    said = [outcome for each in answers if (outcome := _OUTCOME[each.answer.answer]) is not None]
    telling = [outcome for outcome in said if outcome != "unknown"]
    if telling:
        return telling[-1]
    return "unknown" if said else "unanswered"
