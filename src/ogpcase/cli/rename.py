"""`ogpcase rename`: gives an event, a case, a party or a source a new id, and changes every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import DryChangeOption, RootOption
from ogpcase.cli.read_session import refuse_errors
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import EXIT_DONE

if TYPE_CHECKING:
    from ogpcase.editing.renaming import Plan
    from ogpcase.workspace.opening import Workspace


def run(
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="CASE, CASE/EVENT, CASE/sources/ID, or the id of an event or a party."),
    ],
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
    from ogpcase.editing.renaming import NewName, planned
    from ogpcase.editing.setting import target_of
    from ogpcase.model.sources import SourceRecord

    target = target_of(workspace, reference)
    if target.case_id is None:
        return planned(workspace, NewName("party", target.id, new_id))
    if target.id == target.case_id:
        return planned(workspace, NewName("case", target.id, new_id))
    if target.model is SourceRecord:
        plain = new_id.removeprefix(f"{target.case_id}/sources/")
        return planned(workspace, NewName("source", target.id, plain, target.case_id))
    plain = new_id.removeprefix(f"{target.case_id}/")
    return planned(workspace, NewName("event", target.id, plain, target.case_id))


def carry_out(workspace: Workspace, plan: Plan, *, dry_run: bool) -> None:
    """Carries out a renaming and prints the files, or prints a diff; raises Refused if it would bring a new error."""
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import diff_lines
    from ogpcase.editing.renaming import carried_out, would_bring
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    shown = workspace.root.shown_path
    if dry_run:
        diffs = (text for change in plan.changes for text in diff_lines(workspace, change))
        write(map(line, [f"rename {shown(plan.old)} to {shown(plan.new)}", *diffs]))
        return
    carried_out(workspace, plan)
    others = dict.fromkeys(change.file for change in plan.changes if change.file != plan.new)
    lines = [line(Piece("renamed ", "good"), f"{shown(plan.new)}   (was {shown(plan.old)})")]
    lines += [line(Piece("wrote   ", "good"), shown(file)) for file in others]
    write([*lines, line(Piece("next    ", "dim"), command("git add -A", shown("")))])
