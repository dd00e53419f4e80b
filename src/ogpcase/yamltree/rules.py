"""The checks of this room: of the bytes and the syntax of a file."""

from __future__ import annotations

from typing import Any

from ogpcase.diagnostics import Check
from ogpcase.yamltree import problems_characters, problems_file, problems_syntax, problems_values

RULES: tuple[Check[Any], ...] = tuple(
    sorted(
        (
            *problems_characters.RULES,
            *problems_file.RULES,
            *problems_syntax.RULES,
            *problems_values.RULES,
        ),
        key=lambda check: check.rule.code,
    )
)
"""Every check of this room, in the order of their codes."""
