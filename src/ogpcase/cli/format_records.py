"""`ogpcase format`: records in the house's order and shape."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import RootOption
from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.edits.changing import Change
    from ogpcase.errors import BadInput
    from ogpcase.workspace import Workspace


def run(
    paths: Annotated[list[Path] | None, typer.Argument(help="Only these files or folders; else all records.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a record is not in shape.")] = False,
    root: RootOption = None,
) -> int:
    """Order of fields, indentation, quotes and folding; comments stay where they belong and values as they are. No
    record needs it to be valid. A record that would lose a comment is left as it is, and named.
    """
    from ogpcase.cli.turn import turn

    with turn(root, dry_run=check) as workspace:
        if check:
            return _told(workspace, *_sorted(workspace, tuple(paths or ())), check=True)
        return _formatted(workspace, tuple(paths or ()))


def _formatted(workspace: Workspace, paths: tuple[Path, ...]) -> int:
    from ogpcase.edits.together import stored_together

    changes, left = _sorted(workspace, paths)
    stored_together(workspace, "format", changes)
    return _told(workspace, changes, left, check=False)


def _sorted(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[list[Change], list[tuple[FileId, BadInput]]]:
    """Returns the changes to make, and the files that are left as they are with the reason."""
    from ogpcase.edits.formatting import formattings

    found = list(formattings(workspace, paths))
    left = [each for each in found if isinstance(each, tuple)]
    return [each for each in found if not isinstance(each, tuple) and each.changes], left


def _told(workspace: Workspace, changes: list[Change], left: list[tuple[FileId, BadInput]], *, check: bool) -> int:
    from ogpcase.render.lines import Piece, line
    from ogpcase.render.terminal import write

    hidden = workspace.hidden()
    for file, why in left:
        write([line(f"left as it is: {hidden.path(workspace.root, file)}: {why.message}")], sys.stderr)
    word = Piece("would write   " if check else "wrote   ", "" if check else "good")
    lines = [line(word, hidden.path(workspace.root, change.file)) for change in changes]
    if not changes and not left:
        lines.append(line("all records are in shape"))
    write(lines)
    return EXIT_FAILED if left or (check and changes) else EXIT_DONE
