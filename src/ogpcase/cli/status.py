"""`ogpcase status`: where a case stands."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    FormatOption,
    JsonOption,
    KnownByOption,
    LangOption,
    PublicOption,
    RootOption,
    TextOrJson,
    reader_of,
)


def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: FormatOption = TextOrJson.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """The stage and since when, what was asked and is still open, and the moves the policy has from here."""
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.status.rows import status_of
    from ogpcase.reports.status.tables import status_json
    from ogpcase.reports.status.text import status_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    status = status_of(loaded.casefile, reader)
    report = Report(partial(status_lines, status), {"json": lambda: status_json(status)})
    return answer(workspace, [loaded], report, TextOrJson.JSON if json else form)
