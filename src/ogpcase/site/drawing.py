"""What is drawn of a case, as numbers: the strip of its stages, and its events along the years.

Places are per cent of the width, so that a drawing fits every screen and its words keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.model.codelists import Kind
from ogpcase.output.bars import hue_of, shared
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.timeline.rows import Row, Timeline
from ogpcase.site.pages import Parts

_THOUSANDTHS = 1000
_MOST_YEARS = 8
"""The most years whose names stand side by side on a telephone."""


class Band(NamedTuple):
    """A stretch of a drawing that stands for a stay in a stage, in the hue of the stage."""

    start: float
    width: float
    hue: str
    span: StageSpan


def strip_of(spans: Sequence[StageSpan]) -> tuple[Band, ...]:
    """Returns the stays whose length is known side by side, each as wide as it was long, and wide enough to be seen."""
    known = [span for span in spans if span.most_days is not None]
    widths = [width * 100 / _THOUSANDTHS for width in _shares([span.most_days or 0 for span in known])]
    starts = [sum(widths[:place]) for place in range(len(widths))]
    return tuple(
        Band(round(start, 2), round(width, 2), hue_of(span.stage), span)
        for start, width, span in zip(starts, widths, known, strict=True)
    )


def _shares(days: Sequence[int]) -> list[int]:
    """Splits a thousand in proportion; each number gets at least a fiftieth."""
    least = _THOUSANDTHS // 50
    spare = shared(days, max(0, _THOUSANDTHS - least * len(days))) if sum(days) else [0] * len(days)
    return [least + each for each in spare]


def course_of(timeline: Timeline) -> Parts | None:
    """Returns the events along the years; None where no event has a day.

    Each event is a mark on the lane of its kind, from the first to the last day that it can be of.
    """
    rows = [row for row in timeline.rows if _days(row)]
    if not rows:
        return None
    first = min(_days(row)[0] for row in rows)
    last = max([*(_days(row)[1] for row in rows), *([timeline.heading.as_of] if timeline.heading.stage.open else [])])
    scale = _Scale(first, max(last, first + timedelta(days=28)))
    lanes = tuple(kind for kind in Kind if any(row.event.kind is kind for row in rows))
    marks = [{**scale.stretch(*_days(row)), "lane": lanes.index(row.event.kind), "row": row} for row in rows]
    return {"marks": marks, "years": list(_years(scale)), "lanes": lanes}


def _days(row: Row) -> tuple[date, ...]:
    """Returns the first and the last day that an event can be of; nothing where one is not known."""
    day = row.event.day
    first, last = day.earliest or day.latest, day.last or day.latest or day.earliest
    return (first, last) if first and last else ()


class _Scale(NamedTuple):
    first: date
    last: date

    def place(self, day: date) -> float:
        """Returns where a day is: 2 per cent for the first, 98 for the last."""
        return round(2 + 96 * (day - self.first).days / (self.last - self.first).days, 2)

    def stretch(self, first: date, last: date) -> Parts:
        """Returns where a stretch of days begins, and its width."""
        return {"start": self.place(first), "width": round(self.place(last) - self.place(first), 2)}


def _years(scale: _Scale) -> Iterable[Parts]:
    """Yields where each year begins, and its name where it has room."""
    years = range(scale.first.year, scale.last.year + 1)
    step = -(-len(years) // _MOST_YEARS)
    for number, year in enumerate(years):
        day = date(year, 1, 1)
        if day >= scale.first:
            yield {"start": scale.place(day), "name": str(year) if number % step == 0 else ""}
