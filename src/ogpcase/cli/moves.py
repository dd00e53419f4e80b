"""Lists the moves that the policy permits, and finds the event that makes one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.asking.once import named_case, picked, picked_or_none
from ogpcase.cli.boundary import tell
from ogpcase.cli.field_options import CommandLine
from ogpcase.cli.options import reader_of
from ogpcase.cli.read_session import name_not_read, opened
from ogpcase.editing.typed_values import code_named, kind_named
from ogpcase.errors import EXIT_DONE, Misused, Refused
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.questions import KIND
from ogpcase.model.table_codes import Choice, StageCode
from ogpcase.output.terminal import page_for, write
from ogpcase.policy.actors import parties_of
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Move, Stage, judged_by, procedure_of
from ogpcase.reports.heading.text import heading_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import moves_lines
from ogpcase.workspace.opening import Workspace, files_not_read


def advance(case: str | None, stage: str | None, typed: CommandLine) -> int:
    """Writes the event that moves a case to a stage; without a stage, lists the moves, or asks which one it made."""
    workspace = opened(typed.root)
    case, stage = named_case(
        workspace, case, stage, StageCode.codes(), "stages: `ogpcase advance` lists those permitted"
    )
    if stage is None:
        if typed.given and not at_terminal():
            raise Misused("fields were given without a stage", "write: ogpcase advance CASE STAGE …")
        code = _list_moves(workspace, case)
        if code or not at_terminal() or not (stage := _asked_stage(workspace.case(case).casefile)):
            return code
    from ogpcase.cli.new_event import write_event  # to list the moves needs nothing of it
    from ogpcase.cli.write_session import heed_not_read

    casefile = workspace.case(case).casefile
    if not casefile.stage_is_known:
        heed_not_read(workspace, casefile, moves=True)
    procedure = procedure_of(casefile)
    reached = [each for each in procedure.stages if not each.begins]
    others = {each.word: each.means for each in procedure.words}
    named = code_named(reached, stage, f"a stage of {procedure.track_label}", "stages", others)
    move = _move_to(casefile, named)
    paper = _paper(casefile, move, typed.kind)
    filled_in = _from_row(casefile, move, paper, typed.given)
    _say_filled_in(move, filled_in)
    write_event(case, typed._replace(kind=paper, given={**filled_in, **typed.given, "moves_to": [str(move.to)]}))
    return EXIT_DONE


def _asked_stage(case: CaseFile) -> str | None:
    """Returns the stage that somebody picks from the permitted ones; None if there is none, or for Enter."""
    table = judged_by(case)
    if table is None:
        return None
    reached = dict.fromkeys(move.to for move in table.moves_from(standing(case, None).stage))
    choices = [Choice(str(stage), stage.label, stage.sentence) for stage in map(table.stage, reached)]
    return picked_or_none("stage", "which move did it make?", choices) if choices else None


def _list_moves(workspace: Workspace, case: str) -> int:
    loaded = workspace.case(case)
    status = status_of(loaded.casefile, reader_of(None, None))
    page = page_for()
    ended = status.heading.stage.ends and status.heading.known
    write([*heading_lines(status.heading, page), *moves_lines(status.moves, page, ended=ended)])
    return name_not_read(workspace, files_not_read(loaded.casefile))


def _move_to(case: CaseFile, stage: Stage) -> Move:
    """Returns the table's row for this move, a verified one if there are several; raises Refused if there is none."""
    table = judged_by(case)
    if table is None:
        no_version = f"{case.id} names no version of its procedure, so its moves are not known"
        raise Refused(no_version, _record_it(case, stage))
    here = standing(case, None).stage
    rows = sorted(table.rows(here, stage), key=lambda move: not move.verified)
    if rows:
        return rows[0]
    if here == stage:
        raise Refused(f"{case.id} is already in `{here}`", f"see its status: ogpcase status {case.id}")
    permitted = ", ".join(dict.fromkeys(f"`{move.to}`" for move in table.moves_from(here)))
    papers = (str(move.carried_by[0]) for move in table.moves if move.to == stage and move.carried_by)
    usual = next(papers, "resolution")  # of a move to the stage from anywhere
    nothing = "the case has ended: nothing is permitted from here" if here.ends else "no move from here is known"
    raise Refused(
        f"{case.id} is in `{here}`; {table.version_label} has no move from there to `{stage}`",
        f"permitted from here: {permitted}" if permitted else nothing,
        _record_it(case, stage, usual),
    )


def _record_it(case: CaseFile, stage: str, kind: str = "resolution") -> str:
    moved = f"{case.id} {kind} --moves-to {stage}"
    return f'if it did happen, record it: ogpcase add-event {moved} --departure "…" --source …'


def _paper(case: CaseFile, move: Move, kind: str | None) -> str:
    """Returns the kind of the event: the one given if the row has it, or the row's only one.

    Asks at a terminal if none is given and the row has several, or none; elsewhere raises Misused.
    """
    papers = list(map(str, move.carried_by or Kind))
    if kind is None and len(papers) > 1 and at_terminal():
        choices = [choice for choice in KIND.choices if choice.code in papers]
        kind = picked("kind of paper", "several kinds can make this move", choices)
    if kind is None and len(papers) > 1:
        known = " or ".join(papers) if move.carried_by else "which kind of paper makes it was not seen"
        raise Misused(f"several kinds of paper can move a case to `{move.to}`", f"give --kind: {known}")
    if kind is not None and kind_named(kind) not in papers:
        message = f"in the policy, a {' or '.join(papers)} makes the move to `{move.to}`, not a {kind}"
        raise Refused(message, "give another --kind", _record_it(case, move.to, kind))
    return kind or papers[0]


def _from_row(case: CaseFile, move: Move, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the fields that the row decides and nobody gave: the clause, and who acts if only one party can."""
    fields: dict[str, Any] = {"basis": move.clause} if move.clause else {}
    parties = dict.fromkeys(party for role in move.decided_by for party in parties_of(role, case))
    acting = KINDS[Kind(kind)].acting
    if len(parties) == 1 and not any(name in given for name in acting):
        fields[acting[0]] = list(parties)
    return {name: value for name, value in fields.items() if name not in given}


def _say_filled_in(move: Move, filled_in: dict[str, Any]) -> None:
    """Tells on stderr what came from the table, and how well the table's row is known."""
    known = "" if move.verified else f"; this move is not verified: {move.evidence.words}"
    words = {name: value if isinstance(value, str) else ", ".join(value) for name, value in filled_in.items()}
    fields = ", ".join(f"{name}: {value}" for name, value in words.items())
    if fields or known:
        tell(f"filled in from the policy's table: {fields or 'nothing'}{known}")
