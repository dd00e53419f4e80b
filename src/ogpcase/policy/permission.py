"""Was a step permitted, by the right body, on the right paper, by a clause that carries it?

Pure questions for the checks. True fits, False does not, None is not judged: the track has no table, the row is of
evidence U, the event is undated, or what would decide it is not known or cannot be read. Departures are for the checks.
"""

from __future__ import annotations

import re
from itertools import takewhile

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Conclusion
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.events import Event, Report
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import Step, report_judged, row_for, same_clause, version_of
from ogpcase.policy.version import Move

_DIGITS = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}(?=-)")
"""What an event's id begins with, unless it is undated."""


def permitted(case: CaseFile, step: Step) -> bool | None:
    """Does the table have a row for the step? Not judged where the case had ended, see `case_was_open`."""
    if step.start.ends or not _start_is_known(case, step):
        return None
    version = version_of(case, step.event)
    return None if version is None else bool(row_for(version, step.start, step.end))


def case_was_open(case: CaseFile, step: Step) -> bool | None:
    """False for a step of a case that had ended before it."""
    if version_of(case, step.event) is None or not _start_is_known(case, step):
        return None
    return not step.start.ends


def right_body(case: CaseFile, step: Step) -> bool | None:
    """Does who decides under the table act in the paper?"""
    answers = [acts_for(row.decided_by, step.event, case) for row in _verified_rows(case, step)]
    if not answers or True in answers:
        return True if answers else None
    return None if None in answers else False


def right_paper(case: CaseFile, step: Step) -> bool | None:
    """Is the event of a kind that carries the step?"""
    rows = _verified_rows(case, step)
    return any(step.event.kind in row.carried_by for row in rows) if rows else None


def clause_carries(case: CaseFile, step: Step) -> bool | None:
    """Does the clause that the step rests on carry it?

    A clause that the version knows by its number must be that of the row, and the report judged must conclude what
    the row requires. With no clause cited the row's own requirement is judged; another clause cannot be judged.
    """
    rows = _verified_rows(case, step)
    version = version_of(case, step.event)
    if not rows or version is None or "basis" in _flawed(case, step.event):
        return None
    cited = step.basis
    if cited is None:
        return None if len(rows) > 1 else requirement_met(case, step.event, rows[0])
    if not any(same_clause(cited, known) for known in version.clauses):
        return None
    carrying = [row for row in rows if row.clause and same_clause(cited, row.clause)]
    return requirement_met(case, step.event, carrying[0]) if carrying else False


def requirement_met(case: CaseFile, event: Event, move: Move) -> bool | None:
    """Does the report that the event rests on conclude what the row requires? None where that is not known.

    Source of the only such requirement: III.B.9 of the 2017 version.
    """
    required = move.requires.report_concludes
    if required is None or "adopts" in _flawed(case, event):
        return None
    report = report_judged(case, event)
    if not isinstance(report, Report) or report.conclusion in (None, Conclusion.UNKNOWN):
        return None
    return report.conclusion is required


def rivals(case: CaseFile, step: Step) -> tuple[Event, ...]:
    """Returns the other moving events whose dates leave open whether they come before or after the step.

    Where a step is not permitted and has rivals, `follows` may be all that is missing.
    """
    moving = (event for event in case.events if event.moves_to and not event.context and event.id != step.event.id)
    return tuple(event for event in moving if event.dated.may_overlap(step.event.dated))


def _verified_rows(case: CaseFile, step: Step) -> tuple[Move, ...]:
    """The rows of the step, or none where it is not judged: one row of evidence U is enough for that."""
    version = version_of(case, step.event)
    if version is None or not _start_is_known(case, step):
        return ()
    rows = row_for(version, step.start, step.end)
    return rows if all(row.verified for row in rows) else ()


def _start_is_known(case: CaseFile, step: Step) -> bool:
    """False where a record that cannot be read in full may have moved the case before the step."""
    if not step.certain or not (case.flawed or case.unreadable):
        return step.certain
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
        return digits is not None and event.dated.certainly_before(FuzzyDate.parse(digits[0]))
    except NotADate:
        return False


def _flawed(case: CaseFile, event: Event) -> frozenset[str]:
    return case.flawed.get(event.id, frozenset())
