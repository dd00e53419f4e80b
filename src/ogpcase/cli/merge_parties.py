"""`ogpcase merge-parties`: makes one party of two that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.asking import at_terminal
from ogpcase.cli.options import DryChangeOption, RootOption
from ogpcase.errors import FileChanged, Misused, Refused

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.editing.merging import Merging
    from ogpcase.editing.setting import Target
    from ogpcase.workspace.opening import Workspace


def run(
    goes: Annotated[str, typer.Argument(metavar="A", help="The party that goes: its id or a name.")],
    stays: Annotated[str, typer.Argument(metavar="B", help="The party that stays, with its id and its name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Also where a record names both, without asking.")] = False,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """Every reference to A names B. B keeps its own name and gets the names of A as other names, its identifiers,
    links, sources and memberships, and what only A says. Where A and B say different things, nothing is written.
    Records that name both are listed first: a letter from A to B would be one from B to B.
    """
    from ogpcase.cli.read_session import opened

    taken = _heeded(opened(root), goes, stays, ask=not (yes or dry_run))

    def edit(workspace: Workspace) -> Edit:
        from ogpcase.editing.renaming import alike_after

        merging = _merged(workspace, goes, stays)
        if not set(merging.naming_both) <= taken:
            raise FileChanged("more records name both by now; nothing was written", "look at them, and run it again")
        return Edit(merging.changes, None, gone=(merging.gone,), alike=alike_after(merging.name))

    return amend(root, "merge-parties", goes, edit, dry_run=dry_run)


def _merged(workspace: Workspace, goes: str, stays: str) -> Merging:
    from ogpcase.editing.merging import merged

    return merged(workspace, _party(workspace, goes), _party(workspace, stays))


def _heeded(workspace: Workspace, goes: str, stays: str, *, ask: bool) -> frozenset[FileId]:
    """Names the records that name both on stderr, and returns them; raises Refused if somebody does not want that."""
    from ogpcase.cli.asking.once import agreed
    from ogpcase.cli.asking.question import Shown
    from ogpcase.cli.write_session import tell

    both = _merged(workspace, goes, stays).naming_both
    for file in both:
        tell(f"warning: {workspace.root.shown_path(file)} names both parties")
    if both and ask and not at_terminal():
        raise Refused("records name both parties; nothing was written", "if the two are one there too, give --yes")
    if both and ask and not agreed(Shown("same party", "are the two one party there too?"), default=False):
        raise Refused("nothing was written")
    return frozenset(both)


def _party(workspace: Workspace, typed: str) -> Target:
    from ogpcase.editing.setting import whole_target_of

    target = whole_target_of(workspace, typed, in_full=True)
    if target.case_id is not None:
        raise Misused(f"`{typed}` is not a party", "name two parties by their ids or names")
    return target
