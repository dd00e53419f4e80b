"""`ogpcase edit`: opens an existing record in the user's editor."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption, root_words
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import CannotRead, FileChanged

if TYPE_CHECKING:
    from ogpcase.cli.editor import Kept
    from ogpcase.editing.amending import Edit
    from ogpcase.editing.setting import Named
    from ogpcase.workspace.opening import Workspace

_MOST_LINES = 30
"""Lines of a change by somebody else that are shown."""


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
    from ogpcase.cli.amending import amend
    from ogpcase.cli.editor import edited, kept_text
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.setting import record_named

    workspace = opened_to_write(root)
    named = record_named(workspace, reference)
    before = _read(workspace, named)
    kept = kept_text(text)
    if kept is not None and kept.begun not in {None, before}:
        raise _changed_since(workspace, named, kept, before)
    again = command("ogpcase edit", reference, options=root_words(root))
    with edited(before if text is None else _text_in(text), again, begun=before, kept=kept) as typed:
        edit = partial(_edit, named=named, before=before, typed=typed)
        return amend(root, "edit", named.reference, edit, dry_run=dry_run)


def _changed_since(workspace: Workspace, named: Named, kept: Kept, before: str) -> FileChanged:
    """Returns what to raise where a record changed since a kept text was begun: with the lines that changed."""
    from ogpcase.cli.write_session import changed_lines
    from ogpcase.editing.changing import Change
    from ogpcase.output.lines import Page, plain

    shown = workspace.root.shown_path(named.file)
    lines = [*map(plain, changed_lines(Change(named.file, kept.begun or "", before, None), Page(), whole=False))]
    more = [f"  and {len(lines) - _MOST_LINES} more lines"] if len(lines) > _MOST_LINES else []
    return FileChanged(
        f"`{shown}` changed since this text was begun; nothing was written",
        *lines[:_MOST_LINES],
        *more,
        f"open the record again, and put your lines in: {workspace.root.ogpcase('edit', named.reference)}",
        f"your text stays in {kept.path}",
    )


def _read(workspace: Workspace, named: Named) -> str:
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


def _as_stored(workspace: Workspace, named: Named, before: str, typed: str) -> str:
    """Returns the text with party names turned into ids and dates as files have them; as it is if it is no record.

    A word that the record had before and that means nothing stays, for the checks to judge. Raises BadInput for a new
    word that means nothing, with its place.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.given_text import text_with, values_stored
    from ogpcase.editing.naming import resolver_for
    from ogpcase.model.codelists import Kind
    from ogpcase.model.events import KINDS, Event
    from ogpcase.yamltree.parsing import parse

    parsed = parse(typed.encode(), named.file)
    values = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems or not isinstance(values, dict):
        return typed
    kind = Kind.of(str(values.get("kind")))
    model = KINDS[kind] if issubclass(named.model, Event) and kind is not None else named.model
    resolver = resolver_for(workspace.registry(), today()).lenient(lambda word: word in before)
    stored = values_stored(model, values, resolver, typed, "the edited record")
    return text_with(typed, stored) or typed


def _edit(workspace: Workspace, named: Named, before: str, typed: str) -> Edit:
    """Returns the change to the edited text. Raises FileChanged if the record changed since it was opened."""
    from hashlib import sha256

    from ogpcase.editing.amending import Edit
    from ogpcase.editing.changing import Change
    from ogpcase.editing.renaming import name_after
    from ogpcase.model.events import Event
    from ogpcase.store.save import stored_form

    stored_form(typed)  # it can be refused for its length or its letters
    typed = _as_stored(workspace, named, before, typed)
    if _read(workspace, named) != before:
        shown = workspace.root.shown_path(named.file)
        raise FileChanged(f"`{shown}` changed while you edited it; nothing was written", "compare the two texts first")
    digest = sha256(before.encode("utf-8", "surrogateescape")).hexdigest()
    change = Change(named.file, before, typed, digest)
    name = name_after(change, named.id) if issubclass(named.model, Event) else None
    return Edit((change,), named.case_id, name)
