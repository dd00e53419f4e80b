"""Finding names in texts, however many names there are.

A hostile party file may hold 20,000 names, and a pattern of them all takes seconds to make. So each name is filed under
its rarest part, and only names whose part stands in a text are looked for there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from ogpcase.model.parties import folded
from ogpcase.values import frozen

_WORD = re.compile(r"\w+")
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
def by_words(names: frozenset[str]) -> Names:
    """Files names that stand in a text as words of their own."""
    return _filed(names, lambda name: [_WORD.findall(each) for each in spellings(name)])


@lru_cache(maxsize=64)
def by_pieces(names: frozenset[str]) -> Names:
    """Files names that may stand anywhere, inside words too."""
    if len(names) <= _FEW:
        return Names({}, tuple(sorted(names)))
    return _filed(names, lambda name: [_pieces(name)])


def words_of(text: str) -> list[str]:
    """Returns the words of a text, as names are filed under them."""
    return [word for each in spellings(text) for word in _WORD.findall(each)]


def found_anywhere(names: Names, text: str) -> tuple[str, ...]:
    """Returns those of the names filed by pieces that stand in the text."""
    return tuple(name for name in names.among(_pieces(text) if names.by_part else ()) if name in text)


def without_names(text: str, names: Iterable[str], instead: str) -> str:
    """Returns the text with other words for each name; nothing but those where one is left in another spelling."""
    several = frozenset(names)
    if not several:
        return text
    said = _pattern(several).sub(instead, text)
    return instead if _pattern(frozenset(map(folded, several))).search(folded(said)) else said


@lru_cache(maxsize=512)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Matches any of the names where it is not part of a longer word; the longest first."""
    parts = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _filed(names: frozenset[str], spellings: Callable[[str], list[list[str]]]) -> Names:
    """Files each name under the part of it that the fewest have, in each of its spellings."""
    parts = {name: spellings(name) for name in names}
    count = Counter(part for several in parts.values() for each in several for part in set(each))
    filed: dict[str, set[str]] = {}
    for name, several in parts.items():
        for each in filter(None, several):
            filed.setdefault(min(each, key=lambda part: (count[part], part)), set()).add(name)
    partless = sorted(name for name, several in parts.items() if not all(several))
    return Names({part: tuple(sorted(each)) for part, each in filed.items()}, tuple(partless))


def _pieces(text: str) -> list[str]:
    return [text[at : at + _PIECE] for at in range(len(text) - _PIECE + 1)]
