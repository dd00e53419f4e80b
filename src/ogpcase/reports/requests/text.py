"""The ledger of requests in the terminal: who asked whom for what, by when, and what came back after how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogpcase.output.lines import Line, Page, Piece, cells, counted, date_in_short, days_in_words, glued, line, padded
from ogpcase.reports.asks.text import (
    due_words,
    legend_lines,
    missed_lines,
    name_of,
    outcome_lines,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.rows import Asked, Requests

WIDEST_DATE = 12
"""Columns of the date column at most."""


def requests_lines(requests: Requests, page: Page) -> list[Line]:
    """Returns the open requests, the longest open first, then those that were answered."""
    lines = page.paragraph(_summary(requests), "title")
    for words, rows in _sections(requests.rows).items():
        lines += [line(), *page.paragraph(words, "stage")] if rows else []
        lines += [each for row in rows for each in (line(), *_row_lines(row, page))][1:]
    return [*lines, *language_lines(requests.languages, page), *legend_lines(_words_used(requests.rows), page)]


def _summary(requests: Requests) -> str:
    rows = requests.rows
    still_open = sum(row.open for row in rows)
    parts = [counted(len(rows), "request"), f"{still_open} open", f"{len(rows) - still_open} answered"]
    parts = parts if rows else ["no request is recorded" if not requests.left_out else "no request is chosen"]
    left_out = f"; {counted(requests.left_out, 'other')} left out by the options given" if requests.left_out else ""
    return f"{', '.join(parts)}{left_out}"


def _sections(rows: Sequence[Asked]) -> dict[str, list[Asked]]:
    waited_for = [row for row in rows if row.open and not row.ask.duty]
    return {
        "Open": [row for row in waited_for if not row.ask.at_end],
        "Open when the case ended": [row for row in waited_for if row.ask.at_end],
        "Duties of the policy that no record answers": [row for row in rows if row.open and row.ask.duty],
        "Answered": [row for row in rows if not row.open],
    }


def _row_lines(row: Asked, page: Page) -> Iterator[Line]:
    dated = date_in_short(row.dated)
    fits = cells(dated) <= WIDEST_DATE
    date = Piece(f"  {padded(dated if fits else '', WIDEST_DATE)}  ", "date")
    beside, who = WIDEST_DATE + 4, _who(row, page)
    yield from page.hanging([date], who if fits else page.separated([glued(dated), who]), "dim")
    yield from page.paragraph(f"{row.ask.text}{due_words(row.line.term)}", indent=beside)
    yield from outcome_lines(row.line, page, beside, who="", more=_days(row))
    for other in row.others:
        yield from outcome_lines(other, page, beside, who=f"{name_of(other)}, not asked: ")
    yield from missed_lines(row.ask.on_missed, page, beside) if row.open else ()
    yield line(" " * beside, Piece(f"{row.case}/{row.reference}", "dim"))  # never broken: it is to be copied


def _who(row: Asked, page: Page) -> str:
    by = "a duty of the policy" if row.ask.duty else ", ".join(row.by[:3]) + (" and others" if row.by[3:] else "")
    whom = f"{glued(page.glyphs.arrow)} {name_of(row.line)}"
    marks = ["context"] if row.context else []
    marks += [] if row.certain else ["perhaps"]
    return page.separated([f"{by.replace('unknown', 'not named') or 'not named'} {whom}", *marks])


def _days(row: Asked) -> str:
    """How long it took, or how long it has been open; nothing where nobody can know."""
    if not row.open or row.line.after is not None:
        took = days_in_words(row.line.after)
        return f", after {took}" if took else ""
    length = days_in_words(row.line.open_for)
    return f", open {length}" if length else ""


def _words_used(rows: Iterable[Asked]) -> Iterator[str]:
    for row in rows:
        yield from words_of_asks([row.line, *row.others])
        yield from words_of_days(row.line.after)
        if not row.certain:
            yield "perhaps"
