"""`ogpcase rename`: gives an event, a case, a party or a source a new id, and changes every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.cli.read_session import refuse_errors
from ogpcase.errors import EXIT_DONE

if TYPE_CHECKING:
    from ogpcase.editing.renaming import Plan
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    new_id: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id: an event's begins with date and kind.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """All files change, or none. If it is interrupted, the next writing command finishes the work."""
    from ogpcase.cli.write_session import turn

    with turn(root, dry_run=dry_run) as workspace:
        carry_out(workspace, _planned(workspace, reference, new_id), dry_run=dry_run)
    return EXIT_DONE


def _planned(workspace: Workspace, reference: str, new_id: str) -> Plan:
    from ogpcase.editing.referring import name_of
    from ogpcase.editing.renaming import planned
    from ogpcase.editing.setting import whole_target_of

    target = whole_target_of(workspace, reference)
    return planned(workspace, name_of(target, new_id.removeprefix(target.reference.removesuffix(target.id))))


def carry_out(workspace: Workspace, plan: Plan, *, dry_run: bool) -> None:
    """Carries out a renaming and prints the files, or prints a diff; raises Refused if it would bring a new error."""
    from ogpcase.cli.change_report import Touched
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import diff_lines
    from ogpcase.editing.renaming import carried_out, would_bring
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import page_for, write
    from ogpcase.store.git import files_below, in_git

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    shown = workspace.root.shown_path
    if dry_run:
        diffs = (text for change in plan.changes for text in diff_lines(workspace, change))
        write(map(line, [f"rename {shown(plan.old)} to {shown(plan.new)}", *diffs]))
        return
    moved = files_below(workspace.files, plan.old) if plan.name.kind == "case" else [plan.old]
    files = {*moved, *(plan.move.before(change.file) for change in plan.changes)}
    touched = Touched(workspace.root, *in_git(workspace.root, files), plan.changes, move=(plan.old, plan.new))
    carried_out(workspace, plan)
    write([*touched.lines(page_for()), *touched.last_lines()])
