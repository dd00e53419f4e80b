"""`ogpcase policy`: the table of moves, and how well each is known."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.read_session import Report, reads
from ogpcase.errors import Misused


@reads("json", "mermaid", options=("form", "json"))
def run(version: Annotated[str, typer.Argument(help="2014 or 2017.")] = "2017") -> Report:
    """Evidence: P read in OGP's own text, S reported by others, O seen in one case, U not verified."""
    from ogpcase.policy.version import VERSIONS, load_version
    from ogpcase.reports.status.tables import policy_json, policy_mermaid
    from ogpcase.reports.status.text import policy_lines

    if version not in VERSIONS:
        raise Misused(f"there is no version `{version}` of the policy", f"versions: {', '.join(VERSIONS)}")
    table = load_version(version)
    formats = {"json": lambda: policy_json(table), "mermaid": lambda: policy_mermaid(table)}
    return Report(partial(policy_lines, table), formats)
