"""`ogpcase status`: where a case stands."""

from __future__ import annotations

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
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.output.terminal import page_for, write, write_text
    from ogpcase.reports.status.rows import status_of

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    name_folder(workspace, [loaded], TextOrJson.JSON if json else form)
    status = status_of(loaded.casefile, reader)
    if json or form is TextOrJson.JSON:
        from ogpcase.reports.status.tables import status_json

        write_text(status_json(status))
    else:
        from ogpcase.reports.status.text import status_lines

        write(status_lines(status, page_for()))
    return complaints(workspace, [loaded])
