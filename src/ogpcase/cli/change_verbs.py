"""The verbs that change existing records: each says what it takes, and `amend` tries, writes and reports the change."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.boundary import tell
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption, root_words, today
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import FileChanged, Misused, Refused

if TYPE_CHECKING:
    from ogpcase.cli.editor import Kept
    from ogpcase.editing.setting import Named
    from ogpcase.workspace.opening import Workspace

_MOST_LINES = 30
"""Lines of a change by somebody else that are shown."""
FieldArgument = Annotated[str, Argument(metavar="FIELD", help="As dated, title.en, sources#s1.url or requests#a.due.")]


def run_edit(
    reference: ReferenceArgument,
    text: Annotated[
        Path | None,
        Option("--from", metavar="FILE", help="Edit this text instead, as the one that a refused run kept."),
    ] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The editor is that of $VISUAL or $EDITOR. What it saves is judged: with a new error nothing is written, and the
    text is kept in a file. Another date or kind renames the event.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.cli.editor import edited, kept_text, text_in
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.amending import edit_to_replace, text_of_record
    from ogpcase.editing.setting import record_named

    workspace = opened_to_write(root)
    named = record_named(workspace, reference)
    before = text_of_record(workspace, named)
    kept = kept_text(text)
    if kept is not None and kept.begun not in {None, before}:
        raise _changed_since(workspace, named, kept, before)
    again = command("ogpcase edit", reference, options=root_words(root))
    with edited(before if text is None else text_in(text), again, begun=before, kept=kept) as typed:
        edit = partial(edit_to_replace, named=named, before=before, typed=typed, today=today())
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


def run_set(
    reference: ReferenceArgument,
    field: FieldArgument,
    values: Annotated[list[str], Argument(metavar="VALUE", help="The value, as for the field's option of add-event.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The rest of the file stays the same: comments, order, quotes. Of a list, give all values, or use add and remove.

    Another date or kind renames the event. On a terminal, a party's former name can be kept as another name.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.cli.read_session import opened
    from ogpcase.editing.amending import FieldTyped, edit_to_set, former_names

    typed, keep = FieldTyped(reference, field, values), False
    if at_terminal() and not dry_run and field.partition(".")[0] == "name":
        from ogpcase.cli.asking.once import agreed

        former = " and ".join(f"`{name}`" for name in former_names(opened(root), typed, today()))
        sentence = f"keep {former} as another name, so that it still finds the party?"
        keep = bool(former) and agreed("former name", sentence, default=True)
    edit = partial(edit_to_set, typed=typed, today=today(), keep=keep)
    return amend(root, "set", reference, edit, dry_run=dry_run)


def run_add(
    reference: ReferenceArgument,
    field: FieldArgument,
    values: Annotated[list[str], Argument(metavar="VALUE", help="Each item, as for the field's option of add-event.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """What the list holds stays. A request or a clause can be plain text: its id is then made of its words.
    An item that is there already is not added again.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import FieldTyped, edit_to_add

    edit = partial(edit_to_add, typed=FieldTyped(reference, field, values), today=today())
    return amend(root, "add", reference, edit, dry_run=dry_run)


def run_remove(
    reference: ReferenceArgument,
    field: Annotated[
        str | None, Argument(metavar="FIELD", help="As dated, title.en or languages#1; left out for REF#ITEM.")
    ] = None,
    values: Annotated[
        list[str] | None, Argument(metavar="VALUE", help="The items of the list to take out, by value or id.")
    ] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """REF#ITEM takes out an item, REF FIELD a whole field, and REF FIELD VALUE an item of a list.

    An item that other records refer to is not taken out: the message lists them.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import FieldTyped, edit_to_remove

    edit = partial(edit_to_remove, typed=FieldTyped(reference, field or "", values or []))
    return amend(root, "remove", reference, edit, dry_run=dry_run)


def run_answer(
    request: Annotated[
        str | None, Argument(metavar="REF#ITEM", help="The request: EVENT#ITEM or CASE/EVENT#ITEM.")
    ] = None,
    outcome: Annotated[
        str | None, Argument(help="met, partly_met, not_met, refused, acknowledged, extended, none …")
    ] = None,
    event: Annotated[
        str | None, Option("--in", metavar="EVENT", help="The event that gives or reports the answer.")
    ] = None,
    of: Annotated[
        list[str] | None, Option(metavar="PARTY", help="Whose answer it is, if not the event's actor. Repeats.")
    ] = None,
    new_due: Annotated[str | None, Option(metavar="DATE", help="The new last day.")] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The event must already exist: add-event writes a new one."""
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import AnswerTyped, edit_to_answer

    if request is None or outcome is None or event is None:
        request, outcome, event = _asked_answer(root, request, outcome, event)
    typed = AnswerTyped(request, outcome, event, of or (), new_due)
    edit = partial(edit_to_answer, typed=typed, today=today())
    return amend(root, "answer", typed.reference, edit, dry_run=dry_run)


def _asked_answer(
    root: Path | None, request: str | None, outcome: str | None, event: str | None
) -> tuple[str, str, str]:
    """Returns the arguments with those that somebody gave at the terminal. Raises Misused if nobody can be asked."""
    names = {"REF#ITEM": request, "OUTCOME": outcome, "--in": event}
    if not at_terminal():
        missing = ", ".join(name for name, value in names.items() if value is None)
        raise Misused(f"missing: {missing}", "write: ogpcase answer REF#ITEM OUTCOME --in EVENT")
    from ogpcase.cli.asking.once import asked_answer
    from ogpcase.cli.read_session import opened

    return asked_answer(opened(root), request, outcome, event)


def run_attach(
    reference: ReferenceArgument,
    file: Annotated[Path, Argument(metavar="FILE", help="The file to keep a copy of, as letter.pdf.")],
    paper: Annotated[
        bool, Option("--paper", help="The file is the paper itself, not a text that tells of it.")
    ] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The copy goes to the case's sources/ folder. An event gets a source for it, with the digest of the copy;
    CASE/sources/ID gets the copy itself.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import edit_to_attach

    edit = partial(edit_to_attach, reference=reference, file=file, paper=paper)
    return amend(root, "attach", reference, edit, dry_run=dry_run)


def run_rename(
    reference: ReferenceArgument,
    new_id: Annotated[str, Argument(metavar="NEW-ID", help="The new id: an event's begins with date and kind.")],
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """All files change, or none. If it is interrupted, the next writing command finishes the work."""
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import edit_to_rename

    edit = partial(edit_to_rename, reference=reference, new_id=new_id)
    return amend(root, "rename", reference, edit, dry_run=dry_run)


def run_merge_parties(
    goes: Annotated[str, Argument(metavar="A", help="The party that goes: its id or a name.")],
    stays: Annotated[str, Argument(metavar="B", help="The party that stays, with its id and its name.")],
    yes: Annotated[bool, Option("--yes", help="Also where a record names both, without asking.")] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """Every reference to A names B. B keeps its own name and gets the names of A as other names, its identifiers,
    links, sources and memberships, and what only A says. Where A and B say different things, nothing is written.
    Records that name both are listed first: a letter from A to B would be one from B to B.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.cli.read_session import opened
    from ogpcase.editing.amending import edit_to_merge, merging_of

    workspace = opened(root)
    both = merging_of(workspace, goes, stays).naming_both
    for file in both:
        tell(f"warning: {workspace.root.shown_path(file)} names both parties")
    if both and not (yes or dry_run):
        if not at_terminal():
            raise Refused("records name both parties; nothing was written", "if the two are one there too, give --yes")
        from ogpcase.cli.asking.once import agreed

        if not agreed("same party", "are the two one party there too?", default=False):
            raise Refused("nothing was written")
    edit = partial(edit_to_merge, goes=goes, stays=stays, known=both)
    return amend(root, "merge-parties", goes, edit, dry_run=dry_run)


def run_withdraw(
    reference: ReferenceArgument,
    because: Annotated[str | None, Option(metavar="TEXT", help="Why, in your own words. The reason is public.")] = None,
    delete: Annotated[bool, Option("--delete", help="Delete the file instead; git keeps what it had.")] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The event stays as a file and is part of no view; a public copy holds its id, the day and the reason.

    With --delete the file goes: that of an event, a party or a source, or of a case without events. A kept copy stays
    if git could not bring it back. A record that others refer to is not taken back: the message lists them.
    """
    from ogpcase.cli.amending import amend
    from ogpcase.editing.amending import edit_to_delete, edit_to_withdraw

    if (because is None) == (not delete):
        again = command("ogpcase withdraw", reference, options=root_words(root))
        raise Misused("give --because TEXT, or --delete", f'{again} --because "…"')
    if because is None:
        edit = partial(edit_to_delete, reference=reference)
    else:
        edit = partial(edit_to_withdraw, reference=reference, because=because, today=today())
    return amend(root, "withdraw", reference, edit, dry_run=dry_run)
