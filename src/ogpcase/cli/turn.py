"""The turn to write: one command at a time, after one that was interrupted is put right, on records read anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogpcase.workspace import Workspace


@contextmanager
def turn(root: Path | None, *, dry_run: bool = False) -> Iterator[Workspace]:
    """Gives the folder to write in, kept from other runs until the block ends; for a dry run just the folder.

    Raises:
        NoCasesHere: if there is none.
        CannotWrite: if another run does not end, or an interrupted command cannot be put right.
    """
    from ogpcase.cli.reading import opened
    from ogpcase.store.finishing import finished, swept
    from ogpcase.store.lock import locked

    workspace = opened(root)
    if dry_run:
        yield workspace
        return
    with locked(workspace.root, tell):
        said = finished(workspace.root)
        if said is not None:
            tell(said)
        swept(workspace.root)
        yield opened(root)  # read anew: another run may have written since


def tell(words: str) -> None:
    """Says something on stderr while the command goes on."""
    from ogpcase.diagnostics.harmless import log_line

    sys.stderr.write(f"{log_line(words)}\n")
