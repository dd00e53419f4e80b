"""How resolutions were voted on, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.render.lines import Line, Piece, cells, hanging, line, padded
from ogpcase.render.page import Page, date_in_short, separated
from ogpcase.views.stats_votes import Vote

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
        yield from hanging([date], separated([_counts(vote), *marks], page), page.width)
        yield from hanging([Piece(" " * (DATE + 4))], vote.title, page.width, "dim")
        yield line(" " * (DATE + 4), Piece(vote.event if one else f"{vote.case}/{vote.event}", "dim"))


def _counts(vote: Vote) -> str:
    counted = ((vote.in_favour, "for"), (vote.against, "against"), (vote.abstained, "abstaining"))
    if all(number is None for number, _ in counted) and vote.method is None:
        return "vote not recorded"
    numbers = ", ".join(f"{'unknown' if number is None else number} {what}" for number, what in counted)
    return f"{numbers}; {vote.method or 'way of voting unknown'}"
