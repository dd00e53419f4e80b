"""Figures over cases in the terminal, with bars that can be compared with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.model.codelists import Stage
from ogpcase.render.bars import as_of_lines, key_lines, room, scaled
from ogpcase.render.heading import language_lines
from ogpcase.render.legend import legend_lines
from ogpcase.render.lines import Line, Piece, glued, hanging, line, wrap
from ogpcase.render.page import Page, counted, separated
from ogpcase.render.stats_asks import asks_lines, words_of_parties
from ogpcase.render.stats_votes import votes_lines
from ogpcase.views.stats import CaseCounts, Stats
from ogpcase.views.stats_durations import Duration
from ogpcase.views.stats_spread import Figure, Spread

SPANS = "days with “to”, “at least” or “at most”"


def stats_lines(stats: Stats, page: Page, *, one: bool = False) -> list[Line]:
    """Returns how long things took, how resolutions were voted on and what came back; `one` of one case alone."""
    rows = stats.by_case if one else stats.over_cases
    lines = [line(Piece(part, "title")) for part in wrap(_summary(stats.counts), page.width)]
    lines += as_of_lines(stats.as_of, stats.known_by, page)
    lines += _durations(rows, page)
    lines += votes_lines(stats.votes, page, one=one)
    lines += asks_lines(stats.asks, page)
    lines += language_lines(stats.language, stats.elsewhere, page)
    return [*lines, *legend_lines(_words_used(rows, stats), page)]


def figure_words(figure: Figure) -> str:
    """Returns `42 days`, `about 42 days`, `21 to 51.5 days`, `at least 21 days`."""
    unit = "day" if figure.fewest == figure.most == 1 else "days"
    if figure.most is None:
        return f"at least {figure.fewest} {unit}"
    if figure.fewest != figure.most:
        return f"{figure.fewest} to {figure.most} {unit}"
    return f"{'' if figure.certain else 'about '}{figure.fewest} {unit}"


def spread_words(spread: Spread) -> list[str]:
    """Returns how many there are, the shortest, the middle and the longest, and of how many the days are not known."""
    words: list[str] = []
    if spread.minimum and spread.median and spread.maximum:
        if spread.count == 1:
            words = [f"once, {figure_words(spread.median)}"]
        else:
            three = (("shortest", spread.minimum), ("median", spread.median), ("longest", spread.maximum))
            words = [f"{spread.count} times", *(f"{name} {figure_words(each)}" for name, each in three)]
    return [*words, *([f"days not known: {spread.unknown}"] if spread.unknown else [])]


def _summary(counts: CaseCounts) -> str:
    parts = [counted(counts.cases, "case")]
    parts += [f"{number} {what}" for number, what in (
        (counts.ended, "ended"), (counts.open, "open"), (counts.not_filed, "not filed"),
        (counts.without_stages, "on a track whose stages are not known here")) if number]  # fmt: skip
    return ", ".join(parts)


def _durations(rows: Sequence[Duration], page: Page) -> Iterator[Line]:
    longest = max((_longest(spread) for each in rows for spread in (each.finished, each.so_far)), default=0)
    tracks = list(dict.fromkeys(each.track for each in rows))
    for track in tracks:
        mine = [each for each in rows if each.track is track]
        named = f" ({track.label if track else 'track unknown'})" if len(tracks) > 1 else ""
        for words, section in _sections(mine):
            yield line()
            yield from hanging([], f"{words}{named}", page.width, "title")
            for each in section:
                yield from _duration(each, longest, page)
    if longest:
        yield line()
        yield from key_lines(_signs(rows, page), page)


def _sections(rows: Sequence[Duration]) -> Iterator[tuple[str, list[Duration]]]:
    told = [each for each in rows if each.measure == "between_stages"]
    stays = [each for each in rows if each.measure == "in_stage" and _adds(each, told)]
    whole = [each for each in rows if each.measure == "filing_to_end"]
    sections = {"From stage to stage": told, "In each stage": stays, "From filing to the end": whole}
    yield from ((words, found) for words, found in sections.items() if found)


def _adds(stay: Duration, told: Sequence[Duration]) -> bool:
    """True where the time in a stage is more than the one row that tells how it was left."""
    return bool(stay.so_far.count or stay.so_far.unknown) or sum(each.start is stay.start for each in told) > 1


def _duration(each: Duration, longest: float, page: Page) -> Iterator[Line]:
    if each.start:
        yield from hanging([Piece("  ")], _named(each.start, each.to, page), page.width, "stage")
    yield from _spread(each.finished, "", page.glyphs.shades[:2], longest, page)
    yield from _spread(each.so_far, "so far: ", page.glyphs.shades[3:1:-1], longest, page)


def _named(start: Stage, to: Stage | None, page: Page) -> str:
    return f"{start.label}{f' {glued(page.glyphs.arrow)} {to.label}' if to else ''}"


def _spread(spread: Spread, before: str, shades: str, longest: float, page: Page) -> Iterator[Line]:
    words = spread_words(spread)
    if not words:
        return
    if spread.median and spread.maximum:
        middle = scaled(spread.median.fewest, longest, room(page))
        whole = scaled(_longest(spread), longest, room(page))
        yield line("    ", Piece(shades[0] * middle + shades[1] * (whole - middle), "stage"))
    yield from hanging([Piece(f"    {before}")], separated(words, page), page.width)


def _longest(spread: Spread) -> float:
    """The most days of all, or the fewest of the longest where nothing bounds it."""
    if spread.maximum is None:
        return 0
    return spread.maximum.fewest if spread.maximum.most is None else spread.maximum.most


def _signs(rows: Sequence[Duration], page: Page) -> Iterator[tuple[str, str]]:
    full, half, light, dark = page.glyphs.shades[0], page.glyphs.shades[1], page.glyphs.shades[3], page.glyphs.shades[2]
    for first, second, spreads, which in (
        (full, half, [each.finished for each in rows], ""),
        (light, dark, [each.so_far for each in rows], " so far"),
    ):
        if any(spread.count for spread in spreads):
            yield first, f"up to the median{which}"
        if any(spread.median and _longest(spread) > spread.median.fewest for spread in spreads):
            yield second, f"up to the longest it may have been{which}"


def _words_used(rows: Iterable[Duration], stats: Stats) -> Iterator[str]:
    spreads = [spread for each in rows for spread in (each.finished, each.so_far)]
    figures = [one for spread in spreads for one in (spread.minimum, spread.median, spread.maximum) if one]
    if any(one.fewest != one.most for one in figures):
        yield SPANS
    yield from words_of_parties(stats.asks)
    if any(not vote.certain for vote in stats.votes):
        yield "perhaps"
