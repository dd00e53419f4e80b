"""What was asked and what came back on it, as far as the reader may see: what is withheld counts as not recorded."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.days import Days
from ogpcase.model.events import Commitment
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen, replace
from ogpcase.views.shown import Shown
from ogpcase.views.sight import ReaderSight
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


def visible_asks(shown: Shown, *, only_open: bool = False) -> tuple[Ask, ...]:
    """Returns the requests and duties of the case on the reader's day that the reader may see."""
    asks = asks_of(shown.case, shown.reader.moment, ReaderSight(shown), only_open=only_open)
    return tuple(ask for ask in asks if not shown.hides_item(ask.event, ask.item))


def row_ask(shown: Shown, ask: Ask) -> RowAsk:
    """Returns a request as a part of its event's row."""
    return RowAsk(
        item=shown.safe_id(ask.item),
        text=shown.text(ask.text),
        due=ask.due.text if ask.due else None,
        lines=ask_lines_of(shown, ask),
        duty=ask.duty,
        extended_to=extended_to(ask),
        term=term_of(shown, ask, ask.limit),
        on_missed=missed_of(shown, ask),
        at_end=ask.at_end,
        certain=ask.certain,
    )


def extended_to(ask: Ask) -> str | None:
    """Returns the day that the term was moved to, as written; None where it was not."""
    return ask.extended_to.text if ask.extended_to else None


def ask_lines_of(shown: Shown, ask: Ask) -> tuple[AskLine, ...]:
    """Returns what came back on a request, a line for each party asked; one for all where they are withheld."""
    if asked_are_withheld(shown, ask):
        return tuple(dict.fromkeys(withheld_line(shown, ask, line) for line in ask.lines if line.asked))
    return tuple(_ask_line(shown, ask, line) for line in ask.lines)


def withheld_line(shown: Shown, ask: Ask, line: AskedLine) -> AskLine:
    """Returns what came back from somebody who is withheld: no name, and nothing on who told it."""
    return replace(_ask_line(shown, ask, line), party=WITHHELD, told_by=None, told_on=None, parts=())


def asked_are_withheld(shown: Shown, ask: Ask) -> bool:
    """True for a milestone that names nobody, where who leads the commitment is withheld."""
    event = ask.event
    if not isinstance(event, Commitment) or not shown.withholding(event).covers_field("lead"):
        return False
    return any(each.id == ask.item and not each.asked_of for each in event.milestones)


def _ask_line(shown: Shown, ask: Ask, line: AskedLine) -> AskLine:
    told = line.told
    return AskLine(
        party=shown.name(line.party),
        outcome=line.outcome,
        told_by=shown.id_of(told.event) if told else None,
        told_on=shown.dated(told.event) if told else None,
        certain=line.certain,
        parts=tuple(_ask_line(shown, ask, part) for part in line.parts),
        timing=line.timing.word,
        timing_days=line.timing.days,
        after=line.after,
        open_for=line.open_for,
        term=term_of(shown, ask, line.limit),
        at_end=ask.at_end and not line.answered,
    )


def outcomes(line: AskLine) -> Iterator[str]:
    """Yields the outcomes of a line and of its parts."""
    yield line.outcome
    for part in line.parts:
        yield from outcomes(part)
