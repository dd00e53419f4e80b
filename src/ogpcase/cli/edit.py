"""`ogpcase edit`: opens an existing record in the user's editor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import CannotRead

if TYPE_CHECKING:
    from ogpcase.editing.setting import Named
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    text: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Edit this text instead, as the one that a refused run kept."),
    ] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The editor is that of $VISUAL or $EDITOR. What it saves is judged: with a new error nothing is written, and the
    text is kept in a file. Another date or kind renames the event.
    """
    from ogpcase.cli.editor import edited
    from ogpcase.cli.read_session import opened
    from ogpcase.editing.setting import record_named

    workspace = opened(root)
    named = record_named(workspace, reference)
    before = _read(workspace, named)
    again = command("ogpcase edit", reference, *(["--root", str(root)] if root else []))
    with edited(before if text is None else _text_in(text), again) as typed:

        def edit(workspace: Workspace) -> Edit:
            return _edit(workspace, named, before, typed)

        return amend(root, "edit", named.reference, edit, dry_run=dry_run)


def _read(workspace: Workspace, named: Named) -> str:
    """Returns the record's text, be it a sound record or not. Raises CannotRead."""
    data = workspace.files.read(named.file)
    if not isinstance(data, bytes):
        raise CannotRead(f"`{workspace.root.shown_path(named.file)}` cannot be read")
    return data.decode("utf-8", "surrogateescape")


def _text_in(file: Path) -> str:
    from ogpcase.store.layout import reason

    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise CannotRead(f"`{file}` cannot be read: {reason(error)}") from error


def _edit(workspace: Workspace, named: Named, before: str, typed: str) -> Edit:
    """Returns the change to the edited text. Raises FileChanged if the record changed since it was opened."""
    from hashlib import sha256

    from ogpcase.editing.changing import Change
    from ogpcase.editing.renaming import name_after
    from ogpcase.errors import FileChanged
    from ogpcase.model.events import Event
    from ogpcase.store.save import stored_form

    stored_form(typed)  # it can be refused for its length or its letters
    if _read(workspace, named) != before:
        shown = workspace.root.shown_path(named.file)
        raise FileChanged(f"`{shown}` changed while you edited it; nothing was written", "compare the two texts first")
    digest = sha256(before.encode("utf-8", "surrogateescape")).hexdigest()
    change = Change(named.file, before, typed, digest)
    name = name_after(change, named.id) if issubclass(named.model, Event) else None
    return Edit((change,), named.case_id, name)
