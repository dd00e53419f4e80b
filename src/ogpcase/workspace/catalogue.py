"""Every check there is, by code: what `explain` reads from."""

from __future__ import annotations

from typing import Any

from ogpcase import checks, store, yamltree
from ogpcase.diagnostics import Check, nearest
from ogpcase.errors import Misused
from ogpcase.model import problems
from ogpcase.workspace.judge_case import more_problems
from ogpcase.workspace.publishing import refusals

RULES: tuple[Check[Any], ...] = tuple(
    sorted(
        (*yamltree.RULES, *problems.RULES, *store.RULES, more_problems, *checks.RULES, *refusals.RULES),
        key=lambda check: check.rule.code,
    )
)
"""The checks of all rooms, in the order of their codes."""


def rule_named(word: str) -> Check[Any]:
    """Returns the check of this code or name, whatever its case.

    Raises:
        Misused: there is none; says which is nearest.
    """
    wanted = word.strip().casefold().replace("_", "-")
    for check in RULES:
        if wanted in {check.rule.code.casefold(), check.rule.name}:
            return check
    near = nearest(wanted, [name for check in RULES for name in (check.rule.code.casefold(), check.rule.name)])
    shown = near.upper() if near and near.startswith("oc") and near[2:].isdigit() else near
    hints = (f"did you mean `{shown}`?",) if shown else ("codes look like `OC301`",)
    raise Misused(f"no check is called `{word}`", *hints)
