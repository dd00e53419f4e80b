"""`ogpcase attach`: keeps a file as the copy of a source, and names the source in an event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.options import DryChangeOption, ReferenceArgument, RootOption
from ogpcase.errors import BadInput, Misused

if TYPE_CHECKING:
    from collections.abc import Callable

    from ogpcase.editing.changing import Change
    from ogpcase.editing.setting import Target
    from ogpcase.store.checksums import Copy
    from ogpcase.workspace.opening import Workspace


def run(
    reference: ReferenceArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to keep a copy of, as letter.pdf.")],
    paper: Annotated[
        bool, typer.Option("--paper", help="The file is the paper itself, not a text that tells of it.")
    ] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The copy goes to the case's sources/ folder. An event gets a source for it, with the digest of the copy;
    CASE/sources/ID gets the copy itself.
    """

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.setting import whole_target_of
        from ogpcase.model.events import Event
        from ogpcase.model.sources import SourceRecord
        from ogpcase.store.checksums import planned_copies

        target = whole_target_of(workspace, reference)
        is_event = issubclass(target.model, Event)
        if target.case_id is None or not (is_event or target.model is SourceRecord):
            raise Misused(f"`{reference}` is no event and no source", "name CASE/EVENT or CASE/sources/ID")
        if paper and not is_event:
            raise Misused("--paper says what a source is for an event", "attach the file to the event")
        (copy,) = planned_copies(workspace.root, workspace.case(target.case_id).casefile, [file])
        return _to_event(workspace, target, copy, paper=paper) if is_event else _to_source(workspace, target, copy)

    return amend(root, "attach", reference, edit, dry_run=dry_run)


def _to_event(workspace: Workspace, target: Target, copy: Copy, *, paper: bool) -> Edit:
    """Returns the change that names the source of a copy in an event, with the source's file if it is new."""
    from ogpcase.editing.changing import Change
    from ogpcase.editing.list_items import Item, change_with_items
    from ogpcase.editing.setting import change_in_steps, change_to, held_at, spot_in
    from ogpcase.editing.source_naming import with_sources

    assert target.case_id is not None  # an event has a case
    named = with_sources({}, workspace.case(target.case_id).casefile, [copy])
    (source,) = named.values["sources"]
    steps: list[Callable[[Target], Change]] = [
        lambda event: change_with_items(workspace, event, spot_in(event, "sources"), [Item(source)])
    ]
    if paper:
        held = held_at(target, spot_in(target, "paper"))
        if held not in (None, source):
            other = target.root.ogpcase("set", target.reference, "paper", source)
            raise BadInput(f"its paper is `{held}` already", f"leave out --paper, and then: {other}")
        steps.append(lambda event: change_to(workspace, event, spot_in(event, "paper"), source))
    change = change_in_steps(target, steps)
    beside = (Change(file, "", text, None) for file, text in named.texts.items())
    return Edit((change, *beside), target.case_id, copies=(copy,))


def _to_source(workspace: Workspace, target: Target, copy: Copy) -> Edit:
    """Returns the change that gives a source its copy. Raises BadInput if it, or another source, has one."""
    from ogpcase.editing.setting import change_in_steps, change_to, held_at, spot_in

    assert target.case_id is not None  # a source has a case
    file, digest = spot_in(target, "file"), spot_in(target, "sha256")
    name = copy.file.partition("/")[2]
    if (held := held_at(target, file)) is not None and (held, held_at(target, digest)) != (name, copy.sha256):
        new = target.root.ogpcase("add-source", target.case_id, options=["--source-file", str(copy.path)])
        raise BadInput(f"its copy is `{held}` already", f"keep another text as a source of its own: {new}")
    known = workspace.case(target.case_id).casefile.sources
    same = [other for other, source in known.items() if source.sha256 == copy.sha256 and other != target.id]
    if same:
        show = target.root.ogpcase("show", f"{target.case_id}/sources/{same[0]}")
        raise BadInput(f"`{same[0]}` has this very file", f"look at it: {show}")
    change = change_in_steps(
        target,
        [
            lambda source: change_to(workspace, source, file, name),
            lambda source: change_to(workspace, source, digest, copy.sha256),
        ],
    )
    return Edit((change,), target.case_id, copies=(copy,))
