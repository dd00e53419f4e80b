"""`ogpcase search`: where the records say some words."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.errors import Misused


@reads("json", translated=True)
def run(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="The words; a record needs all of them.")],
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help="Only this case and its parties; else all cases.")
    ] = None,
    *,
    session: ReadSession,
) -> Report:
    """Looks in all texts, names and ids of cases, events, sources and parties. Case and accents do not matter, and a
    part of a word will do.

    Without --lang it looks in every language. `ogpcase show REF` shows a record that was found.
    """
    from ogpcase.model.casefile import file_of_party
    from ogpcase.reports.search.rows import search, words_of
    from ogpcase.reports.search.tables import SEARCH
    from ogpcase.reports.search.text import search_lines

    words = words_of(text)
    if not words:
        raise Misused("there is no word to look for", "give one, as `ogpcase search resolution`")
    casefiles, registry = session.cases(case), session.workspace.registry()
    found = search(casefiles, registry, session.reader, words, all_parties=case is None)
    session.not_read |= dict.fromkeys(map(file_of_party, sorted(registry.unreadable)), True)
    return Report(found, search_lines, SEARCH, case=case, cases=casefiles)
