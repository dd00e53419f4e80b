"""The events of a case as rows that stand alone: those of its timeline, and when each was received and published."""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import FuzzyDate
from ogpcase.values import frozen
from ogpcase.views.rows import Row
from ogpcase.views.shown import Reader, Shown
from ogpcase.views.timeline import timeline_of


@frozen
class PaperRow:
    """An event of a case, and the days it was received and published as written; None where not recorded."""

    case: str
    row: Row
    received: str | None
    published: str | None


def papers_of(case: CaseFile, reader: Reader) -> tuple[PaperRow, ...]:
    """Returns the events of a case in its order, on the reader's day."""
    return tuple(
        PaperRow(case.id, row, _written(event.received), _written(event.published))
        for event, row in zip(Shown(case, reader).events(), timeline_of(case, reader).rows, strict=True)
    )


def _written(day: FuzzyDate | None) -> str | None:
    return day.text if day else None
