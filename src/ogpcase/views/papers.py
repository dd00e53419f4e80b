"""The events of a case as rows that stand alone: those of its timeline, and when each was received and published."""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
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
    """Returns the events of a case in its order, those that the reader may see on the reader's day."""
    shown = Shown(case, reader)
    there = [event for event in shown.case.events if reader.moment.possible(event) and not shown.hides(event)]
    rows = timeline_of(case, reader).rows
    return tuple(_paper(shown, event, row) for event, row in zip(there, rows, strict=True))


def _paper(shown: Shown, event: Event, row: Row) -> PaperRow:
    received, published = (_day(shown, event, name) for name in ("received", "published"))
    return PaperRow(shown.safe_id(shown.case.id), row, received, published)


def _day(shown: Shown, event: Event, name: str) -> str | None:
    day = getattr(event, name)
    return None if day is None or shown.withholding(event).covers_field(name) else str(day)
