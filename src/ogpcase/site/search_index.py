"""The index of the register's search: small files of words, of which a reader loads only those that begin as theirs do.

A page has a number. A file of words holds, for each word that begins with the same two letters, the pages that have it;
a file of pages holds what to show of them. Words have neither case nor accents, so that names are found without.
"""

from __future__ import annotations

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from ogpcase.output.words import GLUE

_WORD = re.compile(r"[^\W_]{2,40}")
_BEGINNING = 2
"""How many letters the words of a file have in common."""
PAGES_A_FILE = 200


class Found(NamedTuple):
    """What the search shows of a page: its address, its title, and what it is."""

    address: str
    title: str
    about: str


class SearchIndex:
    """The index of one language."""

    def __init__(self) -> None:
        self._pages: list[Found] = []
        self._places: dict[str, array[int]] = {}

    def add(self, page: Found, texts: Iterable[object]) -> None:
        """Adds a page with the words of its title and of what it says: text, or lists and mappings of it."""
        number = len(self._pages)
        self._pages.append(Found(*(text.replace(GLUE, " ") for text in page)))
        in_title = frozenset(words_of(page.title))
        for word in in_title.union(words_of("\n".join(_texts_in([*texts])))):
            self._places.setdefault(word, array("I")).append(2 * number + (word in in_title))

    def files(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """Yields the files of the index, with their paths below a folder."""
        for first in range(0, len(self._pages), PAGES_A_FILE):
            pages = self._pages[first : first + PAGES_A_FILE]
            yield f"{folder}pages/{first // PAGES_A_FILE}.json", _json(pages)
        for beginning, words in groupby(sorted(self._places), key=lambda word: word[:_BEGINNING]):
            places = {word: _steps(self._places[word]) for word in words}
            yield f"{folder}words/{_file_name(beginning)}.json", _json(places)


def words_of(text: str) -> list[str]:
    """Returns the words of a text as they are searched for: without case and accents."""
    if not text.isascii():
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each) != "Mn")
    return _WORD.findall(text.lower())


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts_in(each)


def _steps(numbers: Iterable[int]) -> list[int]:
    """Returns rising numbers as the steps between them, which are shorter to write."""
    steps, last = [], 0
    for number in numbers:
        steps.append(number - last)
        last = number
    return steps


def _file_name(beginning: str) -> str:
    """Returns the code points of letters, since not every system keeps every letter in a name."""
    return "-".join(f"{ord(letter):x}" for letter in beginning)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
