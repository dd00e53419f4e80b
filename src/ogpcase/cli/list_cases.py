"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.cases.rows import ListedCase


class ListFormat(StrEnum):
    """How what spans cases can be printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


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
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.cases.rows import listed_case

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.all()
    cases = [listed_case(each.casefile, reader) for each in loaded]
    name_folder(workspace, loaded, ListFormat.JSON if json else form)
    _print(cases, reader, ListFormat.JSON if json else form)
    return complaints(workspace, loaded)


def _print(cases: Sequence[ListedCase], reader: Reader, form: ListFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is ListFormat.TEXT:
        from ogpcase.reports.cases.text import listing_lines

        write(listing_lines(cases, page_for()))
    elif form is ListFormat.CSV:
        from ogpcase.reports.cases.tables import list_csv

        write_text(list_csv(cases))
    else:
        from ogpcase.reports.cases.tables import list_json

        write_text(list_json(cases, reader.on, reader.known_by))
