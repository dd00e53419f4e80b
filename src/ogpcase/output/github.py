"""Writes a verdict for GitHub Actions: a plain line for each problem, some annotations, and a table for the summary.

The runner takes a line that begins with `::` or contains `##[` for a command; record text can produce neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from ogpcase.diagnostics import Diagnostic, Severity, Verdict
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.output.verdicts import concise, details, place, total

MOST = 10
"""The most errors, and the most warnings, that GitHub shows for one step; it silently drops further ones."""
LARGEST = 500_000
"""The most bytes of a summary's table; GitHub refuses a summary of more than a mebibyte."""


def github(verdict: Verdict, changed: AbstractSet[str] = frozenset()) -> str:
    """Returns a plain line for each diagnostic, then the annotations, then the totals.

    `changed` are the printed paths of changed files, which are annotated first.
    """
    shown, rest = annotated(verdict, changed)
    lines = [f"{annotation(diagnostic)}\n" for diagnostic in shown]
    more = f"; {len(rest)} not annotated, since GitHub shows {MOST} errors and {MOST} warnings" if rest else ""
    return "".join([concise(verdict), *lines, f"{total(verdict)}{more}\n"])


def github_summary(verdict: Verdict, changed: AbstractSet[str] = frozenset()) -> str:
    """Returns the totals as Markdown, and a table of the diagnostics that `github` does not annotate."""
    lines = ["### Case folder", "", total(verdict), ""]
    rest = annotated(verdict, changed)[1]
    if rest:
        rows = list(_fitting(rest))
        lines += ["Not shown as annotations:", "", *markdown_table(["Place", "Problem", "Code"], rows), ""]
        lines += [f"… and {len(rest) - len(rows)} more", ""] if len(rows) < len(rest) else []
    return "\n".join(lines) + "\n"


def annotated(
    verdict: Verdict, changed: AbstractSet[str] = frozenset()
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Returns the diagnostics that get an annotation, and the others; changed files come first, then errors."""

    def urgency(diagnostic: Diagnostic) -> tuple[bool, bool]:
        touched = any(spot.path in changed for spot in diagnostic.spots)
        return not touched, diagnostic.severity is not Severity.ERROR

    shown: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    taken = Counter[Severity]()
    for diagnostic in sorted(verdict.diagnostics, key=urgency):
        (shown if taken[diagnostic.severity] < MOST else rest).append(diagnostic)
        taken[diagnostic.severity] += 1
    return tuple(shown), tuple(rest)


def annotation(diagnostic: Diagnostic) -> str:
    """Returns the command that annotates a diagnostic's primary place, with its message and details."""
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(diagnostic))
    text = _data("\n".join(map(harmless, (diagnostic.message, *details(diagnostic)))))
    return f"::{diagnostic.severity} {properties}::{text}"


def _properties(diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
    spot = diagnostic.spots[0]
    span = spot.span
    yield "file", harmless(spot.path)
    yield "line", str(span.line)
    yield "col", str(span.column)
    if span.end_line != span.line:
        yield "endLine", str(span.end_line)
    elif span.end_column > span.column:  # GitHub refuses columns that end on another line
        yield "endColumn", str(span.end_column)
    yield "title", diagnostic.code


def _data(text: str) -> str:
    """Encodes text for the runner, which decodes it after the second `::`."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Encodes the value of a property for the runner."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _fitting(diagnostics: Iterable[Diagnostic]) -> Iterator[list[str]]:
    """Yields rows of cells as long as they fit into a summary."""
    size = 0
    for diagnostic in diagnostics:
        code = f"{diagnostic.severity} {diagnostic.code}"
        row = [escaped(place(diagnostic.spots[0])), escaped(diagnostic.message), escaped(code)]
        size += sum(len(cell.encode()) + 3 for cell in row) + 2
        if size > LARGEST:
            return
        yield row
