"""Finding names in texts, however many names there are.

A hostile party file may hold 20,000 names, and a pattern of them all takes seconds to make. So each name is filed under
its rarest part, and only names whose part stands in a text are looked for there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ogpcase.model.parties import folded
from ogpcase.values import frozen

_PIECE = 3
"""Characters of the pieces that a name is filed under where it may stand inside a word."""
_FEW = 16
"""Names that are sooner looked for one by one than by their pieces."""
_FOLDED_ALIKE = str.maketrans({"\u0131": "i"})
"""The dotless i, which a pattern blind to case takes for the other one."""


@frozen(slots=False)
class Names:
    """Names by one part of each; `partless` are those that have none, and may be in any text."""

    by_part: Mapping[str, tuple[str, ...]]
    partless: tuple[str, ...]

    def among(self, parts: Iterable[str]) -> tuple[str, ...]:
        """Returns the names that may be in a text of these parts, and no name that cannot be."""
        if self.by_part.keys().isdisjoint(parts):
            return self.partless
        return (*self.partless, *(name for part in set(parts) for name in self.by_part.get(part, ())))


def spellings(text: str) -> tuple[str, ...]:
    """Returns a text as a pattern sees it that is blind to case, and without accents where that is another text.

    Neither alone is enough: to drop accents makes letters of some signs, so that a word before one is longer.
    """
    plain = folded(text).translate(_FOLDED_ALIKE)
    lower = text.casefold().translate(_FOLDED_ALIKE)
    return (plain,) if plain == lower else (plain, lower)


@lru_cache(maxsize=64)
def by_pieces(names: frozenset[str]) -> Names:
    """Files names that may stand anywhere, inside words too."""
    if len(names) <= _FEW:
        return Names({}, tuple(sorted(names)))
    pieces = {name: _pieces(name) for name in names}
    count = Counter(piece for several in pieces.values() for piece in set(several))
    filed: dict[str, set[str]] = {}
    for name, several in pieces.items():
        if several:
            filed.setdefault(min(several, key=lambda piece: (count[piece], piece)), set()).add(name)
    partless = sorted(name for name, several in pieces.items() if not several)
    return Names({piece: tuple(sorted(each)) for piece, each in filed.items()}, tuple(partless))


def found_anywhere(names: Names, text: str) -> tuple[str, ...]:
    """Returns those of the names filed by pieces that stand in the text."""
    return tuple(name for name in names.among(_pieces(text) if names.by_part else ()) if name in text)


def _pieces(text: str) -> list[str]:
    return [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
