"""What every reading command does around its view: open the folder, load the case, name what could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.store.load import LoadedCase
    from ogpcase.workspace import Workspace


def opened(root: Path | None) -> Workspace:
    """Opens the folder the command speaks of.

    Raises:
        NoCasesHere: if there is none.
    """
    from ogpcase.workspace import Workspace

    return Workspace.open(root)


def complaints(workspace: Workspace, cases: Iterable[LoadedCase]) -> int:
    """Names on stderr the records of the cases that give no record at all; returns the exit code that follows."""
    from ogpcase.model.casefile import file_of_event, file_of_header

    files = []
    for each in cases:
        case = each.casefile
        files += [file_of_header(case.id)] if case.header is None else []
        files += [file_of_event(case.id, event) for event in sorted(case.unreadable)]
    if files:
        _complain(workspace, files)
        return EXIT_FAILED
    return EXIT_DONE


def _complain(workspace: Workspace, files: list[FileId]) -> None:
    import sys

    from ogpcase.render.lines import line
    from ogpcase.render.terminal import write

    hidden = workspace.hidden()
    for file in files:
        shown = hidden.path(workspace.root, file)
        write([line(f"unreadable: {shown} is left out; `ogpcase validate` says what is wrong")], sys.stderr)
