"""`ogpcase validate`: judges the case folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogpcase.cli.options import AsOfOption, FormatOption, JsonOption, RootOption, TextOrJson, day_of, today
from ogpcase.errors import EXIT_DONE, EXIT_FAILED


def run(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Report only on these files or folders; all are judged.")
    ] = None,
    as_of: AsOfOption = None,
    form: FormatOption = TextOrJson.TEXT,
    json: JsonOption = False,
    root: RootOption = None,
) -> int:
    """Every problem of every record in one run, each at its place; `--as-of` stands for today."""
    from ogpcase.cli.reading import opened
    from ogpcase.render.terminal import page_for, write, write_text
    from ogpcase.workspace import judge

    day = day_of(as_of) or today()
    verdict = judge(opened(root), tuple(paths or ()), day)
    if json or form is TextOrJson.JSON:
        from ogpcase.export.json import verdict_json

        write_text(verdict_json(verdict, day))
    else:
        from ogpcase.render.verdict import verdict_lines

        write(verdict_lines(verdict, page_for()))
    return EXIT_FAILED if verdict.failed else EXIT_DONE
