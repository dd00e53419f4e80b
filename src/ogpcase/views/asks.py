"""What was asked and what came back on it."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.ledger import Ask, AskedLine
from ogpcase.model.days import Days
from ogpcase.values import frozen
from ogpcase.views.shown import Shown
from ogpcase.views.terms import Missed, ShownTerm, missed_of, term_of


@frozen
class AskLine:
    """What came back from one party: its name, the outcome, and the event that tells it with its date.

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


@frozen
class RowAsk:
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
    return RowAsk(
        item=ask.item,
        text=shown.text(ask.text),
        due=ask.due.text if ask.due else None,
        lines=ask_lines_of(shown, ask),
        duty=ask.duty,
        extended_to=extended_to(ask),
        term=term_of(ask, ask.limit),
        on_missed=missed_of(shown, ask),
        at_end=ask.at_end,
        certain=ask.certain,
    )


def extended_to(ask: Ask) -> str | None:
    """Returns the day that the term was moved to, as written; None where it was not."""
    return ask.extended_to.text if ask.extended_to else None


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
    )


def outcomes(line: AskLine) -> Iterator[str]:
    """Yields the outcomes of a line and of its parts."""
    yield line.outcome
    for part in line.parts:
        yield from outcomes(part)
