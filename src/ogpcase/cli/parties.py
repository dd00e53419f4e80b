"""`ogpcase parties`: who appears, in which role and how often."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.options import CasesArgument
from ogpcase.cli.read_session import ReadSession, Report, reads


@reads("csv", "json", translated=True)
def run(
    case: CasesArgument = None,
    full: Annotated[
        bool, typer.Option("--full", help="Show each id, all roles, and the names that papers print.")
    ] = False,
    *,
    session: ReadSession,
) -> Report:
    """Each party with its roles: filer, sender, addressee, signatory, asked, answering and the rest.

    Those in most records come first, then by id; those in no record stand apart. A terminal counts the rest of a long
    list, a pipe names all. `ogpcase show PARTY` tells what one did.
    """
    from ogpcase.model.casefile import file_of_party
    from ogpcase.reports.parties.rows import parties_in
    from ogpcase.reports.parties.tables import PARTIES
    from ogpcase.reports.parties.text import parties_lines

    casefiles, registry = session.cases(case), session.workspace.registry()
    parties = parties_in(registry, casefiles, session.reader)._replace(full=full)
    session.not_read |= dict.fromkeys(map(file_of_party, sorted(registry.unreadable)), True)
    return Report(parties, parties_lines, PARTIES, case=case, cases=casefiles)
