"""Derives from events the steps of a case, its stage, its duties, and whether each step was permitted.

Pure: the day is an argument. The functions that ask whether a step was permitted return None if that cannot be judged:
the table is not complete, the row's evidence is not P, the event is undated, or a fact that decides it is not known or
cannot be read. Departures are for the checks.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ogpcase.model.as_of import Moment, When
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.events import Event, Report, Resolution
from ogpcase.model.order import apart_by_digits
from ogpcase.model.texts import Text
from ogpcase.policy.actors import acts_for
from ogpcase.policy.procedures import UNKNOWN, Duty, Move, Stage, judged_by, procedure_of


class Step(NamedTuple):
    """One move that an event makes; an event that moves through several stages makes several.

    `move` is the row of the table that it follows: of the event's own version, else the header's; None where the
    table has none. `basis` is the clause the event cites, on its last step only. `plain` is false if the event, or one
    before it, names a stage by a word that is no code of the case's procedure.
    """

    event: Event
    start: Stage
    end: Stage
    move: Move | None
    certain: bool
    basis: str | None = None
    plain: bool = True


class Standing(NamedTuple):
    """The stage of a case on a day.

    `since` is the event of the first certain step into the present stage; None before the first step.
    `perhaps` is the stage that possible moves would lead to, if it is another. `alternatives` are all other stages that
    the case may be in, the last one first: those of possible steps, and of certain steps that may have been the last.
    """

    stage: Stage
    since: Event | None
    perhaps: Stage | None
    steps: tuple[Step, ...]
    alternatives: tuple[Stage, ...] = ()


class OwedDuty(NamedTuple):
    """A duty of a body after an event has moved the case: a derived request of that event."""

    event: Event
    duty: Duty
    move: Move
    certain: bool

    @property
    def text(self) -> Text:
        """What the duty is, always in English."""
        return Text.of({"en": self.duty.text})


def steps(case: CaseFile, on: When = None) -> tuple[Step, ...]:
    """Follows the case's moves in the case's order, up to a day or to the end.

    A step of an event that had only possibly happened by then, or is undated, is not certain. A move that is not in the
    table is followed too. Context is never a step.
    """
    procedure = procedure_of(case)
    moment, at, plain, taken = Moment.at(on), procedure.begin, True, []
    for event in case.moving:
        certain = moment.certain(event)
        if not certain and not moment.possible(event):
            continue
        plain = plain and all(code in procedure.stage_by_code for code in event.moves_to)
        for position, end in enumerate(map(procedure.stage, event.moves_to), start=1):
            basis = event.basis if position == len(event.moves_to) else None
            taken.append(Step(event, at, end, _followed(case, event, at, end), certain, basis, plain))
            at = end
    return tuple(taken)


def _followed(case: CaseFile, event: Event, start: Stage, end: Stage) -> Move | None:
    """Returns the first of several rows for a pair that fits the paper and its actors."""
    table = judged_by(case, event)
    rows = table.rows(start, end) if table else ()
    if len(rows) == 1:  # then nobody asks who acts
        return rows[0]
    fitting = (row for row in rows if _may_carry(row, event) and acts_for(row.decided_by, event, case) is not False)
    return next(fitting, rows[0] if rows else None)


def _may_carry(row: Move, event: Event) -> bool:
    """True if the row names the event's kind, or no kind."""
    return not row.carried_by or event.kind in row.carried_by


def standing(case: CaseFile, on: When = None) -> Standing:
    """Returns the stage that the certain moves lead to by a day, and its date; possible moves only affect `perhaps`."""
    taken = steps(case, on)
    certain = [step for step in taken if step.certain]
    stage = certain[-1].end if certain else procedure_of(case).begin
    since: Event | None = None
    for step in reversed(certain):
        if step.end != stage:
            break
        since = step.event
    reached = taken[-1].end if taken else stage
    others = tuple(step for step in _perhaps_last(case, taken) if step.end != stage)
    perhaps = (others[-1].end if others else None) if reached == stage else reached
    return Standing(stage, since, perhaps, taken, tuple(dict.fromkeys(step.end for step in reversed(others))))


def _perhaps_last(case: CaseFile, taken: Sequence[Step]) -> list[Step]:
    """Returns the steps that may have come after the last certain one, at any place in the order."""
    last = max((place for place, step in enumerate(taken) if step.certain), default=-1)
    event = taken[last].event if taken else None
    before = [step for step in taken[: max(last, 0)] if event and _may_follow(case, step.event, event)]
    return [*before, *taken[last + 1 :]]


def _may_follow(case: CaseFile, one: Event, other: Event) -> bool:
    """True if one event may have come after the other; a qualified date counts by its digits, as for the stage."""
    return one is not other and not apart_by_digits(one.day, other.day) and one.id not in case.all_before(other.id)


def duties(case: CaseFile, on: When = None) -> tuple[OwedDuty, ...]:
    """Returns the duties that follow from the moves made by a day, in their order; none is assumed to be met.

    Which row an event follows is read from the whole case, so that it does not change with the day asked for. A row
    with a known clause brings no duties if the event cites another clause.
    """
    moment = Moment.at(on)
    return tuple(
        OwedDuty(step.event, duty, step.move, moment.certain(step.event))
        for step in steps(case)
        if step.move and moment.possible(step.event) and not rests_elsewhere(step)
        for duty in step.move.then_due
    )


def made_moot(case: CaseFile, event: Event, duty: Duty) -> tuple[Event, ...]:
    """Returns the later records that make a duty of an event's move pointless, as its row says, in the case's order.

    They refer to that event or to an earlier step. Nothing is inferred as met.
    """
    moot = duty.moot_when
    if moot is None:
        return ()
    place = case.places[event.id]
    found = (
        later
        for later, name in case.links_by_field.get(moot.link, ())
        if case.places[later.id] > place >= case.places[name]
        and case.event_by_id[name].moves_to
        and later.kind in moot.kind
        and acts_for(moot.by, later, case)
    )
    return tuple({later.id: later for later in found}.values())


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
    """Returns the report behind a decision: the report it adopts, else the last report that moved the case there.

    None where there is none, or where `adopts` points to no readable report of this case.
    """
    adopted = _report_of(case, event)
    if adopted is not None or (isinstance(event, Resolution) and event.adopts is not None):
        return adopted
    carried: Event | None = None
    for each in case.events:
        if brings_report(case, each) and not each.context:
            carried = each
        if each.id == event.id:
            break
    return _report_of(case, carried) if carried else None


def brings_report(case: CaseFile, event: Event) -> bool:
    """True if the event moves the case to a stage in which a report waits for a decision."""
    procedure = procedure_of(case)
    return any(procedure.stage(code).report_judged for code in event.moves_to)


def _report_of(case: CaseFile, event: Event) -> Report | None:
    """The event itself if it is a report that moved the case there, else the report it adopts."""
    if isinstance(event, Report):
        return event if brings_report(case, event) else None
    if not isinstance(event, Resolution) or event.adopts is None or not case.owns(event.adopts):
        return None
    adopted = case.event_by_id.get(event.adopts.event)
    return adopted if isinstance(adopted, Report) else None


_DIGITS = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=-)")
"""What an event's id begins with, unless it is undated."""


def permitted(case: CaseFile, step: Step) -> bool | None:
    """Does the table have a row for the step? Not judged after the end of the case, see `case_was_open`.

    None where the table is not complete: a move without a row may be one that nobody has seen.
    """
    table = judged_by(case, step.event)
    if table is None or step.start.ends or not _start_is_known(case, step):
        return None
    return bool(table.rows(step.start, step.end)) or (False if table.complete else None)


def case_was_open(case: CaseFile, step: Step) -> bool | None:
    """False for a step of a case that had ended before it."""
    if judged_by(case, step.event) is None or not _start_is_known(case, step):
        return None
    return not step.start.ends


def right_body(case: CaseFile, step: Step) -> bool | None:
    """Does the decider in the table act in the paper?"""
    answers = [acts_for(row.decided_by, step.event, case) for row in _judging_rows(case, step)]
    if not answers or True in answers:
        return True if answers else None
    return None if None in answers else False


def right_paper(case: CaseFile, step: Step) -> bool | None:
    """Can an event of this kind make the step?"""
    rows = _judging_rows(case, step)
    return any(_may_carry(row, step.event) for row in rows) if rows else None


def clause_carries(case: CaseFile, step: Step) -> bool | None:
    """Does the cited clause permit the step?

    A clause whose number is in the table must be that of the row, and the report must have the conclusion that the
    row requires. Without a cited clause, the row's own requirement is judged; other clauses cannot be judged.
    """
    rows = _judging_rows(case, step)
    table = judged_by(case, step.event)
    if not rows or table is None or "basis" in _flawed(case, step.event):
        return None
    cited = step.basis
    if cited is None:
        return None if len(rows) > 1 else requirement_met(case, step.event, rows[0])
    if not any(same_clause(cited, known) for known in table.clauses):
        return None
    carrying = [row for row in rows if row.clause and same_clause(cited, row.clause)]
    return requirement_met(case, step.event, carrying[0]) if carrying else False


def requirement_met(case: CaseFile, event: Event, move: Move) -> bool | None:
    """Does the report behind the event have the conclusion that the row requires? None where that is not known.

    Source of the only such requirement: III.B.9 of the 2017 version.
    """
    required = move.requires.report_concludes
    if required is None or "adopts" in _flawed(case, event):
        return None
    report = report_judged(case, event)
    if not isinstance(report, Report) or report.conclusion in {None, UNKNOWN}:
        return None
    return report.conclusion == required


def rivals(case: CaseFile, step: Step) -> tuple[Event, ...]:
    """Returns the other moving events whose dates leave open whether they come before or after the step.

    If such a step is not permitted, it may only lack `follows`.
    """
    mine = step.event
    return tuple(event for event in case.moving if event.id != mine.id and case.order_is_open(event, mine))


def _judging_rows(case: CaseFile, step: Step) -> tuple[Move, ...]:
    """The rows of the step, or none where it is not judged: one row that only informs is enough for that."""
    table = judged_by(case, step.event)
    if table is None or not _start_is_known(case, step):
        return ()
    rows = table.rows(step.start, step.end)
    return rows if all(row.judges for row in rows) else ()


def _start_is_known(case: CaseFile, step: Step) -> bool:
    """False where the stage before the step is not sure.

    A record that may have moved the case cannot be read in full, or names a stage by a word that is no code here.
    """
    if not step.certain or not step.plain:
        return False
    if not (case.flawed or case.unreadable):
        return True
    if _flawed(case, step.event) & {"moves_to", "policy_version"}:
        return False
    undated = (name for name, fields in case.flawed.items() if "dated" in fields and _may_move(case, name))
    adrift = {*case.unreadable, *undated}
    if not all(_named_later(name, step.event) for name in adrift):
        return False
    earlier = takewhile(lambda event: event.id != step.event.id, case.events)
    return not any(_flawed(case, event) & {"moves_to", "context"} for event in earlier)


def _may_move(case: CaseFile, event_id: str) -> bool:
    event = case.event_by_id.get(event_id)
    return event is None or bool(event.moves_to) or "moves_to" in _flawed(case, event)


def _named_later(event_id: str, event: Event) -> bool:
    """True when the digits of a record's name put it certainly after the event; they are its date's first day."""
    digits = _DIGITS.match(event_id)
    try:
        return digits is not None and event.day.certainly_before(FuzzyDate.parse(digits[0]))
    except NotADate:
        return False


def _flawed(case: CaseFile, event: Event) -> frozenset[str]:
    return case.flawed.get(event.id, frozenset())
