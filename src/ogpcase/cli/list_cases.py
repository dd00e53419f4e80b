"""`ogpcase list`: all cases in short."""

from __future__ import annotations

from ogpcase.cli.options import AsOfOption, FormatOption, JsonOption, LangOption, RootOption, TextOrJson, reader_of


def run(
    as_of: AsOfOption = None,
    lang: LangOption = None,
    form: FormatOption = TextOrJson.TEXT,
    json: JsonOption = False,
    root: RootOption = None,
) -> int:
    """Where each case stands and since when, how many events it has, and how many requests are open."""
    from ogpcase.cli.reading import complaints, opened
    from ogpcase.render.terminal import page_for, write, write_text
    from ogpcase.views.listing import listed_case

    reader = reader_of(as_of, lang)
    workspace = opened(root)
    loaded = [workspace.case(case_id) for case_id in workspace.case_ids()]
    cases = [listed_case(each.casefile, reader) for each in loaded]
    if json or form is TextOrJson.JSON:
        from ogpcase.export.json import list_json

        write_text(list_json(cases, reader.on))
    else:
        from ogpcase.render.listing import listing_lines

        write(listing_lines(cases, page_for()))
    return complaints(workspace, loaded)
