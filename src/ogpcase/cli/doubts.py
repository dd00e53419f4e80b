"""`ogpcase doubts`: what is uncertain, contradicted or unsourced."""

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
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Where sources disagree, what is not known or not for sure, what no source gives, and what would settle each."""
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.doubts.rows import doubts_of
    from ogpcase.reports.doubts.tables import doubts_csv, doubts_json
    from ogpcase.reports.doubts.text import all_doubts_lines, doubts_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(each) for each in ([case] if case else workspace.case_ids())]
    found = [doubts_of(each.casefile, reader) for each in loaded]
    lines = partial(doubts_lines, found[0]) if case else partial(all_doubts_lines, found)
    named = found[0].heading.case if case else None
    formats = {"csv": lambda: doubts_csv(found), "json": lambda: doubts_json(found, reader, case=named)}
    return answer(workspace, loaded, Report(lines, formats), ListFormat.JSON if json else form)
