"""Parties read when they are asked for: a case of a large folder needs the few that it names.

Of each file the bytes are looked at, since what a party withholds holds for every case. One that may withhold, that is
a body of OGP, or that is not written plainly is read at once; every other one when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from ogpcase.diagnostics import FileId, Problem
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.parties import Party
from ogpcase.store.files import Entry, Files
from ogpcase.store.listing import list_parties
from ogpcase.store.load import LoadedParties, load_parties

_QUIET = rb"name|other_names|classification|country|part_of|identifiers|links"
"""The fields of a party that neither withhold nor make a body of it."""
_TEXT = rb" [^\n\[\]:]*"
_LIST = rb" \[[^\n\[\]:]*\]"
# No colon stands but behind a field of this list or a language: whatever is near to `withhold` would need one.
_PLAIN = re.compile(
    rb"(?:name:" + _TEXT + rb"\n|name:\n(?:  [a-z]{2,3}(?:-[A-Za-z0-9]+)?:" + _TEXT + rb"\n)+)"
    rb"(?:(?:" + _QUIET + rb"):(?:" + _TEXT + rb"|" + _LIST + rb")?\n(?: +- [^\s:\[\]][^\n\[\]:]*\n)*)*"
)
_UNPLAIN = re.compile(rb"[\\\"'{}&*!|>\x00-\x09\x0b-\x1f\x7f]")
"""What makes YAML more than lines of `name: value`, or of short lists."""
_LETTERS = re.compile(rb"(?:[\x00-\x7f]|[\xc3-\xc5][\x80-\xbf])*")
"""ASCII and the Latin letters with accents: nothing that is not seen, and no other line breaks."""
_LARGEST = 4096
"""Bytes."""


def parties_on_demand(files: Files) -> tuple[Registry, LoadedParties]:
    """Returns the parties of a folder, and of these the ones of which something must be known beforehand, read."""
    listing = list_parties(files)
    held = _Held(files)
    quiet = frozenset(party_id for party_id in listing.names if held.is_quiet(file_of_party(party_id)))
    told = load_parties(held, (party_id for party_id in listing.names if party_id not in quiet))
    later = _Later(held, quiet)
    registry = Registry(
        _Parties(listing.names, told.registry.parties, later),
        _Ids(told.registry.unreadable, later, lambda found: found.unreadable),
        _Ids(told.registry.flawed, later, lambda found: found.flawed),
        telling=tuple(told.registry.parties.values()),
    )
    return registry, told


def _is_quiet(data: bytes | Problem | None) -> bool:
    """True for a file that is plain lines of known fields, among which none withholds and none is a body's.

    A file that is not is read; so nothing depends on what is plain but the time it takes.
    """
    if not isinstance(data, bytes) or len(data) > _LARGEST:
        return False
    if _UNPLAIN.search(data) or b"withh" in data or not (data.isascii() or _LETTERS.fullmatch(data)):
        return False
    return _PLAIN.fullmatch(data) is not None


class _Held:
    """Files of which each is opened once: what was looked at is held until it is read."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._held: dict[FileId, bytes | Problem | None] = {}

    def is_quiet(self, file: FileId) -> bool:
        """Looks at a file."""
        self._held[file] = self._files.read(file)
        return _is_quiet(self._held[file])

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder."""
        return self._files.entries(folder)

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns a file's bytes, as they were when they were looked at."""
        return self._held.pop(file) if file in self._held else self._files.read(file)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of a file."""
        return self._files.digest(file)


class _Later:
    """The parties that are read when they are asked for, each once."""

    def __init__(self, files: Files, ids: frozenset[str]) -> None:
        self._files = files
        self.ids = ids
        self._read: dict[str, Registry] = {}

    def of(self, party_id: str) -> Registry:
        """Returns what came of the file of one of these parties."""
        if party_id not in self._read:
            self._read[party_id] = load_parties(self._files, [party_id]).registry
        return self._read[party_id]


class _Parties(Mapping[str, Party]):
    """Parties by id, in the order of their names; each is read when it is first asked for."""

    def __init__(self, names: tuple[str, ...], told: Mapping[str, Party], later: _Later) -> None:
        self._names = names
        self._told = told
        self._later = later

    def __getitem__(self, party_id: str) -> Party:
        if party_id in self._later.ids:
            return self._later.of(party_id).parties[party_id]
        return self._told[party_id]

    def __contains__(self, party_id: object) -> bool:
        if party_id in self._later.ids:
            return party_id in self._later.of(str(party_id)).parties
        return party_id in self._told

    def __iter__(self) -> Iterator[str]:
        return (party_id for party_id in self._names if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Ids(AbstractSet[str]):
    """Ids of parties of which something is so; whether it is of one that is read later shows when it is asked for."""

    def __init__(self, told: AbstractSet[str], later: _Later, chosen: Callable[[Registry], AbstractSet[str]]) -> None:
        self._told = told
        self._later = later
        self._chosen = chosen

    @classmethod
    def _from_iterable(cls, ids: Iterable[str]) -> frozenset[str]:  # type: ignore[override]  # what is left of it
        return frozenset(ids)

    def __contains__(self, party_id: object) -> bool:
        if party_id in self._later.ids:
            return party_id in self._chosen(self._later.of(str(party_id)))
        return party_id in self._told

    def __iter__(self) -> Iterator[str]:
        yield from self._told
        yield from (party_id for party_id in sorted(self._later.ids) if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
