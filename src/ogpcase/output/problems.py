"""The table of a verdict: a row for each problem, as JSON and the frames of Python programs have it."""

from datetime import date
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, Span, Spot, Verdict
from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Answer, Column, Columns, Shape, Type, many, maybe, through
from ogpcase.output.json import answer_json


class _Place(NamedTuple):
    spot: Spot
    primary: bool


def _places(diagnostic: Diagnostic) -> list[_Place]:
    return [_Place(spot, primary=number == 0) for number, spot in enumerate(diagnostic.spots)]


_SPAN: Columns[Span] = (
    Column("line", "the line where the place begins", Type.NUMBER),
    Column("column", "the column where the place begins", Type.NUMBER),
    Column("end_line", "the line where the place ends", Type.NUMBER),
    Column("end_column", "the column where the place ends", Type.NUMBER),
)
PLACE: Shape[_Place] = Shape(
    "place",
    Column("path", "the file's path from the current folder", Type.TEXT, "spot.path"),
    *through(_SPAN, "spot.span"),
    Column("route", "the keys, and positions counted from 0, that lead to the place", Type.KEYS, "spot.route"),
    Column("label", "a remark on the place", Type.TEXT, "spot.label"),
    Column("primary", "true for the place of the problem, false for related places", Type.FLAG),
)
PROBLEM: Shape[Diagnostic] = Shape(
    "problem",
    Column("code", "the check's code; see [the checks](checks/README.md)"),
    Column("name", "the check's name"),
    Column("severity", "`error` or `warning`"),
    Column("message", "what is wrong"),
    Column("places", "the place of the problem, then related places", many(PLACE), _places),
    Column("notes", "further facts, and the source of the rule", Type.TEXTS),
    Column("helps", "suggestions how to mend the problem", Type.TEXTS),
)
JUDGED: Shape[Verdict] = Shape(
    "judged",
    Column("files", "how many files were read", Type.NUMBER),
    Column("cases", "how many cases were judged", Type.NUMBER),
    Column("departures", "how many steps are recorded as departures from the policy", Type.NUMBER),
    Column("there_before", "how many older problems `--new-only` left out; null without it", maybe(Type.NUMBER)),
)
VERDICT: Answer[Verdict, Diagnostic] = Answer(
    "validate",
    PROBLEM.columns,
    lambda verdict: verdict.diagnostics,
    beside=(
        Column("failed", "true when there is an error", Type.FLAG),
        Column("judged", "how much was judged", JUDGED, lambda verdict: verdict),
    ),
)


def verdict_json(verdict: Verdict, as_of: date) -> str:
    """Returns a row for each diagnostic, and the totals of the run."""
    return answer_json(VERDICT, verdict, Reader(as_of))
