"""`ogpcase parties`: who appears, in which role and how often."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of
from ogpcase.errors import EXIT_DONE, EXIT_FAILED

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.parties.rows import Parties
    from ogpcase.workspace.opening import Workspace


class PartiesFormat(StrEnum):
    """How the list of parties can be printed."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def run(
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Only this case's records; else all cases.")
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[PartiesFormat, typer.Option("--format", help="How to print it.")] = PartiesFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Each party with its roles: filer, sender, addressee, signatory, asked, answering and the rest.

    Those in most records come first, then by id; those in no record stand apart. `ogpcase show PARTY` tells the rest.
    """
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.parties.rows import parties_in

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    parties = parties_in(workspace.registry(), [each.casefile for each in loaded], reader)
    name_folder(workspace, loaded, PartiesFormat.JSON if json else form)
    _print(parties, reader, case, PartiesFormat.JSON if json else form)
    return max(complaints(workspace, loaded), _unreadable(workspace))


def _unreadable(workspace: Workspace) -> int:
    """Names on stderr the files that give no party; returns the exit code."""
    from ogpcase.cli.reading import complain
    from ogpcase.model.casefile import file_of_party

    unreadable = sorted(workspace.registry().unreadable)
    complain(workspace, map(file_of_party, unreadable))
    return EXIT_FAILED if unreadable else EXIT_DONE


def _print(parties: Parties, reader: Reader, case: str | None, form: PartiesFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is PartiesFormat.TEXT:
        from ogpcase.reports.parties.text import parties_lines

        write(parties_lines(parties, page_for()))
        return
    from ogpcase.reports.parties.tables import parties_csv, parties_json

    write_text(parties_json(parties, reader, case) if form is PartiesFormat.JSON else parties_csv(parties))
