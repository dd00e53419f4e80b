"""A renaming as `rename` and `set` make it: tried on the folder as it would be, then made or printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogpcase.cli.refusing import refuse_errors

if TYPE_CHECKING:
    from ogpcase.edits.renaming import Plan
    from ogpcase.workspace import Workspace


def carry_out(workspace: Workspace, plan: Plan) -> None:
    """Tries a renaming on the folder as it would be, makes it, and says what was written.

    Raises:
        Refused: it would bring a new error; nothing was written.
    """
    from ogpcase.cli.options import today
    from ogpcase.edits.renaming import would_bring
    from ogpcase.edits.together import carried_out
    from ogpcase.render.lines import Piece, line
    from ogpcase.render.terminal import write

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
    from ogpcase.edits.changing import diff_lines
    from ogpcase.edits.renaming import would_bring
    from ogpcase.render.lines import line
    from ogpcase.render.terminal import write

    refuse_errors(would_bring(workspace, plan, today()), "this renaming")
    lines = [f"rename {workspace.root.shown_path(plan.old)} to {workspace.root.shown_path(plan.new)}"]
    write(map(line, [*lines, *(each for change in plan.changes for each in diff_lines(workspace, change))]))
