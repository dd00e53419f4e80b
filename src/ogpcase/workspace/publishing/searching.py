"""Finds in the bytes of a copy what people wrote twice: names, texts and ids that are withheld somewhere else.

Text is compared as a row of words: without case and accents, with hyphens, underscores, percent signs and entities read
as what they stand for. So `José_Pérez`, `jose%20perez` and `Jos&eacute; P&eacute;rez` are the same two words.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from types import MappingProxyType
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
_HEX = "[0-9a-fA-F]"
_ESCAPE = re.compile(rf"\\(?:u\{{({_HEX}{{1,6}})\}}|u({_HEX}{{4}})|U({_HEX}{{8}})|x({_HEX}{{2}})|[abefnrtvLNP_ ])")
_LINE_END_IN_WORD = re.compile("[-=\u00ad\u2010][ \t]*\r?\n[ \t]*")
_TAG = re.compile("<[^<>]*>")
_QUOTED_PRINTABLE = re.compile("=([0-9A-F]{2})")
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that have no accent to take away, and are often written without their stroke."""
_TATWEEL = "\u0640"
"""Makes an Arabic word longer, and says nothing."""
Words = tuple[str, ...]
PublishedIds = Mapping[str, Iterable[Words]]
"""Ids that a copy shows anyway, by what a term must be that is no hit as part of one: `id` of parties, `record`."""
_NO_IDS: PublishedIds = MappingProxyType({})


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
    letters = "".join(each for each in plain if not _says_nothing(each))
    return tuple(_WORD.findall(letters.upper().casefold().translate(_PLAIN)))


def _says_nothing(character: str) -> bool:
    """True for accents, and for what is not seen inside a word, as a soft hyphen or a joiner."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf" or character == _TATWEEL


def readings(text: str) -> Iterator[str]:
    """Yields a text as it stands, and as whoever shows it may read it: without escapes, broken words and tags."""
    plain = _QUOTED_PRINTABLE.sub(r"%\1", _LINE_END_IN_WORD.sub("", _ESCAPE.sub(_meant, unescape(text))))
    yield from dict.fromkeys((text, plain, _TAG.sub(" ", plain), _TAG.sub("", plain)))


def _meant(escape: re.Match[str]) -> str:
    code = int(next(filter(None, escape.groups()), "20"), 16)
    return chr(code) if code <= sys.maxunicode else " "


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

    def __init__(self, terms: Iterable[Term], allowed: Iterable[Words] = (), ids: PublishedIds = _NO_IDS) -> None:
        """`allowed` are texts that anybody may know: what lies wholly in one is no hit as a text, or a run of words."""
        known = tuple(allowed)
        self._ids = {what: tuple(several) for what, several in ids.items()}
        self._longer: dict[Term, tuple[tuple[int, Words], ...]] = {}
        self._by_first: dict[str, list[Term]] = {}
        for term in dict.fromkeys(terms):
            anybody_s = term.what in {"run", "text"} and any(_within(term.words, each) for each in known)
            if term.words and not anybody_s:
                self._by_first.setdefault(term.words[0], []).append(term)

    def hits(self, file: FileId, text: str) -> Iterator[Hit]:
        """Yields each term that stands in a file's text or name, once."""
        found: dict[Term, None] = {}
        for reading in (*readings(file), *readings(text)):
            found |= dict.fromkeys(self.among(words_in(reading)))
        yield from (Hit(file, term) for term in found)

    def finds(self, text: str) -> bool:
        """True when one of the terms stands in the text."""
        return any(next(self.among(words_in(reading)), None) is not None for reading in readings(text))

    def among(self, words: Words) -> Iterator[Term]:
        """Yields the terms that stand in a row of words."""
        for position, word in enumerate(words):
            for term in self._by_first.get(word, ()):
                stands = words[position : position + len(term.words)] == term.words
                if stands and not self._is_in_a_longer_id(term, words, position):
                    yield term

    def _is_in_a_longer_id(self, term: Term, words: Words, position: int) -> bool:
        """True for an id that is only part of a longer one which the copy shows anyway."""
        if term.what not in self._ids:
            return False
        if term not in self._longer:
            self._longer[term] = tuple(_where_in(term.words, self._ids[term.what]))
        return any(
            offset <= position and words[position - offset : position - offset + len(whole)] == whole
            for offset, whole in self._longer[term]
        )


def _within(words: Words, whole: Words) -> bool:
    return next(_where_in(words, (whole,)), None) is not None


def _where_in(words: Words, wholes: Iterable[Words]) -> Iterator[tuple[int, Words]]:
    """Yields each row of words that holds the other, and where."""
    for whole in wholes:
        for start in range(len(whole) - len(words) + 1):
            if whole[start : start + len(words)] == words:
                yield start, whole
