"""A problem at its place in the text, and the verdict of a run: all of them, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ogpcase.diagnostics.problem import Route, Severity, Span


class Spot(NamedTuple):
    """A place found: the path to show, the span, and the source line to quote (None where nothing may be quoted)."""

    path: str
    span: Span
    route: Route
    label: str
    excerpt: str | None


class Diagnostic(NamedTuple):
    """A located problem; the first spot is the primary one."""

    code: str
    name: str
    severity: Severity
    message: str
    spots: tuple[Spot, ...]
    notes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Where it stands among others: by path, line, column, code, message."""
        first = self.spots[0]
        return (first.path, first.span.line, first.span.column, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Verdict:
    """All diagnostics of a run, with what was judged.

    `files`, `cases` and `departures` are counts; `departures` are steps recorded as outside the policy.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int = 0
    cases: int = 0
    departures: int = 0

    def count(self, severity: Severity) -> int:
        """Returns how many diagnostics have this severity."""
        return sum(1 for each in self.diagnostics if each.severity is severity)

    @property
    def failed(self) -> bool:
        """True when there is at least one error; warnings alone do not fail a run."""
        return self.count(Severity.ERROR) > 0


class Offer(NamedTuple):
    """One mend: the path, code, line and column of what it mends, the stretch it replaces, and by what."""

    path: str
    code: str
    line: int
    column: int
    span: Span
    text: str
