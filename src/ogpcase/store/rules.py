"""The checks of this room: of the folder itself, and of the copies it keeps."""

from __future__ import annotations

from typing import Any

from ogpcase.diagnostics import Check
from ogpcase.store import pins, problems

RULES: tuple[Check[Any], ...] = (*problems.RULES, *pins.RULES)
"""Every check of this room."""
