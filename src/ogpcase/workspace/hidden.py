"""What no diagnostic may name: parties and events that are withheld, and files called after them or their dates.

Which lines of a record may be quoted is decided in secrecy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import starmap

from ogpcase.diagnostics import FileId
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.ids import slug_of
from ogpcase.model.naming import Names, by_pieces, found_anywhere, spellings
from ogpcase.model.withhold import WITHHELD, of_event
from ogpcase.store.layout import Root
from ogpcase.store.load import LoadedCase, LoadedParties, Texts
from ogpcase.values import frozen
from ogpcase.workspace.secrecy import may_withhold, withholds_whole

_SHORTEST = 3
"""Letters; a shorter name would be found in half of all words."""


@frozen(slots=False)
class Hidden:
    """Names that are printed nowhere, ids of parties withheld whole, and files whose own name is withheld."""

    names: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    files: frozenset[FileId] = frozenset()

    def without(self, text: str) -> str | None:
        """Returns the text with `[withheld]` for each such name; None where one is left in another spelling."""
        found = self._perhaps_in(text)
        if not found:
            return text
        longest_first = sorted(map(re.escape, found), key=len, reverse=True)
        said = re.sub("|".join(longest_first), WITHHELD, text, flags=re.IGNORECASE)
        return None if self.names_somebody(said) else said

    def names_somebody(self, text: str) -> bool:
        """True when the text holds a withheld name, whatever its case and accents."""
        return bool(self._perhaps_in(text))

    def path(self, root: Root, file: FileId) -> str:
        """Returns a file's path as it may be printed: `cases/mexico-2018/[withheld]` where its name may not be."""
        if not self.names:
            return root.shown_path(file)
        if file not in self.files and not found_anywhere(self._slugs, file):
            return root.shown_path(file)
        folder = file.partition("/")[0]
        return WITHHELD if found_anywhere(self._slugs, folder) else f"{root.shown_path(folder)}/{WITHHELD}"

    def _perhaps_in(self, text: str) -> set[str]:
        """Returns the names that stand in the text, in whatever case and accents."""
        if not self.names:
            return set()
        found = (each for spelling in spellings(text) for each in found_anywhere(self._by_pieces, spelling))
        return {name for each in found for name in self._spelt[each]}

    @cached_property
    def _spelt(self) -> Mapping[str, list[str]]:
        """The names by their spellings that are looked for."""
        spelt: dict[str, list[str]] = {}
        for name in self.names:
            for each in spellings(name):
                spelt.setdefault(each, []).append(name)
        return spelt

    @cached_property
    def _by_pieces(self) -> Names:
        return by_pieces(frozenset(self._spelt))

    @cached_property
    def _slugs(self) -> Names:
        return by_pieces(frozenset(slug for name in self.names if len(slug := slug_of(name)) >= _SHORTEST))


def hidden_in(parties: LoadedParties, cases: Iterable[LoadedCase]) -> Hidden:
    """Gathers what these parties and cases withhold whole; a party whose file cannot tell counts as withheld."""
    names: set[str] = set()
    ids: set[str] = set()
    files: set[FileId] = set()
    for party_id, called in _parties(parties):
        ids.add(party_id)
        names |= {party_id, *(name for name in called if len(name) >= _SHORTEST)}
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
    """Yields the ids of the events of which the date, or everything, is withheld, and which say so plainly.

    One whose file cannot be read may say so all the same; else it is named, for somebody has to find and mend it.
    """
    for event in case.casefile.events:
        if event.withhold:
            withheld = of_event(event)
            if withheld.covers_field("dated") and withheld.sound:  # an id begins with the date
                yield event.id
    for event_id in sorted(case.casefile.unreadable):
        if withholds_whole(_text(case.texts, file_of_event(case.casefile.id, event_id))):
            yield event_id


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
