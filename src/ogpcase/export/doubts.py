"""Doubts as JSON and CSV, with the same columns."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.export.basics import Mapped
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.views.doubts import Doubt, Doubts, SaidBy, counts_of
from ogpcase.views.shown import Reader

DOUBTS_COLUMNS = (
    "case", "what", "about", "touches", "reference", "kind", "field", "certain", "said", "values", "settled_by",
)  # fmt: skip
"""The columns of doubts: the case; what the doubt does (contradicted, uncertain, unsourced); what it is about, a code;
what it bears on (step, other, context); the event or item, or the case's id for its header; the event's kind; the
field; whether the event has certainly happened; what is recorded; what each source says, where they differ, separated
by `; `; and the record that would settle it."""


def doubts_json(cases: Sequence[Doubts], reader: Reader, *, case: str | None = None) -> str:
    """Returns a row for each doubt, the gravest of each case first, and how many of each sort there are."""
    found = tuple(doubt for each in cases for doubt in each.doubts)
    versions = {each.heading.policy_version for each in cases if each.heading.policy_version}
    whole = around("doubts", [doubt_row(doubt) for doubt in found], reader, case=case)
    return dumps({**whole, "policy_versions": sorted(versions), "counts": counts_of(found)})


def doubts_csv(cases: Sequence[Doubts]) -> str:
    """Returns a row for each doubt as CSV with a header line."""
    return table(DOUBTS_COLUMNS, (_cells(doubt) for each in cases for doubt in each.doubts))


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


def _cells(doubt: Doubt) -> Mapped:
    return {**doubt_row(doubt), "values": [f"{each.value} ({', '.join(each.sources)})" for each in doubt.values]}
