"""`ogpcase parties`: who appears, in which role and how often."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json")
def run(
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Only this case's records; else all cases.")
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Each party with its roles: filer, sender, addressee, signatory, asked, answering and the rest.

    Those in most records come first, then by id; those in no record stand apart. `ogpcase show PARTY` tells the rest.
    """
    from ogpcase.model.casefile import file_of_party
    from ogpcase.reports.parties.rows import parties_in
    from ogpcase.reports.parties.tables import PARTIES
    from ogpcase.reports.parties.text import parties_lines

    casefiles, registry = session.cases(case), session.workspace.registry()
    parties = parties_in(registry, casefiles, session.reader)
    session.not_read |= dict.fromkeys(map(file_of_party, sorted(registry.unreadable)), True)
    return Report(parties, parties_lines, PARTIES, case=case, cases=casefiles)
