"""`ogpcase diff`: what the change since a revision means."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, LangOption, PublicOption, RootOption, WorkingOption, reader_of
from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.reports.changes.folders import Told


class DiffFormat(StrEnum):
    """How a difference can be printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def run(
    revisions: Annotated[
        str | None,
        typer.Argument(
            metavar="BASE[..HEAD]",
            help="Compare BASE (else HEAD) with the working tree or HEAD; BASE...HEAD begins where the two parted.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    lang: LangOption = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="How to print it.")] = DiffFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    working: WorkingOption = False,
    root: RootOption = None,
) -> int:
    """Cases that moved, events added, amended, renamed or withdrawn, asks made and answered, problems new and mended.

    Exits 1 only for errors that the change brings.
    """
    from ogpcase.cli.reading import opened, published_both, refuse_unsaid
    from ogpcase.reports.changes.folders import told
    from ogpcase.store.revisions import Revisions
    from ogpcase.workspace.comparing import compared

    form = DiffFormat.JSON if json else form
    reader = reader_of(as_of, lang)
    both = compared(opened(root), Revisions.parse(revisions))
    if form is DiffFormat.MARKDOWN:
        for each in (both.before, both.after):
            refuse_unsaid(each, each.all(), public=public, working=working)
    if public:
        both = both.with_versions(*published_both(both.before_as_shown(), both.after, both.base[:7]))
    found = told(both, reader)
    _print(found, form)
    return EXIT_FAILED if found.problems.new.failed else EXIT_DONE


def _print(found: Told, form: DiffFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is DiffFormat.TEXT:
        from ogpcase.reports.changes.text import difference_lines

        write(difference_lines(found, page_for()))
    elif form is DiffFormat.JSON:
        from ogpcase.reports.changes.tables import difference_json

        write_text(difference_json(found))
    else:
        from ogpcase.reports.changes.markdown import difference_markdown

        write_text(difference_markdown(found))
