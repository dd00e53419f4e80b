"""The pages of one case: the case itself, with its stages and events drawn, and how it stood on each day.

Places in a drawing are per cent of the width, so that it fits every screen and its words keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.bars import hue_of, shared
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import procedure_of
from ogpcase.reports.cases.rows import ListedCase, listed_case
from ogpcase.reports.changes.versions import published_runs
from ogpcase.reports.doubts.doubt import Doubt
from ogpcase.reports.doubts.rows import counts_of, doubts_of
from ogpcase.reports.doubts.text import SECTIONS
from ogpcase.reports.findings.rows import Findings, findings_of
from ogpcase.reports.findings.rows import summary_of as findings_summary
from ogpcase.reports.findings.tables import finding_rows
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.requests.rows import Asked, Requests, folded_words, repeated_words, requests_of
from ogpcase.reports.requests.text import groups_of, name_of
from ogpcase.reports.requests.text import summary_of as requests_summary
from ogpcase.reports.shown import Said, Shown, for_words
from ogpcase.reports.sources.rows import SourceRow, sources_of
from ogpcase.reports.stats.rows import MadeMove, moves_of
from ogpcase.reports.tables import TableName
from ogpcase.reports.timeline.entry_text import entries_of
from ogpcase.reports.timeline.phrases import phrases_of
from ogpcase.reports.timeline.rows import OpenAsks, PaperRow, Row, Timeline, timeline_of, without_duties
from ogpcase.site import linked_data
from ogpcase.site.pages import FILTER, Drawer, Parts, of_case, of_days, of_procedure
from ogpcase.workspace.published import Published

FILES = (
    ("feed.xml", marked("What is new in this case, for a feed reader (Atom)")),
    ("calendar.ics", marked("Terms that run, for a calendar (iCalendar)")),
    ("timeline.json", marked("The timeline, for TimelineJS (JSON)")),
)
"""The files beside the page of a case, with what each is."""


class CaseViews(NamedTuple):
    """All that is shown of a case: what each question about it gives, and the last day a source of it was read."""

    timeline: Timeline
    papers: tuple[PaperRow, ...]
    moves: tuple[MadeMove, ...]
    requests: Requests
    findings: Findings
    doubts: tuple[Doubt, ...]
    sources: tuple[SourceRow, ...]
    listed: ListedCase
    looked: date | None

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of the events, by their ids."""
        return {row.event.id: row.title for row in self.timeline.rows}

    @property
    def tables(self) -> Mapping[TableName, Iterable[Any]]:
        """The rows of the tables that readers take away."""
        return {
            "cases": [self.listed],
            "events": self.papers,
            "requests": self.requests.rows,
            "findings": finding_rows(self.findings),
            "moves": self.moves,
            "sources": self.sources,
        }

    @property
    def latest(self) -> Row | None:
        """The last event that has certainly happened; without one, the last that has perhaps."""
        rows = [row for row in self.timeline.rows if row.certain] or self.timeline.rows
        return rows[-1] if rows else None


def rows_of(case: CaseFile, reader: Reader) -> CaseViews:
    """Returns the views of a case on the reader's day."""
    timeline = timeline_of(case, reader)
    return CaseViews(
        timeline=without_duties(timeline),
        papers=tuple(PaperRow(case.id, row) for row in timeline.rows),
        moves=moves_of(case, reader),
        requests=requests_of([case], reader),
        findings=findings_of(case, reader),
        doubts=doubts_of(case, reader).doubts,
        sources=sources_of(case, reader).rows,
        listed=listed_case(case, reader),
        looked=last_read(case, reader.on),
    )


def case_page(drawer: Drawer, case: CaseFile, views: CaseViews) -> tuple[str, bytes]:
    """Draws the page of a case."""
    timeline, heading, address = views.timeline, views.timeline.heading, of_case(case.id)
    asked = [row for row in views.requests.rows if not row.ask.duty]
    requests = list(_groups(asked))
    duties = folded_words(row.open for row in views.requests.rows if row.ask.duty)
    return drawer.draw(
        "case.html",
        address,
        views=views,
        timeline=timeline,
        bands=strip_of(timeline.spans),
        course=course_of(timeline),
        entries=list(_entries(timeline)),
        procedure=of_procedure(procedure_of(case).name) if case.header else "",
        requests=requests,
        open_requests=sorted((group for group in requests if group["open"]), key=lambda group: -group["open"]),
        requests_summary=requests_summary(views.requests),
        several=repeated_words((row.case, row.reference) for row in asked),
        duties=duties.partition("; --duties")[0],
        findings_summary=findings_summary(views.findings),
        doubt_groups=[
            (SECTIONS[bears_on], [(doubt, titled(doubt.reference, views.titles)) for doubt in several])
            for bears_on, several in groupby(views.doubts, lambda doubt: doubt.bears_on)
        ],
        doubt_counts=[(what, number) for what, number in counts_of(views.doubts).items() if number],
        ended=views.findings.ended,
        titles={**views.titles, **{row.reference: row.text for row in views.findings.allegations}},
        last_looked=partial(last_looked, read=views.looked),
        files=FILES,
        linked=linked_data.case(heading, drawer.url(address), drawer.language),
    )


def last_read(case: CaseFile, on: date) -> date | None:
    """Returns the last day up to `on` on which somebody read a source of the case; None where no day is recorded.

    A month or a year is no day: which of its days it was is not known.
    """
    read = (source.retrieved for source, *_where in case.each_source() if source.retrieved)
    days = [day.latest for day in read if day.exact and day.latest and day.latest <= on]
    return max(days, default=None)


def _groups(asked: Sequence[Asked]) -> Iterator[Parts]:
    """Yields the requests to one party of which the same has become; `perhaps` where they are not certainly open."""
    for number, (heading, rows) in enumerate(groups_of(asked), 1):
        still_open = [row for row in rows if row.open is not False and row.line.outcome != "call"]
        perhaps = any(row.open is None for row in still_open)
        yield {
            "anchor": f"asked-{number}",
            "heading": heading,
            "name": name_of(rows[0].line),
            "open": len(still_open),
            "perhaps": perhaps,
            "rows": rows,
        }


def _entries(timeline: Timeline) -> Iterator[Parts]:
    """Yields the events that stand together, and the stay in a stage that begins above them."""
    stays = 0
    for entry in entries_of(timeline):
        now = entry.rows[0].stays
        span = timeline.spans[now - 1] if now > stays else None
        stays = max(stays, now)
        events = [_event(row, entered=span is not None) for row in entry.rows]
        yield {"sort": entry.sort, "folded": entry.sort != "event", "rows": events, "heading": span}


def _event(row: Row, *, entered: bool) -> Parts:
    """Returns an event of a timeline: who acts towards whom, and what it did, in phrases."""
    who = _names(row.actors) + for_words(row.on_behalf_of)
    to = f" → {_names(row.addressees)}" if row.addressees else ""
    marks = [f"{who}{to}", _("perhaps") if not row.certain else "", _("a departure") if row.event.departs else ""]
    return {
        "row": row,
        "about": [mark for mark in marks if mark],
        "phrases": phrases_of(row, [ask for ask in row.asks if not ask.duty], entered=entered),
    }


_FEW = 3


def _names(names: Sequence[str]) -> str:
    few = ", ".join(_("not named") if name == UNKNOWN else name for name in names[:_FEW])
    more = len(names) - _FEW
    return ngettext("{first} and {number} more", "{first} and {number} more", more, first=few) if more > 0 else few


def titled(reference: str, titles: Mapping[str, str]) -> str:
    """Returns what a page calls the record that a reference names: its title, and the item."""
    name, mark, item = reference.partition("#")
    title = titles.get(name, name)
    if not mark:
        return title
    said = f"{title} ({item})"
    return Said.of(said, title.language) if isinstance(title, Said) else said


def last_looked(row: Asked, read: date | None) -> date | None:
    """Returns the day on which an answer was last looked for: the day on which sources were read, if after the request.

    None where that is not known, and where something came back.
    """
    asked = row.event.day.latest
    return read if read and asked and asked < read and row.line.outcome == "unanswered" else None


def days_page(
    drawer: Drawer, case: CaseFile, reader: Reader, views: CaseViews, published: Published
) -> tuple[str, bytes]:
    """Draws the page of the days of a case."""
    rows = views.timeline.rows
    return drawer.draw(
        "days.html",
        of_days(case.id),
        FILTER,
        heading=views.timeline.heading,
        days=list(_changed_days(case, reader, rows, published)),
        published=published_runs(Shown(case, reader), published),
    )


def _changed_days(case: CaseFile, reader: Reader, rows: Sequence[Row], published: Published) -> Iterator[Parts]:
    """Yields each day up to the reader's on which an event has begun to be possible or certain, by today's records.

    `told` is the day since when the register tells of it, where that is a later day than that of the first copy.
    """
    changes: dict[date, list[Parts]] = {}
    for row in rows:
        told = published.since(case.id, row.event)
        later = told if told and told > published.days[0].day else None
        for day, change in _changes(row):
            if day <= reader.on:
                changes.setdefault(day, []).append(change | {"told": later})
    for day, several in sorted(changes.items()):
        stood = standing(case, reader._replace(on=day).moment)
        happened = [row for row in rows if row.event.day.latest and row.event.day.latest <= day]
        open_asks = happened[-1].open_asks if happened else OpenAsks(0, 0)
        yield {"day": day, "open_asks": open_asks, "changes": several, "stage": stood.stage, "perhaps": stood.perhaps}


def _changes(row: Row) -> Iterator[tuple[date, Parts]]:
    """Yields the days on which an event began to be possible and to be certain; one day where they are the same."""
    first, last = row.event.day.earliest, row.event.day.latest
    named = {"event": row.event.id, "title": row.title}
    if first and first != last:
        yield first, named | {"perhaps": True, "sure_now": False}
    if last:
        yield last, named | {"perhaps": False, "sure_now": first != last}


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
