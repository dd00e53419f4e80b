"""Ids for sources, made of words that people know them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, count
from posixpath import splitext
from urllib.parse import urlsplit

from ogpcase.model.ids import slug_of

_WORD = re.compile("[A-Za-z]{3}")
_LONGEST = 60
"""Characters of an id made of a title or an address."""


def id_from(titles: Iterable[str], address: str) -> str:
    """Returns an id for a text: the words of its first title that has any, else of its address."""
    return next(filter(None, map(_shortened, titles)), "") or id_from_address(address)


def id_from_address(address: str) -> str:
    """Returns an id for the text at an address: the words of its last part, else of its host."""
    return next(filter(None, map(_shortened, _parts_of(address))), "page")


def _parts_of(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    steps = [step for step in parts.path.split("/") if step]
    host = parts.netloc.removeprefix("www.")
    for step in steps[-1:]:
        words = splitext(step)[0]
        yield words if _WORD.search(words) else f"{host}-{words}"
    yield host


def _shortened(words: str) -> str:
    """Returns words as an id of at most sixty characters, cut between words; may be empty."""
    slug = slug_of(words)
    return slug if len(slug) <= _LONGEST else slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]


def numbered(name: str) -> Iterator[str]:
    """Yields the name, then with numbers from 2."""
    return chain([name], (f"{name}-{number}" for number in count(2)))
