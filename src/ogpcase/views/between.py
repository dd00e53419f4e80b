"""What changed between two days: where the case stood on the eve and now, and what was asked, answered and run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.codelists import Stage
from ogpcase.policy.lifecycle import standing
from ogpcase.values import frozen, replace
from ogpcase.views.shown import Reader, Shown


@frozen
class Between:
    """What the days from `since` to `until` brought, both included. `before` and `after` are the stages.

    The counts are of events that have certainly or possibly happened, of requests, and of parties asked.
    """

    since: date
    until: date
    before: Stage
    after: Stage
    events: int
    asked: int
    answered: int
    ran_out: int


def between(shown: Shown, since: date, events: int) -> Between | None:
    """Returns what changed from a day on; None where that day is later than the reader's, or the first there is.

    `events` are those that have come since.
    """
    reader = shown.reader
    if since > reader.on or since == date.min:
        return None
    eve = Shown(shown.case, _on(reader, since - timedelta(days=1)))
    then, now = ({_name(ask): ask for ask in asks_of(one.case, one.reader.moment)} for one in (eve, shown))
    settled = {key for key, line in _lines(then) if line.answered}
    return Between(
        since=since,
        until=reader.on,
        before=standing(shown.case, eve.reader.moment).stage,
        after=standing(shown.case, reader.moment).stage,
        events=events,
        asked=sum(1 for name, ask in now.items() if name not in then and not ask.duty),
        answered=sum(1 for key, line in _lines(now) if line.answered and key not in settled),
        ran_out=_ran_out(then, now),
    )


def _on(reader: Reader, day: date) -> Reader:
    return replace(reader, on=day)


def _name(ask: Ask) -> str:
    return f"{ask.event.id}#{ask.item}"


def _lines(asks: dict[str, Ask]) -> Iterator[tuple[tuple[str, str | None], AskedLine]]:
    for name, ask in asks.items():
        for line in ask.lines:
            if line.asked:
                yield (name, line.party), line


def _ran_out(then: dict[str, Ask], now: dict[str, Ask]) -> int:
    """Counts the parties whose term has certainly passed with nothing recorded, and had not on the eve."""
    passed = {key for key, line in _lines(then) if line.timing.word == "due_passed"}
    return sum(1 for key, line in _lines(now) if line.timing.word == "due_passed" and key not in passed)
