"""What words mean that could be misread, said once at the end of a page, and only of those that were used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogpcase.model.days import Days
from ogpcase.render.lines import Line, Piece, hanging, line
from ogpcase.render.page import Page
from ogpcase.views.asks import AskLine

MEANINGS: dict[str, str] = {
    "silent": "a source attests that no answer came",
    "unanswered": "nothing is recorded; that is not to say that nothing was done",
    "unknown": "it was looked for, and the sources are silent",
    "term passed": "the last day is over and nothing is recorded; that accuses nobody",
    "possibly late": "a date is not known to the day, or not sure: it may have been in time",
    "timing not known": "it is not recorded when the term began or what came",
    "perhaps": "going by its date it may have happened by then, or not",
    "days with “to”, “at least” or “at most”": "a date is not known to the day",
}
_OUTCOMES = frozenset({"silent", "unanswered", "unknown"})
_TIMINGS = {"due_passed": "term passed", "possibly_late": "possibly late", "unknown": "timing not known"}


def legend_lines(used: Iterable[str], page: Page) -> list[Line]:
    """Returns a line for each word that was used, in a fixed order; nothing where none was."""
    words = set(used)
    lines: list[Line] = []
    for word, meaning in MEANINGS.items():
        if word in words:
            lines += hanging([Piece(f"  {word}: ", "dim")], meaning, page.width, "dim")
    return [line(), *lines] if lines else []


def words_of_asks(lines_shown: Iterable[AskLine]) -> Iterator[str]:
    """Yields the words that lines of requests, and of their parts, use."""
    for each in lines_shown:
        of_its_own = each.outcome != "unanswered" or not each.parts
        if each.outcome in _OUTCOMES and of_its_own:
            yield each.outcome
        if each.timing in _TIMINGS and of_its_own:
            yield _TIMINGS[each.timing]
        if not each.certain:
            yield "perhaps"
        yield from words_of_days(each.timing_days, each.open_for)
        yield from words_of_asks(each.parts)


def words_of_days(*stretches: Days | None) -> Iterator[str]:
    """Yields the words for stretches of days that are not known to the day."""
    if any(days and days.fewest != days.most for days in stretches):
        yield "days with “to”, “at least” or “at most”"
