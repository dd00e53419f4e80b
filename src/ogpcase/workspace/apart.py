"""One case of a folder by itself: what is read for it is let go with it, so that a folder of any size can be judged."""

from __future__ import annotations

from functools import cached_property

from ogpcase.store.listing import Listing
from ogpcase.store.load import LoadedParties
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.opening import Workspace


class Apart(Workspace):
    """A view on a folder that reads its cases for itself, and shares the parties and the lists of names.

    `hidden` is what no message may name, of the whole folder.
    """

    def __init__(self, folder: Workspace, hidden: Hidden) -> None:
        super().__init__(folder.root, folder.files, folder.here)
        self._folder = folder
        self._hidden = hidden

    @cached_property
    def listing(self) -> Listing:
        """The ids of the cases of the folder."""
        return self._folder.listing

    @cached_property
    def parties(self) -> LoadedParties:
        """All parties of the folder."""
        return self._folder.parties

    def cases_holding(self, event_id: str) -> tuple[str, ...]:
        """Returns the ids of the cases with a file for an event of this id."""
        return self._folder.cases_holding(event_id)

    def let_go(self) -> None:
        """Forgets the cases read: each knows the folder and the folder it, and nobody looks for such circles here."""
        self._cases.clear()

    def hidden(self) -> Hidden:
        """Returns what no message may name."""
        return self._hidden
