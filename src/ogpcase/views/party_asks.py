"""What one party asked, and what was asked of it or answered by it."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.ledger import Ask, AskedLine
from ogpcase.model.days import Days
from ogpcase.model.events import Commitment
from ogpcase.values import frozen, replace
from ogpcase.views.asks import AskLine, RowAsk, row_ask
from ogpcase.views.shown import Shown


@frozen
class PartyAsk:
    """A request as it concerns one party: who asks whom for what, and the lines of those concerned.

    Of what was asked of a party `ask` has that party's line alone; `through` names the whole that was asked, where the
    party answers as a part of it. `asked` is false where it answered without being asked. `open` is false once it is
    certainly answered. `promised` is true for a milestone of its own commitment.
    """

    case: str
    request: str
    dated: str
    by: tuple[str, ...]
    through: str | None
    ask: RowAsk
    asked: bool
    open: bool
    promised: bool
    certain: bool

    @property
    def days(self) -> Days | None:
        """The time to what came back, or that it has been open; None where nobody can know, or several were asked."""
        line = self.ask.lines[0] if len(self.ask.lines) == 1 else None
        return None if line is None else line.after or line.open_for


def asked_by(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """Yields the request where the party makes it, with what came back from everybody asked.

    A milestone of its own commitment is a promise, not a request; a duty is the policy's.
    """
    if ask.duty or _is_milestone(ask) or party not in {each.party for each in ask.event.actors}:
        return
    yield _party_ask(shown, ask, row_ask(shown, ask), still_open=ask.open)


def asked_of(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """Yields the request where it was made of the party, itself or as a part of another, or was answered by it."""
    if all(each.party != party for line in ask.lines for each in (line, *line.parts)):
        return
    row = row_ask(shown, ask)
    found = next(_lines_of(ask, row, party), None)
    if found is not None:
        line, said, through = found
        mine = _party_ask(shown, ask, replace(row, lines=(said,)), still_open=not line.answered)
        yield replace(mine, through=through, asked=line.asked)


def longest_first(each: PartyAsk) -> tuple[bool, int]:
    """The order of what is left open: the longest open first, those open nobody knows how long after them."""
    days = each.days
    length = None if days is None else days.fewest if days.fewest is not None else days.most
    return (length is None, -(length or 0))


def _lines_of(ask: Ask, row: RowAsk, party: str) -> Iterator[tuple[AskedLine, AskLine, str | None]]:
    """The party's own line, else those in which it answers as a part."""
    pairs = list(zip(ask.lines, row.lines, strict=True))
    yield from ((line, said, None) for line, said in pairs if line.party == party)
    for line, said in pairs:
        for part, told in zip(line.parts, said.parts, strict=True):
            if part.party == party:
                yield part, told, said.party


def _party_ask(shown: Shown, ask: Ask, row: RowAsk, *, still_open: bool) -> PartyAsk:
    promised = not ask.duty and _is_milestone(ask)
    return PartyAsk(
        case=shown.case.id,
        request=f"{shown.case.id}/{ask.event.id}#{ask.item}",
        dated=ask.event.dated.text,
        by=() if ask.duty else tuple(dict.fromkeys(map(shown.printed, ask.event.actors))),
        through=None,
        ask=row,
        asked=True,
        open=still_open,
        promised=promised,
        certain=ask.certain,
    )


def _is_milestone(ask: Ask) -> bool:
    return isinstance(ask.event, Commitment) and any(each.id == ask.item for each in ask.event.milestones)
