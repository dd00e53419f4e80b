"""`ogpcase show`: one record, party or item whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    FormatOption,
    JsonOption,
    LangOption,
    RootOption,
    TextOrJson,
    WithheldOption,
    reader_of,
)
from ogpcase.errors import EXIT_DONE, Misused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ogpcase.views.show import Appearance, Record


def run(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="CASE/EVENT, CASE/EVENT#ITEM, or a party's id or name.")
    ],
    as_of: AsOfOption = None,
    lang: LangOption = None,
    form: FormatOption = TextOrJson.TEXT,
    json: JsonOption = False,
    withheld: WithheldOption = False,
    history: Annotated[bool, typer.Option("--history", help="What each commit changed in it.")] = False,
    root: RootOption = None,
) -> int:
    """An event with what came back on what it asks; an item; or a party with every place that names it."""
    from ogpcase.cli.history import print_history
    from ogpcase.cli.reading import complaints, opened
    from ogpcase.cli.shown_record import record_for

    reader = reader_of(as_of, lang, withheld=withheld)
    workspace = opened(root)
    as_json = json or form is TextOrJson.JSON
    if history:
        if withheld:
            raise Misused("--history shows nothing that is withheld", "leave out --withheld")
        print_history(workspace, reference, reader, as_json=as_json)
        return EXIT_DONE
    record, named, loaded = record_for(workspace, reference, reader)
    _print(record, named, reader.on, as_json=as_json)
    return complaints(workspace, loaded)


def _print(record: Record, named: Sequence[Appearance], on: date, *, as_json: bool) -> None:
    from ogpcase.render.terminal import page_for, write, write_text

    if as_json:
        from ogpcase.export.json import record_json

        case = record.reference.split("/", 1)[0] if "/" in record.reference else None
        write_text(record_json(record, named, on, case))
    else:
        from ogpcase.render.show import record_lines

        write(record_lines(record, named, page_for()))
