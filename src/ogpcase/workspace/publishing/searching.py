"""Finds in the bytes of a copy what people wrote twice: names, texts and ids that are withheld somewhere else.

Text is compared as a row of words: without case and accents, with hyphens, underscores, percent signs and entities read
as what they stand for. So `José_Pérez`, `jose%20perez` and `Jos&eacute; P&eacute;rez` are the same two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from ogpcase.diagnostics import FileId

RUN = 5
"""Words of a withheld text in a row that a copy may not hold."""
SHORTEST_TEXT = 12
"""Characters of a withheld text that is looked for whole."""
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Tibetan, Myanmar, Khmer
    "\u1100-\u11ff"  # Hangul, taken apart
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Kana, Han
)
"""Letters of scripts that set no blanks between words, or join endings to names: each counts as a word."""
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W_{_UNSPACED}]+")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that have no accent to take away, and are often written without their stroke."""
Words = tuple[str, ...]


class Term(NamedTuple):
    """Words that a copy may not hold: what they are (`name`, `id`, `text`, `run`, `term`), and whose."""

    words: Words
    what: str
    of: str


class Hit(NamedTuple):
    """A term that stands in a file of the copy."""

    file: FileId
    term: Term


def words_in(text: str) -> Words:
    """Returns a text as the row of words that is compared."""
    plain = unicodedata.normalize("NFKD", unquote(unescape(unquote(text))).upper().casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return tuple(_WORD.findall(letters.upper().casefold().translate(_PLAIN)))


def terms_of_text(text: str, of: str) -> Iterator[Term]:
    """Yields what is looked for of a withheld text: all of it from 12 characters on, and each five words in a row.

    Where each letter counts as a word, twelve of them.
    """
    words = words_in(text)
    if words and len(text.strip()) >= SHORTEST_TEXT:
        yield Term(words, "text", of)
    for start in range(len(words) - RUN + 1):
        run = words[start : start + RUN]
        if all(len(word) == 1 for word in run):
            run = words[start : start + SHORTEST_TEXT]
            if len(run) < SHORTEST_TEXT:
                continue
        yield Term(run, "run", of)


class Search:
    """The terms to look for, found by their first words."""

    def __init__(self, terms: Iterable[Term], allowed: Iterable[Words] = ()) -> None:
        """`allowed` are texts that anybody may know; a run of five words that lies wholly in one is no hit."""
        known = tuple(allowed)
        self._by_first: dict[str, list[Term]] = {}
        for term in dict.fromkeys(terms):
            if term.words and not (term.what == "run" and any(_within(term.words, each) for each in known)):
                self._by_first.setdefault(term.words[0], []).append(term)

    def hits(self, file: FileId, text: str) -> Iterator[Hit]:
        """Yields each term that stands in a file's text or name, once."""
        found: dict[Term, None] = {}
        for words in (words_in(file), words_in(text)):
            found |= dict.fromkeys(self.among(words))
        yield from (Hit(file, term) for term in found)

    def finds(self, text: str) -> bool:
        """True when one of the terms stands in the text."""
        return next(self.among(words_in(text)), None) is not None

    def among(self, words: Words) -> Iterator[Term]:
        """Yields the terms that stand in a row of words."""
        for position, word in enumerate(words):
            for term in self._by_first.get(word, ()):
                if words[position : position + len(term.words)] == term.words:
                    yield term


def _within(words: Words, whole: Words) -> bool:
    return any(whole[start : start + len(words)] == words for start in range(len(whole) - len(words) + 1))
