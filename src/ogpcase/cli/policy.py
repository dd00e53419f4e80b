"""`ogpcase policy`: the table of a procedure, and how well each move is known."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.read_session import ON_SCREEN, Report, reads
from ogpcase.errors import Misused


@reads("json", "markdown", "mermaid", options=("form", "json", *ON_SCREEN))
def run(
    procedure: Annotated[
        str | None,
        typer.Argument(help="As procedural_review or response_policy-2014; by default the Response Policy of 2017."),
    ] = None,
) -> Report:
    """Prints the stages, the moves and who decides them, each with how well it is known."""
    from ogpcase.policy.procedures import default_procedure, procedure_named
    from ogpcase.reports.status.tables import POLICY, policy_markdown, policy_mermaid
    from ogpcase.reports.status.text import policy_lines

    table = default_procedure() if procedure is None else procedure_named(_named(procedure))
    return Report(table, policy_lines, POLICY, {"markdown": policy_markdown, "mermaid": policy_mermaid})


def _named(word: str) -> str:
    """Returns the name of the table: the newest of a track, or the only one that begins so or has that version."""
    from ogpcase.diagnostics import did_you_mean
    from ogpcase.model.table_codes import table_names

    tables = table_names()
    known = [table.name for table in tables]
    if word in known:
        return word
    newest = [table.name for table in tables if table.track == word][-1:]
    fitting = newest or [table.name for table in tables if table.name.startswith(word) or table.version == word]
    if len(fitting) == 1:
        return fitting[0]
    hints = () if fitting else did_you_mean(word, known)
    what = "names several procedures" if fitting else "is no procedure"
    raise Misused(f"`{word}` {what}", *hints, f"procedures: {', '.join(fitting or known)}")
