"""Which rows of a timeline a view at a glance folds: events of the background, and papers that change nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from ogpcase.reports.timeline.phrases import phrases_of
from ogpcase.reports.timeline.rows import Row, Timeline

SHORT = 12
"""The most events of a timeline that folds no papers: at two lines each they are a screen."""

Sort = Literal["event", "context", "papers"]
SORTS: tuple[Sort, ...] = get_args(Sort)


class Entry(NamedTuple):
    """Rows that stand together, in their order: one event, or several events of the background, or several papers."""

    sort: Sort
    rows: tuple[Row, ...]


def entries_of(timeline: Timeline) -> tuple[Entry, ...]:
    """Returns the entries of a timeline; every row is in one, and none holds rows of two stays."""
    fold_papers = len(timeline.rows) > SHORT
    entries: list[Entry] = []
    for row in timeline.rows:
        sort = _sort(row, fold_papers=fold_papers, fold_context=not timeline.context)
        last = entries[-1] if entries else None
        if last and sort == last.sort != "event" and _stand_together(last.rows[-1], row):
            entries[-1] = last._replace(rows=(*last.rows, row))
        else:
            entries.append(Entry(sort, (row,)))
    return tuple(entries)


def _stand_together(one: Row, other: Row) -> bool:
    """True if no heading stands between two rows."""
    return one.stays == other.stays and (one.event.day.form == "unknown") == (other.event.day.form == "unknown")


def _sort(row: Row, *, fold_papers: bool, fold_context: bool) -> Sort:
    """Returns how a row stands: what only may have happened, and what a note is on, is never folded as a paper."""
    if row.event.context:
        return "context" if fold_context and row.certain else "event"
    plain = row.certain and not row.notes and not phrases_of(row, row.asks)
    return "papers" if fold_papers and plain else "event"
