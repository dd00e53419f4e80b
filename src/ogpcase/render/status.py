"""Where a case stands, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.render.asks import outcome_lines
from ogpcase.render.heading import heading_lines, language_lines, related_lines
from ogpcase.render.legend import legend_lines, words_of_asks, words_of_days
from ogpcase.render.lines import Line, Piece, glued, hanging, line, wrap
from ogpcase.render.page import Page, days_in_words, either
from ogpcase.render.terms import due_words, missed_words
from ogpcase.views.status import OpenAsk, PossibleMove, Status


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the head, what is open, the moves from here, and how many departures there are."""
    lines = [*heading_lines(status.heading, page)]
    if status.departures:
        steps = "1 step is" if status.departures == 1 else f"{status.departures} steps are"
        said = f"{steps} recorded as outside the policy"
        lines += [line(Piece(part, "note")) for part in wrap(said, page.width)]
    asked = [each for each in status.open_asks if not each.ask.duty]
    owed = [each for each in status.open_asks if each.ask.duty]
    lines += _section("Open at its end" if status.heading.stage.ends else "Open", asked, page)
    lines += _section("Duties of the policy that no record answers", owed, page)
    lines += moves_lines(status.moves, page, ended=status.heading.stage.ends)
    lines += related_lines(status.heading, page)
    lines += language_lines(status.language, status.elsewhere, page)
    return [*lines, *legend_lines(_words_used(status), page)]


def _words_used(status: Status) -> Iterator[str]:
    yield from words_of_asks(one for each in status.open_asks for one in each.ask.lines)
    yield from words_of_days(*(each.days for each in status.open_asks))
    if status.heading.perhaps or not all(each.ask.certain for each in status.open_asks):
        yield "perhaps"


def _section(words: str, asks: Sequence[OpenAsk], page: Page) -> Iterator[Line]:
    if asks:
        yield line()
        yield from hanging([], words, page.width, "title")
    for each in asks:
        ask = each.ask
        perhaps = "" if ask.certain else " (perhaps asked)"
        said = f"{ask.text}{due_words(ask.term)}{_open_for(days_in_words(each.days))}{perhaps}"
        yield from hanging([Piece("  ")], said, page.width)
        yield line("    ", Piece(each.reference, "dim"))
        for one in ask.lines:
            yield from outcome_lines(one, page.width, page, 4)
        if ask.on_missed:
            yield from hanging([Piece("    ")], missed_words(ask.on_missed), page.width, "note")


def _open_for(length: str) -> str:
    if not length:
        return ""
    return " " + glued("(asked today)" if length == "0 days" else f"(open {length})")


def moves_lines(moves: Sequence[PossibleMove], page: Page, *, ended: bool) -> Iterator[Line]:
    """Yields the moves that the policy has from here, each with who decides, on what paper, by which clause."""
    yield line()
    if not moves:
        nothing = "The case has ended: the policy has no move from here" if ended else "No move is known"
        yield from hanging([], nothing, page.width, "title")
        return
    yield line(Piece("The policy's moves from here", "title"))
    for move in moves:
        clause = move.clause or "clause not known"
        yield from hanging([Piece(f"  {page.glyphs.arrow} "), Piece(str(move.to), "stage")], "", page.width)
        doubt = "" if move.verified else ", not verified"
        decided = f"decided by {move.decided_by}, carried by {either(move.carried_by)}"
        said = f"{decided}; {clause}; evidence {move.evidence}{doubt}"
        yield from hanging([Piece("      ")], said, page.width, "dim")
        yield from hanging([Piece("      ")], move.requires, page.width, "dim")
