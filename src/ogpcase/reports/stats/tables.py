"""The moves that cases made as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, ColumnType, Table, mappings_of
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.reports.stats.rows import OUTCOMES, TIMINGS, AskedParty, Duration, Figure, MadeMove, Spread, Stats, Vote


def _spread_columns(start: str, spread: Callable[[Duration], Spread], words: Mapping[str, str]) -> Columns[Duration]:
    def figure(name: str, end: str) -> Callable[[Duration], object]:
        def value(row: Duration) -> object:
            found: Figure | None = getattr(spread(row), name)
            return getattr(found, end) if found else None

        return value

    ends = [(name, end) for name in ("minimum", "median", "maximum") for end in ("fewest", "most")]
    named = [(f"{name}_{end}_days", figure(name, end), ColumnType.NUMBER) for name, end in ends]
    values = (
        ("count", lambda row: spread(row).count, ColumnType.NUMBER),
        *named,
        ("days_certain", figure("median", "certain"), ColumnType.FLAG),
        ("unknown", lambda row: spread(row).unknown, ColumnType.NUMBER),
    )
    return tuple(Column(f"{start}{name}", words.get(name, ""), value, sort) for name, value, sort in values)


DURATIONS: Columns[Duration] = (
    Column("case", "the case's id; empty over cases", lambda row: row.case),
    Column("track", "which of OGP's procedures it is", lambda row: row.track.label if row.track else "unknown"),
    Column("measure", "`between_stages`, `in_stage` or `filing_to_end`", lambda row: row.measure),
    Column("from", "the stage it is about", lambda row: row.start),
    Column("to", "the stage that came next", lambda row: row.to),
    *_spread_columns(
        "",
        lambda row: row.finished,
        {
            "count": "how many are over and have known days",
            "minimum_fewest_days": "the shortest: the fewest days it can have been",
            "minimum_most_days": "the most",
            "median_fewest_days": "the middle: the fewest days it can be",
            "median_most_days": "the most",
            "maximum_fewest_days": "the longest: the fewest days it can have been",
            "maximum_most_days": "the most; empty where nothing bounds it",
            "days_certain": "whether all the dates behind it are exact",
            "unknown": "how many are over, of which the days are not known",
        },
    ),
    *_spread_columns(
        "so_far_", lambda row: row.so_far, {"count": "how many still go on and have known days; so the rest"}
    ),
)
"""A row for each measure over all cases of a track (`case` empty), then for each case."""
VOTES: Columns[Vote] = (
    Column("case", "the case's id", lambda vote: vote.case),
    Column("event", "the resolution", lambda vote: vote.event),
    Column("dated", "its date, as written", lambda vote: vote.dated),
    Column("title", "its title", lambda vote: vote.title),
    Column("by", "who decided", lambda vote: vote.by, ColumnType.TEXTS),
    Column("context", "whether it is background", lambda vote: vote.context, ColumnType.FLAG),
    Column("certain", "whether it has certainly happened", lambda vote: vote.certain, ColumnType.FLAG),
    Column("for", "votes for it; empty where not recorded", lambda vote: vote.in_favour, ColumnType.NUMBER),
    Column("against", "votes against it", lambda vote: vote.against, ColumnType.NUMBER),
    Column("abstain", "abstentions", lambda vote: vote.abstained, ColumnType.NUMBER),
    Column("method", "how the vote was taken", lambda vote: vote.method),
)
"""A row for each resolution."""
_COUNTED = {
    "met": "what came back, where that is certain; so the others",
    "silent": "a source attests that nothing came",
    "unanswered": "nothing is recorded",
    "unknown": "it was looked for, and the sources are silent",
    "withheld": "this public copy leaves out what came back",
    "on_time": "those in time",
    "late": "those certainly late",
    "possibly_late": "those that may be late",
    "due_passed": "those of which the last day is over and nothing is recorded",
}


def _counted(name: str, counts: Callable[[AskedParty], Mapping[str, int]]) -> Column[AskedParty]:
    return Column(name, _COUNTED.get(name, ""), lambda row: counts(row)[name], ColumnType.NUMBER)


ASKS: Columns[AskedParty] = (
    Column("party", "the party's id; empty for what was asked of nobody by name", lambda row: row.party),
    Column("name", "its name", lambda row: row.name),
    Column("sort", "`request`, `duty` or `context`", lambda row: row.sort),
    Column("asked", "all of them", lambda row: row.asked, ColumnType.NUMBER),
    *(_counted(name, lambda row: row.outcomes) for name in OUTCOMES),
    Column(
        "perhaps",
        "those of which the request, or what came back, has only possibly happened",
        lambda row: row.perhaps,
        ColumnType.NUMBER,
    ),
    *(_counted(name, lambda row: row.timings) for name in TIMINGS),
)
"""A row for each party and sort of request; numbers are of requests."""


def stats_json(stats: Stats, reader: Reader, case: str | None) -> str:
    """Returns a row for each duration, over cases first, and beside the rows the counts, votes and asks."""
    rows = [duration_row(each) for each in durations_shown(stats, case)]
    beside = {
        "policy_versions": list(stats.policy_versions),
        "counts": stats.counts._asdict(),
        "votes": mappings_of(Table("votes", VOTES, stats.votes)),
        "asks": mappings_of(Table("asks", ASKS, stats.asks)),
    }
    return dumps({**around("stats", rows, reader, case=case), **beside})


def table_of(stats: Stats, name: str, case: str | None) -> Table[Any]:
    """Returns the table of this name: `durations`, `votes` or `asks`."""
    tables: dict[str, Table[Any]] = {
        "durations": Table("durations", DURATIONS, durations_shown(stats, case)),
        "votes": Table("votes", VOTES, stats.votes),
        "asks": Table("asks", ASKS, stats.asks),
    }
    return tables[name]


def durations_shown(stats: Stats, case: str | None) -> Sequence[Duration]:
    """Returns the durations over cases and of each; of the one case that was asked for its own alone."""
    return stats.by_case if case else (*stats.over_cases, *stats.by_case)


def duration_row(each: Duration) -> Mapped:
    """How long something took."""
    return {**_what(each), **_spread(each.finished), "so_far": _spread(each.so_far)}


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
    return figure._asdict() if figure else None


MOVES: Columns[MadeMove] = (
    Column("case", "the case's id", lambda move: move.case),
    Column("event", "the event that makes the move", lambda move: move.event),
    Column("dated", "its date, as written", lambda move: move.dated),
    Column("from", "the stage before", lambda move: move.start),
    Column("to", "the stage after; the same for an extension", lambda move: move.to),
    Column(
        "certain",
        "whether the move has certainly been made; a move without a date never has",
        lambda move: move.certain,
        ColumnType.FLAG,
    ),
    Column("decided_by", "who acts in the event", lambda move: move.decided_by, ColumnType.TEXTS),
    Column("basis", "the clause that the event cites", lambda move: move.basis),
    Column("policy_version", "the version of the policy it is judged by", lambda move: move.policy_version),
    Column(
        "policy_row",
        "the row of `ogpcase policy` that it follows; empty where there is none, or the event cites another clause",
        lambda move: move.row,
    ),
    Column("clause", "the clause of that row", lambda move: move.clause),
    Column("evidence", "how well that row is known", lambda move: move.evidence),
    Column(
        "days_in_from_stage",
        "days since the first entry into the stage before; empty where nobody can know",
        lambda move: move.days,
        ColumnType.DAYS,
    ),
)
"""A row for each stage that an event leads to, in the order of the case."""
