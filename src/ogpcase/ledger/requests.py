"""The requests of a case with their terms and what came back on each, party by party, at a moment.

Duties that the policy lays on a body are requests too, and are never inferred as met.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from typing import NamedTuple

from ogpcase.ledger.readings import ANSWERED, AskOutcome, Reading, answerers, is_search, reading, settling
from ogpcase.ledger.terms import (
    NOT_KNOWN,
    UNTIMED,
    Clock,
    Counted,
    DaySpan,
    Limit,
    Timing,
    between,
    counted_from,
    fixed,
    moved,
    timing_of_answer,
    timing_of_silence,
    timing_while_open,
)
from ogpcase.model.as_of import Moment, When
from ogpcase.model.casefile import CaseFile, may_follow
from ogpcase.model.codelists import Kind, Outcome
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event, OnMissed, Request
from ogpcase.model.ids import Reference
from ogpcase.model.texts import Text
from ogpcase.policy.actors import parties_of
from ogpcase.policy.lifecycle import OwedDuty, duties


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
    agreed = {part.outcome for part in parts}
    if outcome == "unanswered" and len(agreed) == 1:
        outcome = agreed.pop()
    return AskedLine(party, outcome, own, parts)


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


def asks_of(case: CaseFile, on: When, *, only_open: bool = False) -> tuple[Ask, ...]:
    """Returns every request of the case that stands at the moment, in the case's order, and then every duty.

    With `only_open`, no duties, and only the requests that somebody has not certainly answered. No day means without
    regard to days. Requests of context events count like any other.
    """
    book = _Book(case, Moment.at(on), only_open=only_open)
    possible = (event for event in case.events if book.moment.possible(event))
    asks = tuple(book.ask(event, request) for event in possible for request in event.asks)
    if only_open:
        return tuple(ask for ask in asks if ask.open)
    return (*asks, *(book.duty(owed) for owed in duties(case, book.moment)))


class _Book:
    """A case's requests and answers as far as they may be known at a moment."""

    def __init__(self, case: CaseFile, moment: Moment, *, only_open: bool = False) -> None:
        self.case = case
        self.moment = moment
        self.only_open = only_open

    @cached_property
    def clock(self) -> Clock:
        """The days of the case."""
        return Clock(self.case, self.moment)

    def ask(self, event: Event, request: Request) -> Ask:
        """Returns a request of a record with what came back on it."""
        asked = tuple(party.known_id for party in request.asked_of)
        limit, certain = self._limit(event, request), self.moment.certain(event)
        ask = Ask(event, request.id, request.text, limit, (), certain, on_missed=request.on_missed)
        return self._answered(ask, asked)

    def duty(self, owed: OwedDuty) -> Ask:
        """Returns a duty that the policy brings with a move, with what came back on it."""
        ask = Ask(owed.event, owed.duty.id, owed.text, None, (), owed.certain, duty=True)
        return self._answered(ask, parties_of(owed.duty.by, self.case))

    def _answered(self, ask: Ask, asked: tuple[str | None, ...]) -> Ask:
        """Returns the request with what came back on it, each line with its own term and time."""
        mine = self._about(ask.event, ask.item)
        if _answer_is_withheld(ask):
            timing = NOT_KNOWN if ask.limit else UNTIMED
            hidden = (AskedLine(party, "withheld", (), limit=ask.limit, timing=timing) for party in asked or (None,))
            return ask._replace(lines=tuple(hidden))
        lines = lines_of(self.case, asked, mine)
        still_open = any(line.asked and not line.answered for line in lines)
        if self.only_open and not still_open:
            return ask._replace(lines=tuple(lines))
        extended = [each for each in mine if each.outcome is None]
        limit = moved(ask.limit, (each for each in extended if not each.answer.of))
        judged = self.clock.judged(ask.event) if still_open else self.clock.today
        return ask._replace(
            limit=limit,
            lines=tuple(self._timed(ask, line, extended, judged) for line in lines),
            at_end=still_open and self.clock.ended_after(ask.event),
            extended_to=next((to for each in reversed(extended) if (to := each.answer.new_due)), None),
        )

    def _timed(self, ask: Ask, line: AskedLine, extended: list[Reading], judged: DaySpan | None) -> AskedLine:
        limit = moved(ask.limit, (each for each in extended if self._is_for(each, line.party)))
        asked, came = self.clock.day(ask.event), self._came(line, ask.event)
        return line._replace(
            parts=tuple(self._timed(ask, part, extended, judged) for part in line.parts),
            limit=limit,
            timing=_timing(line, limit, came, judged) if line.asked else UNTIMED,
            after=between(asked, came) if line.outcome in ANSWERED and asked and came else None,
            open_for=between(asked, judged) if line.outcome not in ANSWERED and asked and judged else None,
        )

    def _came(self, line: AskedLine, asked_by: Event) -> DaySpan | None:
        """Returns the day that what the outcome rests on came, or a silence was last attested; None where unknown."""
        if line.streak:
            days = [self._day_told(each, line.party, asked_by) for each in line.streak]
            joined = DaySpan.and_then if line.outcome == "silent" else DaySpan.or_before
        else:
            days = [self._came(part, asked_by) for part in line.parts if part.outcome == line.outcome]
            joined = DaySpan.and_then
        known = [day for day in days if day is not None]
        return reduce(joined, known) if known and len(known) == len(days) else None

    def _day_told(self, told: Reading, party: str | None, asked_by: Event) -> DaySpan | None:
        """Returns the day of an answer; one that another's paper tells of came some day between asking and telling."""
        day = self.clock.day(told.event)
        if day is None or told.outcome in {"silent", "overtaken", "unknown"} or not self._tells_of_others(told, party):
            return day
        asked = self.clock.day(asked_by)
        return DaySpan(asked.earliest if asked else None, day.latest, day.firm and (asked is None or asked.firm))

    def _tells_of_others(self, told: Reading, party: str | None) -> bool:
        """True for a paper by somebody who is neither the party, nor part of it, nor what it is part of.

        So it is where nobody knows by whom the paper is. A development is what happened itself, not word of it.
        """
        belongs = self.case.registry.belongs
        if told.answer.of and any(actor.known_id is None for actor in told.event.actors):
            return told.event.kind is not Kind.DEVELOPMENT
        actors = [actor.known_id for actor in told.event.actors if actor.known_id]
        if not told.answer.of or not actors or party is None or told.event.kind is Kind.DEVELOPMENT:
            return False
        return not any(belongs(actor, party) or belongs(party, actor) for actor in actors)

    def _is_for(self, extension: Reading, party: str | None) -> bool:
        """True when an extension is for everybody, for this party, or for what it belongs to."""
        of = [whole.known_id for whole in extension.answer.of]
        return not of or party is None or any(whole and self.case.registry.belongs(party, whole) for whole in of)

    def _limit(self, event: Event, request: Request) -> Limit | None:
        if request.due is not None:
            return fixed(request.due)
        if request.within is None:
            return None
        counted = Counted.of(request.within)
        return counted_from(counted, self._start(event, counted))

    def _start(self, event: Event, counted: Counted) -> DaySpan | None:
        """Returns the day a term runs from; None where it is not recorded, or not yet there."""
        after = counted.after
        if after is None:
            return self.clock.day(event, counted.counted_from)
        book = self._book_of(after)
        found = book.case.event_by_id.get(after.event) if book else None
        if book is None or found is None:
            return None
        return book._met_by_all(found, after.item) if after.item else book.clock.day(found, counted.counted_from)  # noqa: SLF001 - a book of the same class

    def _book_of(self, reference: Reference) -> _Book | None:
        if self.case.owns(reference):
            return self
        other = self.case.beside.get(reference.case or "")
        return _Book(other, self.moment, only_open=self.only_open) if other else None

    def _met_by_all(self, event: Event, item: str) -> DaySpan | None:
        """Returns the day by which all who were asked had met a request; None where that is not recorded."""
        if not self.moment.possible(event):
            return None
        request = next((each for each in event.asks if each.id == item), None)
        owed = next(
            (each for each in duties(self.case, self.moment) if each.event is event and each.duty.id == item), None
        )
        if request is None and owed is None:
            return None
        asked = (
            [each.known_id for each in request.asked_of]
            if request
            else parties_of(owed.duty.by, self.case)
            if owed
            else ()
        )
        lines = [line for line in lines_of(self.case, asked, self._about(event, item)) if line.asked]
        days = [self._met_on(line, event) for line in lines]
        known = [day for day in days if day is not None]
        return reduce(DaySpan.and_then, known) if known and len(known) == len(days) else None

    def _met_on(self, line: AskedLine, asked_by: Event) -> DaySpan | None:
        day = self._came(line, asked_by) if line.outcome == "met" else None
        return day._replace(firm=day.firm and line.certain) if day else None

    def _about(self, event: Event, item: str) -> tuple[Reading, ...]:
        return self._readings.get(f"{self.case.id}/{event.id}#{item}", ())

    @cached_property
    def _readings(self) -> dict[str, tuple[Reading, ...]]:
        """What is told of each request, in the case's order."""
        found: dict[str, tuple[Reading, ...]] = {}
        for event in self.case.events:
            if event.answers and self.moment.possible(event):
                for answer in event.answers:
                    name = self.case.full(answer.request)
                    found[name] = (*found.get(name, ()), Reading(event, answer, self.clock.certain(event)))
        return found


def _answer_is_withheld(ask: Ask) -> bool:
    """True in a public copy that leaves out what came back: whatever the day, it is neither open, late nor silent."""
    if ask.duty:
        return ask.item in ask.event.answer_withheld
    return any(request.answer_withheld for request in ask.event.asks if request.id == ask.item)


def _timing(line: AskedLine, limit: Limit | None, came: DaySpan | None, judged: DaySpan | None) -> Timing:
    if limit is None:
        return UNTIMED
    if limit.day is None or (line.outcome == "unanswered" and line.parts):  # its parts answered, each in its time
        return NOT_KNOWN
    if line.outcome == "overtaken":
        return timing_while_open(limit.day, came)
    if line.outcome in ANSWERED:
        return timing_of_answer(limit.day, came)
    if line.outcome == "silent":
        return timing_of_silence(limit.day, came, judged)
    return timing_while_open(limit.day, judged)
