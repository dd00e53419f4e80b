"""The checks of this room: of the folder itself, and of the copies it keeps."""

from __future__ import annotations

from typing import Any

from ogpcase.diagnostics import Check
from ogpcase.store import checksums, problems

RULES: tuple[Check[Any], ...] = (*problems.RULES, *checksums.RULES)
"""Every check of this room."""
