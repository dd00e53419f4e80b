"""What was asked, by when, and what came back, as every view shows it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ogpcase.ledger import Ask, AskedLine, Counted, Limit
from ogpcase.model.dates import Days
from ogpcase.reports.shown import Shown


class CountedTerm(NamedTuple):
    """So many units after something: an event, or a request's being met; `after` is None for the paper itself."""

    number: int
    unit: str
    after: str | None
    counted_from: str


class MovedTerm(NamedTuple):
    """A term was moved: to which day as written, by which event and when; `certain` that it has happened."""

    to: str | None
    by: str
    on: str
    brought_forward: bool
    certain: bool


class ShownTerm(NamedTuple):
    """By when an answer is in time. `set_to` is the day before it was ever moved, `last_day` the one in effect.

    `last_day` is None where it is not known; `not_known` then says why: `start`, or `day`. `certain` is true where the
    one day is known.
    """

    set_to: str | None
    last_day: str | None
    earliest: date | None
    latest: date | None
    certain: bool
    counted: CountedTerm | None
    moves: tuple[MovedTerm, ...]
    not_known: str | None


class Missed(NamedTuple):
    """What the paper says will follow when the term is missed; it is never applied by itself."""

    text: str
    stage: str | None


def term_of(ask: Ask, limit: Limit | None) -> ShownTerm | None:
    """Returns a request's term, or that of one party asked; None where none is set."""
    if limit is None:
        return None
    day = limit.day
    written = limit.written.text if limit.written and day and day.firm else None
    return ShownTerm(
        set_to=ask.due.text if ask.due else limit.first.text if limit.first else None,
        last_day=(written or day.text) if day else None,
        earliest=day.earliest if day else None,
        latest=day.latest if day else None,
        certain=bool(day and day.exact),
        counted=_counted(limit.counted) if limit.counted else None,
        moves=tuple(
            MovedTerm(
                moved.to.text if moved.to else None,
                moved.told.event.id,
                moved.told.event.dated.text,
                moved.brought_forward,
                moved.told.certain,
            )
            for moved in limit.moves
        ),
        not_known=limit.not_known,
    )


def _counted(counted: Counted) -> CountedTerm:
    after = str(counted.after) if counted.after else None
    return CountedTerm(counted.number, str(counted.unit), after, str(counted.counted_from))


class AskLine(NamedTuple):
    """What came back from one party: its name and id, the outcome, and the event that tells it with its date.

    `timing` says how that stands to the term, with the days late, passed or left where it is a matter of days.
    `after` is the time from the request to what came back, `open_for` the time it has been open; `at_end` says that
    both are reckoned to the end of the case.
    """

    party: str
    outcome: str
    told_by: str | None
    told_on: str | None
    certain: bool
    parts: tuple[AskLine, ...] = ()
    timing: str = "no_limit"
    timing_days: Days | None = None
    after: Days | None = None
    open_for: Days | None = None
    term: ShownTerm | None = None
    at_end: bool = False
    party_id: str | None = None


class RowAsk(NamedTuple):
    """A request the event makes, or a duty of the policy it brings; `item` is its id within the event."""

    item: str
    text: str
    due: str | None
    lines: tuple[AskLine, ...]
    duty: bool
    extended_to: str | None = None
    term: ShownTerm | None = None
    on_missed: Missed | None = None
    at_end: bool = False
    certain: bool = True


def row_ask(shown: Shown, ask: Ask) -> RowAsk:
    """Returns a request as a part of its event's row."""
    missed = ask.on_missed
    return RowAsk(
        item=ask.item,
        text=shown.text(ask.text),
        due=ask.due.text if ask.due else None,
        lines=ask_lines_of(shown, ask),
        duty=ask.duty,
        extended_to=ask.extended_to.text if ask.extended_to else None,
        term=term_of(ask, ask.limit),
        on_missed=Missed(shown.text(missed.text), str(missed.stage) if missed.stage else None) if missed else None,
        at_end=ask.at_end,
        certain=ask.certain,
    )


def ask_lines_of(shown: Shown, ask: Ask) -> tuple[AskLine, ...]:
    """Returns what came back on a request, a line for each party asked."""
    return tuple(_ask_line(shown, ask, line) for line in ask.lines)


def _ask_line(shown: Shown, ask: Ask, line: AskedLine) -> AskLine:
    told = line.told
    return AskLine(
        party=shown.name(line.party),
        outcome=line.outcome,
        told_by=told.event.id if told else None,
        told_on=told.event.dated.text if told else None,
        certain=line.certain,
        parts=tuple(_ask_line(shown, ask, part) for part in line.parts),
        timing=line.timing.word,
        timing_days=line.timing.days,
        after=line.after,
        open_for=line.open_for,
        term=term_of(ask, line.limit),
        at_end=ask.at_end and not line.answered,
        party_id=line.party,
    )


def longest_first(days: Days | None) -> tuple[bool, int]:
    """The order of what is open: the longest first, what is open nobody knows how long after it."""
    length = None if days is None else days.fewest if days.fewest is not None else days.most
    return (length is None, -(length or 0))
