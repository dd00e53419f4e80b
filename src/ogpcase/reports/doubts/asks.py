"""Doubts about requests: terms whose start or end is not known, and what came back told differently, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ogpcase.ledger import asks_of
from ogpcase.model.asks import Request
from ogpcase.model.codelists import CountedFrom, Outcome
from ogpcase.model.events import Event
from ogpcase.model.parties import UNKNOWN
from ogpcase.reports.asks.rows import AskLine, ask_lines_of
from ogpcase.reports.doubts.doubt import About, Doubt, DoubtedEvent, SaidBy
from ogpcase.reports.shown import Shown

_CLASHING = frozenset({
    frozenset({Outcome.MET, Outcome.REFUSED}),
    frozenset({Outcome.MET, Outcome.NONE}),
    frozenset({Outcome.PARTLY_MET, Outcome.NONE}),
    frozenset({Outcome.REFUSED, Outcome.NONE}),
})  # fmt: skip


def term_doubts(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields the doubts about the terms that an event sets or moves.

    A term that runs from another request's being met waits for that, which is no doubt.
    """
    for field in ("requests", "milestones"):
        for request in getattr(seen.event, field, ()):
            if seen.sound(field):
                yield from _no_start(seen, field, request)
    for answer in seen.event.answers if seen.sound("answers") else ():
        if answer.answer is Outcome.EXTENDED and answer.new_due is None:
            said = f"the term of {answer.request} was extended, to which day is not recorded"
            yield seen.doubt(About.NEW_TERM_UNKNOWN, "answers", said, "a source that gives the new last day")


def _no_start(seen: DoubtedEvent, field: str, request: Request) -> Iterator[Doubt]:
    within, shown = request.within, seen.shown
    if within is None or (within.after is not None and (within.after.item or not shown.case.owns(within.after))):
        return
    counted = within.from_ or CountedFrom.DATED
    base = shown.case.event_by_id.get(within.after.event) if within.after else seen.event
    if base is None:
        if within.after and within.after.event not in shown.case.unreadable:
            said = f"counts from {within.after}, which is not recorded"
            settled = "a record of that event"
            yield seen.doubt(About.NO_START, field, said, settled, item=request.id)
        return
    day = getattr(base, counted)
    known = day is not None and day.form != "unknown"
    if known or not DoubtedEvent(shown, base).sound(counted) or not shown.reader.moment.possible(base):
        return
    paper = "the paper" if base is seen.event else base.id
    said = f"counts from the day that {paper} was {_DAYS[counted]}, which is not recorded"
    settled = f"a source that says when it was {_DAYS[counted]}"
    yield seen.doubt(About.NO_START, field, said, settled, item=request.id)


_DAYS = {CountedFrom.DATED: "made", CountedFrom.RECEIVED: "received", CountedFrom.PUBLISHED: "made public"}


def answer_doubts(shown: Shown) -> Iterator[Doubt]:
    """Yields the doubts about what came back: told differently by two sides, or looked for in vain."""
    yield from _told_differently(shown)
    for ask in asks_of(shown.case, shown.reader.moment):
        seen = DoubtedEvent(shown, ask.event)
        lines = [each for line in ask_lines_of(shown, ask) for each in _with_parts(line) if each.outcome == "unknown"]
        if lines:
            names = ", ".join(dict.fromkeys(each.party for each in lines if each.party != UNKNOWN))
            said = f"{shown.text(ask.text).rstrip('.')}{f' (of {names})' if names else ''}"
            settled = "a paper that answers, or a source that attests that no answer came"
            yield seen.doubt(About.ANSWER_UNKNOWN, "requests", said, settled, item=ask.item)


def _with_parts(line: AskLine) -> Iterator[AskLine]:
    yield line
    for part in line.parts:
        yield from _with_parts(part)


class _Told(NamedTuple):
    """An answer of one party, and who tells it."""

    event: Event
    outcome: Outcome
    tellers: frozenset[str]

    def contradicts(self, later: _Told) -> bool:
        """True when a later answer of another teller excludes this one, and is no step on from it."""
        if frozenset({self.outcome, later.outcome}) not in _CLASHING or self.tellers == later.tellers:
            return False
        grew = self.outcome is Outcome.NONE or (self.outcome, later.outcome) == (Outcome.REFUSED, Outcome.MET)
        return not (grew and self.event.dated.certainly_before(later.event.dated))


def _told_differently(shown: Shown) -> Iterator[Doubt]:
    for (request, party), several in _all_told(shown).items():
        for one, other in combinations(several, 2):
            if one.contradicts(other):
                values = tuple(_said_by(each) for each in (one, other))
                told = " and ".join(f"{each.value} by {each.sources[0]}" for each in values)
                said = f"{request}, of {shown.name(party)}: {told}"
                settled = "the answer itself, or a third source on what came back"
                yield DoubtedEvent(shown, other.event).doubt(
                    About.ANSWERS_DISAGREE, "answers", said, settled, values=values
                )


def _said_by(told: _Told) -> SaidBy:
    word = "no answer" if told.outcome is Outcome.NONE else str(told.outcome).replace("_", " ")
    return SaidBy(word, (told.event.id,))


def _all_told(shown: Shown) -> dict[tuple[str, str], list[_Told]]:
    """What is told of each request, party by party, in the case's order."""
    found: dict[tuple[str, str], list[_Told]] = {}
    for event in shown.events():
        tellers = frozenset(each.party for each in event.actors)
        for answer in event.answers:
            for party in answer.of or event.actors:
                if party.party != UNKNOWN:
                    told = _Told(event, answer.answer, tellers)
                    found.setdefault((str(answer.request), party.party), []).append(told)
    return found
