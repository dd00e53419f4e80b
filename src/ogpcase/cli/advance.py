"""`ogpcase advance`: lists the moves that the policy permits, or writes the event of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.add_event import Arguments, write_event
from ogpcase.cli.asking import at_terminal
from ogpcase.cli.boundary import tell
from ogpcase.cli.field_options import (
    DryRunOption,
    EditOption,
    NewPartyOption,
    SlugOption,
    SourceFileOption,
    event_options,
    with_fields,
)
from ogpcase.cli.options import OptionalCase, RootOption, reader_of
from ogpcase.editing.typed_values import code_named, kind_named
from ogpcase.errors import EXIT_DONE, Misused, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ogpcase.model.casefile import CaseFile
    from ogpcase.policy.procedures import Move, Stage
    from ogpcase.workspace.opening import Workspace

_GIVEN = ("moves_to", "policy_version", "departure")
"""Fields that follow from the move, or that only `add-event` may set."""


@with_fields(tuple(field for field in event_options() if field.name not in _GIVEN))
def run(
    given: dict[str, Any],
    case: OptionalCase = None,
    stage: Annotated[str | None, typer.Argument(help="The stage to move to; if left out, lists the moves.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="The event's kind, if the policy permits several.")] = None,
    slug: SlugOption = None,
    new_party: NewPartyOption = None,
    source_file: SourceFileOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> int:
    """Writes the event that carries the move. Its kind, its clause and the body that decides come from the policy.
    You give the date and the title.
    """
    from ogpcase.cli.asking.once import named_case
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.write_session import heed_not_read
    from ogpcase.model.table_codes import StageCode

    workspace = opened(root)
    case, stage = named_case(workspace, case, stage, StageCode.codes())
    if stage is None:
        if given and not at_terminal():
            raise Misused("fields were given without a stage", "write: ogpcase advance CASE STAGE …")
        code = _list_moves(workspace, case)
        if code or not at_terminal() or not (stage := _asked_stage(workspace.case(case).casefile)):
            return code
    casefile = workspace.case(case).casefile
    if not casefile.stage_is_known:
        heed_not_read(workspace, casefile, moves=True)
    move = _move_to(casefile, _stage_named(casefile, stage))
    paper = _paper(casefile, move, kind)
    filled_in = _from_row(casefile, move, paper, given)
    options = {**filled_in, **given, "moves_to": [str(move.to)]}
    parties, sources = tuple(new_party or ()), tuple(source_file or ())
    write_event(root, case, Arguments(paper, options, parties, None, slug, sources, edit=edit, dry_run=dry_run))
    _say_filled_in(move, filled_in)
    return EXIT_DONE


def _asked_stage(case: CaseFile) -> str | None:
    """Returns the stage that somebody picks from the permitted ones; None if there is none, or for Enter."""
    from ogpcase.cli.asking.once import picked_or_none
    from ogpcase.cli.asking.question import Shown
    from ogpcase.model.table_codes import Choice
    from ogpcase.policy.lifecycle import standing
    from ogpcase.policy.procedures import judged_by

    table = judged_by(case)
    if table is None:
        return None
    reached = dict.fromkeys(move.to for move in table.moves_from(standing(case, None).stage))
    choices = [Choice(str(stage), stage.label, stage.sentence) for stage in map(table.stage, reached)]
    return picked_or_none(Shown("stage", "which move did it make?", "none"), choices) if choices else None


def _list_moves(workspace: Workspace, case: str) -> int:
    from ogpcase.cli.read_session import name_not_read
    from ogpcase.output.terminal import page_for, write
    from ogpcase.reports.heading.text import heading_lines
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.text import moves_lines
    from ogpcase.workspace.opening import files_not_read

    loaded = workspace.case(case)
    status = status_of(loaded.casefile, reader_of(None, None))
    page = page_for()
    ended = status.heading.stage.ends and status.heading.known
    write([*heading_lines(status.heading, page), *moves_lines(status.moves, page, ended=ended)])
    return name_not_read(workspace, files_not_read(loaded.casefile))


def _stage_named(case: CaseFile, word: str) -> Stage:
    from ogpcase.policy.procedures import procedure_of

    procedure = procedure_of(case)
    reached = [stage for stage in procedure.stages if not stage.begins]
    others = {each.word: each.means for each in procedure.words}
    return code_named(reached, word, f"a stage of {procedure.track_label}", "stages", others)


def _move_to(case: CaseFile, stage: Stage) -> Move:
    """Returns the table's row for this move, a verified one if there are several; raises Refused if there is none."""
    from ogpcase.policy.lifecycle import standing
    from ogpcase.policy.procedures import judged_by

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
    from ogpcase.model.codelists import Kind

    papers = list(map(str, move.carried_by or Kind))
    if kind is None and len(papers) > 1 and at_terminal():
        kind = _asked_paper(papers)
    if kind is None and len(papers) > 1:
        known = " or ".join(papers) if move.carried_by else "which kind of paper makes it was not seen"
        raise Misused(f"several kinds of paper can move a case to `{move.to}`", f"give --kind: {known}")
    if kind is not None and kind_named(kind) not in papers:
        message = f"in the policy, a {' or '.join(papers)} makes the move to `{move.to}`, not a {kind}"
        raise Refused(message, "give another --kind", _record_it(case, move.to, kind))
    return kind or papers[0]


def _asked_paper(papers: Sequence[str]) -> str:
    from ogpcase.cli.asking.once import picked
    from ogpcase.cli.asking.question import Shown
    from ogpcase.model.questions import KIND

    shown = Shown("kind of paper", "several kinds can make this move")
    return picked(shown, [choice for choice in KIND.choices if choice.code in papers])


def _from_row(case: CaseFile, move: Move, kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Returns the fields that the row decides and nobody gave: the clause, and who acts if only one party can."""
    from ogpcase.model.codelists import Kind
    from ogpcase.model.events import KINDS
    from ogpcase.policy.actors import parties_of

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
