"""A verdict in the terminal: a frame for each diagnostic, errors and warnings in order of place, the sum last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.diagnostics import Diagnostic, Severity, Spot, Verdict
from ogpcase.render.excerpt import excerpt
from ogpcase.render.glyphs import ASCII
from ogpcase.render.lines import Line, Piece, Style, hanging, line
from ogpcase.render.page import Page

WIDEST_EXCERPT = 100
"""Columns of a source line that are shown; a longer one is cut round the place."""
NARROWEST_EXCERPT = 30
"""Columns of a source line that are shown on the narrowest terminal."""
MOST_ALIKE = 3
"""Frames of the same code and message; of more the first alone is drawn, and the places of the others are listed."""


def verdict_lines(verdict: Verdict, page: Page) -> list[Line]:
    """Returns the frames, many of the same as one with the places of the others, and the closing line."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in verdict.diagnostics:
        alike.setdefault((each.code, each.message), []).append(each)
    lines: list[Line] = []
    for each in verdict.diagnostics:
        group = alike.get((each.code, each.message), [])
        if len(group) > MOST_ALIKE:
            lines += [*frame(each, page), *_more(group[1:], page), line()]
            del alike[each.code, each.message]
        elif group:
            lines += [*frame(each, page), line()]
    return [*lines, closing(verdict)]


def frame(diagnostic: Diagnostic, page: Page) -> Iterator[Line]:
    """Yields the headline, each place with its source line and label, then notes and helps."""
    style: Style = "error" if diagnostic.severity is Severity.ERROR else "warning"
    headline = Piece(f": {diagnostic.message}", "title")
    yield line(Piece(f"{diagnostic.severity}[{diagnostic.code}]", style), headline)
    gutter = max(len(str(spot.span.line)) for spot in diagnostic.spots)
    remarks = [*(("note", each) for each in diagnostic.notes), *(("help", each) for each in diagnostic.helps)]
    for number, spot in enumerate(diagnostic.spots):
        last = number == len(diagnostic.spots) - 1 and not remarks
        yield from _place(spot, gutter, page, style if number == 0 else "note")
        if spot.excerpt is not None and not last:
            yield line(Piece(f"{' ' * gutter} |", "dim"))
    for word, words in remarks:
        yield from hanging([Piece(f"{' ' * gutter} = ", "dim"), Piece(f"{word}: ", "code")], words, page.width)


def _place(spot: Spot, gutter: int, page: Page, style: Style) -> Iterator[Line]:
    """Yields a place's path, and where it may be quoted its line with what is marked there; carets mark the primary."""
    blank = " " * gutter
    primary = style != "note"  # the style of all other places
    yield line(Piece(f"{blank}{'-->' if primary else ':::'} ", "dim"), _where(spot))
    if spot.excerpt is None:
        return
    room = WIDEST_EXCERPT if page.width is None else page.width - gutter - len(" |  …  …")
    widest = max(NARROWEST_EXCERPT, min(WIDEST_EXCERPT, room))
    part = excerpt(spot.excerpt, spot.span.column - 1, _end(spot), widest, _dots(page))
    yield line(Piece(f"{blank} |", "dim"))
    yield line(Piece(f"{spot.span.line:>{gutter}} | ", "dim"), part.text)
    mark = ("^" if primary else "-") * part.marked
    label = f"{mark} {spot.label}{_until(spot)}".rstrip()
    yield line(Piece(f"{blank} | ", "dim"), " " * part.before, Piece(label, style))


def _end(spot: Spot) -> int:
    """Returns where the mark ends in the first line of the place; one of several lines is marked to the line's end."""
    if spot.span.end_line == spot.span.line:
        return spot.span.end_column - 1
    return len((spot.excerpt or "").rstrip())


def _until(spot: Spot) -> str:
    """Returns up to which line a place goes that has several; a line's end is no further line."""
    last = spot.span.end_line - (1 if spot.span.end_column == 1 else 0)
    return f" (to line {last})" if last > spot.span.line else ""


def _more(others: Sequence[Diagnostic], page: Page) -> list[Line]:
    """Returns how many diagnostics are like the one before, and where."""
    places = ", ".join(_where(each.spots[0]) for each in others)
    return hanging([Piece(f"{_dots(page)} and {len(others)} more like it: ", "title")], places, page.width)


def _where(spot: Spot) -> str:
    return f"{spot.path}:{spot.span.line}:{spot.span.column}"


def _dots(page: Page) -> str:
    return "..." if page.glyphs == ASCII else "…"


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
