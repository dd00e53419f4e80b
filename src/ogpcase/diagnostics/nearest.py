"""Did you mean: the nearest of the known names to a name that is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

_FEW = 64
"""Names; an answer out of more is not remembered, since it would keep all of them."""
_NEAR = 0.68
"""How much of both names must be alike; measured on the corpus' slips of the pen."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Returns the known name that `word` most likely was meant to be, or None when none is near.

    Near means about a third of the letters may differ; ties go to the first in alphabetical order.
    Cheap where nothing can be near: a hostile file has thousands of names that nobody knows.
    """
    names = tuple(known)
    return _nearest_of_few(word, names) if len(names) <= _FEW else _nearest(word, names)


@lru_cache(maxsize=4096)
def _nearest_of_few(word: str, known: tuple[str, ...]) -> str | None:
    """Of the fields of a kind, say: the same words are asked for in each of its records."""
    return _nearest(word, known)


def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    small, best, found = word.casefold(), 0.0, None
    for name, other in _folded(known):
        whole = len(small) + len(other)
        if 2 * min(len(small), len(other)) < _NEAR * whole or 2 * _shared(small, other) < max(best, _NEAR) * whole:
            continue
        ratio = _ratio(small, other)
        if ratio > best:
            best, found = ratio, name
    return found if best >= _NEAR else None


@lru_cache(maxsize=64)
def _folded(known: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Returns the names in order, each once, with the form in which case does not count."""
    return tuple((name, name.casefold()) for name in sorted(set(known)))


@lru_cache(maxsize=1024)
def _shared(word: str, other: str) -> int:
    """Returns how many letters the words share wherever they stand: no more can be alike."""
    return sum(min(word.count(each), other.count(each)) for each in set(word))


@lru_cache(maxsize=1024)
def _ratio(word: str, other: str) -> float:
    """Returns how much of two words is alike in the same order, from 0 to 1."""
    from difflib import SequenceMatcher  # only a mistake needs it

    return SequenceMatcher(None, word, other).ratio()


class FirstSlips:
    """Tells which unknown names of a file are worth a suggestion: no more than fifty problems of a file are shown."""

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._counts: Counter[object] = Counter()

    def has(self, file: object) -> bool:
        """Counts one more slip of a file; false once it has had its share."""
        self._counts[file] += 1
        return self._counts[file] <= self._most
