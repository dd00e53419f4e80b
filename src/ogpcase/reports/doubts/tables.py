"""Doubts as JSON and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe
from ogpcase.reports.doubts.doubt import Doubt, SaidBy, What
from ogpcase.reports.doubts.rows import Doubts, counts_of
from ogpcase.reports.heading.tables import version_of

SAYING: Shape[SaidBy] = Shape(
    "saying",
    Column("value", "what is said"),
    Column("sources", "who says so", Type.TEXTS),
    Column("note", "what else there is to it", maybe(Type.TEXT)),
    words=lambda said: f"{said.value} ({', '.join(said.sources)})",
)
COLUMNS: Columns[Doubt] = (
    Column("case", "the case's id"),
    Column("what", "what the doubt does: `contradicted`, `uncertain` or `unsourced`"),
    Column("about", "what sort of doubt, as `dates_disagree`"),
    Column("touches", "what it bears on: `step`, `other` or `context`"),
    Column("reference", "the event, the item, or the case for its header"),
    Column("kind", "the kind of event", maybe(Type.TEXT)),
    Column("field", "the field", maybe(Type.TEXT)),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
    Column("said", "what is in doubt"),
    Column("values", "what each source says, where they differ", many(SAYING)),
    Column("settled_by", "the record that would settle it"),
)
"""A row for each doubt, the gravest of each case first."""
DOUBT_COUNTS: Shape[Mapping[What, int]] = Shape(
    "doubt counts",
    Column("contradicted", "where sources say different things", Type.NUMBER, lambda counts: counts["contradicted"]),
    Column("uncertain", "what is not sure", Type.NUMBER, lambda counts: counts["uncertain"]),
    Column("unsourced", "what no source shows", Type.NUMBER, lambda counts: counts["unsourced"]),
)


def _doubts(cases: Iterable[Doubts]) -> tuple[Doubt, ...]:
    return tuple(doubt for case in cases for doubt in case.doubts)


DOUBTS: Answer[Sequence[Doubts], Doubt] = Answer(
    "doubts",
    COLUMNS,
    _doubts,
    beside=(
        Column("counts", "how many there are of each sort", DOUBT_COUNTS, lambda cases: counts_of(_doubts(cases))),
    ),
    versions=lambda cases: sorted({version for case in cases for version in version_of(case.heading)}),
)
