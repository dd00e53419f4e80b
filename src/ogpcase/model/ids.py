"""Ids and references.

An id is kebab-case ASCII of at most 100 characters; an event's id is its file's name without `.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ID = re.compile(rf"(?=.{{1,100}}$){_SLUG}")
CASE_ID = ID
EVENT_ID = ID
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


class Reference(str):
    """A reference to an event or to an item of one: `event`, `case/event`, `event#item`, `case/event#item`."""

    __slots__ = ()
    PATTERN: ClassVar = re.compile(rf"(?:{_SLUG}/)?{_SLUG}(?:#{_SLUG})?")
    ITEM_PATTERN: ClassVar = re.compile(rf"(?:{_SLUG}/)?{_SLUG}#{_SLUG}")

    @classmethod
    def fits(cls, text: str) -> bool:
        """True if the text has the form of a reference."""
        return cls.PATTERN.fullmatch(text) is not None and len(text) <= 3 * LONGEST_ID

    @property
    def case(self) -> str | None:
        """The case's id, or None if the reference means the case of its own record."""
        return self.partition("/")[0] if "/" in self else None

    @property
    def event(self) -> str:
        """The event's id."""
        return str(self).rpartition("/")[2].partition("#")[0]

    @property
    def item(self) -> str | None:
        """The item's id within the event, or None."""
        return self.partition("#")[2] if "#" in self else None


def source_reference(text: str) -> tuple[str, str] | None:
    """Returns the ids of the case and of the source in `case/sources/id`; None for another text."""
    case, folder, source = text.partition("/sources/")
    return (case, source) if folder and is_id(case) and is_id(source) else None


def is_id(text: str) -> bool:
    """True if the text is a well-formed id."""
    return ID.fullmatch(text) is not None


def slug_of(text: str) -> str:
    """Returns the text as an id: lowercase ASCII without accents, other characters as hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_ID].strip("-")
