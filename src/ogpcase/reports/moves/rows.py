"""The moves that cases made, and how long each stayed in a stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Stage
from ogpcase.model.dates import Days, date_of
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import Standing, Step, rests_elsewhere, standing, version_of
from ogpcase.reports.heading.rows import entries_of
from ogpcase.reports.shown import Shown


class Stay(NamedTuple):
    """One stay in a stage; `to` is None while the case is there, and its days are then those so far.

    `days` is None where they are not known.
    """

    stage: Stage
    to: Stage | None
    days: Days | None


class Course(NamedTuple):
    """The stays of a case that was filed, and its days from filing to its end, or so far."""

    stays: tuple[Stay, ...]
    ended: bool
    whole: Days | None


def course_of(shown: Shown, stood: Standing) -> Course | None:
    """Returns how a case went on the reader's day; None while it is not filed. The end itself has no length."""
    entries = entries_of(stood)
    if not entries:
        return None
    return Course(tuple(_stays(shown, stood, entries)), stood.stage.ends, _whole(shown, stood, entries))


def days_in_stage(shown: Shown, stood: Standing, step: Step) -> Days | None:
    """Returns the days from the entry into the stage that a step leads out of; None where nobody can know."""
    before = [each for each in entries_of(stood) if _place(shown, each.event) <= _place(shown, step.event)]
    entry = next((each for each in reversed(before) if each is not step and each.end is step.start), None)
    if entry is None or not step.certain:
        return None
    return None if _cut_short(shown, stood, entry, step) else days_between(shown, entry.event, step.event)


def days_between(shown: Shown, start: Event, end: Event | None) -> Days | None:
    """Returns the days between two events, or up to the reader's day; None where they are not known."""
    if start is end:
        return Days(0, 0)
    days = Days.between(start.dated, end.dated if end else date_of(shown.reader.on))
    backwards = days.most is not None and days.most < 0
    says_nothing = days.most is None and not days.fewest
    return None if backwards or says_nothing else days


def _stays(shown: Shown, stood: Standing, entries: list[Step]) -> Iterator[Stay]:
    for entry, after in pairwise([*entries, None]):
        assert entry is not None
        if after is None and entry.end.ends:
            return
        cut_short = _cut_short(shown, stood, entry, after)
        days = None if cut_short else days_between(shown, entry.event, after.event if after else None)
        yield Stay(entry.end, after.end if after else None, days)


def _whole(shown: Shown, stood: Standing, entries: list[Step]) -> Days | None:
    """From filing to the end, or so far; not known where a merely possible move may have changed which of the two."""
    filing, last = entries[0], entries[-1]
    ended = stood.stage.ends
    for step in _possible(stood):
        if (ended or step.end.ends) and not _excluded(shown, step, last.event if ended else filing.event, None):
            return None
    return days_between(shown, filing.event, last.event if ended else None)


def _possible(stood: Standing) -> list[Step]:
    return [step for step in stood.steps if not step.certain]


def _cut_short(shown: Shown, stood: Standing, entry: Step, after: Step | None) -> bool:
    """True where a merely possible move may have led elsewhere during a stay."""
    after_event = after.event if after else None
    return any(
        step.end is not entry.end and not _excluded(shown, step, entry.event, after_event) for step in _possible(stood)
    )


def _excluded(shown: Shown, step: Step, start: Event, end: Event | None) -> bool:
    """True where neither dates nor what the records follow leave room for the step between two events."""
    event = step.event
    if event.dated.certainly_before(start.dated) or (end is not None and end.dated.certainly_before(event.dated)):
        return True
    after = [_place(shown, each) for each in _named_by(shown, event)]
    before = [_place(shown, each) for each in shown.case.events if event in _named_by(shown, each)]
    comes_later = end is not None and any(place >= _place(shown, end) for place in after)
    return comes_later or any(place <= _place(shown, start) for place in before)


def _named_by(shown: Shown, event: Event) -> list[Event]:
    """The events of this case that the event comes after, as it says itself."""
    case = shown.case
    named = (case.event_by_id.get(each.event) for _, each in event.precursors() if case.owns(each))
    return [each for each in named if each is not None]


def _place(shown: Shown, event: Event) -> int:
    return next(place for place, each in enumerate(shown.case.events) if each is event)


class MadeMove(NamedTuple):
    """One move that an event makes; one through several stages is several moves.

    `basis` is the clause that the paper itself cites. `row`, `clause` and `evidence` are those of the row of the policy
    that the move follows, None where it follows none or rests on another clause. `days` are those since the entry into
    `start`; None where nobody can know, and before filing.
    """

    case: str
    event: str
    dated: str
    start: Stage
    to: Stage
    certain: bool
    decided_by: tuple[str, ...]
    basis: str | None
    policy_version: str | None
    row: str | None
    clause: str | None
    evidence: str | None
    days: Days | None


def moves_of(case: CaseFile, reader: Reader) -> tuple[MadeMove, ...]:
    """Returns the moves of a case up to the reader's day."""
    shown = Shown(case, reader)
    stood = standing(shown.case, reader.moment)
    return tuple(_move(shown, step, days_in_stage(shown, stood, step)) for step in stood.steps)


def _move(shown: Shown, step: Step, days: Days | None) -> MadeMove:
    event = step.event
    version = version_of(shown.case, event)
    move = None if rests_elsewhere(step) else step.move
    return MadeMove(
        case=shown.case.id,
        event=event.id,
        dated=event.dated.text,
        start=step.start,
        to=step.end,
        certain=step.certain,
        decided_by=shown.names(event.actors),
        basis=step.basis,
        policy_version=str(version.version) if version else None,
        row=move.id if move else None,
        clause=move.clause if move else None,
        evidence=str(move.evidence) if move else None,
        days=days,
    )
