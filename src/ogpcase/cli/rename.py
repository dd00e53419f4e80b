"""`ogpcase rename`: gives an event, a case, a party or a source a new id, and changes every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    new_id: Annotated[str, typer.Argument(metavar="NEW-ID", help="The new id: an event's begins with date and kind.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """All files change, or none. If it is interrupted, the next writing command finishes the work."""

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.renaming import name_of
        from ogpcase.editing.setting import whole_target_of

        target = whole_target_of(workspace, reference, in_full=True)
        name = name_of(target, new_id.removeprefix(target.reference.removesuffix(target.id)))
        return Edit((), None, name)

    return amend(root, "rename", reference, edit, dry_run=dry_run)
