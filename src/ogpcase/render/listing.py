"""All cases in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.render.heading import language_lines
from ogpcase.render.lines import GLUE, Line, Piece, hanging, line, wrap
from ogpcase.render.page import Page, counted, days_in_words, separated
from ogpcase.views.listing import ListedCase


def listing_lines(cases: Sequence[ListedCase], page: Page) -> list[Line]:
    """Returns three lines for each case: its id and title, where it stands, and what is open."""
    if not cases:
        return [line(Piece("no cases yet; open one with `ogpcase open-case ID`", "dim"))]
    lines: list[Line] = []
    for each in cases:
        lines += [*_case(each, page), line()]
    elsewhere = tuple(dict.fromkeys(tag for each in cases for tag in each.elsewhere))
    return [*lines[:-1], *language_lines(cases[0].language, elsewhere, page)]


def _case(each: ListedCase, page: Page) -> list[Line]:
    heading = each.heading
    since = f" since{GLUE}{heading.since}" if heading.since else ""
    length = days_in_words(each.in_stage)
    stands = [f"{heading.stage.label}{since}{f', {length}' if length else ''}"]
    stands += [f"perhaps {heading.perhaps.label}"] if heading.perhaps else []
    counts = [heading.track, counted(each.events, "event"), f"{counted(each.open_asks, 'request')} open"]
    return [
        *hanging([Piece(f"{heading.case}  ", "title")], heading.title, page.width),
        *(line("  ", Piece(part, "stage")) for part in _beside(separated(stands, page), page)),
        *(line("  ", Piece(part, "dim")) for part in _beside(separated(counts, page), page)),
    ]


def _beside(text: str, page: Page) -> list[str]:
    return wrap(text, None if page.width is None else page.width - 2)
