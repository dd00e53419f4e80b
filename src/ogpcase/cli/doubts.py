"""`ogpcase doubts`: what is uncertain, contradicted or unsourced."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.doubts.rows import Doubts


class DoubtsFormat(StrEnum):
    """How doubts can be printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def run(
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[DoubtsFormat, typer.Option("--format", help="How to print it.")] = DoubtsFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Where sources disagree, what is not known or not for sure, what no source gives, and what would settle each."""
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.doubts.rows import doubts_of

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(each) for each in ([case] if case else workspace.case_ids())]
    found = [doubts_of(each.casefile, reader) for each in loaded]
    name_folder(workspace, loaded, DoubtsFormat.JSON if json else form)
    _print(found, reader, DoubtsFormat.JSON if json else form, one=case is not None)
    return complaints(workspace, loaded)


def _print(found: Sequence[Doubts], reader: Reader, form: DoubtsFormat, *, one: bool) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is DoubtsFormat.TEXT:
        from ogpcase.reports.doubts.text import all_doubts_lines, doubts_lines

        page = page_for()
        write(doubts_lines(found[0], page) if one else all_doubts_lines(found, page))
    elif form is DoubtsFormat.CSV:
        from ogpcase.reports.doubts.tables import doubts_csv

        write_text(doubts_csv(found))
    else:
        from ogpcase.reports.doubts.tables import doubts_json

        write_text(doubts_json(found, reader, case=found[0].heading.case if one else None))
