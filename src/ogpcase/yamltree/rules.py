"""The checks of this room: of the bytes and the syntax of a file."""

from __future__ import annotations

from typing import Any

from ogpcase.diagnostics import Check
from ogpcase.yamltree import problems_of_text, problems_of_yaml

RULES: tuple[Check[Any], ...] = tuple(
    sorted(
        (
            *problems_of_text.RULES,
            *problems_of_text.CHARACTER_RULES,
            *problems_of_yaml.RULES,
            *problems_of_yaml.VALUE_RULES,
        ),
        key=lambda check: check.rule.code,
    )
)
"""Every check of this room, in the order of their codes."""
