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
from ogpcase.reports.asks.rows import AskLine, RowAsk, row_ask
from ogpcase.reports.shown import Shown

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
    """The lines of the ledger, and how many others the filter left out.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    rows: tuple[Asked, ...]
    left_out: int
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


def requests_of(cases: Iterable[CaseFile], reader: Reader, wanted: AskFilter | None = None) -> Requests:
    """Returns what was asked in these cases, on the reader's day."""
    chosen = wanted or AskFilter()
    rows: list[Asked] = []
    elsewhere: set[str] = set()
    left_out = 0
    for case in cases:
        shown = Shown(case, reader)
        for ask in asks_of(case, reader.moment):
            for line, row in _rows(shown, ask):
                if _wanted(shown, ask, line, chosen):
                    rows.append(row)
                else:
                    left_out += 1
        elsewhere |= set(shown.elsewhere())
    return Requests(tuple(sorted(rows, key=_order)), left_out, reader.language, tuple(sorted(elsewhere)))


def _rows(shown: Shown, ask: Ask) -> Iterator[tuple[AskedLine, Asked]]:
    row = row_ask(shown, ask)
    pairs = list(zip(ask.lines, row.lines, strict=True))
    others = tuple(said for line, said in pairs if not line.asked)
    for line, said in pairs:
        if line.asked:
            yield line, _asked(shown, ask, row, said, others, still_open=not line.answered)


def _asked(  # noqa: PLR0913 - the parts of a line, each once
    shown: Shown, ask: Ask, row: RowAsk, said: AskLine, others: tuple[AskLine, ...], *, still_open: bool
) -> Asked:
    event = ask.event
    return Asked(
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
        open=still_open,
        others=others,
    )


def _wanted(shown: Shown, ask: Ask, line: AskedLine, wanted: AskFilter) -> bool:
    return (
        (not wanted.of or any(_is_one_of(shown, each.party, wanted.of) for each in (line, *line.parts)))
        and (
            not wanted.by
            or (not ask.duty and any(_is_one_of(shown, each.party, wanted.by) for each in ask.event.actors))
        )
        and (not wanted.outcomes or line.outcome in wanted.outcomes)
        and (not wanted.timings or line.timing.word in wanted.timings)
        and (not wanted.kinds or (DUTY if ask.duty else str(ask.event.kind)) in wanted.kinds)
        and (wanted.due_before is None or _due_before(line, wanted.due_before))
    )


def _is_one_of(shown: Shown, party: str | None, wanted: frozenset[str]) -> bool:
    return party is not None and any(shown.case.registry.belongs(party, whole) for whole in wanted)


def _due_before(line: AskedLine, day: date) -> bool:
    """True when the last day may be before the day given; a term whose day is not known may not."""
    due = line.limit.day if line.limit else None
    return due is not None and (due.earliest is None or due.earliest < day)


def _order(row: Asked) -> tuple[object, ...]:
    """Open ones first, longest open first, those open nobody knows how long after them; the answered as they came."""
    open_for = row.line.open_for
    longest = (open_for.fewest if open_for.fewest is not None else open_for.most) if open_for else None
    return (not row.open, longest is None, -(longest or 0), row.case, row.dated, row.reference)
