"""Figures over cases for other programs: JSON with all of them, CSV with one table of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ogpcase.export.basics import Mapped
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.views.shown import Reader
from ogpcase.views.stats import Stats
from ogpcase.views.stats_asks import OUTCOMES, TIMINGS, AskedParty
from ogpcase.views.stats_durations import Duration
from ogpcase.views.stats_spread import Figure, Spread
from ogpcase.views.stats_votes import Vote

_SPREAD_COLUMNS = (
    "count", "minimum_fewest_days", "minimum_most_days", "median_fewest_days", "median_most_days",
    "maximum_fewest_days", "maximum_most_days", "days_certain", "unknown",
)  # fmt: skip
DURATIONS_COLUMNS = (
    "case", "track", "measure", "from", "to", *_SPREAD_COLUMNS, *(f"so_far_{name}" for name in _SPREAD_COLUMNS),
)  # fmt: skip
"""The columns of durations: a row for each measure over all cases of a track (`case` empty), then for each case."""
VOTES_COLUMNS = (
    "case", "event", "dated", "title", "by", "context", "certain", "for", "against", "abstain", "method",
)  # fmt: skip
"""The columns of votes: a row for each resolution; numbers are of votes, empty where not recorded."""
ASKS_COLUMNS = ("party", "name", "sort", "asked", *OUTCOMES, "perhaps", *TIMINGS)
"""The columns of asks: a row for each party and sort of request; numbers are of requests."""


def stats_json(stats: Stats, reader: Reader, case: str | None) -> str:
    """Returns a row for each duration, over cases first, and beside the rows the counts, votes and asks."""
    rows = [duration_row(each) for each in durations_shown(stats, case)]
    beside = {
        "policy_versions": list(stats.policy_versions),
        "counts": asdict(stats.counts),
        "votes": [vote_row(each) for each in stats.votes],
        "asks": [asked_row(each) for each in stats.asks],
    }
    return dumps({**around("stats", rows, reader, case=case), **beside})


def durations_csv(stats: Stats, case: str | None) -> str:
    """Returns the durations as CSV with a header line."""
    return table(DURATIONS_COLUMNS, map(_duration_cells, durations_shown(stats, case)))


def votes_csv(stats: Stats) -> str:
    """Returns the votes as CSV with a header line."""
    return table(VOTES_COLUMNS, map(vote_row, stats.votes))


def asks_csv(stats: Stats) -> str:
    """Returns what came back from each party as CSV with a header line."""
    return table(ASKS_COLUMNS, map(asked_row, stats.asks))


def durations_shown(stats: Stats, case: str | None) -> Sequence[Duration]:
    """Returns the durations over cases and of each; of the one case that was asked for its own alone."""
    return stats.by_case if case else (*stats.over_cases, *stats.by_case)


def duration_row(each: Duration) -> Mapped:
    """How long something took."""
    return {**_what(each), **_spread(each.finished), "so_far": _spread(each.so_far)}


def vote_row(vote: Vote) -> Mapped:
    """How a resolution was voted on."""
    return {
        "case": vote.case,
        "event": vote.event,
        "dated": vote.dated,
        "title": vote.title,
        "by": list(vote.by),
        "context": vote.context,
        "certain": vote.certain,
        "for": vote.in_favour,
        "against": vote.against,
        "abstain": vote.abstained,
        "method": vote.method,
    }


def asked_row(each: AskedParty) -> Mapped:
    """What came back from one party."""
    who = {"party": each.party, "name": each.name, "sort": each.sort, "asked": each.asked}
    return {**who, **each.outcomes, "perhaps": each.perhaps, **each.timings}


def _what(each: Duration) -> Mapped:
    return {
        "case": each.case,
        "track": each.track.label if each.track else "unknown",
        "measure": each.measure,
        "from": str(each.start) if each.start else None,
        "to": str(each.to) if each.to else None,
    }


def _spread(spread: Spread) -> Mapped:
    figures = {"minimum": spread.minimum, "median": spread.median, "maximum": spread.maximum}
    named = {f"{name}_days": _figure(figure) for name, figure in figures.items()}
    return {"count": spread.count, **named, "unknown": spread.unknown}


def _figure(figure: Figure | None) -> Mapped | None:
    return asdict(figure) if figure else None


def _duration_cells(each: Duration) -> Mapped:
    so_far = {f"so_far_{name}": value for name, value in _spread_cells(each.so_far).items()}
    return {**_what(each), **_spread_cells(each.finished), **so_far}


def _spread_cells(spread: Spread) -> Mapped:
    cells: Mapped = {"count": spread.count, "unknown": spread.unknown}
    for name, figure in (("minimum", spread.minimum), ("median", spread.median), ("maximum", spread.maximum)):
        cells[f"{name}_fewest_days"] = figure.fewest if figure else None
        cells[f"{name}_most_days"] = figure.most if figure else None
    return {**cells, "days_certain": spread.median.certain if spread.median else None}
