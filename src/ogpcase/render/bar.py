"""The bar of a case: its stages in proportion to their days, with a key that needs no colour."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ogpcase.render.lines import Line, Piece, cells, hanging, line
from ogpcase.render.page import Page, days_in_words
from ogpcase.views.heading import StageSpan

WIDEST = 96
"""Columns; a longer bar shows nothing more."""


def bar_of(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    """Returns the bar and its key; nothing where no stay has a known length."""
    known = [span for span in spans if span.days and span.days.most is not None]
    if not known or sum(_days(span) for span in known) == 0:
        return []
    width = min(WIDEST, (page.width or 80) - 4)
    drawn = _shares([_days(span) for span in known], width)
    shades = page.glyphs.shades
    bar = [Piece(shades[place % len(shades)] * share, "stage") for place, share in enumerate(drawn)]
    return [line("  ", *bar), *_key(known, page)]


def _days(span: StageSpan) -> int:
    return max(0, span.days.most or 0) if span.days else 0


def _shares(days: list[int], width: int) -> list[int]:
    """Splits `width` in proportion to the days; every stay gets at least one column."""
    total = sum(days)
    shares = [max(1, ceil(width * each / total)) for each in days]
    for _ in range(sum(shares) - max(width, len(days))):
        shares[shares.index(max(shares))] -= 1
    return shares


def _key(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    shades = page.glyphs.shades
    lines: list[list[Piece]] = []
    taken = 0
    for place, span in enumerate(spans):
        sign = Piece(f"{shades[place % len(shades)]} ", "stage")
        words = f"{span.stage.label}, {days_in_words(span.days)}"
        more = cells(f"   {sign.text}{words}")
        if lines and (page.width is None or taken + more <= page.width):
            lines[-1] += (Piece("   "), sign, Piece(words))
            taken += more
        else:
            lines += map(list, hanging([Piece("  "), sign], words, page.width))
            taken = cells("".join(piece.text for piece in lines[-1]))
    return list(map(tuple, lines))
