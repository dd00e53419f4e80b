"""The requests of a case at a moment: their terms, and the answers of each party.

Duties of the policy are requests too. A duty counts as met only where a record says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from typing import NamedTuple

from ogpcase.ledger.readings import ANSWERED, ATTESTED, AskOutcome, Reading, answerers, is_search, reading, settling
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
    timing_of_call,
    timing_of_silence,
    timing_while_open,
)
from ogpcase.model.as_of import Moment, When
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind, Outcome
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import Answer, OnMissed, Request
from ogpcase.model.parties import PUBLIC, NamedParty, Parties
from ogpcase.model.texts import Text
from ogpcase.policy.actors import parties_of
from ogpcase.policy.lifecycle import OwedDuty, duties, made_moot


class AskedLine(NamedTuple):
    """One party asked: its outcome, the answers behind it, and the lines of its parts that answered themselves.

    `asked` is false for a party that answered without being asked. `after` is the time from the request to the answer,
    `open_for` how long the request has been open, and `silent_for` how long of that a source attests silence. If the
    parts disagree and the party itself gave no answer, the outcome is `unanswered` and the timing is not known.
    `order_open` is true if an answer that says otherwise may be later than all those that give the outcome.
    """

    party: str | None
    outcome: AskOutcome
    readings: tuple[Reading, ...]
    parts: tuple["AskedLine", ...] = ()
    asked: bool = True
    limit: Limit | None = None
    timing: Timing = UNTIMED
    after: Days | None = None
    open_for: Days | None = None
    silent_for: Days | None = None
    as_named: str | None = None
    order_open: bool = False

    @property
    def called(self) -> bool:
        """True if the public is asked, or nobody in particular under a printed name: nobody owes an answer."""
        return self.party == PUBLIC or self.as_named is not None

    @property
    def told(self) -> Reading | None:
        """The answer that decides the outcome: the first of the `streak`, or the last one of what is attested.

        Without an answer of the party itself, it is that of a part.
        """
        streak = self.streak
        if streak:
            return streak[-1] if self.outcome in ATTESTED else streak[0]
        agreeing = (part.told for part in reversed(self.parts) if part.outcome == self.outcome)
        return next((told for told in agreeing if told), None)

    @property
    def streak(self) -> tuple[Reading, ...]:
        """The party's own answers that give the outcome: all after the last one that says otherwise."""
        answers = [answer for answer in settling(self.readings) if answer.outcome is not None]
        if self.outcome != "unknown":
            answers = [answer for answer in answers if answer.outcome != "unknown"]
        last = max((place for place, answer in enumerate(answers) if answer.outcome != self.outcome), default=-1)
        return tuple(answers[last + 1 :])

    @property
    def certain(self) -> bool:
        """False if the outcome rests on an event that may not have happened, or on an order that dates leave open."""
        sure = all(answer.certain for answer in self.streak or self.readings) and not self.order_open
        return sure and all(part.certain for part in self.parts)

    @property
    def answered(self) -> bool:
        """True once no further answer of the party is expected, and that is certain."""
        return self.outcome in ANSWERED and self.certain


def lines_of(case: CaseFile, asked_of: Sequence[NamedParty], answers: tuple[Reading, ...]) -> tuple[AskedLine, ...]:
    """Returns a line for each party asked, then a line for each other party whose answer is recorded.

    Whoever answers a call is a part of its first line.
    """
    return tuple(_with_order(case, line) for line in _lines(case, asked_of, answers))


def _with_order(case: CaseFile, line: AskedLine) -> AskedLine:
    """Says of a line and its parts whether the dates leave open which answer is the last."""
    streak = line.streak
    others = {other.event.id for other in line.readings if other.outcome not in (None, "unknown", line.outcome)}
    left = others - {one.event.id for one in streak}
    for one in reversed(streak):
        left = left and left - case.all_before(one.event.id)
    parts = tuple(_with_order(case, part) for part in line.parts)
    return line._replace(parts=parts, order_open=bool(left and streak))


def _lines(case: CaseFile, asked_of: Sequence[NamedParty], answers: tuple[Reading, ...]) -> tuple[AskedLine, ...]:
    answers = tuple(answer for answer in answers if answer.outcome is not None)
    asked = [party.known_id for party in asked_of]
    calls = [_call(party, answers) for party in asked_of if party.called]
    if not calls and not any(asked):
        return (AskedLine(None, reading(answers), answers),)
    lines = [_line(case, party.known_id, answers, asked) for party in asked_of if not party.called]
    counted = {id(told.answer) for line in (*calls, *lines) for part in (line, *line.parts) for told in part.readings}
    others = tuple(told for told in answers if id(told.answer) not in counted)
    apart = tuple(AskedLine(party, reading(own), own, asked=bool(calls)) for party, own in _by_party(others))
    if calls:
        return (calls[0]._replace(parts=apart), *calls[1:], *lines)
    return (*lines, *apart)


def _call(party: NamedParty, answers: tuple[Reading, ...]) -> AskedLine:
    """Returns the line of the public, or of nobody in particular, which only events can overtake."""
    own = tuple(answer for answer in answers if answer.outcome == "overtaken" and not answer.answer.of)
    as_named = None if party.known_id else party.as_named
    return AskedLine(party.known_id, "overtaken" if own else "call", own, as_named=as_named)


def _line(case: CaseFile, party: str | None, answers: tuple[Reading, ...], asked: Sequence[str | None]) -> AskedLine:
    own = tuple(answer for answer in answers if party in answerers(answer) or _overtakes_all(case, answer, asked))
    parts = tuple(
        AskedLine(part, reading(of_part), of_part)
        for part, by_part in _by_party(answers)
        if part not in {None, party} and (of_part := tuple(_for_whole(case, part, party, by_part)))
    )
    outcome = reading(own)
    if outcome == "unanswered" and not parts:
        own = (*own, *filter(is_search, answers))
        return AskedLine(party, reading(own), own)
    agreed = {part.outcome for part in parts}
    if outcome == "unanswered" and len(agreed) == 1:
        outcome = agreed.pop()
    return AskedLine(party, outcome, own, parts)


def _for_whole(case: CaseFile, part: str | None, whole: str | None, answers: Iterable[Reading]) -> Iterator[Reading]:
    """Yields the answers that a party gave as a part of a whole; not certain where dates leave open whether it was."""
    for answer in answers:
        was_part = part and whole and case.registry.belongs(part, whole, answer.event.day)
        if was_part or was_part is None:
            yield answer if was_part else answer._replace(certain=False)


def _by_party(answers: Iterable[Reading]) -> list[tuple[str | None, tuple[Reading, ...]]]:
    by_party: dict[str | None, list[Reading]] = {}
    for answer in answers:
        for party in answerers(answer):
            by_party.setdefault(party, []).append(answer)
    return [(party, tuple(own)) for party, own in by_party.items()]


def _overtakes_all(case: CaseFile, reading: Reading, asked: Sequence[str | None]) -> bool:
    """True if somebody who was not asked overtook the request: that holds for all parties asked."""
    if reading.answer.answer is not Outcome.OVERTAKEN or reading.answer.of:
        return False
    actors, day = [actor for actor in answerers(reading) if actor], reading.event.day
    return not any(case.registry.may_belong(actor, whole, day) for actor in actors for whole in asked if whole)


class Ask(NamedTuple):
    """One request at a moment: its text, its event, its term, and a line for each party asked.

    `duty` is true if the policy asks, and the event only carries the move that brings the duty. `limit` is None without
    a term; a term moved for one party alone is in that party's line. `at_end` is true if the request was still open
    when the case ended. `extended_to` is the last new due day that an answer gives, for all or for one party.
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
        """The last day in time that the request itself names."""
        request = next((request for request in self.event.asks if request.id == self.item), None)
        return request.due if request and not self.duty else None

    @property
    def open(self) -> bool | None:
        """True while somebody asked has not answered, None where that cannot be known: see `open_of`."""
        states = {self.open_of(line) for line in self.lines if line.asked}
        return True if True in states else None if None in states else False

    def open_of(self, line: AskedLine) -> bool | None:
        """Returns false once a party has certainly answered, and None where that or the request itself only may be."""
        if line.answered:
            return False
        told = (reading.outcome for each in (line, *line.parts) for reading in each.readings)
        may_be_answered = line.outcome == "not_read" or (not line.certain and not ANSWERED.isdisjoint(told))
        return None if may_be_answered or not self.certain else True


def asks_of(case: CaseFile, on: When, *, only_open: bool = False) -> tuple[Ask, ...]:
    """Returns every request made by the moment, in the case's order, and then every duty.

    With `only_open`, returns the requests that are or may be open, without duties. If `on` is None, days do not matter.
    Requests of context events count like others.
    """
    moment = Moment.at(on)
    if only_open:
        return tuple(ask for ask in _Book(case, moment, only_open=True).requests() if ask.open is not False)
    return _asks_and_duties(case, moment)


@lru_cache(maxsize=2)
def _asks_and_duties(case: CaseFile, moment: Moment) -> tuple[Ask, ...]:
    """Returns every request and every duty; remembered, as the views of a case ask for them one after another."""
    book = _Book(case, moment)
    return (*book.requests(), *(book.duty(owed) for owed in duties(case, moment)))


class _Book:
    """A case's requests and answers at a moment."""

    def __init__(self, case: CaseFile, moment: Moment, *, only_open: bool = False) -> None:
        self.case = case
        self.moment = moment
        self.only_open = only_open

    @cached_property
    def clock(self) -> Clock:
        """The days of the case."""
        return Clock(self.case, self.moment)

    def requests(self) -> tuple[Ask, ...]:
        """Returns each request of the events that may have happened."""
        possible = (event for event in self.case.events if self.moment.possible(event))
        return tuple(self.ask(event, request) for event in possible for request in event.asks)

    def ask(self, event: Event, request: Request) -> Ask:
        """Returns a request of a record with its answers."""
        limit, certain = self._limit(event, request), self.moment.certain(event)
        ask = Ask(event, request.id, request.text, limit, (), certain, on_missed=request.on_missed)
        return self._answered(ask, request.asked_of)

    def duty(self, owed: OwedDuty) -> Ask:
        """Returns a duty that the policy brings with a move, with its answers."""
        ask = Ask(owed.event, owed.duty.id, owed.text, None, (), owed.certain, duty=True)
        return self._answered(ask, self._owing(owed), self._moot(owed))

    def _moot(self, owed: OwedDuty) -> tuple[Reading, ...]:
        """Returns that the first later record that makes a duty pointless overtook it, unless a record answers it."""
        records = [event for event in made_moot(self.case, owed.event, owed.duty) if self.moment.possible(event)]
        if not records or any(reading.outcome for reading in self._about(owed.event, owed.duty.id)):
            return ()
        name = Reference(f"{owed.event.id}#{owed.duty.id}")
        overtaken = Answer.model_construct(request=name, answer=Outcome.OVERTAKEN, of=())
        return (Reading(records[0], overtaken, self.clock.certain(records[0])),)

    def _owing(self, owed: OwedDuty) -> Parties:
        return tuple(NamedParty(party=party) for party in parties_of(owed.duty.by, self.case))

    def _answered(self, ask: Ask, asked: Parties, implied: tuple[Reading, ...] = ()) -> Ask:
        answers = (*self._about(ask.event, ask.item), *implied)
        if _answer_is_withheld(ask):
            timing = NOT_KNOWN if ask.limit else UNTIMED
            hidden = (AskedLine(party, "withheld", (), limit=ask.limit, timing=timing) for party in _ids(asked))
            return ask._replace(lines=tuple(hidden))
        lines = self._lines(asked, answers)
        still_open = any(line.asked and not line.answered for line in lines)
        if self.only_open and not still_open:
            return ask._replace(lines=tuple(lines))
        extensions = [answer for answer in answers if answer.outcome is None]
        limit = moved(self.clock.case, ask.limit, (extension for extension in extensions if not extension.answer.of))
        judged = self.clock.judged(ask.event) if still_open else self.clock.today
        return ask._replace(
            limit=limit,
            lines=tuple(self._timed(ask, line, extensions, judged) for line in lines),
            at_end=still_open and self.clock.ended_after(ask.event),
            extended_to=next((to for extension in reversed(extensions) if (to := extension.answer.new_due)), None),
        )

    def _lines(self, asked: Parties, answers: tuple[Reading, ...]) -> tuple[AskedLine, ...]:
        """Returns a line for each party; if a record cannot be read, the outcome of open lines is not known."""
        lines = lines_of(self.case, asked, answers)
        if self.case.answers_are_known:
            return lines
        return tuple(
            line if line.answered or not line.asked else AskedLine(line.party, "not_read", line.readings)
            for line in lines
        )

    def _timed(self, ask: Ask, line: AskedLine, extensions: list[Reading], judged: DaySpan | None) -> AskedLine:
        limit = moved(
            self.clock.case, ask.limit, (extension for extension in extensions if self._is_for(extension, line.party))
        )
        asked, came = self.clock.day(ask.event), self._came(line, ask.event)
        if line.outcome == "not_read":
            return line._replace(limit=limit, timing=NOT_KNOWN if limit else UNTIMED)
        return line._replace(
            parts=tuple(self._timed(ask, part, extensions, judged) for part in line.parts),
            limit=limit,
            timing=_timing(line, limit, came, judged) if line.asked else UNTIMED,
            after=between(asked, came) if line.outcome in ANSWERED - ATTESTED and asked and came else None,
            open_for=between(asked, judged) if line.outcome not in ANSWERED and asked and judged else None,
            silent_for=between(asked, came) if line.outcome == "silent" and asked and came else None,
        )

    def _came(self, line: AskedLine, asked_by: Event) -> DaySpan | None:
        """Returns the day of the outcome, or the last day up to which it is attested; None if unknown."""
        if line.streak:
            days = [self._day_told(answer, line.party, asked_by) for answer in line.streak]
            joined = DaySpan.and_then if line.outcome in ATTESTED else DaySpan.or_before
        else:
            days = [self._came(part, asked_by) for part in line.parts if part.outcome == line.outcome]
            joined = DaySpan.and_then
        known = [day for day in days if day is not None]
        return reduce(joined, known) if known and len(known) == len(days) else None

    def _day_told(self, told: Reading, party: str | None, asked_by: Event) -> DaySpan | None:
        """Returns the day of an answer; if another party's paper reports it, a day between request and paper."""
        day = self.clock.day(told.event)
        if day is None or told.outcome in ATTESTED | {"overtaken", "unknown"} or not self._tells_of_others(told, party):
            return day
        asked = self.clock.day(asked_by)
        if asked and asked.earliest and day.latest and asked.earliest > day.latest:
            return day  # told before it was asked: OC302
        return DaySpan(asked.earliest if asked else None, day.latest, day.firm and (asked is None or asked.firm))

    def _tells_of_others(self, told: Reading, party: str | None) -> bool:
        """True if the paper is by nobody known, or by others than the party, its parts and the bodies it belongs to.

        Never true for a development, which is the answer itself and not a paper about it.
        """
        belongs, day = self.case.registry.may_belong, told.event.day
        if told.answer.of and any(actor.known_id is None for actor in told.event.principals):
            return told.event.kind is not Kind.DEVELOPMENT
        actors = [actor.known_id for actor in told.event.principals if actor.known_id]
        if not told.answer.of or not actors or party is None or told.event.kind is Kind.DEVELOPMENT:
            return False
        return not any(belongs(actor, party, day) or belongs(party, actor, day) for actor in actors)

    def _is_for(self, extension: Reading, party: str | None) -> bool:
        """True if an extension is for all, for this party, or for a body that the party belongs to."""
        of = [whole.known_id for whole in extension.answer.of]
        belongs, day = self.case.registry.may_belong, extension.event.day
        return not of or party is None or any(whole and belongs(party, whole, day) for whole in of)

    def _limit(self, event: Event, request: Request) -> Limit | None:
        if request.due is not None:
            return fixed(request.due)
        if request.within is None:
            return None
        counted = Counted.of(request.within)
        return counted_from(counted, self._start(event, counted))

    def _start(self, event: Event, counted: Counted) -> DaySpan | None:
        """Returns the day a term runs from; None where it is not recorded, or has not come."""
        after = counted.after
        if after is None:
            return self.clock.day(event, counted.counted_from)
        book = self._book_of(after)
        start = book.case.event_by_id.get(after.event) if book else None
        if book is None or start is None:
            return None
        return book._met_by_all(start, after.item) if after.item else book.clock.day(start, counted.counted_from)  # noqa: SLF001 - a book of the same class

    def _book_of(self, reference: Reference) -> "_Book | None":
        if self.case.owns(reference):
            return self
        other = self.case.beside.get(reference.case or "")
        return _Book(other, self.moment, only_open=self.only_open) if other else None

    def _met_by_all(self, event: Event, item: str) -> DaySpan | None:
        """Returns the day by which all parties asked had met a request; None where that is not recorded."""
        if not self.moment.possible(event):
            return None
        request = next((request for request in event.asks if request.id == item), None)
        of_event = (owed for owed in duties(self.case, self.moment) if owed.event is event)
        owed = next((owed for owed in of_event if owed.duty.id == item), None)
        if request is None and owed is None:
            return None
        asked = request.asked_of if request else self._owing(owed) if owed else ()
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
        """The answers to each request, in the case's order."""
        answers: dict[str, tuple[Reading, ...]] = {}
        for event in self.case.events:
            if event.answers and self.moment.possible(event):
                for answer in event.answers:
                    name = self.case.full(answer.request)
                    answers[name] = (*answers.get(name, ()), Reading(event, answer, self.clock.certain(event)))
        return answers


def _ids(asked: Parties) -> tuple[str | None, ...]:
    return tuple(party.known_id for party in asked) or (None,)


def _answer_is_withheld(ask: Ask) -> bool:
    """True in a public copy that leaves out the answer: the request is then never shown as open, late or silent."""
    if ask.duty:
        return ask.item in ask.event.answer_withheld
    return any(request.answer_withheld for request in ask.event.asks if request.id == ask.item)


def _timing(line: AskedLine, limit: Limit | None, came: DaySpan | None, judged: DaySpan | None) -> Timing:
    differ = line.outcome == "unanswered" and line.parts  # each part has a timing of its own
    if limit is None or limit.day is None or differ:
        return NOT_KNOWN if limit else UNTIMED
    if line.outcome == "call":
        return timing_of_call(limit.day, judged)
    if line.outcome in ("overtaken", "not_met"):  # judged on the day it ended, or was said not to be done
        return timing_while_open(limit.day, came)
    if line.outcome in ANSWERED:
        return timing_of_answer(limit.day, came)
    if line.outcome == "silent":
        return timing_of_silence(limit.day, came, judged)
    return timing_while_open(limit.day, judged)
