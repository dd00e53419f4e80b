"""Around the verdict on a large folder: what is remembered of it, and one shard of it for another machine to merge."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.workspace import Workspace
    from ogpcase.workspace.remembering import Memory

_WORTH_REMEMBERING = 16
"""Cases, of some thirty records each; fewer are judged sooner than they are looked up."""


def memory_of(workspace: Workspace) -> Memory | None:
    """Returns what is remembered of a large folder; in CI nothing is, where others may write to what is kept."""
    if "CI" in os.environ or len(workspace.case_ids()) < _WORTH_REMEMBERING:
        return None
    from ogpcase.store.shelf import Shelf
    from ogpcase.workspace.remembering import Memory

    shelf = Shelf.of("verdicts", workspace.root.path)
    return Memory(shelf, workspace) if shelf else None


def print_shard(workspace: Workspace, text: str, day: date, jobs: int | None) -> int:
    """Prints the report of one shard, as `2/4`; returns the exit code that follows. Raises Misused."""
    from ogpcase.export.json import shard_json
    from ogpcase.render.terminal import write_text
    from ogpcase.workspace.judging import Way
    from ogpcase.workspace.sharding import Shard, judged_shard

    part = judged_shard(workspace, Shard.parse(text), day, Way(jobs))
    told = {
        "index": part.shard.index,
        "of": part.shard.of,
        "folder": part.folder,
        "used": list(part.used),
        "whole": part.whole,
        "unforeseen": part.unforeseen,
    }
    write_text(shard_json(part.verdict, day, told))
    return EXIT_FAILED if part.verdict.failed else EXIT_DONE
