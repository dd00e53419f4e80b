"""`ogpcase merge`: the reports of all shards, made one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import RootOption
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, BadInput, CannotRead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ogpcase.export.merging import Report

MOST = 1024 * 1024 * 1024
"""Bytes of a report."""


def run(
    reports: Annotated[
        list[Path], typer.Argument(help="What `validate --shard I/N --json` printed, one file a shard.")
    ],
    root: RootOption = None,
) -> int:
    """Judges what only the folder as a whole can show, and prints the JSON that one run of `validate` would."""
    from ogpcase.cli.reading import opened
    from ogpcase.export.merging import NotMerged, agreed, merged_json
    from ogpcase.render.terminal import write_text
    from ogpcase.workspace.sharding import folder_digest, judged_rest

    read = list(_read(reports))
    try:
        one = agreed(read)
    except NotMerged as fault:
        raise BadInput(str(fault), "give the reports of all shards of one run") from fault
    workspace = opened(root)
    if folder_digest(workspace) != one.folder:
        raise BadInput("the reports are of another state of the folder", "check out the commit they were made of")
    used = {party for each in read for party in each.used}
    rest = judged_rest(workspace, used, one.as_of, whole=all(each.whole for each in read))
    write_text(merged_json(read, rest))
    failed = rest.failed or any(row["severity"] == "error" for each in read for row in each.rows)
    return EXIT_FAILED if failed else EXIT_DONE


def _read(paths: list[Path]) -> Iterator[Report]:
    from ogpcase.export.merging import NotMerged, report_in

    for path in paths:
        try:
            if path.stat().st_size > MOST or not path.is_file():
                raise CannotRead(f"`{path}` is no report of a shard")
            yield report_in(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            raise CannotRead(f"`{path}` cannot be read") from fault
        except NotMerged as fault:
            raise BadInput(f"`{path}`: {fault}", "make it by `ogpcase validate --shard 1/2 --json`") from fault
