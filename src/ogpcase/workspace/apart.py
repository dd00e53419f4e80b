"""One case of a folder by itself: what is read for it is let go with it, so that a folder of any size can be judged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ogpcase.diagnostics import FileId
from ogpcase.model.casefile import CaseFile, Cases, Registry
from ogpcase.store.listing import Listing
from ogpcase.store.load import LoadedCase, LoadedParties
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.opening import Workspace

MOST_LENT = 8
"""Cases that are kept for whoever judges them next."""


class Apart(Workspace):
    """A view on a folder that reads its cases for itself, and shares the parties and the lists of names.

    `hidden` is what no message may name, of the whole folder.
    """

    def __init__(self, folder: Workspace, hidden: Hidden) -> None:
        super().__init__(folder.root, folder.files, folder.here)
        self._folder = folder
        self._hidden = hidden
        self.asked: set[str] = set()
        """The ids of cases that were asked for, whether they are there or not."""
        self.listed = False
        """Whether anything was asked of all cases."""
        self._loaded: dict[str, LoadedCase] = {}

    @cached_property
    def listing(self) -> Listing:
        """The ids of the cases of the folder."""
        return self._folder.listing

    @cached_property
    def parties(self) -> LoadedParties:
        """All parties of the folder."""
        return self._folder.parties

    def registry(self) -> Registry:
        """Returns all parties, read."""
        return self.parties.registry

    def _known_parties(self) -> LoadedParties:
        return self.parties

    def cases_holding(self, event_id: str) -> tuple[str, ...]:
        """Returns the ids of the cases with a file for an event of this id."""
        return self._folder.cases_holding(event_id)

    @cached_property
    def casefiles(self) -> Cases:
        """The cases by id; each is read when it is first asked for, and that it was is noted."""
        return _Noted(self, super().casefiles)

    def _load(self, case_id: str) -> LoadedCase:
        found = self._folder.lent.pop(case_id, None) or super()._load(case_id)
        self._loaded[case_id] = found
        return found

    def digests(self) -> dict[str, dict[FileId, str]]:
        """Returns the SHA-256 of the records that were read, by case."""
        return {case_id: dict(each.digests) for case_id, each in self._loaded.items()}

    def has_case(self, case_id: str) -> bool:
        """True when the folder had a case of this id when it was listed."""
        return self._folder.lists(case_id)

    def let_go(self, judged: str) -> None:
        """Forgets the cases read: each knows the folder and the folder it, and nobody looks for such circles here.

        Those that were read for the one that was judged are lent on, a few of them, to whoever judges them next.
        """
        self._cases.clear()
        del self._loaded[judged]
        lent = self._folder.lent
        lent.update(self._loaded)
        self._loaded.clear()
        for case_id in list(lent)[:-MOST_LENT]:
            del lent[case_id]

    def hidden(self) -> Hidden:
        """Returns what no message may name."""
        return self._hidden


class _Noted(Cases):
    """Cases of which it is noted what was asked."""

    def __init__(self, alone: Apart, cases: Cases) -> None:
        self._alone = alone
        self._cases = cases

    def __getitem__(self, case_id: str) -> CaseFile:
        self._alone.asked.add(case_id)
        return self._cases[case_id]

    def __contains__(self, case_id: object) -> bool:
        self._alone.asked.add(str(case_id))
        return case_id in self._cases

    def __iter__(self) -> Iterator[str]:
        self._alone.listed = True
        return iter(self._cases)

    def __len__(self) -> int:
        self._alone.listed = True
        return len(self._cases)

    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event of this id."""
        self._alone.listed = True
        yield from self._cases.holding(event_id)
