"""A timeline as TimelineJS reads it: https://timeline.knightlab.com/docs/json-format.html, read on 2026-11-30."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ogpcase.model.dates import FuzzyDate
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.messages import _
from ogpcase.output.paragraphs import Paragraph, html_of, html_text
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.long_dates import in_long
from ogpcase.reports.timeline.paragraphs import Paragraphs, paragraphs_by_event
from ogpcase.reports.timeline.rows import Row, Timeline


def timelinejs(timeline: Timeline, on: date, paragraphs: Paragraphs | None = None) -> str:
    """Returns a case as JSON: a slide for each event with a day, an era for each stay in a stage.

    `timeline` has the texts of its rows and is of the day `on`. Events without any day are named on the first slide.
    `paragraphs` are those of its events; whoever has them already hands them over.
    """
    said = paragraphs or paragraphs_by_event(timeline)
    dated = [row for row in timeline.rows if _bounds(row) is not None]
    return dumps(
        {
            "title": _title(timeline, [row for row in timeline.rows if _bounds(row) is None], on),
            "events": [_slide(row, said[row.event.id]) for row in dated],
            "eras": list(_eras(timeline, on)),
            "scale": "human",
        }
    )


def _title(timeline: Timeline, undated: list[Row], on: date) -> Mapped:
    said = [Paragraph(_("As of {day}: {stage}", day=in_long(f"{on}"), stage=timeline.heading.stands))]
    said += [Paragraph(_("Without a day: {title}", title=row.title)) for row in undated]
    return {"text": _text(timeline.heading.title, said), "autolink": False}


def _slide(row: Row, paragraphs: Sequence[Paragraph]) -> Mapped:
    first, last = _bounds(row) or (date.min, date.min)
    slide: Mapped = {
        "unique_id": row.event.id,
        "start_date": _date(first),
        "display_date": html_text(_when(row)),
        "text": _text(row.title, paragraphs),
        "group": html_text(_(row.event.kind.label)),
        "autolink": False,
    }
    return slide if first == last else {**slide, "end_date": _date(last)}


def _when(row: Row) -> str:
    day = in_long(row.event.date_text)
    return day if row.certain else _("perhaps {day}", day=day)


def _eras(timeline: Timeline, on: date) -> Iterator[Mapped]:
    """Yields each stay in a stage whose beginning has a day; the present one lasts to the day of the timeline."""
    for span in timeline.spans:
        first, last = _first_of(span.since), _end_of(span, on)
        if first is not None and last is not None and first <= last:
            yield {"start_date": _date(first), "end_date": _date(last), "text": _text(_(span.stage.label), [])}


def _end_of(span: StageSpan, on: date) -> date | None:
    return on if span.until is None else _first_of(span.until)


def _first_of(written: str) -> date | None:
    day = FuzzyDate.parse(written)
    return day.earliest or day.latest


def _bounds(row: Row) -> tuple[date, date] | None:
    """Returns the first and the last day that an event can be of; of an open side, the one that is known."""
    first, last = row.event.day.earliest, row.event.day.latest
    known = first or last
    return None if known is None else (first or known, last or known)


def _date(day: date) -> Mapped:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(headline: str, paragraphs: Sequence[Paragraph]) -> Mapped:
    return {"headline": html_text(headline), "text": html_of(paragraphs)}
