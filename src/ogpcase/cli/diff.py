"""`ogpcase diff`: what the change since a revision means."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, LangOption, PublicOption, RootOption, WorkingOption, reader_of
from ogpcase.errors import EXIT_DONE, EXIT_FAILED


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
    from ogpcase.output.terminal import Report, print_report
    from ogpcase.reports.changes.tables import difference_json
    from ogpcase.reports.changes.text import difference_lines, difference_markdown
    from ogpcase.reports.changes.versions import told
    from ogpcase.store.git import Revisions
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
    formats = {"markdown": lambda: difference_markdown(found), "json": lambda: difference_json(found)}
    print_report(Report(partial(difference_lines, found), formats), form)
    return EXIT_FAILED if found.problems.new.failed else EXIT_DONE
