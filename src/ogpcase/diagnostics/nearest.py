"""Did you mean: the nearest of the known names to a name that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

_NEAR = 0.68
"""How much of both names must be alike; measured on the corpus' slips of the pen."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name that `word` most likely was meant to be, or None when none is near.

    Near means that about a third of the letters may differ, whatever their case.
    """
    names = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = get_close_matches(word.casefold(), names, n=1, cutoff=_NEAR)
    return names[near[0]] if near else None


class FirstSlips:
    """Tells which unknown names of a file are worth a suggestion: no more than fifty problems of a file are shown."""

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._counts: Counter[object] = Counter()

    def has(self, file: object) -> bool:
        """Counts one more slip of a file; false once it has had its share."""
        self._counts[file] += 1
        return self._counts[file] <= self._most
