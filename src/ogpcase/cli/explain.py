"""`ogpcase explain`: the page of a check."""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated

import typer

from ogpcase.errors import BadInput


def run(code: Annotated[str, typer.Argument(help="A code as OC301, or a check's name.")]) -> None:
    """Why it matters, a wrong and a right example, and when it is not reported."""
    from ogpcase.diagnostics import nearest
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write
    from ogpcase.workspace.catalogue import RULES

    wanted = code.strip().casefold()
    found = next((each.rule for each in RULES if wanted in (each.rule.code.casefold(), each.rule.name)), None)
    if found is None:
        near = nearest(code.upper(), [each.rule.code for each in RULES]) or nearest(
            wanted, [e.rule.name for e in RULES]
        )
        hints = [f"did you mean `{near}`?"] if near else []
        raise BadInput(f"no check is called `{code}`", *hints)
    head = line(Piece(f"{found.severity}[{found.code}] ", str(found.severity)), Piece(found.name, "title"))  # type: ignore[arg-type]  # both severities are styles
    write([head, line(), *(line(each) for each in cleandoc(found.page).splitlines())])
