"""`ogpcase rename`: another id for an event, a case or a party, and for every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import DryChangeOption, RootOption
from ogpcase.cli.refusing import refuse_errors
from ogpcase.errors import EXIT_DONE

if TYPE_CHECKING:
    from ogpcase.editing.renaming import Plan
    from ogpcase.workspace.opening import Workspace


def run(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="CASE, CASE/EVENT, an event's id, or a party's id or name.")
    ],
    new_id: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id: an event's begins with date and kind.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """All files change or none; one that is interrupted is finished by the next command that writes."""
    from ogpcase.cli.write_session import turn

    with turn(root, dry_run=dry_run) as workspace:
        plan = _planned(workspace, reference, new_id)
        (print_plan if dry_run else carry_out)(workspace, plan)
    return EXIT_DONE


def _planned(workspace: Workspace, reference: str, new_id: str) -> Plan:
    from ogpcase.editing.renaming import NewName, planned
    from ogpcase.editing.setting import target_of

    target = target_of(workspace, reference)
    if target.case_id is None:
        return planned(workspace, NewName("party", target.id, new_id))
    if target.id == target.case_id:
        return planned(workspace, NewName("case", target.id, new_id))
    plain = new_id.removeprefix(f"{target.case_id}/")
    return planned(workspace, NewName("event", target.id, plain, target.case_id))


def carry_out(workspace: Workspace, plan: Plan) -> None:
    """Tries a renaming on the folder as it would be, makes it, and says what was written.

    Raises:
        Refused: it would bring a new error; nothing was written.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.renaming import would_bring
    from ogpcase.editing.together import carried_out
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    carried_out(workspace, plan)
    paths = list(dict.fromkeys([plan.new, *(change.file for change in plan.changes)]))
    shown = list(map(workspace.root.shown_path, paths))
    lines = [line(Piece("renamed ", "good"), f"{shown[0]}   (was {workspace.root.shown_path(plan.old)})")]
    lines += [line(Piece("wrote   ", "good"), each) for each in shown[1:]]
    write([*lines, line(Piece("next    ", "dim"), f"git add -A {workspace.root.shown_path('')}")])


def print_plan(workspace: Workspace, plan: Plan) -> None:
    """Tries a renaming, and prints it as a diff; nothing is written.

    Raises:
        Refused: it would bring a new error.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import diff_lines
    from ogpcase.editing.renaming import would_bring
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    lines = [f"rename {workspace.root.shown_path(plan.old)} to {workspace.root.shown_path(plan.new)}"]
    write(map(line, [*lines, *(each for change in plan.changes for each in diff_lines(workspace, change))]))
