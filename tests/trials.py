"""How much is tried: a few trials of each sort at every change, and all of them with `OGPCASE_HARD=1` (`make hard`).

The few examples of hypothesis are always the same, so that a run can be repeated; those of a hard run are new.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

HARD = bool(os.environ.get("OGPCASE_HARD"))
"""True to try everything."""


def examples(few: int, many: int = 0) -> int:
    """Returns how many examples hypothesis tries: few, or many, ten times as many where that is not said."""
    return (many or 10 * few) if HARD else few


def each_nth(several: Sequence[T], nth: int, start: int = 0) -> list[T]:
    """Returns every nth of several from a start that turns round; all of them in a hard run."""
    return list(several) if HARD else list(several[start % nth :: nth])
