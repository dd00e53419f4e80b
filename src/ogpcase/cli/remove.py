"""`ogpcase remove`: takes a field, or items of a list, out of an existing record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.editing.changing import Change
    from ogpcase.editing.setting import Target
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    field: Annotated[
        str | None,
        typer.Argument(metavar="FIELD", help="As dated, title.en or languages#1; left out for REF#ITEM."),
    ] = None,
    values: Annotated[
        list[str] | None, typer.Argument(metavar="VALUE", help="The items of the list to take out, by value or id.")
    ] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """REF#ITEM takes out an item, REF FIELD a whole field, and REF FIELD VALUE an item of a list.

    An item that other records refer to is not taken out: the message lists them.
    """

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.setting import target_of

        target = target_of(workspace, reference, in_full=True)
        if not field and not target.within:
            raise Misused("name what to take out", "ogpcase remove REF#ITEM, or ogpcase remove REF FIELD")
        return Edit((_change(workspace, target, field or "", values or []),), target.case_id)

    return amend(root, "remove", reference, edit, dry_run=dry_run)


def _change(workspace: Workspace, target: Target, field: str, values: list[str]) -> Change:
    from ogpcase.editing.list_items import change_without_items
    from ogpcase.editing.setting import change_without, spot_in

    spot = spot_in(target, field)
    if not values:
        return change_without(workspace, target, spot)

    def alike(word: str) -> set[str]:
        words = {word.removeprefix(f"{target.case_id}/")}
        return words | set(workspace.registry().named(word)) if spot.field.shape == "party" else words

    return change_without_items(workspace, target, spot, values, alike)
