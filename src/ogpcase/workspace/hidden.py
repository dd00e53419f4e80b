"""What no diagnostic may name: parties and events that are withheld, and files called after them or their dates.

Which lines of a record may be quoted is decided in secrecy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import starmap

from ogpcase.diagnostics import FileId
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.ids import slug_of
from ogpcase.model.parties import folded
from ogpcase.model.withhold import WITHHELD, of_event
from ogpcase.store.layout import Root
from ogpcase.store.load import LoadedCase, LoadedParties, Texts
from ogpcase.workspace.secrecy import may_withhold

_SHORTEST = 3
"""Letters; a shorter name would be found in half of all words."""


@dataclass(frozen=True)
class Hidden:
    """Names that are printed nowhere, ids of parties withheld whole, and files whose own name is withheld."""

    names: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    files: frozenset[FileId] = frozenset()

    def without(self, text: str) -> str | None:
        """Returns the text with `[withheld]` for each such name; None where one is left in another spelling."""
        if self._pattern is None:
            return text
        said = self._pattern.sub(WITHHELD, text)
        return None if self.names_somebody(said) else said

    def names_somebody(self, text: str) -> bool:
        """True when the text holds a withheld name, whatever its case and accents."""
        if not self._folded:
            return False
        plain = folded(text)
        return any(name in plain for name in self._folded)

    def path(self, root: Root, file: FileId) -> str:
        """Returns a file's path as it may be printed: `cases/mexico-2018/[withheld]` where its name may not be."""
        if not self.names:
            return root.shown_path(file)
        if file not in self.files and not any(slug in file for slug in self._slugs):
            return root.shown_path(file)
        folder = file.partition("/")[0]
        return WITHHELD if any(slug in folder for slug in self._slugs) else f"{root.shown_path(folder)}/{WITHHELD}"

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(map(re.escape, self.names), key=len, reverse=True)
        return re.compile("|".join(longest_first), re.IGNORECASE) if longest_first else None

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(sorted(set(map(folded, self.names))))

    @cached_property
    def _slugs(self) -> tuple[str, ...]:
        return tuple(sorted({slug for name in self.names if len(slug := slug_of(name)) >= _SHORTEST}))


def hidden_in(parties: LoadedParties, cases: Iterable[LoadedCase]) -> Hidden:
    """Gathers what these parties and cases withhold whole; a party whose file cannot tell counts as withheld."""
    names: set[str] = set()
    ids: set[str] = set()
    files: set[FileId] = set()
    for party_id, called in _parties(parties):
        ids.add(party_id)
        names |= {party_id, *(name for name in called if len(name) >= _SHORTEST)}
        if party_id in parties.registry.parties:
            files.add(file_of_party(party_id))
    told = hidden_in_cases(cases)
    return Hidden(frozenset(names) | told.names, frozenset(ids), frozenset(files) | told.files)


def hidden_in_cases(cases: Iterable[LoadedCase]) -> Hidden:
    """Gathers what these cases withhold whole, whatever parties there are."""
    events = [(case.casefile.id, event_id) for case in cases for event_id in _events(case)]
    return Hidden(frozenset(event_id for _, event_id in events), frozenset(), frozenset(starmap(file_of_event, events)))


def _parties(parties: LoadedParties) -> Iterator[tuple[str, Iterable[str]]]:
    """Yields the id and the names of each party that is withheld, or may be."""
    for party in parties.registry.parties.values():
        if party.withhold:
            yield party.id, party.names()
    for party_id in sorted(parties.registry.unreadable):
        if may_withhold(_text(parties.texts, file_of_party(party_id))):
            yield party_id, _names_as_written(parties, party_id)


def _events(case: LoadedCase) -> Iterator[str]:
    """Yields the ids of the events of which the date, or everything, is withheld, and which say so plainly."""
    for event in case.casefile.events:
        if event.withhold:
            withheld = of_event(event)
            if withheld.covers_field("dated") and withheld.sound:  # an id begins with the date
                yield event.id


def _text(texts: Texts, file: FileId) -> str:
    tree = texts.trees.get(file)
    return tree.text if tree is not None else texts.broken.get(file, "")


def _names_as_written(parties: LoadedParties, party_id: str) -> Iterator[str]:
    """Yields what an unbound party file seems to call the party."""
    tree = parties.trees.get(file_of_party(party_id))
    values = tree.value if tree is not None and isinstance(tree.value, Mapping) else {}
    for name in ("name", "other_names"):
        value = values.get(name)
        several = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        yield from (each for each in several if isinstance(each, str))
