"""Did you mean: the nearest of the known names to a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name that `word` most likely was meant to be, or None when none is near.

    Near means about a third of the letters may differ; ties go to the first in alphabetical order.
    """
    from difflib import SequenceMatcher  # only a mistake needs it

    best: tuple[float, str] | None = None
    for name in sorted(set(known)):
        ratio = SequenceMatcher(None, word.casefold(), name.casefold()).ratio()
        if best is None or ratio > best[0]:
            best = (ratio, name)
    return best[1] if best and best[0] >= 0.68 else None  # noqa: PLR2004 - measured on the corpus' slips of the pen
