"""What is asked by which event, by when, and what came back from each party asked, at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ogpcase.ledger.readings import ANSWERED, AskOutcome, Reading, answerers, is_search, reading, settling
from ogpcase.ledger.terms import Limit
from ogpcase.ledger.timing import UNTIMED, Timing
from ogpcase.model.asks import OnMissed
from ogpcase.model.casefile import CaseFile, may_follow
from ogpcase.model.codelists import Outcome
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.texts import Text


class AskedLine(NamedTuple):
    """One party asked: its outcome, the answers that give it, and the parts of it that answered for themselves.

    `asked` is false for a party that answered without being asked, or part of one asked. `after` is the time from the
    request to what came back, `open_for` the time it has been open. Where parts do not agree the whole has no answer
    of its own: its outcome is `unanswered`, its timing not known.
    """

    party: str | None
    outcome: AskOutcome
    readings: tuple[Reading, ...]
    parts: tuple[AskedLine, ...] = ()
    asked: bool = True
    limit: Limit | None = None
    timing: Timing = UNTIMED
    after: Days | None = None
    open_for: Days | None = None

    @property
    def told(self) -> Reading | None:
        """The answer that the outcome rests on: the first that says so after all that say otherwise.

        Of the party itself, else of its parts; of a silence the last that attests it.
        """
        streak = self.streak
        if streak:
            return streak[-1] if self.outcome == "silent" else streak[0]
        return next(
            (told for part in reversed(self.parts) if part.outcome == self.outcome and (told := part.told)), None
        )

    @property
    def streak(self) -> tuple[Reading, ...]:
        """The party's own answers that say what the outcome is, from the last that says otherwise on."""
        telling = [each for each in settling(self.readings) if each.outcome is not None]
        if self.outcome != "unknown":
            telling = [each for each in telling if each.outcome != "unknown"]
        last = max((place for place, each in enumerate(telling) if each.outcome != self.outcome), default=-1)
        return tuple(telling[last + 1 :])

    @property
    def certain(self) -> bool:
        """False where the outcome rests on an event that has only possibly happened, or on an order that is open."""
        counted = self.streak or self.readings
        sure = all(each.certain for each in counted) and not self._order_open
        return sure and all(part.certain for part in self.parts)

    @property
    def answered(self) -> bool:
        """True once nothing more is awaited from the party, and that is certain."""
        return self.outcome in ANSWERED and self.certain

    @property
    def _order_open(self) -> bool:
        others = [each for each in self.readings if each.outcome not in (None, "unknown", self.outcome)]
        return any(all(may_follow(each.event, one.event) for one in self.streak) for each in others if self.streak)


def lines_of(case: CaseFile, asked: Sequence[str | None], answers: tuple[Reading, ...]) -> tuple[AskedLine, ...]:
    """Returns a line for each party asked, then one for each other party whose answer is recorded."""
    answers = tuple(each for each in answers if each.outcome is not None)
    if not [party for party in asked if party is not None]:
        return (AskedLine(None, reading(answers), answers),)
    lines = [_line(case, party, answers, asked) for party in asked]
    counted = {id(one) for line in lines for each in (line, *line.parts) for one in each.readings}
    others = tuple(each for each in answers if id(each) not in counted)
    return (*lines, *(AskedLine(party, reading(mine), mine, asked=False) for party, mine in _by_party(others)))


def _line(case: CaseFile, party: str | None, answers: tuple[Reading, ...], asked: Sequence[str | None]) -> AskedLine:
    own = tuple(each for each in answers if party in answerers(each) or _overtakes_all(case, each, asked))
    parts = tuple(
        AskedLine(part, reading(mine), mine)
        for part, mine in _by_party(answers)
        if part != party and part is not None and party is not None and case.registry.belongs(part, party)
    )
    outcome = reading(own)
    if outcome == "unanswered" and not parts:
        own = (*own, *(each for each in answers if is_search(each)))
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


def _overtakes_all(case: CaseFile, each: Reading, asked: Sequence[str | None]) -> bool:
    """True for what overtook a request by the act of somebody who was not asked: it is told of everybody asked."""
    if each.answer.answer is not Outcome.OVERTAKEN or each.answer.of:
        return False
    belongs = case.registry.belongs
    return not any(belongs(actor, whole) for actor in answerers(each) if actor for whole in asked if whole)


class Ask(NamedTuple):
    """One request at a moment: what is asked, by which event, by when, and a line for each party asked.

    `duty` is true where the policy asks, and the event only carries the move that brings the duty. `limit` is None
    where no term is set; what moved it for one party alone shows in that party's line. `at_end` is true for what was
    asked before the case ended and was still open then. `extended_to` is the last day named by an answer that moved
    the term, for everybody or for somebody asked.
    """

    event: Event
    item: str
    text: Text
    limit: Limit | None
    lines: tuple[AskedLine, ...]
    certain: bool
    duty: bool = False
    on_missed: OnMissed | None = None
    at_end: bool = False
    extended_to: FuzzyDate | None = None

    @property
    def due(self) -> FuzzyDate | None:
        """The last day that is in time as the request itself names it."""
        request = next((each for each in self.event.asks if each.id == self.item), None)
        return request.due if request and not self.duty else None

    @property
    def open(self) -> bool:
        """True while somebody asked has not certainly answered."""
        return any(not line.answered for line in self.lines if line.asked)
