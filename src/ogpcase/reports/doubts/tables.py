"""Doubts as JSON and CSV."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe
from ogpcase.reports.doubts.doubt import Doubt, SaidBy, What
from ogpcase.reports.doubts.rows import Doubts, counts_of
from ogpcase.reports.heading.tables import version_of

SAYING: Shape[SaidBy] = Shape(
    "saying",
    Column("value", "a value that some sources give"),
    Column("sources", "the sources that give the value", Type.TEXTS),
    Column("note", "a remark", maybe(Type.TEXT)),
    words=lambda said: f"{said.value} ({', '.join(said.sources)})",
)
COLUMNS: Columns[Doubt] = (
    Column("case", "the case's id"),
    Column("what", "the kind of doubt: `contradicted`, `uncertain` or `unsourced`"),
    Column("about", "the reason for the doubt, such as `dates_disagree`"),
    Column("touches", "what the doubt affects: `step` (a step of the case), `context` (background) or `other`"),
    Column("reference", "the event or item in doubt, or the case if its header is"),
    Column("kind", "the kind of event", maybe(Type.TEXT)),
    Column("field", "the field in doubt", maybe(Type.TEXT)),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
    Column("said", "the doubt in one sentence"),
    Column("values", "what each source says, where sources differ", many(SAYING)),
    Column("settled_by", "the record that would settle the doubt"),
)
"""A row for each doubt, the most important of each case first."""


def _count(what: What, sentence: str) -> Column[Mapping[What, int]]:
    return Column(what, sentence, Type.NUMBER, itemgetter(what))


DOUBT_COUNTS: Shape[Mapping[What, int]] = Shape(
    "doubt counts",
    _count("contradicted", "number of doubts where sources contradict each other"),
    _count("uncertain", "number of doubts about what is not certain"),
    _count("unsourced", "number of facts without a source"),
)


def _doubts(cases: Iterable[Doubts]) -> tuple[Doubt, ...]:
    return tuple(doubt for case in cases for doubt in case.doubts)


DOUBTS: Answer[Sequence[Doubts], Doubt] = Answer(
    "doubts",
    COLUMNS,
    _doubts,
    beside=(
        Column(
            "counts", "how many doubts there are of each kind", DOUBT_COUNTS, lambda cases: counts_of(_doubts(cases))
        ),
    ),
    versions=lambda cases: sorted({version for case in cases for version in version_of(case.heading)}),
)
