"""`ogpcase rename`: another id for an event, a case or a party, and for every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import RootOption
from ogpcase.cli.set_field import DryRunOption, finish_interrupted, refuse_errors, tell
from ogpcase.errors import EXIT_DONE

if TYPE_CHECKING:
    from ogpcase.edits.renaming import Plan
    from ogpcase.workspace import Workspace


def run(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="CASE, CASE/EVENT, an event's id, or a party's id or name.")
    ],
    new_id: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id: an event's begins with date and kind.")],
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> int:
    """All files change or none; a renaming that is interrupted is finished by the next command that writes."""
    from ogpcase.cli.reading import opened
    from ogpcase.store.lock import locked

    workspace = opened(root)
    if dry_run:
        print_plan(workspace, _planned(workspace, reference, new_id))
        return EXIT_DONE
    with locked(workspace.root, tell):
        finish_interrupted(workspace)
        workspace = opened(root)  # read anew: another run may have written since
        carry_out(workspace, _planned(workspace, reference, new_id))
    return EXIT_DONE


def carry_out(workspace: Workspace, plan: Plan) -> None:
    """Tries a renaming on the folder as it would be, makes it, and says what was written.

    Raises:
        Refused: it would bring a new error; nothing was written.
    """
    from ogpcase.cli.options import today
    from ogpcase.edits.renaming import would_bring
    from ogpcase.edits.renaming_journal import carried_out
    from ogpcase.render.lines import Piece, line
    from ogpcase.render.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    carried_out(workspace.root, plan)
    paths = list(dict.fromkeys([plan.new, *(change.file for change in plan.changes)]))
    hidden = workspace.hidden()
    shown = [_new(workspace, plan), *(hidden.path(workspace.root, path) for path in paths[1:])]
    lines = [line(Piece("renamed ", "good"), f"{shown[0]}   (was {_was(workspace, plan)})")]
    lines += [line(Piece("wrote   ", "good"), each) for each in shown[1:]]
    write([*lines, line(Piece("next    ", "dim"), f"git add -A {workspace.root.shown_path('')}")])


def _planned(workspace: Workspace, reference: str, new_id: str) -> Plan:
    from ogpcase.edits.renaming import planned
    from ogpcase.edits.renaming_uses import NewName
    from ogpcase.edits.setting_target import target_of

    target = target_of(workspace, reference)
    if target.case_id is None:
        return planned(workspace, NewName("party", target.id, new_id))
    if target.id == target.case_id:
        return planned(workspace, NewName("case", target.id, new_id))
    plain = new_id.removeprefix(f"{target.case_id}/")
    return planned(workspace, NewName("event", target.id, plain, target.case_id))


def print_plan(workspace: Workspace, plan: Plan) -> None:
    """Tries a renaming, and prints it as a diff; nothing is written.

    Raises:
        Refused: it would bring a new error.
    """
    from ogpcase.cli.options import today
    from ogpcase.edits.changing import diff_lines
    from ogpcase.edits.renaming import would_bring
    from ogpcase.render.lines import line
    from ogpcase.render.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    lines = [f"rename {_was(workspace, plan)} to {_new(workspace, plan)}"]
    write(map(line, [*lines, *(each for change in plan.changes for each in diff_lines(workspace, change))]))


def _new(workspace: Workspace, plan: Plan) -> str:
    """Returns the new path as it may be printed: of what is withheld, as little as of the old one."""
    from ogpcase.model.withhold import WITHHELD

    hidden = workspace.hidden()
    return WITHHELD if plan.old in hidden.files else hidden.path(workspace.root, plan.new)


def _was(workspace: Workspace, plan: Plan) -> str:
    return workspace.hidden().path(workspace.root, plan.old)
