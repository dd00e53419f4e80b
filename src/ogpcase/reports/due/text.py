"""The dated terms in the terminal: the last day, the days left, the request and the party asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import Line, Page, Piece, Style, cells, counted, days_in_words, line, padded
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.text import (
    NOBODY,
    day_words,
    due_words,
    legend_lines,
    missed_lines,
    name_in_words,
    words_of_days,
)

COLUMN = 10
"""The width of the column of days."""
_STYLES: dict[str, Style] = {"due_passed": "bad", "possibly_late": "note", "running": "open"}
_WORDS = {"due_passed": ("term passed",), "possibly_late": ("possibly late",), "late": ("term passed", "silent")}


def due_lines(due: Due, page: Page) -> list[Line]:
    """Returns the terms that have a day, soonest first, and then those whose day is not known."""
    lines = [each for row in due.rows for each in _row_lines(row, page)]
    if not due.rows:
        lines = [line(Piece("no term falls due" if due.later or due.passed else "no term is running", "dim"))]
    for number, row in enumerate(due.not_known):
        lines += [line(), line(Piece("The last day is not known", "stage"))] if number == 0 else []
        lines += _row_lines(row, page)
    left_out = {"passed before": due.passed, "later": due.later, "of cases that have ended": due.ended}
    left_out["of duties of the policy (--duties shows them)"] = due.duties
    if parts := [f"{counted(count, 'term')} {why}" for why, count in left_out.items() if count]:
        lines += [line(), *page.paragraph(f"left out: {', '.join(parts)}", "dim")]
    lines += language_lines(due.languages, page)
    return [*lines, *legend_lines(_words_used((*due.rows, *due.not_known)), page)]


def _row_lines(row: DueRow, page: Page) -> Iterator[Line]:
    day = row.last_day or ""
    known = cells(day) <= COLUMN
    date = Piece(f"  {padded(day if known else '', COLUMN)}  ", "date")
    when = _when(row) if known else f"{day_words(day)}, {_when(row)}"
    term = due_words(row.request.line.term, with_day=False) if row.request else ""
    term += " (inferred)" if row.request and row.request.ask.inferred else ""
    whom = name_in_words(row.of) if row.of else "the term of a decision"
    yield from page.hanging([date], f"{when}; {whom}: {row.text}{term}", _STYLES.get(row.timing, ""))
    yield from missed_lines(row.request.ask.on_missed, page, COLUMN + 4) if row.request else ()
    yield line(" " * (COLUMN + 4), Piece(f"{row.case}/{row.reference}", "dim"))  # never broken: it is to be copied


def _when(row: DueRow) -> str:
    days = days_in_words(row.days)
    perhaps = "perhaps " if row.request and not (row.request.ask.certain and row.request.line.certain) else ""
    if row.request and row.request.line.outcome == "not_read":
        return "whether something came is not known: a record of the case cannot be read"
    words = {
        "running": "today is the last day" if days == "0 days" else f"{days} left" if days else "still runs",
        "due_passed": f"term passed {days} ago{_what_came(row)}",
        "possibly_late": f"may have passed{_what_came(row)}",
        "late": f"term passed, silent up to {days} after it",
        "unknown": "nothing says when it began or ends",
    }
    return f"{perhaps}{words.get(row.timing, row.timing.replace('_', ' '))}"


_CAME = {
    "unanswered": ", no answer recorded",
    "acknowledged": ", only its receipt recorded",
    "unknown": ", no answer found",
}


def _what_came(row: DueRow) -> str:
    """Returns what is recorded of a term that has passed; nothing for a decision, which nobody answers."""
    if row.request is None:
        return ""
    line = row.request.line
    if line.outcome == "silent":
        return f", silent up to {day_words(line.told_on or 'a day not recorded')}"
    return _CAME.get(line.outcome, "")


def _words_used(rows: Sequence[DueRow]) -> Iterator[str]:
    for row in rows:
        yield from words_of_days(row.days)
        yield from _WORDS.get(row.timing, ())
        if row.of == UNKNOWN:
            yield NOBODY
        if row.request and not (row.request.ask.certain and row.request.line.certain):
            yield "perhaps"
