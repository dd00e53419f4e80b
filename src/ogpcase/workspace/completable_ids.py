"""The ids of a case folder that completion offers: names of files; no record is read."""

from __future__ import annotations

from ogpcase.model.ids import is_id
from ogpcase.store.files import Files
from ogpcase.store.listing import case_ids, list_case, list_parties


class CompletableIds:
    """The ids of a case folder. Raises what listing the folder raises."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def cases(self, beginning: str = "") -> tuple[str, ...]:
        """Returns the ids of the cases that begin so, in order."""
        return tuple(filter(is_id, case_ids(self._files, beginning)))

    def parties(self) -> tuple[str, ...]:
        """Returns the ids of the parties, in order."""
        return tuple(filter(is_id, list_parties(self._files).names))

    def events(self, case_id: str) -> tuple[str, ...]:
        """Returns the ids of a case's events, in order; none where there is no such case."""
        if not is_id(case_id) or case_id not in case_ids(self._files, case_id):
            return ()
        return tuple(filter(is_id, list_case(self._files, case_id).events))
