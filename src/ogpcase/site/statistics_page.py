"""The page of statistics: pictures that also stand as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ogpcase.output.lines import before
from ogpcase.output.messages import _
from ogpcase.policy.procedures import default_procedure, procedures_of
from ogpcase.reports.requests.text import NOBODY
from ogpcase.reports.stats.rows import AskedParty, Duration, Spread, Stats
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
from ogpcase.site.pages import Drawer

Segment = tuple[float, float, str]
"""Where a part of a bar begins, its width, both per cent, and its shade."""


class DurationRow(NamedTuple):
    """A length of time in the table: its name, its median in words, what more there is to say, and its bar."""

    name: str
    figure: str
    more: list[str]
    segments: list[Segment]


class AskedRow(NamedTuple):
    """A party in the table of requests, with its bar."""

    party: str | None
    name: str
    asked: int
    counts: list[str]
    segments: list[Segment]


def statistics_page(drawer: Drawer, stats: Stats) -> tuple[str, bytes]:
    """Draws the page."""
    return drawer.draw(
        "statistics.html",
        "statistics/",
        summary=summary_of(stats.counts),
        durations=list(_durations(stats.over_cases)),
        asked=list(_asked(stats.asks)),
        groups=list(GROUPS),
        votes=stats.votes,
    )


def _durations(rows: Sequence[Duration]) -> Iterator[tuple[str, list[DurationRow]]]:
    """Yields the lengths of time of each track under their titles, on one scale."""
    longest = max((longest_of(spread) for row in rows for spread in (row.finished, row.so_far)), default=0)
    for track in dict.fromkeys(row.track for row in rows):
        opening = procedures_of(track)[-1].opening if track else default_procedure().opening
        for title, several in sections_of([row for row in rows if row.track == track], opening.name).items():
            drawn = [each for row in several for each in _duration(row, longest)]
            if drawn:
                yield f"{before(_(track.label))}{title}" if track else title, drawn


def _duration(row: Duration, longest: float) -> Iterator[DurationRow]:
    to = f" → {_(row.to.label)}" if row.to else ""
    name = f"{_(row.start.label)}{to}" if row.start else _("the whole case")
    for spread, words in ((row.finished, name), (row.so_far, _("{name}, so far", name=name))):
        if spread.count or spread.unknown:
            figure = figure_words(spread.median) if spread.median else _("not known")
            yield DurationRow(words, figure, more_words(spread) if spread.count else [], _bar(spread, longest))


def _bar(spread: Spread, longest: float) -> list[Segment]:
    """Returns the bar of a length: to its median, and from there to the longest that it may have been."""
    if spread.median is None or not longest:
        return []
    middle, end = (round(100 * number / longest, 2) for number in (spread.median.fewest, longest_of(spread)))
    return [(0, max(middle, 0.5), "g1"), (middle, round(max(end - middle, 0), 2), "g3")]


def _asked(parties: Sequence[AskedParty]) -> Iterator[tuple[str, list[AskedRow]]]:
    most = max((party.asked for party in parties), default=0)
    for sort, title in TITLES.items():
        rows = [_asked_row(party, most) for party in parties if party.sort == sort]
        if rows:
            yield _(title), rows


def _asked_row(party: AskedParty, most: int) -> AskedRow:
    segments: list[Segment] = []
    start = 0.0
    for number, count in enumerate(grouped(party).values(), start=1):
        width = round(100 * count / most, 2)
        segments += [(round(start, 2), width, f"g{number}")] if count else []
        start += width
    name = _(NOBODY) if party.party is None else party.name
    return AskedRow(party.party, name, party.asked, counts_of(party), segments)
