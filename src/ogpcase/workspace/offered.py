"""Which ids may be offered to who completes a word on the command line: never one of what is withheld.

Names of files are enough, but for those of records that may withhold something: these are read as a command would.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from ogpcase.diagnostics import FileId
from ogpcase.model.ids import is_id
from ogpcase.store.files import Files
from ogpcase.store.layout import EVENTS, PARTIES
from ogpcase.store.listing import CaseListing, case_ids, list_case, list_parties
from ogpcase.store.names import RECORD
from ogpcase.store.plainly import surely_withholds_nothing

if TYPE_CHECKING:
    from ogpcase.model.redacting import Redaction
    from ogpcase.store.load import LoadedCase, LoadedParties


class Offered:
    """The ids of a case folder that anybody may be offered. Raises what reading the folder raises."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def cases(self, beginning: str = "") -> tuple[str, ...]:
        """Returns the ids of the cases that begin so, without those that hold a withheld name."""
        return self._named(case_ids(self._files, beginning))

    def parties(self) -> tuple[str, ...]:
        """Returns the ids of the parties, without those that are withheld, or may be, or hold a withheld name."""
        plain, doubtful = self._parties
        known = self._doubtful_parties.registry.parties.values() if doubtful else ()
        return self._named([*plain, *(party.id for party in known if not party.withhold)])

    def events(self, case_id: str) -> tuple[str, ...]:
        """Returns the ids of a case's events: of none of which the date is withheld, for an id begins with it."""
        if not is_id(case_id) or case_id not in case_ids(self._files, case_id):
            return ()
        plain, doubtful = self._sifted(f"{case_id}/{EVENTS}", list_case(self._files, case_id).events)
        loaded = self._loaded(case_id, doubtful) if doubtful else None
        found = [*plain, *(_public(loaded) if loaded else ())]
        return self._named(found, in_case=case_id, beside=loaded)

    @cached_property
    def _parties(self) -> tuple[list[str], list[str]]:
        """The parties that surely withhold nothing, and the others."""
        return self._sifted(PARTIES, list_parties(self._files).names)

    @cached_property
    def _doubtful_parties(self) -> LoadedParties:
        from ogpcase.store.load import load_parties

        return load_parties(self._files, self._parties[1])

    def _sifted(self, folder: FileId, ids: Iterable[str]) -> tuple[list[str], list[str]]:
        """Returns the records of a folder that surely withhold nothing, and those that are to be read."""
        plain: list[str] = []
        doubtful: list[str] = []
        for each in ids:
            data = self._files.read(f"{folder}/{each}{RECORD}")
            sure = isinstance(data, bytes) and surely_withholds_nothing(data)
            (plain if sure else doubtful).append(each)
        return plain, doubtful

    def _loaded(self, case_id: str, events: Iterable[str]) -> LoadedCase:
        from ogpcase.model.casefile import Registry
        from ogpcase.store.load import load_listed

        return load_listed(
            self._files, CaseListing(case_id, has_header=False, events=tuple(events), problems=()), Registry()
        )

    def _named(self, ids: Iterable[str], in_case: str = "", beside: LoadedCase | None = None) -> tuple[str, ...]:
        """Returns those of the ids that are ids indeed and hold no name that is withheld, in order."""
        found = sorted(filter(is_id, ids))
        if not self._parties[1] and beside is None:
            return tuple(found)
        redaction = self._redaction(beside)
        return tuple(each for each in found if not redaction.touches(f"{in_case}/{each}"))

    def _redaction(self, case: LoadedCase | None) -> Redaction:
        from ogpcase.model.redacting import Redaction
        from ogpcase.workspace.hidden import hidden_in

        return Redaction(hidden_in(self._doubtful_parties, [case] if case else []).names)


def _public(case: LoadedCase) -> Iterable[str]:
    """Yields the ids of the events of which neither everything nor the date is withheld.

    Where a file speaks of withholding and its record does not, nobody can tell, and no line of it is quoted either.
    """
    from ogpcase.model.casefile import file_of_event
    from ogpcase.workspace.secrecy import secrecy_of

    for event in case.casefile.events:
        tree = case.trees[file_of_event(case.casefile.id, event.id)]
        if not case.casefile.withholding(event).covers_field("dated") and not secrecy_of(tree, frozenset()).silent:
            yield event.id
