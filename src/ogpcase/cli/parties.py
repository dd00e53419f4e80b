"""`ogpcase parties`: who appears, in which role and how often."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

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
from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def run(
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Only this case's records; else all cases.")
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Each party with its roles: filer, sender, addressee, signatory, asked, answering and the rest.

    Those in most records come first, then by id; those in no record stand apart. `ogpcase show PARTY` tells the rest.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.parties.rows import parties_in
    from ogpcase.reports.parties.tables import parties_csv, parties_json
    from ogpcase.reports.parties.text import parties_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    parties = parties_in(workspace.registry(), [each.casefile for each in loaded], reader)
    formats = {"csv": lambda: parties_csv(parties), "json": lambda: parties_json(parties, reader, case)}
    report = Report(partial(parties_lines, parties), formats)
    return max(answer(workspace, loaded, report, ListFormat.JSON if json else form), _unreadable(workspace))


def _unreadable(workspace: Workspace) -> int:
    """Names on stderr the files that give no party; returns the exit code."""
    from ogpcase.cli.reading import complain
    from ogpcase.model.casefile import file_of_party

    unreadable = sorted(workspace.registry().unreadable)
    complain(workspace, map(file_of_party, unreadable))
    return EXIT_FAILED if unreadable else EXIT_DONE
