"""A verdict as JSON: a row for each problem, with its places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ogpcase.diagnostics import Diagnostic, Spot, Verdict, envelope
from ogpcase.output.json import Mapped, dumps


def diagnostic_row(diagnostic: Diagnostic) -> Mapped:
    """A problem at its places; lines and columns count from 1, in code points, ends are exclusive."""
    places = [_place(spot, primary=number == 0) for number, spot in enumerate(diagnostic.spots)]
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "places": places,
        "notes": list(diagnostic.notes),
        "helps": list(diagnostic.helps),
    }


def _place(spot: Spot, *, primary: bool) -> Mapped:
    span = spot.span
    return {
        "path": spot.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "route": list(spot.route),
        "label": spot.label,
        "primary": primary,
    }


def verdict_json(verdict: Verdict, as_of: date) -> str:
    """Returns a row for each diagnostic, and the counts of the run."""
    return dumps(_verdict(verdict, as_of))


def _verdict(verdict: Verdict, as_of: date) -> dict[str, object]:
    whole = _around("validate", [diagnostic_row(each) for each in verdict.diagnostics], as_of)
    counts = {"files": verdict.files, "cases": verdict.cases, "departures": verdict.departures}
    return {**whole, "failed": verdict.failed, "judged": counts}


def _around(
    kind: str, rows: Sequence[Mapping[str, object]], as_of: date, *, case: str | None = None
) -> dict[str, object]:
    return envelope(kind, rows, as_of=as_of.isoformat(), case=case)
