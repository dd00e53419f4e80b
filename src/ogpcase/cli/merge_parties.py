"""`ogpcase merge-parties`: makes one party of two that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, RootOption
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.editing.setting import Target
    from ogpcase.workspace.opening import Workspace


def run(
    goes: Annotated[str, typer.Argument(metavar="A", help="The party that goes: its id or a name.")],
    stays: Annotated[str, typer.Argument(metavar="B", help="The party that stays, with its id and its name.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """Every reference to A names B. B keeps its own name and gets the names of A as other names, its identifiers,
    links, sources and memberships, and what only A says. Where A and B say different things, nothing is written.
    """

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.merging import merged
        from ogpcase.editing.renaming import alike_after

        merging = merged(workspace, _party(workspace, goes), _party(workspace, stays))
        return Edit(merging.changes, None, gone=(merging.gone,), alike=alike_after(merging.name))

    return amend(root, "merge-parties", goes, edit, dry_run=dry_run)


def _party(workspace: Workspace, typed: str) -> Target:
    from ogpcase.editing.setting import whole_target_of

    target = whole_target_of(workspace, typed)
    if target.case_id is not None:
        raise Misused(f"`{typed}` is not a party", "name two parties by their ids or names")
    return target
