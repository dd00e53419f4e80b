"""The moves of a case as rows: from which stage to which, by whom, on what clause, and after how many days."""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Stage
from ogpcase.model.days import Days
from ogpcase.policy.lifecycle import Step, rests_elsewhere, standing, version_of
from ogpcase.values import frozen
from ogpcase.views.shown import Reader, Shown
from ogpcase.views.stats_stays import days_in_stage


@frozen
class MadeMove:
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
