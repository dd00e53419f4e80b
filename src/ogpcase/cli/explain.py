"""`ogpcase explain`: prints the page of a check."""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated

import typer

from ogpcase.cli.read_session import ON_SCREEN, Report, reads
from ogpcase.errors import BadInput


@reads(options=ON_SCREEN)
def run(code: Annotated[str, typer.Argument(help="A code, as OC301, or a check's name.")]) -> Report:
    """Says why the check matters, with a wrong and a right example, and when it reports nothing."""
    from ogpcase.diagnostics import did_you_mean
    from ogpcase.output.lines import Piece, Style, line
    from ogpcase.workspace.catalogue import RULES

    wanted = code.strip().casefold()
    rules = [check.rule for check in RULES]
    rule = next((rule for rule in rules if wanted in (rule.code.casefold(), rule.name)), None)
    if rule is None:
        hints = did_you_mean(code.upper(), (rule.code for rule in rules))
        raise BadInput(f"no check is called `{code}`", *(hints or did_you_mean(wanted, (rule.name for rule in rules))))
    style: Style = "error" if rule.severity == "error" else "warning"
    head = line(Piece(f"{rule.severity}[{rule.code}] ", style), Piece(rule.name, "title"))
    return Report(rule, lambda check, _: [head, line(), *map(line, cleandoc(check.page).splitlines())])
