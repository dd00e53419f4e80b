"""Parties read when they are first asked for: a case of a large folder needs only the few that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from ogpcase.model.casefile import Registry
from ogpcase.model.parties import Party
from ogpcase.model.settings import FolderSettings
from ogpcase.store.files import Files
from ogpcase.store.listing import list_parties
from ogpcase.store.load import LoadedParties, load_parties


class LazyParties:
    """The parties of a folder, each read once, when it is first asked for."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._names: tuple[str, ...] | None = None
        self._read: dict[str, LoadedParties] = {}

    def names(self) -> tuple[str, ...]:
        """Returns the ids of all parties; only the folder is listed."""
        if self._names is None:
            self._names = list_parties(self._files).names
        return self._names

    def of(self, party_id: str) -> LoadedParties:
        """Returns what the file of one party gives; nothing where there is no such file."""
        if party_id not in self._read:
            self._read[party_id] = load_parties(self._files, [party_id])
        return self._read[party_id]

    def registry(self, settings: FolderSettings) -> Registry:
        """Returns the parties as a registry that reads when it is asked, of a folder with these settings."""
        unreadable, flawed = _Ids(self, lambda read: read.unreadable), _Ids(self, lambda read: read.flawed)
        return Registry(_Parties(self), unreadable, flawed, settings)


class _Parties(Mapping[str, Party]):
    """The parties by id, in the order of their ids."""

    def __init__(self, lazy: LazyParties) -> None:
        self._lazy = lazy

    def __getitem__(self, party_id: str) -> Party:
        return self._lazy.of(party_id).registry.parties[party_id]

    def __contains__(self, party_id: object) -> bool:
        return isinstance(party_id, str) and party_id in self._lazy.of(party_id).registry.parties

    def __iter__(self) -> Iterator[str]:
        return (party_id for party_id in self._lazy.names() if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Ids(AbstractSet[str]):
    """The ids of the parties of which something is so."""

    def __init__(self, lazy: LazyParties, chosen: Callable[[Registry], AbstractSet[str]]) -> None:
        self._lazy = lazy
        self._chosen = chosen

    @classmethod
    def _from_iterable(cls, ids: Iterable[str]) -> frozenset[str]:  # type: ignore[override]  # set algebra gives a set
        return frozenset(ids)

    def __contains__(self, party_id: object) -> bool:
        return isinstance(party_id, str) and party_id in self._chosen(self._lazy.of(party_id).registry)

    def __iter__(self) -> Iterator[str]:
        return (party_id for party_id in self._lazy.names() if party_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
