"""Figures over cases, votes, what came back from whom, and the moves that cases made, for other programs."""

from typing import Any

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Table, Type, many, maybe, through
from ogpcase.reports.shown import ids_of
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
    Column("count", "number of measured lengths of time; a case may have several", Type.NUMBER),
    Column("minimum_days", "the shortest length; null where none is known", maybe(DAYS), "minimum"),
    Column("median_days", "the median length", maybe(DAYS), "median"),
    Column("maximum_days", "the longest length", maybe(DAYS), "maximum"),
    Column(
        "days_certain",
        "whether the dates behind these figures are exact",
        maybe(Type.FLAG),
        lambda spread: spread.median and all(each.certain for each in spread.figures),
        only=Only.CELLS,
    ),
    Column("unknown", "number of lengths that are not known", Type.NUMBER),
    about="The shortest, the middle and the longest of several lengths of time, in days.",
)
DURATIONS: Columns[Duration] = (
    Column("case", "the case's id; null for the figures over all cases", maybe(Type.TEXT)),
    Column(
        "track",
        "the OGP procedure; `unknown` where the header cannot be read",
        Type.TEXT,
        lambda row: row.track.label if row.track else "unknown",
    ),
    Column(
        "measure",
        "`between_stages` (from the entry into `from` to the entry into `to`), `in_stage` (the stays in `from`, "
        "whatever came next) or `filing_to_end`",
    ),
    Column("from", "the stage; null for `filing_to_end`", maybe(Type.TEXT), "start"),
    Column("to", "the next stage, for `between_stages`; otherwise null", maybe(Type.TEXT)),
    *through(SPREAD.columns, "finished"),
    Column("so_far", "the same figures for lengths that have not ended, counted up to `as_of`", SPREAD),
)
"""A row for each measure over all cases of a track (`case` is null), then a row for each measure in each case."""
VOTES: Shape[Vote] = Shape(
    "vote",
    Column("case", "the case's id"),
    Column("event", "the id of the resolution's event", Type.TEXT, "event.id"),
    Column("dated", "the resolution's date", Type.DATE, "event.dated"),
    Column("title", "the resolution's title"),
    Column("by", "who decided", Type.TEXTS),
    Column("by_ids", "the ids of those who decided", Type.TEXTS, lambda vote: ids_of(vote.event.by)),
    Column("context", "true for background, which is never a step of the case", Type.FLAG, "event.context"),
    Column("certain", "whether the resolution has certainly happened by `as_of`", Type.FLAG),
    Column("for", "number of votes for it", maybe(Type.NUMBER), "votes.for_"),
    Column("against", "number of votes against it", maybe(Type.NUMBER), "votes.against"),
    Column("abstain", "number of abstentions", maybe(Type.NUMBER), "votes.abstain"),
    Column("method", "how the vote was taken", maybe(Type.TEXT), "votes.method"),
)
"""A row for each resolution."""
_COUNTED = {
    "met": "number of requests certainly met",
    "partly_met": "number of requests certainly met in part",
    "not_met": "number of requests of which a source says that they were not met",
    "refused": "number of requests certainly refused",
    "acknowledged": "number of requests whose receipt was confirmed, without an answer",
    "overtaken": "number of requests that events overtook",
    "silent": "number of requests for which a source attests that no answer came",
    "unanswered": "number of requests without a recorded answer, or whose parts answered differently",
    "unknown": "number of requests for which the sources do not say whether an answer came",
    "withheld": "number of requests whose answer this public copy leaves out",
    "not_read": "number of requests that a record that cannot be read may answer",
    "on_time": "number of certain requests that were answered in time",
    "late": "number of requests certainly answered late, or with an attested silence after the last day",
    "possibly_late": "number of requests that may have been answered late",
    "due_passed": "number of requests whose last day has passed without a recorded answer",
}


def _counted(name: str) -> Column[AskedParty]:
    return Column(name, _COUNTED[name], Type.NUMBER, lambda row: {**row.outcomes, **row.timings}[name])


ASKS: Shape[AskedParty] = Shape(
    "asked party",
    Column("party", "the party's id; null for requests that name nobody", maybe(Type.TEXT)),
    Column("name", "the party's name"),
    Column("sort", "`request`, `duty` where the policy asks, or `context` for requests of background papers"),
    Column("asked", "number of all requests", Type.NUMBER),
    *map(_counted, OUTCOMES),
    Column("perhaps", "number of requests where the request or the outcome is not certain", Type.NUMBER),
    *map(_counted, TIMINGS),
    plural="parties asked",
)
"""A row for each party and sort of request; numbers are of requests."""
CASE_COUNTS: Shape[CaseCounts] = Shape(
    "case counts",
    Column("cases", "number of all cases", Type.NUMBER),
    Column("ended", "number of cases in a stage that ends a case", Type.NUMBER),
    Column("open", "number of cases that are filed and have not ended", Type.NUMBER),
    Column("no_step", "number of cases of which no step is recorded yet", Type.NUMBER),
    Column("not_read", "number of cases that a record that cannot be read may move", Type.NUMBER),
)
STATS: Answer[Stats, Duration] = Answer(
    "stats",
    DURATIONS,
    lambda stats: (*stats.over_cases, *stats.by_case),
    beside=(
        Column("counts", "how many cases there are", CASE_COUNTS),
        Column("votes", "the resolutions and their votes", many(VOTES)),
        Column("asks", "the requests to each party, by sort", many(ASKS)),
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
    Column("dated", "the event's date", Type.DATE, "step.event.dated"),
    Column("from", "the stage before the move", Type.TEXT, "step.start"),
    Column("to", "the stage after the move; the same as `from` for an extension", Type.TEXT, "step.end"),
    Column(
        "certain",
        "whether the move has certainly been made; false for a move without a date",
        Type.FLAG,
        "step.certain",
    ),
    Column("decided_by", "who acts in the event", Type.TEXTS),
    Column(
        "decided_by_ids",
        "the ids of those who act, without those who are not named",
        Type.TEXTS,
        lambda move: ids_of(move.step.event.principals),
    ),
    Column("basis", "the clause that the event cites", maybe(Type.TEXT), "step.basis"),
    Column("policy_version", "the version of the policy that applies to the move", maybe(Type.TEXT)),
    Column(
        "policy_row",
        "the row of `ogpcase policy` that the move follows; null where none fits, or it cites another clause",
        maybe(Type.TEXT),
        "row.id",
    ),
    Column("clause", "the clause of the row `policy_row`", maybe(Type.TEXT), "row.clause"),
    Column("evidence", "how well the row `policy_row` is known, as a code", maybe(Type.TEXT), "row.evidence"),
    Column("days_in_from_stage", "days since the case first entered the stage `from`", maybe(DAYS), "days"),
)
"""A row for each stage that an event leads to, in the order of the case."""
