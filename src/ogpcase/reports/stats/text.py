"""Figures over cases in the terminal, with bars that can be compared with one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.model.codelists import Stage
from ogpcase.output.bars import as_of_lines, key_lines, room, scaled, shared
from ogpcase.output.lines import (
    Line,
    Page,
    Piece,
    cells,
    counted,
    date_in_short,
    glued,
    hanging,
    line,
    padded,
    separated,
    wrap,
)
from ogpcase.reports.asks.text import legend_lines
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.stats.rows import SORTS, AskedParty, CaseCounts, Duration, Figure, Sort, Spread, Stats, Vote

_TITLES: dict[Sort, str] = {
    "request": "Requests, by the party that was asked",
    "duty": "Duties of the policy, by the party that has them",
    "context": "Requests of background papers, by the party that was asked",
}
_GROUPS = {
    "answered": ("met", "partly_met", "refused", "overtaken"),
    "acknowledged only": ("acknowledged",),
    "silent": ("silent",),
    "nothing recorded, or not sure": ("unanswered", "unknown", "perhaps"),
}
"""What the shades of a bar stand for."""
_TIMINGS = {
    "on_time": "in time",
    "late": "late",
    "possibly_late": "possibly late",
    "due_passed": "term passed",
}


def asks_lines(parties: Sequence[AskedParty], page: Page) -> Iterator[Line]:
    """Yields a bar and the counts for each party, requests first, duties and background apart."""
    most = max((each.asked for each in parties), default=0)
    for sort in SORTS:
        mine = [each for each in parties if each.sort == sort]
        if mine:
            yield line()
            yield from hanging([], _TITLES[sort], page.width, "title")
        for each in mine:
            yield from hanging([Piece("  ")], "nobody named" if each.party is None else each.name, page.width, "stage")
            yield line("    ", Piece(_bar(each, most, page), "stage"))
            yield from hanging([Piece("    ")], separated(_counts(each), page), page.width)
    if parties:
        yield line()
        yield from key_lines(_signs_of_outcomes(parties, page), page)


def words_of_parties(parties: Iterable[AskedParty]) -> Iterator[str]:
    """Yields the words of the legend that the counts use."""
    for each in parties:
        yield from (word for word in ("silent", "unanswered", "unknown") if each.outcomes[word])
        yield from (_TIMINGS[word] for word in ("possibly_late", "due_passed") if each.timings[word])
        if each.perhaps:
            yield "perhaps"


def _counts(each: AskedParty) -> list[str]:
    outcomes = [f"{number} {word.replace('_', ' ')}" for word, number in each.outcomes.items() if number]
    outcomes += [f"{each.perhaps} perhaps"] if each.perhaps else []
    timings = ", ".join(f"{each.timings[word]} {said}" for word, said in _TIMINGS.items() if each.timings[word])
    often = "once" if each.asked == 1 else f"{each.asked} times"
    return [f"asked {often}: {', '.join(outcomes)}", *([timings] if timings else [])]


def _bar(each: AskedParty, most: int, page: Page) -> str:
    numbers = [number for number in _grouped(each).values() if number]
    columns = iter(shared(numbers, scaled(each.asked, most, room(page))))
    signs = zip(page.glyphs.shades, _grouped(each).values(), strict=False)
    return "".join(sign * next(columns) for sign, number in signs if number)


def _grouped(each: AskedParty) -> dict[str, int]:
    numbers = {**each.outcomes, "perhaps": each.perhaps}
    return {group: sum(numbers[word] for word in words) for group, words in _GROUPS.items()}


def _signs_of_outcomes(parties: Sequence[AskedParty], page: Page) -> Iterator[tuple[str, str]]:
    for sign, group in zip(page.glyphs.shades, _GROUPS, strict=False):
        if any(_grouped(each)[group] for each in parties):
            yield sign, group


DATE = 12
"""Columns of the date column."""


def votes_lines(votes: Sequence[Vote], page: Page, *, one: bool) -> Iterator[Line]:
    """Yields each resolution with its vote, those without a recorded one too; `one` leaves out the case's id."""
    if votes:
        yield line()
        yield line(Piece("Votes on resolutions", "title"))
    for vote in votes:
        dated = date_in_short(vote.dated)
        date = Piece(f"  {padded(dated, max(DATE, cells(dated)))}  ", "date")
        marks = (["context"] if vote.context else []) + ([] if vote.certain else ["perhaps"])
        yield from hanging([date], separated([_votes_in_words(vote), *marks], page), page.width)
        yield from hanging([Piece(" " * (DATE + 4))], vote.title, page.width, "dim")
        yield line(" " * (DATE + 4), Piece(vote.event if one else f"{vote.case}/{vote.event}", "dim"))


def _votes_in_words(vote: Vote) -> str:
    counted = ((vote.in_favour, "for"), (vote.against, "against"), (vote.abstained, "abstaining"))
    if all(number is None for number, _ in counted) and vote.method is None:
        return "vote not recorded"
    numbers = ", ".join(f"{'unknown' if number is None else number} {what}" for number, what in counted)
    return f"{numbers}; {vote.method or 'way of voting unknown'}"


SPANS = "days with “to”, “at least” or “at most”"


def stats_lines(stats: Stats, page: Page, *, one: bool = False) -> list[Line]:
    """Returns how long things took, how resolutions were voted on and what came back; `one` of one case alone."""
    rows = stats.by_case if one else stats.over_cases
    lines = [line(Piece(part, "title")) for part in wrap(_summary(stats.counts), page.width)]
    lines += as_of_lines(stats.as_of, stats.known_by, page)
    lines += _durations(rows, page)
    lines += votes_lines(stats.votes, page, one=one)
    lines += asks_lines(stats.asks, page)
    lines += language_lines(stats.languages, page)
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
        yield from key_lines(_signs_of_durations(rows, page), page)


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


def _signs_of_durations(rows: Sequence[Duration], page: Page) -> Iterator[tuple[str, str]]:
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
