"""Listening for secret words in what a program says: whole or in part, forwards or backwards, in whatever spelling."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

SHORTEST = 6
"""Letters of a word that are enough to have heard it."""
_FEWEST = 12
"""Hexadecimal digits that are."""
_RUNS = re.compile(r"[a-z]{6,}")
_DAYS = re.compile(r"(?<!\d)\d{4}-?\d{2}-?\d{2}(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)\d{5,}(?!\d)")
_HEX = re.compile(r"(?<![0-9a-f])[0-9a-f]{12,}(?![0-9a-f])")
_ESCAPES = re.compile(r"\\(?:u\{?|x|U0000)([0-9a-f]{2,4})\}?|=([0-9A-F]{2})")
_PACKED = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")


class Ear:
    """Knows words of consonants alone, days and numbers, and hears any of them."""

    def __init__(self, tokens: Iterable[str]) -> None:
        words = set(tokens)
        letters = {each for each in words if each.isalpha()}
        both = letters | {each[::-1] for each in letters}
        self._parts = {part for each in both for part in _windows(each, SHORTEST)}
        self._days = {each.replace("-", "") for each in words if re.fullmatch(r"\d{4}-\d{2}-\d{2}", each)}
        self._numbers = {each for each in words if each.isdigit()}
        self._packed = {part for each in words for code in _codes(each) for part in _windows(code, _FEWEST)}
        self._heard: set[str] = set()

    def hears(self, text: str) -> list[str]:
        """Returns what of the words is in the text; a line in which there was nothing is not listened to twice."""
        new = "\n".join(line for line in text.splitlines() if line not in self._heard)
        found = sorted({found for each in _spellings(new) for found in self._in(each)})
        self._heard |= set() if found else set(new.splitlines())
        return found

    def _in(self, text: str) -> Iterator[str]:
        for run in _RUNS.findall(text):
            if not self._parts.isdisjoint(_windows(run, SHORTEST)):
                yield run
        yield from (run for run in _HEX.findall(text) if not self._packed.isdisjoint(_windows(run, _FEWEST)))
        yield from (each for each in _DAYS.findall(text) if each.replace("-", "") in self._days)
        yield from (each for each in _NUMBERS.findall(text) if each in self._numbers)


def _windows(text: str, size: int) -> set[str]:
    return {text[at : at + size] for at in range(len(text) - size + 1)}


def _codes(word: str) -> Iterator[str]:
    """Yields what a word looks like to who hides it badly: as numbers of its letters, or as a digest to try out."""
    data = word.encode()
    yield data.hex()
    yield from (hashlib.new(name, data, usedforsecurity=False).hexdigest() for name in ("md5", "sha1", "sha256"))


def _spellings(text: str) -> Iterator[str]:
    plain = _folded(text)
    yield plain
    yield "".join(plain.split())
    for read in (html.unescape(text), unquote(text), _ESCAPES.sub(_character, text)):
        if read != text:
            yield _folded(read)
    for packed in _PACKED.findall(text):
        try:
            yield _folded(base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_").decode())
        except ValueError:
            continue


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(each for each in decomposed if not unicodedata.combining(each)).casefold()


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1] or found[2], 16))


def without_typed(text: str, words: Iterable[str]) -> str:
    """Returns the text without the words that were typed, and the parts of references among them."""
    parts = {part for word in words for part in (word, *re.split(r"[/#]", word)) if len(part) >= SHORTEST}
    for each in sorted(parts, key=len, reverse=True):
        text = text.replace(each, "(typed)")
    return text
