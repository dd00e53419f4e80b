"""Names that are printed nowhere, taken out of running text, ids and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ogpcase.model.ids import slug_of
from ogpcase.model.parties import Party, folded
from ogpcase.model.withhold import WITHHELD

SHORTEST = 3
"""Letters; a shorter name would be found in half of all words."""


@dataclass(frozen=True)
class Redaction:
    """What is left of a text once none of these names stands in it."""

    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, parties: Iterable[Party], ids: Iterable[str] = ()) -> Redaction:
        """Returns the redaction for those of the parties that are withheld, and for these ids of events."""
        called = {name for party in parties if party.withhold for name in (party.id, *party.names())}
        return cls(frozenset(name for name in (*called, *ids) if len(name) >= SHORTEST))

    def without(self, text: str) -> str:
        """Returns the text with `[withheld]` for each name; nothing but that where one stands in another spelling."""
        if self._pattern is None:
            return text
        said = self._pattern.sub(WITHHELD, text)
        assert self._folded is not None
        return WITHHELD if self._folded.search(folded(said)) else said

    def touches(self, text: str) -> bool:
        """True when an id or reference holds one of the names as an id would."""
        return any(slug in text for slug in self._slugs)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _any_of(self.names)

    @cached_property
    def _folded(self) -> re.Pattern[str] | None:
        return _any_of(frozenset(map(folded, self.names)))

    @cached_property
    def _slugs(self) -> tuple[str, ...]:
        return tuple(sorted({slug for name in self.names if len(slug := slug_of(name)) >= SHORTEST}))


def _any_of(names: frozenset[str]) -> re.Pattern[str] | None:
    """Matches any of the names where it is not part of a longer word; the longest first."""
    parts = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE) if parts else None
