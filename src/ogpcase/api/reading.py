"""What folders and cases read, for one reader; what cannot be read is never left out unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ogpcase.errors import NotRead
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, file_of_party
from ogpcase.reports.stats.rows import case_stats, stats_over
from ogpcase.reports.tables import TableName, rows_of_table
from ogpcase.workspace.opening import Workspace, files_not_read

_FEW_CASES = 2
"""Loaded cases that are kept in memory: the one in use, and one that it refers to."""


class Reading:
    """An opened folder, the reader, and whether a folder that cannot be read as a whole is read in part."""

    def __init__(self, workspace: Workspace, reader: Reader, *, incomplete: bool) -> None:
        workspace.known_by = reader.known_by
        workspace.most_cases = _FEW_CASES
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

    def rows(self, table: TableName, case_ids: Iterable[str]) -> Iterator[Any]:
        """Yields the rows of a table over cases, one case at a time. Raises NotRead."""
        for case_id in case_ids:
            yield from self._rows(table, [self.case(case_id)])

    def requests(self, case_ids: Iterable[str]) -> Sequence[Any]:
        """Returns the rows of the requests of cases, which have one order over all of them. Raises NotRead."""
        return self._rows("requests", [self.case(case_id) for case_id in case_ids])

    def durations(self, case_ids: Iterable[str], *, one: bool) -> Sequence[Any]:
        """Returns the figures over cases, or those of the `one` case that there is. Raises NotRead."""
        counted = [case_stats(self.case(case_id), self.reader) for case_id in case_ids]
        stats = stats_over(counted, self.reader, one=one)
        self._refuse(self.workspace.parties_not_read())
        return (*stats.over_cases, *stats.by_case)

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

    def _rows(self, table: TableName, cases: Sequence[CaseFile]) -> Sequence[Any]:
        rows = tuple(rows_of_table(table, cases, self.reader))
        self._refuse(self.workspace.parties_not_read())  # parties are read when something asks for them
        return rows

    def _refuse(self, files: Mapping[str, bool]) -> None:
        if files and not self.incomplete:
            raise NotRead(
                self.shown(files),
                "`ogpcase validate`, or `problems` of the folder, says what is wrong",
                "open the folder with `incomplete=True` for what can be read",
            )
