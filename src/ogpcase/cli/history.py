"""`ogpcase show --history`: how one event came to say what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ogpcase.errors import UnknownEvent
from ogpcase.model.ids import Reference

if TYPE_CHECKING:
    from ogpcase.views.shown import Reader
    from ogpcase.workspace import Workspace


def print_history(workspace: Workspace, text: str, reader: Reader, *, as_json: bool) -> None:
    """Prints what each commit changed in the event, or the item of one, that a reference names.

    Raises:
        UnknownEvent: nothing is called so, or what is called so is no event.
        CannotRead: the folder is in no repository, or nothing is committed there.
    """
    from ogpcase.render.terminal import page_for, write, write_text
    from ogpcase.workspace.history import history

    reference = _event_named(workspace, text, reader)
    rows = history(workspace, reference, reader)
    if as_json:
        from ogpcase.export.diff import history_json

        write_text(history_json(reference.case or "", str(reference), rows, reader.on))
    else:
        from ogpcase.render.diff import history_lines

        write(history_lines(str(reference), rows, page_for()))


def _event_named(workspace: Workspace, text: str, reader: Reader) -> Reference:
    """Returns the reference with its case."""
    from ogpcase.cli.shown_record import thing_for
    from ogpcase.views.show import Record

    thing, loaded = thing_for(workspace, text, reader)
    reference = Reference(text) if Reference.fits(text) else None
    if reference is None or not isinstance(thing, Record):
        raise UnknownEvent(f"`{text}` is no event, and only events have a history here")
    item = f"#{reference.item}" if reference.item else ""
    return Reference(f"{loaded[0].casefile.id}/{reference.event}{item}")
