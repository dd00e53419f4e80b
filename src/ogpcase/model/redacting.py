"""Names that are printed nowhere, taken out of running text, ids and addresses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ogpcase.model.ids import slug_of
from ogpcase.model.naming import Names, by_pieces, by_words, found_anywhere, without_names, words_of
from ogpcase.model.parties import Party
from ogpcase.model.withhold import WITHHELD
from ogpcase.values import frozen

SHORTEST = 3
"""Letters; a shorter name would be found in half of all words."""


@frozen(slots=False)
class Redaction:
    """What is left of a text once none of these names stands in it, nor any of these ids of events."""

    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parties: Iterable[Party], ids: Iterable[str] = ()) -> Redaction:
        """Returns the redaction for those of the parties that are withheld, and for these ids of events."""
        called = (name for party in parties if party.withhold for name in (party.id, *party.names()))
        return cls(frozenset(each for each in called if len(each) >= SHORTEST), frozenset(ids))

    def without(self, text: str) -> str:
        """Returns the text with `[withheld]` for each name; nothing but that where one stands in another spelling."""
        if not self._by_words:
            return text
        words = words_of(text)
        return without_names(text, (name for each in self._by_words for name in each.among(words)), WITHHELD)

    def touches(self, text: str) -> bool:
        """True when an id or reference holds one of the names as an id would."""
        return any(found_anywhere(each, text) for each in self._slugs)

    @cached_property
    def _by_words(self) -> tuple[Names, ...]:
        return tuple(by_words(names) for names in (self.names, self.ids) if names)

    @cached_property
    def _slugs(self) -> tuple[Names, ...]:
        return tuple(by_pieces(_slugs_of(names)) for names in (self.names, self.ids) if names)


def _slugs_of(names: frozenset[str]) -> frozenset[str]:
    return frozenset(slug for name in names if len(slug := slug_of(name)) >= SHORTEST)
