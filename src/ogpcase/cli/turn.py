"""The turn to write: one command at a time, after one that was interrupted is put right, on records read anew."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.errors import Refused

if TYPE_CHECKING:
    from ogpcase.workspace import Workspace


@contextmanager
def turn(root: Path | None, *, case: str | None = None, dry_run: bool = False) -> Iterator[Workspace]:
    """Gives the folder to write in, kept from other runs until the block ends; for a dry run just the folder.

    `case` is the only one that is written in, beside parties; None where it may be any.

    Raises:
        NoCasesHere: if there is none.
        Refused: it is a public copy.
        CannotWrite: if another run does not end, or an interrupted command cannot be put right.
    """
    from ogpcase.cli.reading import opened
    from ogpcase.store.finishing import finished, swept
    from ogpcase.store.lock import locked

    workspace = opened(root)
    if workspace.settings.public_copy:
        raise Refused(
            f"`{workspace.root.shown}` is a public copy, and is replaced by the next `publish`; nothing was written",
            "change the working folder that it was made of",
        )
    if dry_run:
        yield workspace
        return
    with locked(workspace.root, tell):
        said = finished(workspace.root)
        if said is not None:
            tell(said)
        swept(workspace.root, case)
        yield opened(root)  # read anew: another run may have written since


def tell(words: str) -> None:
    """Says something on stderr while the command goes on."""
    from ogpcase.diagnostics.harmless import log_line

    sys.stderr.write(f"{log_line(words)}\n")
