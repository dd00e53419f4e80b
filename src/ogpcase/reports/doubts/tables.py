"""Doubts as JSON and CSV, with the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.reports.doubts.rows import Doubt, Doubts, SaidBy, counts_of

COLUMNS: Columns[Doubt] = (
    Column("case", "the case's id", lambda doubt: doubt.case),
    Column("what", "what the doubt does: `contradicted`, `uncertain` or `unsourced`", lambda doubt: doubt.what),
    Column("about", "what it is about, a code", lambda doubt: doubt.about),
    Column("touches", "what it bears on: `step`, `other` or `context`", lambda doubt: doubt.touches),
    Column("reference", "the event or item; of the header, the case's id", lambda doubt: doubt.reference),
    Column("kind", "the kind of event", lambda doubt: doubt.kind),
    Column("field", "the field", lambda doubt: doubt.field),
    Column("certain", "whether the event has certainly happened", lambda doubt: doubt.certain, ColumnType.FLAG),
    Column("said", "what is recorded", lambda doubt: doubt.said),
    Column(
        "values",
        "what each source says, where they differ",
        lambda doubt: tuple(f"{each.value} ({', '.join(each.sources)})" for each in doubt.values),
        ColumnType.TEXTS,
    ),
    Column("settled_by", "the record that would settle it", lambda doubt: doubt.settled_by),
)
"""A row for each doubt, the gravest of each case first."""


def doubts_json(cases: Sequence[Doubts], reader: Reader, *, case: str | None = None) -> str:
    """Returns a row for each doubt, the gravest of each case first, and how many of each sort there are."""
    found = tuple(doubt for each in cases for doubt in each.doubts)
    versions = {each.heading.policy_version for each in cases if each.heading.policy_version}
    whole = around("doubts", [doubt_row(doubt) for doubt in found], reader, case=case)
    return dumps({**whole, "policy_versions": sorted(versions), "counts": counts_of(found)})


def doubts_csv(cases: Sequence[Doubts]) -> str:
    """Returns a row for each doubt as CSV with a header line."""
    return table_csv(Table("doubts", COLUMNS, tuple(doubt for each in cases for doubt in each.doubts)))


def doubt_row(doubt: Doubt) -> Mapped:
    """A doubt; all keys are always there."""
    return {
        "case": doubt.case,
        "what": doubt.what,
        "about": str(doubt.about),
        "touches": doubt.touches,
        "reference": doubt.reference,
        "kind": str(doubt.kind) if doubt.kind else None,
        "field": doubt.field,
        "certain": doubt.certain,
        "said": doubt.said,
        "values": [_value(each) for each in doubt.values],
        "settled_by": doubt.settled_by,
    }


def _value(each: SaidBy) -> Mapped:
    return {"value": each.value, "sources": list(each.sources), "note": each.note}
