"""The ledger of everything asked of anyone: a line for each party asked, open ones first, longest silence first.

An ask counts as open until it has certainly been answered; nothing in a line accuses anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.reports.asks.rows import AskLine, RowAsk, longest_first, row_ask
from ogpcase.reports.shown import Languages, Shown

DUTY = "duty"
"""What a duty of the policy is called where requests are chosen by the kind of paper that makes them."""


class Asked(NamedTuple):
    """What one party was asked: the request as a whole, who asks, and this party's line of it.

    `by` is empty where the policy asks, or the paper names nobody. `open` is false once it has certainly been answered.
    `others` are who answered without being asked.
    """

    case: str
    reference: str
    event: str
    kind: Kind
    dated: str
    title: str
    context: bool
    certain: bool
    by: tuple[str, ...]
    ask: RowAsk
    line: AskLine
    open: bool
    others: tuple[AskLine, ...]


class AskFilter(NamedTuple):
    """Which lines are wanted; parties are ids, and stand for what is part of them too."""

    of: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    timings: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    due_before: date | None = None


class Requests(NamedTuple):
    """The lines of the ledger, and how many others the filter left out."""

    rows: tuple[Asked, ...]
    left_out: int
    languages: Languages


def requests_of(cases: Iterable[CaseFile], reader: Reader, wanted: AskFilter | None = None) -> Requests:
    """Returns what was asked in these cases, on the reader's day."""
    chosen = wanted or AskFilter()
    several = [Shown(case, reader) for case in cases]
    rows: list[Asked] = []
    left_out = 0
    for shown in several:
        for ask in asks_of(shown.case, reader.moment):
            for line, row in _rows(shown, ask):
                if _wanted(shown, ask, line, chosen):
                    rows.append(row)
                else:
                    left_out += 1
    return Requests(tuple(sorted(rows, key=_order)), left_out, Languages.of(reader, several))


def _rows(shown: Shown, ask: Ask) -> Iterator[tuple[AskedLine, Asked]]:
    event, row = ask.event, row_ask(shown, ask)
    pairs = list(zip(ask.lines, row.lines, strict=True))
    for line, said in pairs:
        if line.asked:
            yield (
                line,
                Asked(
                    case=shown.case.id,
                    reference=f"{event.id}#{ask.item}",
                    event=event.id,
                    kind=event.kind,
                    dated=event.dated.text,
                    title=shown.text(event.title),
                    context=event.context,
                    certain=ask.certain,
                    by=() if ask.duty else shown.names(event.actors),
                    ask=row,
                    line=said,
                    open=not line.answered,
                    others=tuple(said for line, said in pairs if not line.asked),
                ),
            )


def _wanted(shown: Shown, ask: Ask, line: AskedLine, wanted: AskFilter) -> bool:
    belongs = shown.case.registry.belongs
    asked = [each.party for each in (line, *line.parts) if each.party is not None]
    asking = [] if ask.duty else [actor.party for actor in ask.event.actors]
    kind = DUTY if ask.duty else str(ask.event.kind)
    due = line.limit.day if line.limit else None
    return (
        (not wanted.of or any(belongs(party, whole) for party in asked for whole in wanted.of))
        and (not wanted.by or any(belongs(party, whole) for party in asking for whole in wanted.by))
        and (not wanted.outcomes or line.outcome in wanted.outcomes)
        and (not wanted.timings or line.timing.word in wanted.timings)
        and (not wanted.kinds or kind in wanted.kinds)
        and (
            wanted.due_before is None  # a term whose day is not known may not be before any day
            or (due is not None and (due.earliest is None or due.earliest < wanted.due_before))
        )
    )


def _order(row: Asked) -> tuple[object, ...]:
    """Open ones first, longest open first, those open nobody knows how long after them; the answered as they came."""
    return (not row.open, *longest_first(row.line.open_for), row.case, row.dated, row.reference)
