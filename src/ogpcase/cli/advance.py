"""`ogpcase advance`: lists the moves that the policy permits, or writes the event of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, NewPartyOption, SlugOption, SourceFileOption, write_event
from ogpcase.cli.field_options import code_named, event_options, kind_named, with_fields
from ogpcase.cli.options import RootOption
from ogpcase.errors import EXIT_DONE, Misused, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from ogpcase.model.casefile import CaseFile
    from ogpcase.model.codelists import Stage
    from ogpcase.policy.version import Move, PolicyVersion

_GIVEN = ("moves_to", "policy_version", "departure")
"""Fields that follow from the move, or that only `add-event` may set."""


@with_fields(tuple(field for field in event_options() if field.name not in _GIVEN))
def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    given: dict[str, Any],
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
    from ogpcase.cli.composing import Given
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.write_session import heed_not_read

    if stage is None:
        if given:
            raise Misused("fields were given without a stage", "write: ogpcase advance CASE STAGE …")
        return _list_moves(root, case)
    workspace = opened(root)
    casefile = workspace.case(case).casefile
    if not casefile.stage_is_known:
        heed_not_read(workspace, casefile, moves=True)
    move = _move_to(casefile, _stage_named(stage))
    options = {**_from_row(casefile, move, kind), **given, "moves_to": [str(move.to)]}
    paper, parties, sources = _paper(move, kind), tuple(new_party or ()), tuple(source_file or ())
    write_event(root, case, Given(paper, options, parties, None, slug, sources, edit=edit, dry_run=dry_run))
    return EXIT_DONE


def _list_moves(root: Path | None, case: str) -> int:
    from ogpcase.cli.options import reader_of
    from ogpcase.cli.read_session import files_not_read, name_not_read, opened
    from ogpcase.output.terminal import page_for, write
    from ogpcase.reports.heading.text import heading_lines
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.text import moves_lines

    workspace = opened(root)
    loaded = workspace.case(case)
    status = status_of(loaded.casefile, reader_of(None, None))
    page = page_for()
    ended = status.heading.stage.ends and status.heading.known
    write([*heading_lines(status.heading, page), *moves_lines(status.moves, page, ended=ended)])
    return name_not_read(workspace, files_not_read(loaded.casefile))


def _stage_named(word: str) -> Stage:
    from ogpcase.model.codelists import OTHER_WORDS, Stage

    reached = [stage for stage in Stage if stage is not Stage.NOT_FILED]
    return code_named(reached, word, "a stage that a case can move to", "stages", OTHER_WORDS)


def _move_to(case: CaseFile, stage: Stage) -> Move:
    """Returns the policy's row for this move, a verified one if there are several; raises Refused if there is none."""
    from ogpcase.policy.lifecycle import permitted_moves, row_for, standing, version_of

    version = version_of(case)
    if version is None:
        raise Refused(
            f"{case.id} has no version of the Response Policy, so its moves are not known", _record_it(case, stage)
        )
    here = standing(case, None).stage
    rows = sorted(row_for(version, here, stage), key=lambda move: not move.verified)
    if rows:
        return rows[0]
    if here is stage:
        raise Refused(f"{case.id} is already in `{here}`", f"see its status: ogpcase status {case.id}")
    permitted = ", ".join(dict.fromkeys(f"`{move.to}`" for move in permitted_moves(here, version)))
    raise Refused(
        f"{case.id} is in `{here}`; the {version.version} version has no move from there to `{stage}`",
        f"permitted from here: {permitted}" if permitted else "the case has ended: nothing is permitted from here",
        _record_it(case, stage, _usual_paper(version, stage)),
    )


def _usual_paper(version: PolicyVersion, stage: Stage) -> str:
    """Returns the kind of event that moves a case to the stage from anywhere; a resolution if the table has none."""
    return next((str(move.carried_by[0]) for move in version.moves if move.to is stage), "resolution")


def _record_it(case: CaseFile, stage: Stage, kind: str = "resolution") -> str:
    moved = f"{case.id} {kind} --moves-to {stage}"
    return f'if it did happen, record it: ogpcase add-event {moved} --departure "…" --source …'


def _paper(move: Move, kind: str | None) -> str:
    """Returns the kind of the event: `kind` if the row has it, else the row's first."""
    papers = list(map(str, move.carried_by))
    if kind is not None and kind_named(kind) not in papers:
        message = f"in the policy, a {' or '.join(papers)} makes the move to `{move.to}`, not a {kind}"
        raise Refused(message, f"give another --kind, or record it: add-event … {kind} --departure …")
    return kind or papers[0]


def _from_row(case: CaseFile, move: Move, kind: str | None) -> dict[str, Any]:
    """Returns the fields that the row decides: the clause, and who acts if only one party can."""
    from ogpcase.model.codelists import Kind
    from ogpcase.model.events import KINDS
    from ogpcase.policy.actors import parties_of

    fields: dict[str, Any] = {"basis": move.clause} if move.clause else {}
    parties = parties_of(move.decided_by, case)
    paper = Kind.of(_paper(move, kind))
    if paper is not None and len(parties) == 1:
        fields[KINDS[paper].acting[0]] = [parties[0]]
    return fields
