"""Disk: where the records are, reading them safely, writing them whole. What they mean is model's to say."""

from typing import Any

from ogpcase.diagnostics import Check
from ogpcase.store import pins, problems

RULES: tuple[Check[Any], ...] = (*problems.RULES, *pins.RULES)
"""Every check of this room: of the folder itself, and of the copies it keeps."""

__all__ = ["RULES"]
