"""`ogpcase explain`: the page of a check."""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated

import typer

from ogpcase.cli.read_session import Report, reads
from ogpcase.errors import BadInput


@reads(options=())
def run(code: Annotated[str, typer.Argument(help="A code as OC301, or a check's name.")]) -> Report:
    """Why it matters, a wrong and a right example, and when it is not reported."""
    from ogpcase.cli.naming import did_you_mean
    from ogpcase.output.lines import Piece, Style, line
    from ogpcase.workspace.catalogue import RULES

    wanted = code.strip().casefold()
    rules = [check.rule for check in RULES]
    found = next((rule for rule in rules if wanted in (rule.code.casefold(), rule.name)), None)
    if found is None:
        hints = did_you_mean(code.upper(), (rule.code for rule in rules))
        raise BadInput(f"no check is called `{code}`", *(hints or did_you_mean(wanted, (rule.name for rule in rules))))
    style: Style = "error" if found.severity == "error" else "warning"
    head = line(Piece(f"{found.severity}[{found.code}] ", style), Piece(found.name, "title"))
    return Report(lambda _: [head, line(), *map(line, cleandoc(found.page).splitlines())], {})
