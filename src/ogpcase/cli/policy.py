"""`ogpcase policy`: the table of moves, and how well each is known."""

from __future__ import annotations

from typing import Annotated

import typer

from ogpcase.cli.read_session import Report, reads
from ogpcase.errors import Misused


@reads("json", "mermaid", options=("form", "json"))
def run(version: Annotated[str, typer.Argument(help="2014 or 2017.")] = "2017") -> Report:
    """Evidence: P read in OGP's own text, S reported by others, O seen in one case, U not verified."""
    from ogpcase.policy.version import VERSIONS, load_version
    from ogpcase.reports.status.tables import POLICY, policy_mermaid
    from ogpcase.reports.status.text import policy_lines

    if version not in VERSIONS:
        raise Misused(f"there is no version `{version}` of the policy", f"versions: {', '.join(VERSIONS)}")
    return Report(load_version(version), policy_lines, POLICY, {"mermaid": policy_mermaid})
