"""What was asked and what came back on it, as far as the reader may see: what is withheld counts as not recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.events import Commitment, Event
from ogpcase.model.withhold import WITHHELD
from ogpcase.views.shown import Shown


@dataclass(frozen=True, slots=True)
class AskLine:
    """What came back from one party: its name, the outcome, and the event that tells it with its date."""

    party: str
    outcome: str
    told_by: str | None
    told_on: str | None
    certain: bool
    parts: tuple[AskLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAsk:
    """A request the event makes, or a duty of the policy it brings; `item` is its id within the event."""

    item: str
    text: str
    due: str | None
    lines: tuple[AskLine, ...]
    duty: bool
    extended_to: str | None = None


def visible_asks(shown: Shown) -> tuple[Ask, ...]:
    """Returns the requests and duties of the case on the reader's day that the reader may see."""
    asks = asks_of(shown.case, shown.reader.on, shown.tells)
    return tuple(ask for ask in asks if not shown.hides_item(ask.event, ask.item))


def row_ask(shown: Shown, ask: Ask) -> RowAsk:
    """Returns a request as a part of its event's row."""
    due = ask.due.text if ask.due else None
    return RowAsk(
        shown.safe_id(ask.item), shown.text(ask.text), due, ask_lines_of(shown, ask), ask.duty, extended_to(ask)
    )


def extended_to(ask: Ask) -> str | None:
    """Returns the day that the term was moved to, as written; None where it was not."""
    return ask.extended_to.text if ask.extended_to else None


def ask_lines_of(shown: Shown, ask: Ask) -> tuple[AskLine, ...]:
    """Returns what came back on a request, a line for each party asked; one for all where they are withheld."""
    if _asked_are_withheld(shown, ask.event, ask.item):
        return tuple(dict.fromkeys(AskLine(WITHHELD, line.outcome, None, None, line.certain) for line in ask.lines))
    return tuple(_ask_line(shown, line) for line in ask.lines)


def _asked_are_withheld(shown: Shown, event: Event, item: str) -> bool:
    """True for a milestone that names nobody, where who leads the commitment is withheld."""
    if not isinstance(event, Commitment) or not shown.withholding(event).covers_field("lead"):
        return False
    return any(each.id == item and not each.asked_of for each in event.milestones)


def _ask_line(shown: Shown, line: AskedLine) -> AskLine:
    told = line.told
    told_by = shown.id_of(told.event) if told else None
    told_on = shown.dated(told.event) if told else None
    parts = tuple(_ask_line(shown, part) for part in line.parts)
    return AskLine(shown.name(line.party), line.outcome, told_by, told_on, line.certain, parts)


def outcomes(line: AskLine) -> Iterator[str]:
    """Yields the outcomes of a line and of its parts."""
    yield line.outcome
    for part in line.parts:
        yield from outcomes(part)
