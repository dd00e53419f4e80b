"""The term of a request: the last day in time, how it is counted, and how it was moved."""

from __future__ import annotations

from datetime import date

from ogpcase.ledger import Ask, Counted, Limit, Moved
from ogpcase.values import frozen
from ogpcase.views.shown import Shown


@frozen
class CountedTerm:
    """So many units after something: an event, or a request's being met; `after` is None for the paper itself."""

    count: int
    unit: str
    after: str | None
    counted_from: str


@frozen
class MovedTerm:
    """A term was moved: to which day as written, by which event and when; `certain` that it has happened."""

    to: str | None
    by: str
    on: str
    brought_forward: bool
    certain: bool


@frozen
class ShownTerm:
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


@frozen
class Missed:
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
        moves=tuple(map(_moved, limit.moves)),
        not_known=limit.not_known,
    )


def missed_of(shown: Shown, ask: Ask) -> Missed | None:
    """Returns what follows when a request's term is missed; None where the paper does not say."""
    if ask.on_missed is None:
        return None
    stage = ask.on_missed.stage
    return Missed(shown.text(ask.on_missed.text), str(stage) if stage else None)


def _counted(counted: Counted) -> CountedTerm:
    after = str(counted.after) if counted.after else None
    return CountedTerm(counted.count, str(counted.unit), after, str(counted.counted_from))


def _moved(moved: Moved) -> MovedTerm:
    event = moved.told.event
    to = moved.to.text if moved.to else None
    return MovedTerm(to, event.id, event.dated.text, moved.brought_forward, moved.told.certain)
