"""`ogpcase withdraw`: takes back a record that was made by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend, refuse_named
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.cli.whole_record import root_words
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, Misused

if TYPE_CHECKING:
    from ogpcase.editing.setting import Target
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help="Why, in your own words. The reason is public.")
    ] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Delete the file instead; git keeps what it had.")] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The event stays as a file and is part of no view; a public copy holds its id, the day and the reason.

    With --delete the file goes: that of an event, a party or a source, or of a case without events. A kept copy stays
    if git could not bring it back. A record that others refer to is not taken back: the message lists them.
    """
    if (because is None) == (not delete):
        again = command("ogpcase withdraw", reference, options=root_words(root))
        raise Misused("give --because TEXT, or --delete", f'{again} --because "…"')

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.deleting import places_naming
        from ogpcase.editing.renaming import name_of, refuse_not_read
        from ogpcase.editing.setting import whole_target_of
        from ogpcase.model.events import Event

        target = whole_target_of(workspace, reference, in_full=True)
        if because is not None and not issubclass(target.model, Event):
            raise Misused(f"`{target.reference}` is no event, and cannot stay as withdrawn", "--delete takes it away")
        if because is not None:
            return _withdrawn(workspace, target, because)
        refuse_named(workspace, target.reference, places_naming(workspace, target))
        refuse_not_read(workspace, name_of(target))
        return _deleted(workspace, target)

    return amend(root, "withdraw", reference, edit, dry_run=dry_run)


def _withdrawn(workspace: Workspace, target: Target, because: str) -> Edit:
    from ogpcase.cli.options import today
    from ogpcase.cli.set_field import typed_value
    from ogpcase.editing.setting import change_to, held_at, spot_in
    from ogpcase.model.serialize import PlainText
    from ogpcase.output.lines import Piece, line

    spot = spot_in(target, "withdrawn")
    back = target.root.ogpcase("remove", target.reference, "withdrawn")
    if held_at(target, spot) is not None:
        raise BadInput(f"`{target.reference}` is withdrawn already", f"make it part of the case again: {back}")
    reason = typed_value(workspace, target, spot_in(target, "withdrawn.because"), [because])
    value = {"on": PlainText(today().isoformat()), "because": reason}
    note = line(Piece("note    ", "dim"), "the reason is public: a public copy shows it")
    return Edit((change_to(workspace, target, spot, value),), target.case_id, notes=(note,), inverse=back)


def _deleted(workspace: Workspace, target: Target) -> Edit:
    from ogpcase.editing.deleting import deletion_of
    from ogpcase.output.lines import Piece, line

    deletion, shown = deletion_of(workspace, target), workspace.root.shown_path
    notes = (line(Piece("kept    ", "dim"), f"{shown(copy.file)} ({copy.because})") for copy in deletion.kept)
    return Edit((), target.case_id, gone=deletion.gone, notes=tuple(notes))
