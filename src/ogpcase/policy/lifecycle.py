"""From events to the stage: the steps of a case, where it stands, which moves are open, and what is owed.

Pure: the day is an argument, and nothing here judges; whether a step was permitted is asked in `permission`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ogpcase.model.as_of import Moment, When
from ogpcase.model.casefile import CaseFile, may_follow_by_digits
from ogpcase.model.codelists import Stage, Track
from ogpcase.model.events import Event, Report, Resolution
from ogpcase.model.ids import Reference
from ogpcase.model.texts import Text
from ogpcase.policy.actors import acts_for
from ogpcase.policy.version import Duty, Move, PolicyVersion, Role, load_version


class Step(NamedTuple):
    """One move that an event makes; an event that moves through several stages makes several.

    `move` is the row of the table that it follows: of the event's own version, else the header's; None where the
    table has none, or the case's track has no table. `basis` is the clause the event cites, on its last step only.
    """

    event: Event
    start: Stage
    end: Stage
    move: Move | None
    certain: bool
    basis: str | None = None


class Standing(NamedTuple):
    """Where a case stands on a day.

    `since` is the event of the first certain step into the present stage; None while nothing is filed.
    `perhaps` is where merely possible moves would lead, where that is another stage.
    """

    stage: Stage
    since: Event | None
    perhaps: Stage | None
    steps: tuple[Step, ...]

    @property
    def alternatives(self) -> tuple[Stage, ...]:
        """Every other stage that it may be in, the last first.

        By a merely possible step, or a certain one, of which dates and records leave open whether it was the last.
        """
        ends = (step.end for step in reversed(_rivals(self.steps)) if step.end is not self.stage)
        return tuple(dict.fromkeys(ends))


class OwedDuty(NamedTuple):
    """What the policy lays on a body once an event has moved the case: a derived request of that event."""

    event: Event
    duty: Duty
    move: Move
    certain: bool

    @property
    def id(self) -> str:
        """Its item id within the event, as `acknowledge-filers`."""
        return self.duty.id

    @property
    def by(self) -> Role:
        """Who owes it."""
        return self.duty.by

    @property
    def tell(self) -> Role:
        """To whom it is owed."""
        return self.duty.tell

    @property
    def text(self) -> Text:
        """What is owed; in English, whatever the case's language."""
        return Text.of({"en": self.duty.text})

    @property
    def reference(self) -> Reference:
        """What an answer points to, as `2018-07-16-concern#acknowledge-filers`."""
        return Reference(f"{self.event.id}#{self.duty.id}")


def version_of(case: CaseFile, event: Event | None = None) -> PolicyVersion | None:
    """Returns the version an event is judged by, or without one the case's.

    None when the header cannot be read, when no version is named, or on a track that has no table.
    """
    header = case.header
    if header is None or header.track is not Track.RESPONSE_POLICY:
        return None
    named = (event.policy_version if event else None) or header.policy_version
    return load_version(named) if named else None


def permitted_moves(stage: Stage, version: PolicyVersion) -> tuple[Move, ...]:
    """Returns the rows that lead out of a stage, those of evidence U among them."""
    return tuple(move for move in version.moves if stage in move.from_)


def row_for(version: PolicyVersion, start: Stage, end: Stage) -> tuple[Move, ...]:
    """Returns the rows from one stage to another; a pair may have several."""
    return version.moves_by_ends.get((start, end), ())


def steps(case: CaseFile, on: When = None) -> tuple[Step, ...]:
    """Follows the case's moves in its one order, up to a day or through all of them.

    A step of an event that had only possibly happened by then, or is undated, is not certain. A move that the table
    does not know is followed all the same. Context is never a step.
    """
    return tuple(_steps(case, Moment.at(on)))


def _steps(case: CaseFile, moment: Moment) -> Iterator[Step]:
    at = Stage.NOT_FILED
    for event in case.events:
        certain = moment.certain(event)
        if event.context or not (certain or moment.possible(event)):
            continue
        for position, end in enumerate(event.moves_to, start=1):
            basis = event.basis if position == len(event.moves_to) else None
            yield Step(event, at, end, _followed(case, event, at, end), certain, basis)
            at = end


def _followed(case: CaseFile, event: Event, start: Stage, end: Stage) -> Move | None:
    """Of several rows for a pair, the first that fits the paper and who acts."""
    version = version_of(case, event)
    rows = row_for(version, start, end) if version else ()
    fitting = (
        row for row in rows if event.kind in row.carried_by and acts_for(row.decided_by, event, case) is not False
    )
    return next(fitting, rows[0] if rows else None)


def standing(case: CaseFile, on: When = None) -> Standing:
    """Returns where the certain moves lead by a day, and since when; possible moves are only ever *perhaps*."""
    taken = steps(case, on)
    certain = [step for step in taken if step.certain]
    stage = certain[-1].end if certain else Stage.NOT_FILED
    since: Event | None = None
    for step in reversed(certain):
        if step.end is not stage:
            break
        since = step.event
    reached = taken[-1].end if taken else stage
    rivals = [step.end for step in _rivals(taken) if step.end is not stage]
    perhaps = (rivals[-1] if rivals else None) if reached is stage else reached
    return Standing(stage, since, perhaps, taken)


def _rivals(taken: Sequence[Step]) -> list[Step]:
    """Returns the steps that may have come after the last certain one, whatever their place in the order."""
    last = max((place for place, step in enumerate(taken) if step.certain), default=-1)
    before = [step for step in taken[:last] if may_follow_by_digits(step.event, taken[last].event)]
    return [*before, *taken[last + 1 :]]


def duties(case: CaseFile, on: When = None) -> tuple[OwedDuty, ...]:
    """Returns what the moves made by a day lay on the bodies, in the order of the moves; nothing is taken as met.

    Which row an event follows is read from the whole case, so that it does not change with the day asked for. A row
    known by its clause lays nothing on anybody when the event rests on another clause.
    """
    moment = Moment.at(on)
    return tuple(
        OwedDuty(step.event, duty, step.move, moment.certain(step.event))
        for step in steps(case)
        if step.move and moment.possible(step.event) and not rests_elsewhere(step)
        for duty in step.move.then_due
    )


def rests_elsewhere(step: Step) -> bool:
    """True when the row is known by its clause and the event cites another one."""
    return bool(step.basis and step.move and step.move.clause and not same_clause(step.basis, step.move.clause))


def same_clause(one: str, other: str) -> bool:
    """True when two texts name one clause: `III.B.9`, `Section III.B.9`, `iii.b.9.`."""
    return _clause(one) == _clause(other)


def _clause(text: str) -> str:
    folded = "".join(text.casefold().split())
    return folded.removeprefix("section").strip(".")


def report_judged(case: CaseFile, event: Event) -> Event | None:
    """Returns the report that a decision rests on: the one it adopts, else the last that moved the case there.

    None where there is none, or where `adopts` points to no readable report of this case.
    """
    adopted = _report_of(case, event)
    if adopted is not None or (isinstance(event, Resolution) and event.adopts is not None):
        return adopted
    carried: Event | None = None
    for each in case.events:
        if Stage.REPORT_ADOPTED in each.moves_to and not each.context:
            carried = each
        if each.id == event.id:
            break
    return _report_of(case, carried) if carried else None


def _report_of(case: CaseFile, event: Event) -> Report | None:
    """The event itself if it is a report that moved the case there, else the report it adopts."""
    if isinstance(event, Report):
        return event if Stage.REPORT_ADOPTED in event.moves_to else None
    if not isinstance(event, Resolution) or event.adopts is None or not case.owns(event.adopts):
        return None
    adopted = case.event_by_id.get(event.adopts.event)
    return adopted if isinstance(adopted, Report) else None
