"""Ids and references, and ids made of words.

An id is kebab-case ASCII of at most 100 characters; an event's id is its file's name without `.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain, count
from posixpath import splitext
from typing import ClassVar

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID = re.compile(rf"(?=.{{1,100}}$){SLUG}")
RESERVED_CASE_IDS = frozenset({"parties"})
RESERVED_PARTY_IDS = frozenset({"unknown", "public"})
"""Ids without a file: `unknown` is written where a source names nobody, `public` where it asks whoever reads it."""
SETTINGS_NAME = "ogpcase.yaml"
"""The file of a folder's settings, at its top."""
MAPPING_NAME = "import.yaml"
"""The file of a case that says how the columns of a table are read."""
NEVER_PUBLISH_NAME = "never_publish.txt"
"""The file beside it with the terms that no public copy may hold, one a line."""
LONGEST_ID = 100
"""Characters."""
ADDRESS_STARTS = ("http://", "https://", "mailto:")
"""How the address of a text begins; no id does."""


class Reference(str):
    """A reference to an event or to an item of one: `event`, `case/event`, `event#item`, `case/event#item`."""

    __slots__ = ()
    PATTERN: ClassVar = re.compile(rf"(?:{SLUG}/)?{SLUG}(?:#{SLUG})?")
    ITEM_PATTERN: ClassVar = re.compile(rf"(?:{SLUG}/)?{SLUG}#{SLUG}")

    @classmethod
    def fits(cls, text: str) -> bool:
        """True if the text has the form of a reference."""
        if len(text) > 3 * LONGEST_ID:
            return False
        event, mark, item = text.partition("#")
        if is_id(event) and (not mark or is_id(item)):
            return True  # as nearly always, and quicker than the pattern
        return cls.PATTERN.fullmatch(text) is not None

    @property
    def case(self) -> str | None:
        """The case's id, or None if the reference means the case of its own record."""
        return self.partition("/")[0] if "/" in self else None

    @property
    def event(self) -> str:
        """The event's id."""
        return self.partition("#")[0].rpartition("/")[2]

    @property
    def item(self) -> str | None:
        """The item's id within the event, or None."""
        return self.partition("#")[2] or None


def source_reference(text: str) -> tuple[str, str] | None:
    """Returns the ids of the case and of the source in `case/sources/id`; None for another text."""
    case, folder, source = text.partition("/sources/")
    return (case, source) if folder and is_id(case) and is_id(source) else None


def is_id(text: str) -> bool:
    """True if the text is a well-formed id."""
    return len(text) <= LONGEST_ID and _is_slug(text)


@lru_cache(maxsize=8192)  # a party is named in many records, and an event is a file and what others refer to
def _is_slug(text: str) -> bool:
    return ID.fullmatch(text) is not None


def slug_of(text: str) -> str:
    """Returns the text as an id: lowercase ASCII without accents, other characters as hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_ID].strip("-")


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
    from urllib.parse import urlsplit  # what makes no source does without

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


def free_id(wanted: str, taken: Container[str]) -> str:
    """Returns the name, or if it is taken, the first free one with a number."""
    return next(name for name in numbered(wanted) if name not in taken)
