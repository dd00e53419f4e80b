"""The pages of one case: the case itself, and how it stood on each day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.procedures import procedure_of
from ogpcase.reports.doubts.rows import doubts_of
from ogpcase.reports.doubts.text import SECTIONS
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.rows import summary_of as findings_summary
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.requests.rows import folded_words, requests_of
from ogpcase.reports.requests.text import groups_of
from ogpcase.reports.requests.text import summary_of as requests_summary
from ogpcase.reports.shown import for_words
from ogpcase.reports.sources.rows import sources_in
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.timeline.folding import entries_of
from ogpcase.reports.timeline.phrases import phrases_of
from ogpcase.reports.timeline.rows import Row, Timeline, timeline_of, without_duties
from ogpcase.site import linked_data
from ogpcase.site.addresses import of_case, of_procedure
from ogpcase.site.drawing import course_of, strip_of
from ogpcase.site.pages import Drawer

Parts = dict[str, Any]
"""What a template is given of a row, by name."""


class ShownEntry(NamedTuple):
    """Events of a timeline that stand together, and the stay in a stage that begins above them."""

    sort: str
    rows: tuple[Parts, ...]
    heading: StageSpan | None

    @property
    def folded(self) -> bool:
        """True if the events are shown only when somebody asks for them."""
        return self.sort != "event"


def case_page(drawer: Drawer, case: CaseFile, reader: Reader) -> tuple[str, bytes]:
    """Draws the page of a case."""
    timeline = without_duties(timeline_of(case, reader))
    heading, table = timeline.heading, procedure_of(case)
    requests = requests_of([case], reader)
    findings, doubts = findings_of(case, reader, case.beside), doubts_of(case, reader).doubts
    titles = {row.event.id: row.title for row in timeline.rows}
    address = of_case(case.id)
    return drawer.draw(
        "case.html",
        address,
        timeline=timeline,
        bands=strip_of(timeline.spans),
        course=course_of(timeline),
        entries=list(_entries(timeline)),
        latest=status_of(case, reader).latest,
        looked=last_read(case, reader.on),
        procedure=of_procedure(table.name) if case.header else "",
        requests=list(groups_of([row for row in requests.rows if not row.ask.duty])),
        requests_summary=requests_summary(requests),
        duties=folded_words(row.open for row in requests.rows if row.ask.duty).partition("; --duties")[0],
        findings=findings,
        findings_summary=findings_summary(findings),
        doubts=doubts,
        doubt_groups=[
            (SECTIONS[bears_on], [(doubt, titled(doubt.reference, titles)) for doubt in several])
            for bears_on, several in groupby(doubts, lambda doubt: doubt.bears_on)
        ],
        sources=[row for sources in sources_in([case], reader) for row in sources.rows],
        files=(),
        linked=linked_data.case(heading, drawer.url(address), drawer.language),
    )


def last_read(case: CaseFile, on: date) -> date | None:
    """Returns the last day up to `on` on which somebody read a source of the case; None where none is recorded."""
    read = (source.retrieved for source, _, _ in case.each_source() if source.retrieved)
    days = [day.latest for day in read if day.latest and day.latest <= on]
    return max(days, default=None)


def _entries(timeline: Timeline) -> Iterator[ShownEntry]:
    stays = 0
    for entry in entries_of(timeline):
        now = entry.rows[0].stays
        span = timeline.spans[now - 1] if now > stays else None
        stays = max(stays, now)
        yield ShownEntry(entry.sort, tuple(_event(row, entered=span is not None) for row in entry.rows), span)


def _event(row: Row, *, entered: bool) -> Parts:
    """Returns an event of a timeline: who acts towards whom, and what it did, in phrases."""
    who = _names(row.actors) + for_words(row.on_behalf_of)
    to = f" → {_names(row.addressees)}" if row.addressees else ""
    marks = [f"{who}{to}", "perhaps" if not row.certain else "", "a departure" if row.event.departs else ""]
    return {
        "row": row,
        "about": [mark for mark in marks if mark],
        "phrases": phrases_of(row, [ask for ask in row.asks if not ask.duty], entered=entered),
    }


_FEW = 3


def _names(names: Sequence[str]) -> str:
    few = ", ".join("not named" if name == "unknown" else name for name in names[:_FEW])
    return f"{few} and {len(names) - _FEW} more" if len(names) > _FEW else few


def titled(reference: str, titles: Mapping[str, str]) -> str:
    """Returns what a page calls the record that a reference names: its title, and the item."""
    name, _, item = reference.partition("#")
    return f"{titles.get(name, name)}{f' ({item})' if item else ''}"
