"""The stages of a case on a timeline: the strip on top with its key, and the headings between events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.output.bars import hue_of, key_lines, shade_of, shared
from ogpcase.output.lines import Line, Page, Piece, Style, cells, days_in_words, line
from ogpcase.output.messages import _
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.timeline.rows import Timeline

LEAST = 40
"""The fewest columns of a strip that has its key beside it."""


def strip_of(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    """Returns the strip with its key, beside it if the page is wide; nothing where no stay has a known length."""
    known = [span for span in spans if span.most_days is not None]
    if not sum(span.most_days or 0 for span in known):
        return []
    width, key = page.width or 80, key_lines(_signs(known, page), page)
    beside = width - 4 - sum(cells(piece.text) for piece in key[0])
    if page.width is not None and len(key) == 1 and beside >= LEAST:
        return [(*_drawn(known, beside, page), *key[0])]
    return [_drawn(known, width - 4, page), *key]


def _drawn(spans: Sequence[StageSpan], width: int, page: Page) -> Line:
    """Returns a strip of so many columns, each stay in proportion and of at least one column."""
    columns = shared([span.most_days or 0 for span in spans], width)
    drawn = (
        Piece(shade_of(span.stage, page) * each, hue_of(span.stage)) for span, each in zip(spans, columns, strict=True)
    )
    return line("  ", *drawn)


def _signs(spans: Sequence[StageSpan], page: Page) -> Iterator[tuple[Piece, str]]:
    """Yields the sign of each stay, and its stage and days."""
    for span in spans:
        words = f"{_(span.stage.label)} {days_in_words(span.days, short=True)}"
        yield Piece(shade_of(span.stage, page), hue_of(span.stage)), words


def headings(timeline: Timeline, first: int, last: int, page: Page) -> Iterator[Line]:
    """Yields the headings of the stays entered; where rows are left out, only the last heading."""
    entered = timeline.spans[first:last]
    for span in entered[-1:] if timeline.hidden_rows else entered:
        length = days_in_words(span.days)
        stage = _(span.stage.label)
        words = f"{stage} {page.glyphs.dot} {length}" if length else stage
        yield from heading(words, page, span)


def heading(words: str, page: Page, span: StageSpan | None = None) -> list[Line]:
    """Returns a heading between events, after the pattern of its stage and in its hue where it is on the strip."""
    rule, stage = page.glyphs.rule, span.stage if span and span.days else None
    sign = shade_of(stage, page) if stage else rule
    hue: Style = hue_of(stage) if stage else "dim"
    *lines, last = page.hanging([Piece(f"{sign}{sign} ", hue)], words, hue if stage else "title")
    rest = (page.width or 80) - sum(cells(piece.text) for piece in last) - 1
    return [*lines, (*last, Piece(f" {rule * rest}" if rest > 0 else "", hue))]
