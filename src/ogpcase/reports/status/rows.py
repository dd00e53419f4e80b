"""The status of a case: its stage, its open requests, and the moves that the policy provides from there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Move, Procedure, Stage, judged_by
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.requests.rows import RowAsk, row_ask
from ogpcase.reports.shown import Languages, Shown


class OpenAsk(NamedTuple):
    """A request or duty that somebody has not certainly answered, with the time it has been open.
    The time of a request that was open when the case ended is counted to the end.
    """

    reference: str
    ask: RowAsk
    days: Days | None


class MoveRow(NamedTuple):
    """A row of a procedure's table: the stage that it leads to, and who decides, in words."""

    move: Move
    to: Stage
    deciders: str

    @classmethod
    def of(cls, move: Move, table: Procedure) -> MoveRow:
        """Returns the row of a move."""
        return cls(move, table.stage(move.to), table.deciders(move))


class Status(NamedTuple):
    """A case's stage, open requests and possible next moves, and the number of its steps outside the policy.

    `duties` is true where the view shows the duties of the policy one by one.
    """

    heading: Heading
    open_asks: tuple[OpenAsk, ...]
    moves: tuple[MoveRow, ...]
    departures: int
    languages: Languages = Languages()
    duties: bool = False


def status_of(case: CaseFile, reader: Reader) -> Status:
    """Returns the status of the case on the reader's day.

    The moves come from the table that judges the last certain step, otherwise from that of the case.
    """
    shown, stood = Shown(case, reader), standing(case, reader.moment)
    certain = [step for step in stood.steps if step.certain]
    table = judged_by(case, certain[-1].event if certain else None)
    known = table.moves_from(stood.stage) if table and case.stage_is_known else ()
    return Status(
        heading=heading_of(shown, stood),
        open_asks=tuple(_open_asks(shown)),
        moves=tuple(MoveRow.of(move, table) for move in known if table),
        departures=sum(event.departs and reader.moment.certain(event) for event in case.events),
        languages=shown.languages,
    )


def _open_asks(shown: Shown) -> Iterator[OpenAsk]:
    for ask in asks_of(shown.case, shown.reader.moment):
        if ask.open is not False:
            days = next((line.open_for for line in ask.lines if line.asked and line.open_for), None)
            yield OpenAsk(f"{ask.event.id}#{ask.item}", row_ask(shown, ask), days)
