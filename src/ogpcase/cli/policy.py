"""`ogpcase policy`: the table of moves, and how well each is known."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import JsonOption
from ogpcase.errors import Misused


class PolicyFormat(StrEnum):
    """How the table can be printed."""

    TEXT = "text"
    JSON = "json"
    MERMAID = "mermaid"


def run(
    version: Annotated[str, typer.Argument(help="2014 or 2017.")] = "2017",
    form: Annotated[PolicyFormat, typer.Option("--format", help="How to print it.")] = PolicyFormat.TEXT,
    json: JsonOption = False,
) -> None:
    """Evidence: P read in OGP's own text, S reported by others, O seen in one case, U not verified."""
    from ogpcase.output.terminal import Report, print_report
    from ogpcase.policy.version import VERSIONS, load_version
    from ogpcase.reports.status.tables import policy_json, policy_mermaid
    from ogpcase.reports.status.text import policy_lines

    if version not in VERSIONS:
        raise Misused(f"there is no version `{version}` of the policy", f"versions: {', '.join(VERSIONS)}")
    table = load_version(version)
    formats = {"json": lambda: policy_json(table), "mermaid": lambda: policy_mermaid(table)}
    print_report(Report(partial(policy_lines, table), formats), PolicyFormat.JSON if json else form)
