"""`ogpcase add`: adds items to a list of an existing record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.cli.set_field import FieldArgument, typed_value, with_source_ids
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    field: FieldArgument,
    values: Annotated[
        list[str], typer.Argument(metavar="VALUE", help="Each item, as for the field's option of add-event.")
    ],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """What the list holds stays. A request or a clause can be plain text: its id is then made of its words.
    An item that is there already is not added again.
    """

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.list_items import Item, change_with_items, names_added
        from ogpcase.editing.setting import spot_in, target_of
        from ogpcase.editing.typed_values import mapping_from

        target = target_of(workspace, reference)
        spot = spot_in(target, field)
        if not spot.field.repeats:
            other = target.root.ogpcase("set", target.reference, field, *values)
            raise Misused(f"`{field}` is not a list", f"give it a value: {other}")
        typed = typed_value(workspace, target, spot, values)
        own_ids = [mapping_from(word, field).get("id") for word in values if word.startswith("{")]
        items, beside = with_source_ids(workspace, target, spot.field, typed)
        new = [Item(item, isinstance(item, dict) and item.get("id") not in own_ids) for item in items]
        change = change_with_items(workspace, target, spot, new)
        inverse = target.root.ogpcase("remove", target.typed, field, *names_added(target, spot, new))
        return Edit((change, *beside), target.case_id, inverse=inverse)

    return amend(root, "add", reference, edit, dry_run=dry_run)
