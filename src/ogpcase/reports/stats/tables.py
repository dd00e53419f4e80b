"""Figures over cases, votes, what came back from whom, and the moves that cases made, for other programs."""

from __future__ import annotations

from typing import Any

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Table, Type, many, maybe, through
from ogpcase.reports.stats.rows import (
    OUTCOMES,
    TIMINGS,
    AskedParty,
    CaseCounts,
    Duration,
    MadeMove,
    Spread,
    Stats,
    Vote,
)

SPREAD: Shape[Spread] = Shape(
    "spread",
    Column("count", "how many have known days; a case may have several", Type.NUMBER),
    Column("minimum_days", "the shortest; null where none is known", maybe(DAYS), "minimum"),
    Column("median_days", "the one in the middle", maybe(DAYS), "median"),
    Column("maximum_days", "the longest", maybe(DAYS), "maximum"),
    Column(
        "days_certain",
        "whether all the dates behind them are exact",
        maybe(Type.FLAG),
        lambda spread: spread.median and spread.median.certain,
        only=Only.CELLS,
    ),
    Column("unknown", "of how many the days are not known", Type.NUMBER),
)
DURATIONS: Columns[Duration] = (
    Column("case", "the case's id; null over cases", maybe(Type.TEXT)),
    Column(
        "track",
        "which of OGP's procedures it is; `unknown` where the header cannot be read",
        Type.TEXT,
        lambda row: row.track.label if row.track else "unknown",
    ),
    Column(
        "measure",
        "`between_stages`, from the entry into `from` to that into `to`; `in_stage`, the stays in `from`, wherever "
        "they led; or `filing_to_end`",
    ),
    Column("from", "the stage; null for `filing_to_end`", maybe(Type.TEXT), "start"),
    Column("to", "the stage that came next; null for the other measures", maybe(Type.TEXT)),
    *through(SPREAD.columns, "finished"),
    Column("so_far", "the same of what still goes on, up to `as_of`", SPREAD),
)
"""A row for each measure over all cases of a track (`case` null), then for each case."""
VOTES: Shape[Vote] = Shape(
    "vote",
    Column("case", "the case's id"),
    Column("event", "the resolution", Type.TEXT, "event.id"),
    Column("dated", "its date", Type.DATE, "event.dated.text"),
    Column("title", "its title"),
    Column("by", "who decided", Type.TEXTS),
    Column("context", "background, never a step", Type.FLAG, "event.context"),
    Column("certain", "whether it has certainly happened by `as_of`", Type.FLAG),
    Column("for", "votes for it", maybe(Type.NUMBER), "votes.for_"),
    Column("against", "votes against it", maybe(Type.NUMBER), "votes.against"),
    Column("abstain", "abstentions", maybe(Type.NUMBER), "votes.abstain"),
    Column("method", "how the vote was taken", maybe(Type.TEXT), "votes.method"),
)
"""A row for each resolution."""
_COUNTED = {
    "met": "those certainly met",
    "partly_met": "those certainly met in part",
    "refused": "those certainly refused",
    "acknowledged": "those of which no more came back than that they were received",
    "overtaken": "those that events overtook",
    "silent": "those of which a source attests that nothing came",
    "unanswered": "those of which nothing is recorded",
    "unknown": "those looked for in vain: the sources do not say",
    "withheld": "those whose answer this public copy leaves out",
    "not_read": "those of which a record that cannot be read may tell an answer",
    "on_time": "of the certain ones, those in time",
    "late": "those certainly late, a silence attested after the last day among them",
    "possibly_late": "those that may be late",
    "due_passed": "those of which the last day is over and nothing is recorded",
}


def _counted(name: str) -> Column[AskedParty]:
    return Column(name, _COUNTED[name], Type.NUMBER, lambda row: {**row.outcomes, **row.timings}[name])


ASKS: Shape[AskedParty] = Shape(
    "asked party",
    Column("party", "the party's id; null for what was asked of nobody by name", maybe(Type.TEXT)),
    Column("name", "its name"),
    Column("sort", "`request`, `duty` where the policy asks, or `context` for requests of background papers"),
    Column("asked", "all of them", Type.NUMBER),
    *map(_counted, OUTCOMES),
    Column("perhaps", "those of which the request, or what came back, has only possibly happened", Type.NUMBER),
    *map(_counted, TIMINGS),
    plural="parties asked",
)
"""A row for each party and sort of request; numbers are of requests."""
CASE_COUNTS: Shape[CaseCounts] = Shape(
    "case counts",
    Column("cases", "all of them", Type.NUMBER),
    Column("ended", "in a stage that ends a case", Type.NUMBER),
    Column("open", "filed and not ended", Type.NUMBER),
    Column("not_filed", "not filed yet", Type.NUMBER),
    Column("without_stages", "on a track whose moves are not known here", Type.NUMBER),
    Column("not_read", "of which a record that cannot be read may move the case", Type.NUMBER),
)
STATS: Answer[Stats, Duration] = Answer(
    "stats",
    DURATIONS,
    lambda stats: (*stats.over_cases, *stats.by_case),
    beside=(
        Column("counts", "how many cases there are", CASE_COUNTS),
        Column("votes", "one for each resolution", many(VOTES)),
        Column("asks", "one for each party and sort of request", many(ASKS)),
    ),
    versions=lambda stats: stats.policy_versions,
)


def table_of(stats: Stats, name: str) -> Table[Any]:
    """Returns the table of this name: `durations`, `votes` or `asks`."""
    if name == "votes":
        return Table(name, VOTES.columns, stats.votes)
    return Table(name, ASKS.columns, stats.asks) if name == "asks" else STATS.table(stats)


MOVES: Columns[MadeMove] = (
    Column("case", "the case's id"),
    Column("event", "the event that makes the move", Type.TEXT, "step.event.id"),
    Column("dated", "its date", Type.DATE, "step.event.dated.text"),
    Column("from", "the stage before", Type.TEXT, "step.start"),
    Column("to", "the stage after; the same for an extension", Type.TEXT, "step.end"),
    Column(
        "certain",
        "whether the move has certainly been made; a move without a date never has",
        Type.FLAG,
        "step.certain",
    ),
    Column("decided_by", "who acts in the event", Type.TEXTS),
    Column("basis", "the clause that the event cites", maybe(Type.TEXT), "step.basis"),
    Column("policy_version", "the version of the policy it is judged by", maybe(Type.TEXT)),
    Column(
        "policy_row",
        "the row of `ogpcase policy` that it follows; null where none, or on another clause",
        maybe(Type.TEXT),
        lambda move: move.row and move.row.id,
    ),
    Column("clause", "the clause of that row", maybe(Type.TEXT), lambda move: move.row and move.row.clause),
    Column("evidence", "how well that row is known", maybe(Type.TEXT), lambda move: move.row and move.row.evidence),
    Column("days_in_from_stage", "since the first entry into the stage before", maybe(DAYS), "days"),
)
"""A row for each stage that an event leads to, in the order of the case."""
