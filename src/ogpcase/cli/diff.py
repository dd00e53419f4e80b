"""`ogpcase diff`: what the change since a revision means."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from typer import Argument

from ogpcase.cli.read_session import ON_SCREEN, ReadSession, Report, opened, published_both, reads, refuse_unsaid
from ogpcase.errors import EXIT_DONE, EXIT_FAILED


@reads("markdown", "json", options=("as_of", "lang", "form", "json", "public", "working", "root", *ON_SCREEN))
def run(
    revisions: Annotated[
        str | None,
        Argument(
            metavar="BASE[..HEAD]",
            help="Compare BASE (else HEAD) with the working tree or HEAD; BASE...HEAD begins where the two parted.",
        ),
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Cases that moved, events added, amended, renamed or withdrawn, asks made and answered, problems new and mended.

    Exits 1 only for errors that the change brings.
    """
    from ogpcase.reports.changes.markdown import difference_markdown, links_of
    from ogpcase.reports.changes.tables import DIFFERENCE
    from ogpcase.reports.changes.text import difference_lines
    from ogpcase.reports.changes.versions import told
    from ogpcase.store.git import Revisions
    from ogpcase.workspace.comparing import compared

    both = compared(opened(session.root), Revisions.parse(revisions))
    formats = {}
    if session.form == "markdown":
        formats["markdown"] = partial(difference_markdown, links=links_of(both))
        for version in (both.before, both.after):
            refuse_unsaid(session, version, version.casefiles.values())
    if session.public:
        both = both.with_versions(*published_both(both.before_as_shown(), both.after, both.base[:7]))
    difference = told(both, session.reader, session.note)
    exit_code = EXIT_FAILED if difference.problems.new.failed else EXIT_DONE
    return Report(difference, difference_lines, DIFFERENCE, formats, exit_code=exit_code, day_last=True)
