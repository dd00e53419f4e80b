"""The tables that a folder and a case have alike."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from ogpcase.api.reading import Reading
from ogpcase.api.rows import DurationRow, EventRow, FindingRow, MoveRow, RequestRow, SourceRow
from ogpcase.api.table import Table
from ogpcase.reports.tables import TableName


class Tables(ABC):
    """The tables over one case or several; each is computed when its rows are iterated."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def events(self) -> Table[EventRow]:
        """A row for each event, in the order of its case."""
        return self._over_cases("events")

    @property
    def requests(self) -> Table[RequestRow]:
        """What was asked and what came back: a row for each request to a party, the longest open first."""
        return self._over_cases("requests")

    @property
    def findings(self) -> Table[FindingRow]:
        """What was alleged, replied and found: a row for each finding on each allegation."""
        return self._over_cases("findings")

    @property
    def moves(self) -> Table[MoveRow]:
        """A row for each stage that an event leads to, in the order of its case."""
        return self._over_cases("moves")

    @property
    def sources(self) -> Table[SourceRow]:
        """A row for each text that facts were read in, first those on which most events rest."""
        return self._over_cases("sources")

    @property
    def durations(self) -> Table[DurationRow]:
        """Days between stages, in stages and in all; of a folder also the figures over all cases of a track."""
        return Table("durations", lambda made: self._reading.durations(self._ids(), made, one=self._is_one))

    def _over_cases(self, name: TableName) -> Table[Any]:
        return Table(name, lambda made: self._reading.rows(name, self._ids(), made))

    @property
    @abstractmethod
    def _is_one(self) -> bool:
        """True of a single case."""

    @abstractmethod
    def _ids(self) -> tuple[str, ...]:
        """Returns the ids of the cases. Raises NotRead."""
