"""What came back from each party that was asked, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.render.bars import key_lines, room, scaled, shared
from ogpcase.render.lines import Line, Piece, hanging, line
from ogpcase.render.page import Page, separated
from ogpcase.views.stats_asks import SORTS, AskedParty, Sort

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
        yield from key_lines(_signs(parties, page), page)


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


def _signs(parties: Sequence[AskedParty], page: Page) -> Iterator[tuple[str, str]]:
    for sign, group in zip(page.glyphs.shades, _GROUPS, strict=False):
        if any(_grouped(each)[group] for each in parties):
            yield sign, group
