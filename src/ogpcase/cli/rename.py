"""`ogpcase rename`: another id for an event, a case or a party, and for every reference to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import RootOption
from ogpcase.cli.set_field import DryRunOption
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
    """All files change or none; one that is interrupted is finished by the next command that writes."""
    from ogpcase.cli.renaming import carry_out, print_plan
    from ogpcase.cli.turn import turn

    with turn(root, dry_run=dry_run) as workspace:
        plan = _planned(workspace, reference, new_id)
        (print_plan if dry_run else carry_out)(workspace, plan)
    return EXIT_DONE


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
