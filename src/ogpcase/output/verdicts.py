"""Writes a verdict as text with excerpts, and as one line for each problem.

The functions at the end (places, remarks, fingerprints, totals) are shared by the writers for other programs.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, Severity, Spot, Verdict
from ogpcase.diagnostics.visible_text import harmless, log_line, visible
from ogpcase.output.lines import ASCII, Line, Page, Piece, Style, cells, hanging, line
from ogpcase.output.words import counted

TAB = 4
"""The number of columns from one tab stop to the next."""
_REACH = 1000
"""Characters looked at on either side of a mark; a hostile line can be a hundred times longer."""


class Excerpt(NamedTuple):
    """The text to show, the number of columns before the mark, and the number of marked columns."""

    text: str
    before: int
    marked: int


def excerpt(line: str, start: int, end: int, widest: int, dots: str = "…") -> Excerpt:
    """Returns the part of a line around the characters `start` to `end`, in at most `widest` columns without the dots.

    Tabs become blanks, and invisible characters their code points, so that a mark can be aligned below.
    """
    start, end = min(start, len(line)), min(max(start, end), len(line))
    cut, rest = max(0, start - _REACH), max(0, len(line) - start - _REACH)
    near = line[cut : len(line) - rest]
    start, end = start - cut, min(end - cut, len(near))
    shown, edges = _opened(near)
    first, last = _window(edges, start, end, widest)
    lead = f"{dots} " if first or cut else ""
    tail = f" {dots}" if last < len(near) or rest else ""
    before = cells(lead) + edges[start] - edges[first]
    return Excerpt(
        lead + "".join(shown[first:last]) + tail, before, max(1, edges[max(start, min(end, last))] - edges[start])
    )


def _opened(line: str) -> tuple[list[str], list[int]]:
    """Returns each character as it is shown, the column where each begins, and the column after the last."""
    shown: list[str] = []
    edges = [0]
    for position, character in enumerate(line):
        if character == "\t":
            text = " " * (TAB - edges[-1] % TAB)
        elif character == "[" and line[max(0, position - 2) : position] == "##":
            text = harmless("##[").removeprefix("##")
        else:
            text = visible(character)
        shown.append(text)
        edges.append(edges[-1] + cells(text))
    return shown, edges


def _window(edges: list[int], start: int, end: int, widest: int) -> tuple[int, int]:
    """Returns the first character to show and the one after the last, with some text before the mark."""
    total = edges[-1]
    if total <= widest:
        return 0, len(edges) - 1
    room = max(widest - (edges[end] - edges[start]), 0)
    left = max(0, min(edges[start] - min(widest // 3, room), total - widest))
    first = next(number for number, edge in enumerate(edges) if edge >= left)
    first = min(first, start)
    last = first
    while last < len(edges) - 1 and edges[last + 1] - edges[first] <= widest:
        last += 1
    return first, last


WIDEST_EXCERPT = 100
"""The most columns shown of a source line; a longer line is cut around the place."""
NARROWEST_EXCERPT = 30
"""The columns shown of a source line on the narrowest terminal."""
MOST_ALIKE = 3
"""The most frames with the same code and message; if there are more, one is drawn with the places of the others."""


def verdict_lines(verdict: Verdict, page: Page) -> list[Line]:
    """Returns a frame for each diagnostic, with many alike joined into one, and the closing line."""
    alike: dict[tuple[str, str], list[Diagnostic]] = {}
    for diagnostic in verdict.diagnostics:
        alike.setdefault((diagnostic.code, diagnostic.message), []).append(diagnostic)
    lines: list[Line] = []
    for diagnostic in verdict.diagnostics:
        group = alike.get((diagnostic.code, diagnostic.message), [])
        if len(group) > MOST_ALIKE:
            lines += [*frame(diagnostic, page), *_more(group[1:], page), line()]
            del alike[diagnostic.code, diagnostic.message]
        elif group:
            lines += [*frame(diagnostic, page), line()]
    return [*lines, _closing(verdict)]


def frame(diagnostic: Diagnostic, page: Page) -> Iterator[Line]:
    """Yields the headline, each place with its source line and label, then notes and helps."""
    style: Style = "error" if diagnostic.severity is Severity.ERROR else "warning"
    headline = Piece(f": {diagnostic.message}", "title")
    yield line(Piece(f"{diagnostic.severity}[{diagnostic.code}]", style), headline)
    gutter = max(len(str(spot.span.line)) for spot in diagnostic.spots)
    remarks = [*(("note", note) for note in diagnostic.notes), *(("help", text) for text in diagnostic.helps)]
    for number, spot in enumerate(diagnostic.spots):
        last = number == len(diagnostic.spots) - 1 and not remarks
        yield from _place(spot, gutter, page, style if number == 0 else "note")
        if spot.excerpt is not None and not last:
            yield line(Piece(f"{' ' * gutter} |", "dim"))
    for word, words in remarks:
        yield from hanging([Piece(f"{' ' * gutter} = ", "dim"), Piece(f"{word}: ", "code")], words, page.width)


def _place(spot: Spot, gutter: int, page: Page, style: Style) -> Iterator[Line]:
    """Yields a place's path, and its source line with a mark if it may be quoted; carets mark the primary place."""
    blank = " " * gutter
    primary = style != "note"  # the style of all other places
    yield line(Piece(f"{blank}{'-->' if primary else ':::'} ", "dim"), place(spot))
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
    """Returns where the mark ends in the place's first line: at the line's end if the place has several lines."""
    if spot.span.end_line == spot.span.line:
        return spot.span.end_column - 1
    return len((spot.excerpt or "").rstrip())


def _until(spot: Spot) -> str:
    """Returns `(to line N)` for a place of several lines; the line end alone does not count as a further line."""
    last = spot.span.end_line - (1 if spot.span.end_column == 1 else 0)
    return f" (to line {last})" if last > spot.span.line else ""


def _more(others: Sequence[Diagnostic], page: Page) -> list[Line]:
    places = ", ".join(place(diagnostic.spots[0]) for diagnostic in others)
    return hanging([Piece(f"{_dots(page)} and {len(others)} more like it: ", "title")], places, page.width)


def _dots(page: Page) -> str:
    return "..." if page.glyphs == ASCII else "…"


def _closing(verdict: Verdict) -> Line:
    """Returns the closing line: the totals, and the command that explains a code."""
    departures = f"; {counted(verdict.departures, 'departure')} recorded" if verdict.departures else ""
    judged = f" in {_judged(verdict)}{departures}{_there_before(verdict)}"
    if not verdict.diagnostics:
        return line(Piece(_problems(verdict), "good"), judged)
    worst = min(verdict.diagnostics, key=lambda diagnostic: diagnostic.severity is not Severity.ERROR)
    style: Style = "error" if verdict.failed else "warning"
    return line(Piece(_problems(verdict), style), f"{judged}. `ogpcase explain {worst.code}` says more about a code")


def concise(verdict: Verdict) -> str:
    """Returns a line `path:line:column: error[OC301] message` for each diagnostic, never wrapped."""
    return "".join(f"{concise_line(diagnostic)}\n" for diagnostic in verdict.diagnostics)


def concise_line(diagnostic: Diagnostic) -> str:
    """Returns the line of one diagnostic, without a line end."""
    return log_line(f"{place(diagnostic.spots[0])}: {diagnostic.severity}[{diagnostic.code}] {diagnostic.message}")


def place(spot: Spot) -> str:
    """Returns `path:line:column`."""
    return f"{spot.path}:{spot.span.line}:{spot.span.column}"


def details(diagnostic: Diagnostic) -> list[str]:
    """Returns everything but the message: the label of the primary place, the other places, notes and helps."""
    first, *others = diagnostic.spots
    labels = [first.label] if first.label else []
    return [*labels, *(f"{place(spot)}: {spot.label}" for spot in others), *remarks(diagnostic)]


def remarks(diagnostic: Diagnostic) -> list[str]:
    """Returns the notes and helps, each after `note:` or `help:`."""
    return [*(f"note: {note}" for note in diagnostic.notes), *(f"help: {text}" for text in diagnostic.helps)]


def fingerprints(verdict: Verdict) -> Iterator[str]:
    """Yields the parts of a problem's identity when lines move: its code, file, field, and its number among several."""
    seen: Counter[tuple[str, ...]] = Counter()
    for diagnostic in verdict.diagnostics:
        spot = diagnostic.spots[0]
        fields = (step for step in spot.route if isinstance(step, str))
        key = (diagnostic.code, spot.path, *fields)
        seen[key] += 1
        text = "\0".join((*key, str(seen[key])))
        yield sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def total(verdict: Verdict) -> str:
    """Returns the totals of a run: `2 errors, 1 warning in 1 case (4 files)`, or `no problems in …`."""
    return f"{_problems(verdict)} in {_judged(verdict)}{_there_before(verdict)}"


def _problems(verdict: Verdict) -> str:
    new = "" if verdict.there_before is None else "new "
    counts = ((verdict.number_of(severity), f"{new}{severity}") for severity in Severity)
    return ", ".join(counted(count, word) for count, word in counts if count) or f"no {new}problems"


def _there_before(verdict: Verdict) -> str:
    """Returns how many problems are left out because they are old; nothing where none is."""
    return f"; {counted(verdict.there_before, 'older problem')} not shown" if verdict.there_before else ""


def _judged(verdict: Verdict) -> str:
    return f"{counted(verdict.cases, 'case')} ({counted(verdict.files, 'file')})"
