"""`ogpcase set`: sets or removes one field of an existing record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ogpcase.cli.options import DryChangeOption, RootOption
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.changing import with_texts
from ogpcase.errors import EXIT_DONE, Misused

if TYPE_CHECKING:
    from ogpcase.editing.changing import Change
    from ogpcase.editing.renaming import NewName
    from ogpcase.model.questions import Question
    from ogpcase.output.lines import Line
    from ogpcase.workspace.opening import Workspace

_NAMING = ("dated", "kind")
"""The fields that give an event's file its name."""


class Edit(NamedTuple):
    """A change of one file, its case, and the new name of the event, if the change gives it one."""

    change: Change
    case_id: str | None
    name: NewName | None = None


def run(
    reference: Annotated[
        str,
        typer.Argument(metavar="REF", help="CASE, CASE/EVENT, CASE/sources/ID, or the id of an event or a party."),
    ],
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="As dated, title.en, sources#s1.url or requests#a.due.")
    ],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="VALUE", help="The value, as for the field's option of add-event.")
    ] = None,
    unset: Annotated[bool, typer.Option("--unset", help="Remove the field or item.")] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The rest of the file stays the same: comments, order, quotes. Give all values of a list."""
    if unset == bool(values):
        raise Misused("give a value, or --unset", "ogpcase set REF FIELD VALUE")

    def changed(workspace: Workspace) -> Edit:
        from ogpcase.editing.renaming import name_after
        from ogpcase.editing.setting import change_to, change_without, spot_in, target_of

        target = target_of(workspace, reference)
        spot = spot_in(target, field)
        if unset:
            return Edit(change_without(workspace, target, spot), target.case_id)
        change = change_to(workspace, target, spot, _value(spot.field, values or [], workspace, target.case_id))
        return Edit(change, target.case_id, name_after(change, target.id) if spot.route[0] in _NAMING else None)

    return edit(root, reference, changed, dry_run=dry_run)


def edit(root: Path | None, reference: str, changed: Callable[[Workspace], Edit], *, dry_run: bool) -> int:
    """Makes a change of one file and writes it, or prints a diff; `reference` names the record as it was typed.

    Raises:
        Refused: the change would add an error; nothing was written.
        FileChanged: the file changed meanwhile; nothing was written.
    """
    from ogpcase.cli.rename import carry_out
    from ogpcase.cli.write_session import turn
    from ogpcase.editing.renaming import planned

    case = reference.partition("/")[0] if "/" in reference else None
    with turn(root, case=case, dry_run=dry_run) as workspace:
        change, case_id, name = changed(workspace)
        if name is not None:  # the change gives the event's file another name
            carry_out(workspace, planned(workspace, name, {change.file: change.new}), dry_run=dry_run)
        else:
            _try_and_write(workspace, change, case_id, dry_run=dry_run)
    return EXIT_DONE


def _try_and_write(workspace: Workspace, change: Change, case_id: str | None, *, dry_run: bool) -> None:
    from ogpcase.cli.options import today
    from ogpcase.cli.read_session import refuse_errors
    from ogpcase.cli.write_session import heed_not_read
    from ogpcase.editing.changing import brought, diff_lines, problems_of_case, problems_of_folder, stored
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write
    from ogpcase.policy.lifecycle import standing

    shown = workspace.root.shown_path(change.file)
    if not change.changes:
        write([line(f"{shown} already says so; nothing was written")])
        return
    would_be = with_texts(workspace, {change.file: change.new})
    if case_id is not None:
        old, new = (standing(each.case(case_id).casefile, None).steps for each in (workspace, would_be))
        moves = [step.end for step in old] != [step.end for step in new]
        heed_not_read(workspace, workspace.case(case_id).casefile, moves=moves)
    problems = problems_of_case(case_id, today()) if case_id else problems_of_folder(today())
    refuse_errors(brought(workspace, would_be, problems), "this change")
    if dry_run:
        write(map(line, diff_lines(workspace, change)))
        return
    stored(workspace, change)
    lines = [line(Piece("wrote   ", "good"), shown), *_stage(workspace, would_be, case_id)]
    write([*lines, line(Piece("next    ", "dim"), command("git diff", shown))])


def _stage(before: Workspace, after: Workspace, case_id: str | None) -> list[Line]:
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import page_for
    from ogpcase.policy.lifecycle import standing

    if case_id is None:
        return []
    old, new = (standing(workspace.case(case_id).casefile, None) for workspace in (before, after))
    if (old.stage, old.perhaps) == (new.stage, new.perhaps):
        return []
    perhaps = f" (perhaps {new.perhaps})" if new.perhaps else ""
    return [line(Piece("stage   ", "stage"), f"{old.stage} {page_for().glyphs.arrow} {new.stage}{perhaps}")]


def _value(field: Question, typed: list[str], workspace: Workspace, case_id: str | None) -> object:
    """Returns the field's plain value; raises Misused for a wrong form and BadInput for an unknown party."""
    from ogpcase.cli.options import today
    from ogpcase.editing.naming import resolver_for
    from ogpcase.editing.source_naming import with_ids, with_sources
    from ogpcase.editing.typed_values import Typing, values_from
    from ogpcase.model.sources import PartySource, Source

    if len(typed) != 1 and not field.repeats:
        raise Misused(f"`{field.name}` takes one value; put quotes around a value with blanks")
    if field.shape == "flag":
        if typed[0] not in {"true", "false"}:
            raise Misused(f"`{field.name}` is `true` or `false`")
        return typed[0] == "true"
    given = {field.name: typed if field.repeats else typed[0]}
    how = Typing(as_options=False)
    values = values_from(given, [field], resolver_for(workspace.registry(), today()), how)
    if field.holds is PartySource:
        return with_ids(values[field.name])
    if field.holds is Source and field.repeats and case_id is not None:
        return with_sources(values, workspace.case(case_id).casefile, in_files=False).values[field.name]
    return values[field.name]
