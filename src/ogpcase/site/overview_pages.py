"""The pages over all cases: the front page, open requests, allegations, doubts, statistics.

Each case is given to `read` once. Only what these pages show of it is kept, so that no more than one is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.lines import Page
from ogpcase.output.messages import _
from ogpcase.output.words import before
from ogpcase.policy.procedures import default_procedure, procedures_of
from ogpcase.reports.cases.rows import ListedCase, sorted_cases
from ogpcase.reports.doubts.doubt import WHATS
from ogpcase.reports.doubts.rows import counts_of as doubt_counts
from ogpcase.reports.findings.rows import AllegationRow
from ogpcase.reports.findings.rows import summary_of as findings_summary
from ogpcase.reports.requests.rows import longest_first, outcome_words, repeated_words
from ogpcase.reports.requests.text import NOBODY, asker_of, days_of, due_words, line_words, name_of
from ogpcase.reports.stats.rows import AskedParty, CaseStats, Duration, Spread, Stats, case_stats, stats_over
from ogpcase.reports.stats.text import (
    GROUPS,
    TITLES,
    counts_of,
    figure_words,
    grouped,
    longest_of,
    more_words,
    sections_of,
    summary_of,
)
from ogpcase.site import linked_data
from ogpcase.site.case_pages import CaseViews, last_looked, strip_of, titled
from ogpcase.site.pages import FILTER, READ, Drawer, Parts

_WIDE = Page()
"""A page whose lines are never broken."""


class OpenRequest(NamedTuple):
    """A request to one party that is not certainly answered, in words; `order` sorts the longest open first."""

    case: str
    reference: str
    said: str
    asker: str
    party: str
    party_id: str | None
    dated: str
    due: str
    outcome: str
    words: str
    looked: str
    order: tuple[object, ...]


class Overviews:
    """The pages over all cases in one language."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer
        self._listed: list[ListedCase] = []
        self._countries: dict[str, str] = {}
        self._requests: list[OpenRequest] = []
        self._findings: list[Parts] = []
        self._doubts: list[Parts] = []
        self._stats: list[CaseStats] = []

    def read(self, case: CaseFile, reader: Reader, views: CaseViews) -> None:
        """Keeps what the pages show of a case."""
        title = views.listed.heading.title
        self._listed.append(views.listed)
        self._countries[case.id] = case.header.country if case.header else ""
        self._requests += _open_requests(views)
        found, named = views.findings, {"id": case.id, "title": title}
        rows = list(map(_allegation, found.allegations))
        self._findings.append(
            {**named, "summary": findings_summary(found), "rows": rows, "concluded": found.conclusions}
        )
        gravest = [
            (doubt, titled(doubt.reference, views.titles)) for doubt in views.doubts if doubt.bears_on == "stage"
        ]
        self._doubts.append({**named, "counts": doubt_counts(views.doubts), "gravest": gravest})
        self._stats.append(case_stats(case, reader))

    def pages(self, reader: Reader) -> Iterator[tuple[str, bytes]]:
        """Yields the pages."""
        yield self._front()
        requests = sorted(self._requests, key=lambda row: row.order)
        yield from self._drawer.draw_list(
            "requests.html",
            "requests/",
            requests,
            several=repeated_words((row.case, row.reference) for row in requests),
            outcomes=sorted({row.outcome for row in requests}),
            cases=sorted({row.case for row in requests}),
        )
        yield from self._drawer.draw_list("findings.html", "findings/", self._findings, READ)
        yield self._drawer.draw("doubts.html", "doubts/", READ, cases=self._doubts, whats=WHATS)
        yield _statistics(self._drawer, stats_over(self._stats, reader))

    def _front(self) -> tuple[str, bytes]:
        cases = sorted_cases(self._listed, "stage")
        return self._drawer.draw(
            "register.html",
            "",
            FILTER,
            cases=[(case, self._countries[case.heading.case], strip_of(case.spans)) for case in cases],
            stages=sorted({case.heading.stands for case in cases}),
            countries=sorted({country for country in self._countries.values() if country}),
            tracks=sorted({case.heading.track for case in cases}),
            linked=linked_data.register(self._drawer.site.title, self._drawer.url(""), self._drawer.language),
        )


def _open_requests(views: CaseViews) -> Iterator[OpenRequest]:
    for row in views.requests.rows:
        if row.open is not False and not row.ask.duty and row.line.outcome != "call":
            yield OpenRequest(
                case=row.case,
                reference=row.reference,
                said=row.ask.said,
                asker=asker_of(row, _WIDE),
                party=name_of(row.line),
                party_id=row.line.party_id,
                dated=row.event.date_text,
                due=due_words(row.line.term).strip(),
                outcome=outcome_words(row.line.told_outcome),
                words=f"{line_words(row.line)}{days_of(row)}",
                looked=f"{last_looked(row, views.looked) or ''}",
                order=(row.ask.at_end, *longest_first(row.line.open_for), row.case, row.reference),
            )


def _allegation(row: AllegationRow) -> Parts:
    """Returns an allegation, whether a reply to it and a finding on it are recorded, and what was found."""
    reply, finding = (
        f"{_(state.label)}{', ' + _('perhaps {stage}', stage=_(other.label)) if other else ''}"
        for state, other in ((row.reply_state, row.perhaps_reply_state), (row.finding_state, row.perhaps_finding_state))
    )
    words = {"reply": reply, "finding": finding, "found": row.findings}
    return {"reference": row.reference, "text": row.text, **words}


Segment = tuple[float, float, str]
"""Where a part of a bar begins, its width, both per cent, and its shade."""


def _statistics(drawer: Drawer, stats: Stats) -> tuple[str, bytes]:
    return drawer.draw(
        "statistics.html",
        "statistics/",
        summary=summary_of(stats.counts),
        durations=list(_durations(stats.over_cases)),
        asked=list(_asked(stats.asks)),
        groups=list(GROUPS),
        votes=stats.votes,
    )


def _durations(rows: Sequence[Duration]) -> Iterator[tuple[str, list[Parts]]]:
    """Yields the lengths of time of each track under their titles, on one scale."""
    longest = max((longest_of(spread) for row in rows for spread in (row.finished, row.so_far)), default=0)
    for track in dict.fromkeys(row.track for row in rows):
        opening = procedures_of(track)[-1].opening if track else default_procedure().opening
        for title, several in sections_of([row for row in rows if row.track == track], opening.name).items():
            drawn = [each for row in several for each in _duration(row, longest)]
            if drawn:
                yield f"{before(_(track.label))}{title}" if track else title, drawn


def _duration(row: Duration, longest: float) -> Iterator[Parts]:
    to = f" → {_(row.to.label)}" if row.to else ""
    name = f"{_(row.start.label)}{to}" if row.start else _("the whole case")
    for spread, words in ((row.finished, name), (row.so_far, _("{name}, so far", name=name))):
        if spread.count or spread.unknown:
            figure = figure_words(spread.median) if spread.median else _("not known")
            more = more_words(spread) if spread.count else []
            yield {"name": words, "figure": figure, "more": more, "segments": _bar(spread, longest)}


def _bar(spread: Spread, longest: float) -> list[Segment]:
    """Returns the bar of a length: to its median, and from there to the longest that it may have been."""
    if spread.median is None or not longest:
        return []
    middle, end = (round(100 * number / longest, 2) for number in (spread.median.fewest, longest_of(spread)))
    return [(0, max(middle, 0.5), "g1"), (middle, round(max(end - middle, 0), 2), "g3")]


def _asked(parties: Sequence[AskedParty]) -> Iterator[tuple[str, list[Parts]]]:
    most = max((party.asked for party in parties), default=0)
    for sort, title in TITLES.items():
        rows = [_asked_row(party, most) for party in parties if party.sort == sort]
        if rows:
            yield _(title), rows


def _asked_row(party: AskedParty, most: int) -> Parts:
    segments: list[Segment] = []
    start = 0.0
    for number, count in enumerate(grouped(party).values(), start=1):
        width = round(100 * count / most, 2)
        segments += [(round(start, 2), width, f"g{number}")] if count else []
        start += width
    name = _(NOBODY) if party.party is None else party.name
    counts = {"asked": party.asked, "counts": counts_of(party)}
    return {"party": party.party, "name": name, **counts, "segments": segments}
