"""The tables that a folder and a case have alike."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ogpcase.api.reading import Reading
from ogpcase.api.rows import DurationRow, EventRow, FindingRow, MoveRow, RequestRow, SourceRow
from ogpcase.api.table import Table


class Tables(ABC):
    """The tables over one case or several; each is computed when its rows are iterated."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def events(self) -> Table[EventRow]:
        """A row for each event, in the order of its case."""
        return Table("events", lambda: self._reading.rows("events", self._ids()))

    @property
    def requests(self) -> Table[RequestRow]:
        """What was asked and what came back: a row for each request to a party, the longest open first."""
        return Table("requests", lambda: self._reading.requests(self._ids()))

    @property
    def findings(self) -> Table[FindingRow]:
        """What was alleged, replied and found: a row for each finding on each allegation."""
        return Table("findings", lambda: self._reading.rows("findings", self._ids()))

    @property
    def moves(self) -> Table[MoveRow]:
        """A row for each stage that an event leads to, in the order of its case."""
        return Table("moves", lambda: self._reading.rows("moves", self._ids()))

    @property
    def sources(self) -> Table[SourceRow]:
        """A row for each text that facts were read in, first those on which most events rest."""
        return Table("sources", lambda: self._reading.rows("sources", self._ids()))

    @property
    def durations(self) -> Table[DurationRow]:
        """Days between stages, in stages and in all; of a folder also the figures over all cases of a track."""
        return Table("durations", lambda: self._reading.durations(self._ids(), one=self._is_one))

    @property
    @abstractmethod
    def _is_one(self) -> bool:
        """True of a single case."""

    @abstractmethod
    def _ids(self) -> tuple[str, ...]:
        """Returns the ids of the cases. Raises NotRead."""
