"""What folders and cases read, for one reader; what cannot be read is never left out unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ogpcase.errors import NotRead
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, file_of_party
from ogpcase.reports.stats.rows import course_of_case, durations_in, durations_over
from ogpcase.reports.tables import EXPORTED, Made, TableName, in_order
from ogpcase.workspace.opening import SOME_PARTIES, Workspace, files_not_read

_FEW_CASES = 2
"""Loaded cases that are kept in memory: the one in use, and one that it refers to."""


class Reading:
    """An opened folder, the reader, and whether a folder that cannot be read as a whole is read in part."""

    def __init__(self, workspace: Workspace, reader: Reader, *, incomplete: bool) -> None:
        workspace.known_by = reader.known_by
        workspace.most_cases, workspace.most_parties = _FEW_CASES, SOME_PARTIES
        self.workspace = workspace
        self.reader = reader
        self.incomplete = incomplete

    def case_ids(self) -> tuple[str, ...]:
        """Returns the ids of the cases, in order. Raises NotRead."""
        self._refuse(dict.fromkeys(self.workspace.listing.not_read, True))
        return self.workspace.case_ids()

    def case(self, case_id: str) -> CaseFile:
        """Returns a case. Raises UnknownCase, CannotRead, NotRead."""
        case = self.workspace.case(case_id).casefile
        self._refuse(files_not_read(case))
        return case

    def rows(self, table: TableName, case_ids: Iterable[str], made: Callable[[Any], Made]) -> Iterator[Made]:
        """Returns what is made of each row of a table, of which one case at a time is in memory. Raises NotRead."""
        return in_order(table, (row for case_id in case_ids for row in self._rows(table, case_id)), made)

    def durations(self, case_ids: Iterable[str], made: Callable[[Any], Made], *, one: bool) -> Iterator[Made]:
        """Yields what is made of the figures over cases, then of those of each; only these of `one`. Raises NotRead."""
        courses = [course for case_id in case_ids if (course := course_of_case(self.case(case_id), self.reader))]
        self._refuse(self.workspace.parties_not_read())
        over_cases = () if one else durations_over(courses)
        yield from map(made, chain(over_cases, chain.from_iterable(map(durations_in, courses))))

    def not_read(self) -> dict[str, bool]:
        """Returns the paths of all files that may be records and cannot be read; false for those read in part."""
        files = dict.fromkeys(self.workspace.not_read(), True)
        for case_id in self.workspace.case_ids():
            files |= files_not_read(self.workspace.case(case_id).casefile)
        flawed = self.workspace.parties.registry.flawed
        return self.shown(files | {file_of_party(party): False for party in sorted(flawed)})

    def shown(self, files: Mapping[str, bool]) -> dict[str, bool]:
        """Returns files by their paths from the current folder."""
        return {self.workspace.root.shown_path(file): whole for file, whole in files.items()}

    def _rows(self, table: TableName, case_id: str) -> Sequence[Any]:
        rows = tuple(EXPORTED[table].rows(self.case(case_id), self.reader))
        self._refuse(self.workspace.parties_not_read())  # parties are read when something asks for them
        return rows

    def _refuse(self, files: Mapping[str, bool]) -> None:
        if files and not self.incomplete:
            raise NotRead(
                self.shown(files),
                "`ogpcase validate`, or `problems` of the folder, says what is wrong",
                "open the folder with `incomplete=True` for what can be read",
            )
