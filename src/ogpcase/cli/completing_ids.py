"""The ids among the words that a TAB offers; brought in only where ids are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ogpcase.model.ids import is_id
from ogpcase.store.files import DiskFiles, Files
from ogpcase.store.layout import find_root
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


_OFFERED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/(?:[a-z0-9]+(?:-[a-z0-9]+)*)?)?")
"""An id, a case's id and a `/`, or both with an event's id: what no shell takes for more than a word."""


def ids(sorts: Iterable[str], current: str, case: str, root: str | None) -> list[str]:
    """Returns the ids of these sorts that begin as the word at the cursor does.

    `case` is what the words before it name as a case, if they do.

    Raises:
        NoCasesHere: there is no case folder.
        CannotRead: the disk refuses to show it.
    """
    offered = CompletableIds(DiskFiles(find_root(Path(root) if root else None, Path.cwd()).path))
    found = {each for sort in sorts for each in _of_sort(sort, current, case, offered)}
    return sorted(each for each in found if each.startswith(current) and _OFFERED.fullmatch(each))


def _of_sort(sort: str, current: str, case: str, offered: CompletableIds) -> Iterator[str]:
    """Yields ids of one sort; those of events with their case, unless the command names it.

    Where a case's id is the only one to begin so, it is offered with a `/` too, so that its events can follow.
    """
    of, mark, _ = current.partition("/")
    if sort == ":party":
        yield from offered.parties()
    elif mark and sort in {":event", ":record"}:
        yield from (f"{of}/{event}" for event in offered.events(of))
    elif sort == ":event":
        yield from offered.events(case)
        yield from (f"{each}/" for each in offered.cases(current) if current or not case)
    else:
        cases = offered.cases(current)
        yield from cases
        yield from (f"{each}/" for each in cases if len(cases) == 1 and sort == ":record")
