"""The status of a case: its stage, its open requests, and the moves that the policy provides from there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.model.events import Event
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.messages import _
from ogpcase.output.words import any_of, date_in_short
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Move, Procedure, Stage, judged_by
from ogpcase.reports.due.rows import Due, due_of
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.requests.rows import Asked, RowAsk, longest_first, requests_of, row_ask
from ogpcase.reports.shown import Languages, Shown


class OpenParty(NamedTuple):
    """What one party, or nobody named, has not certainly answered, counted by outcome.

    `passed` counts those whose term is over. `days` is how long the one that has been open longest is open.
    `certain` is false where an answer may have come, or the request may never have been made.
    """

    name: str
    outcomes: Mapping[str, int]
    passed: int
    days: Days | None
    at_end: bool
    certain: bool

    @property
    def number(self) -> int:
        """The number of requests."""
        return sum(self.outcomes.values())


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
    def of(cls, move: Move, table: Procedure) -> "MoveRow":
        """Returns the row of a move."""
        deciders = any_of(_(table.name_of(role)) for role in move.decided_by) or _("a body that is not known")
        return cls(move, table.stage(move.to), deciders)


class LatestEvent(NamedTuple):
    """The last event that has certainly happened; if `certain` is false, there is only one that has perhaps."""

    event: Event
    title: str
    certain: bool


class Status(NamedTuple):
    """A case's stage, open requests and possible next moves, and the number of its steps outside the policy.

    `latest` is the last event in the case's order. `due` are the terms that run, `parties` those who have something
    open. `duties` is true where the view shows the duties of the policy one by one, `whole` where it shows all.
    """

    heading: Heading
    open_asks: tuple[OpenAsk, ...]
    moves: tuple[MoveRow, ...]
    departures: int
    languages: Languages = Languages()
    parties: tuple[OpenParty, ...] = ()
    due: Due = Due((), ())
    latest: LatestEvent | None = None
    duties: bool = False
    whole: bool = False


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
        parties=open_parties(requests_of([case], reader).rows),
        due=due_of([case], reader),
        latest=_latest(shown),
        languages=shown.languages,
    )


def open_parties(rows: Iterable[Asked]) -> tuple[OpenParty, ...]:
    """Returns who has what open, without duties: open before left open at the end before perhaps open, most first."""
    groups: dict[tuple[str, str | None, bool, bool], list[Asked]] = {}
    for row in rows:
        if row.open is not False and not row.ask.duty:
            certain = row.open is True
            at_end = certain and row.ask.at_end
            groups.setdefault((row.line.party, row.line.party_id, at_end, certain), []).append(row)
    parties = [_open_party(name, several, at_end, certain) for (name, _, at_end, certain), several in groups.items()]

    def order(party: OpenParty) -> tuple[object, ...]:
        nobody = party.name == UNKNOWN
        return (not party.certain, party.at_end, nobody, -party.number, longest_first(party.days), party.name)

    return tuple(sorted(parties, key=order))


def _open_party(name: str, rows: Sequence[Asked], at_end: bool, certain: bool) -> OpenParty:  # noqa: FBT001 - parts of a key
    longest = min((row.line.open_for for row in rows), key=longest_first)
    passed = sum(row.line.timing in {"due_passed", "late"} for row in rows)
    return OpenParty(name, Counter(row.line.told_outcome for row in rows), passed, longest, at_end, certain)


def _latest(shown: Shown) -> LatestEvent | None:
    """Returns the last event that has certainly happened; without one, the last that has perhaps."""
    events = shown.events()
    if not events:
        return None
    certain = [event for event in events if shown.reader.moment.certain(event)]
    event = (certain or events)[-1]
    return LatestEvent(event, shown.text(event.title), bool(certain))


def _open_asks(shown: Shown) -> Iterator[OpenAsk]:
    for ask in asks_of(shown.case, shown.reader.moment):
        if ask.open is not False:
            days = next((line.open_for for line in ask.lines if line.asked and line.open_for), None)
            yield OpenAsk(f"{ask.event.id}#{ask.item}", row_ask(shown, ask), days)


def in_force_words(table: Procedure) -> str:
    """Returns since when a procedure is in force, and how that is known."""
    since = table.in_force
    known = since.form != "unknown"
    words = f"In force since {date_in_short(since.text)}." if known else "Since when it is in force is not known."
    return f"{words} {table.in_force_note}"
