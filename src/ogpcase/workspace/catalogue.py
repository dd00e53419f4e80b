"""Every check there is, by code."""

from __future__ import annotations

from typing import Any

from ogpcase import checks
from ogpcase.diagnostics import Check
from ogpcase.model import problems
from ogpcase.store import checksums
from ogpcase.store import problems as of_folder
from ogpcase.workspace.judge_folder import more_problems
from ogpcase.workspace.publishing import refusals
from ogpcase.yamltree import problems as of_text

RULES: tuple[Check[Any], ...] = tuple(
    sorted(
        (
            *of_text.RULES,
            *problems.RULES,
            *of_folder.RULES,
            *checksums.RULES,
            more_problems,
            *checks.RULES,
            *refusals.RULES,
        ),
        key=lambda check: check.rule.code,
    )
)
"""The checks of all rooms, in the order of their codes."""
NOT_GIVEN = ("OC218", "OC219", "OC220", "OC320", "OC505", "OC506", "OC507")
"""Codes that no new check may take. Whoever takes a check out adds its code: old verdicts name it."""
