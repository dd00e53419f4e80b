"""All cases in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.render.lines import Line, Piece, hanging, line, wrap
from ogpcase.render.page import Page, days_in_words
from ogpcase.views.listing import ListedCase


def listing_lines(cases: Sequence[ListedCase], page: Page) -> list[Line]:
    """Returns three lines for each case: its id and title, where it stands, and what is open."""
    if not cases:
        return [line(Piece("no cases yet; open one with `ogpcase open-case ID`", "dim"))]
    lines: list[Line] = []
    for each in cases:
        lines += [*_case(each, page), line()]
    return lines[:-1]


def _case(each: ListedCase, page: Page) -> list[Line]:
    heading = each.heading
    dot = f" {page.glyphs.dot} "
    since = f" since {heading.since}" if heading.since else ""
    length = days_in_words(each.in_stage)
    stands = f"{heading.stage.label}{since}{f', {length}' if length else ''}"
    perhaps = f"{dot}perhaps {heading.perhaps.label}" if heading.perhaps else ""
    counts = dot.join([heading.track, f"{each.events} events", f"{each.open_asks} requests open"])
    return [
        *hanging([Piece(f"{heading.case}  ", "title")], heading.title, page.width),
        *(line("  ", Piece(part, "stage")) for part in wrap(stands + perhaps, page.width)),
        *(line("  ", Piece(part, "dim")) for part in wrap(counts, page.width)),
    ]
