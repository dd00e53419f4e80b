"""A verdict in the terminal: a frame for each diagnostic, errors and warnings in order of place, the sum last."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import Diagnostic, Severity, Spot, Verdict
from ogpcase.render.lines import Line, Piece, Style, cells, hanging, line, safe
from ogpcase.render.page import Page

WIDEST_EXCERPT = 100
"""Columns of a source line that are shown; a longer one is cut round the place."""


def verdict_lines(verdict: Verdict, page: Page) -> list[Line]:
    """Returns all frames, each followed by a blank line, and the closing line."""
    lines: list[Line] = []
    for each in verdict.diagnostics:
        lines += [*frame(each, page), line()]
    return [*lines, closing(verdict)]


def frame(diagnostic: Diagnostic, page: Page) -> Iterator[Line]:
    """Yields the headline, each place with its source line and label, then notes and helps."""
    style: Style = "error" if diagnostic.severity is Severity.ERROR else "warning"
    yield line(Piece(f"{diagnostic.severity}[{diagnostic.code}]", style), Piece(f": {diagnostic.message}", "title"))
    gutter = max(len(str(spot.span.line)) for spot in diagnostic.spots)
    blank = " " * gutter
    for number, spot in enumerate(diagnostic.spots):
        yield from _place(spot, gutter, style if number == 0 else "note", primary=number == 0)
    for word, words in (*(("note", each) for each in diagnostic.notes), *(("help", each) for each in diagnostic.helps)):
        yield from hanging([Piece(f"{blank} = ", "dim"), Piece(f"{word}: ", "code")], words, page.width)


def _place(spot: Spot, gutter: int, style: Style, *, primary: bool) -> Iterator[Line]:
    blank = " " * gutter
    arrow = "-->" if primary else ":::"
    yield line(Piece(f"{blank}{arrow} ", "dim"), f"{spot.path}:{spot.span.line}:{spot.span.column}")
    if spot.excerpt is None:
        return
    before, marked, shown = _window(spot)
    bar = Piece(f"{blank} | ", "dim")
    yield line(Piece(f"{blank} |", "dim"))
    yield line(Piece(f"{spot.span.line:>{gutter}} | ", "dim"), shown)
    caret = ("^" if primary else "-") * max(1, marked)
    yield line(bar, " " * before, Piece(f"{caret} {spot.label}".rstrip(), style))
    yield line(Piece(f"{blank} |", "dim"))


def _window(spot: Spot) -> tuple[int, int, str]:
    """Returns the columns before the mark, the columns marked, and the line's part to show."""
    text = spot.excerpt or ""
    start = min(spot.span.column - 1, len(text))
    same_line = spot.span.end_line == spot.span.line
    end = min(max(spot.span.end_column - 1, start), len(text)) if same_line else len(text)
    first = max(0, start - WIDEST_EXCERPT // 3) if len(text) > WIDEST_EXCERPT else 0
    last = min(len(text), first + WIDEST_EXCERPT)
    lead = "… " if first else ""
    tail = " …" if last < len(text) else ""
    marked = cells(safe(text[start : min(end, last)]))
    return cells(lead) + cells(safe(text[first:start])), marked, lead + safe(text[first:last]) + tail


def closing(verdict: Verdict) -> Line:
    """Returns the sum of the run."""
    errors, warnings = verdict.count(Severity.ERROR), verdict.count(Severity.WARNING)
    judged = f"{_several(verdict.cases, 'case')} ({_several(verdict.files, 'file')})"
    departures = f"; {_several(verdict.departures, 'departure')} recorded" if verdict.departures else ""
    found = ", ".join(part for part in (_some(errors, "error"), _some(warnings, "warning")) if part)
    if not verdict.diagnostics:
        return line(Piece("no problems", "good"), f" in {judged}{departures}")
    style: Style = "error" if errors else "warning"
    code = next(
        (each.code for each in verdict.diagnostics if each.severity is Severity.ERROR), verdict.diagnostics[0].code
    )
    more = f"`ogpcase explain {code}` says more about a code"
    return line(Piece(found, style), f" in {judged}{departures}. {more}")


def _several(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _some(count: int, word: str) -> str:
    return _several(count, word) if count else ""
