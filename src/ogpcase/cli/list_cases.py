"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    JsonOption,
    KnownByOption,
    LangOption,
    ListFormat,
    PublicOption,
    RootOption,
    reader_of,
)


def run(
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Where each case stands and since when, what is open and due next, and what has been waited for longest.

    The bars show the days of each stay, all on one scale. Other cases that a case is related to are named with it.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.cases.rows import listed_case
    from ogpcase.reports.cases.tables import list_csv, list_json
    from ogpcase.reports.cases.text import listing_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.all()
    cases = [listed_case(each.casefile, reader) for each in loaded]
    formats = {"csv": lambda: list_csv(cases), "json": lambda: list_json(cases, reader.on, reader.known_by)}
    report = Report(partial(listing_lines, cases), formats)
    return answer(workspace, loaded, report, ListFormat.JSON if json else form)
