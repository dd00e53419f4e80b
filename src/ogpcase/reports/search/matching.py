"""Finds words in a text without regard to case and accents, and cuts the text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ogpcase.model.parties import folded

AROUND = 60
"""Characters of context on each side of a word that was found; a word is never cut in two."""
MORE = "…"
"""Stands in a context where the text goes on."""


class Span(NamedTuple):
    """A part of a text, from a position up to another."""

    start: int
    end: int


def words_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns the words to look for, each once and as they are compared."""
    return tuple(dict.fromkeys(word for text in texts for word in folded(text).split(" ") if word))


def found_in(text: str, words: Iterable[str]) -> frozenset[str]:
    """Returns those of the words that a text has, be it within longer words."""
    plain = folded(text)
    return frozenset(word for word in words if word in plain)


def spans_of(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Returns the parts of a text that are one of the words, in order; parts that overlap are one."""
    letters, places = _folded_with_places(text)
    found = sorted(
        Span(places[start], places[start + len(word) - 1] + 1) for word in words for start in _starts(letters, word)
    )
    return tuple(_joined(found))


def context_of(text: str, words: Sequence[str]) -> str:
    """Returns a text on one line, cut to what stands around the first place of each word."""
    plain = " ".join(text.split())
    firsts = sorted(span[0] for word in words if (span := spans_of(plain, [word])))
    windows = _joined([Span(_back(plain, first.start), _on(plain, first.end)) for first in firsts])
    parts = f" {MORE} ".join(plain[window.start : window.end].strip() for window in windows)
    before, after = windows[0].start > 0, windows[-1].end < len(plain)
    return f"{f'{MORE} ' * before}{parts}{f' {MORE}' * after}"


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Returns the letters of a text as they are compared, and the position of each in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        plain = folded(sign) or " " * sign.isspace()
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


def _starts(letters: str, word: str) -> Iterable[int]:
    start = letters.find(word)
    while start >= 0:
        yield start
        start = letters.find(word, start + len(word))


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Returns spans in order, with those that touch or overlap as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _back(text: str, place: int) -> int:
    """Returns where the context before a place begins, at a blank or at the start."""
    start = place - AROUND
    if start <= 0:
        return 0
    blank = text.find(" ", start, place)
    return blank if blank >= 0 else text.rfind(" ", 0, start) + 1


def _on(text: str, place: int) -> int:
    """Returns where the context after a place ends, at a blank or at the end."""
    end = place + AROUND
    if end >= len(text):
        return len(text)
    blank = text.rfind(" ", place, end)
    after = text.find(" ", end)
    return blank if blank >= 0 else after if after >= 0 else len(text)
