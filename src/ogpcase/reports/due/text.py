"""The dated terms in the terminal: the last day, the days left, the request and the party asked."""

from collections.abc import Iterator, Sequence

from ogpcase.model.dates import Days
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import Line, Page, Piece, Style, cells, line, padded
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.output.words import apart, before, day_words, days_in_words, perhaps
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.requests.text import NOBODY, due_words, legend_lines, missed_lines, name_in_words, words_of_days

COLUMN = 10
"""The width of the column of days."""
_STYLES: dict[str, Style] = {"due_passed": "bad", "possibly_late": "note", "running": "open"}
_WORDS = {"due_passed": ("term passed",), "possibly_late": ("possibly late",), "late": ("term passed", "silent")}


def due_lines(due: Due, page: Page) -> list[Line]:
    """Returns the terms that have a day, soonest first, and then those whose day is not known."""
    lines = [each for row in due.rows for each in _row_lines(row, page)]
    if not due.rows:
        nothing = _("no term falls due") if due.later or due.passed else _("no term is running")
        lines = [line(Piece(nothing, "dim"))]
    for number, row in enumerate(due.not_known):
        lines += [line(), line(Piece(_("The last day is not known"), "stage"))] if number == 0 else []
        lines += _row_lines(row, page)
    if parts := list(_left_out(due)):
        lines += [line(), *page.paragraph(before(_("left out")) + ", ".join(parts), "dim")]
    lines += language_lines(due.languages, page)
    return [*lines, *legend_lines(_words_used((*due.rows, *due.not_known)), page)]


def _left_out(due: Due) -> Iterator[str]:
    """Yields how many terms a view leaves out, and why."""
    if due.passed:
        yield ngettext("{number} term passed before", "{number} terms passed before", due.passed)
    if due.later:
        yield ngettext("{number} term later", "{number} terms later", due.later)
    if due.ended:
        yield ngettext("{number} term of cases that have ended", "{number} terms of cases that have ended", due.ended)
    if due.duties:
        yield ngettext(
            "{number} term of duties of the policy (--duties shows them)",
            "{number} terms of duties of the policy (--duties shows them)",
            due.duties,
        )


def _row_lines(row: DueRow, page: Page) -> Iterator[Line]:
    day = row.last_day or ""
    known = cells(day) <= COLUMN
    date = Piece(f"  {padded(day if known else '', COLUMN)}  ", "date")
    when = _when(row) if known else f"{day_words(day)}, {_when(row)}"
    term = due_words(row.request.line.term, with_day=False) if row.request else ""
    term += f" {_('(inferred)')}" if row.request and row.request.ask.inferred else ""
    whom = before(name_in_words(row.of) if row.of else _("the term of a decision"))
    yield from page.hanging([date], apart([when, f"{whom}{row.text}{term}"]), _STYLES.get(row.timing, ""))
    yield from missed_lines(row.request.ask.on_missed, page, COLUMN + 4) if row.request else ()
    yield line(" " * (COLUMN + 4), Piece(f"{row.case}/{row.reference}", "dim"))  # never broken: it is to be copied


def _when(row: DueRow) -> str:
    if row.request and row.request.line.outcome == "not_read":
        return _("whether something came is not known: a record of the case cannot be read")
    sure = row.request is None or (row.request.ask.certain and row.request.line.certain)
    return perhaps(", ".join(_stands(row)), certain=sure)


def _stands(row: DueRow) -> Iterator[str]:
    """Yields how a term stands and, where it has passed, what is recorded to have come."""
    days = days_in_words(row.days)
    if row.timing == "running":
        today = row.days == Days(0, 0)
        left = _("{days} left", days=days) if days else _("its term runs")
        yield _("today is its last day") if today else left
    elif row.timing == "due_passed":
        yield from (_("term passed {days} ago", days=days), *_what_came(row))
    elif row.timing == "possibly_late":
        yield from (_("may have passed"), *_what_came(row))
    elif row.timing == "late" and row.request and row.request.line.outcome == "silent":
        yield from (_("term passed"), _("silent up to {days} after it", days=days))
    elif row.timing == "late":
        yield _("{days} late", days=days) if days else _("late")
    elif row.timing == "on_time":
        yield _("in time")
    else:
        yield _("nothing says when it began or ends")


_CAME = {
    "unanswered": marked("no answer recorded"),
    "acknowledged": marked("only its receipt recorded"),
    "unknown": marked("no answer was found"),
}


def _what_came(row: DueRow) -> Iterator[str]:
    """Yields what is recorded of a term that has passed; nothing for a decision, which nobody answers."""
    if row.request is None:
        return
    answer = row.request.line
    if answer.outcome == "silent" and answer.told_on in {None, UNKNOWN}:
        yield _("silent up to a day that is not known")
    elif answer.outcome == "silent":
        yield with_days("silent up to {day}", day=answer.told_on, say=day_words)
    elif answer.outcome in _CAME:
        yield _(_CAME[answer.outcome])


def _words_used(rows: Sequence[DueRow]) -> Iterator[str]:
    for row in rows:
        yield from words_of_days(row.days)
        yield from _WORDS.get(row.timing, ())
        if row.of == UNKNOWN:
            yield NOBODY
        if row.request and not (row.request.ask.certain and row.request.line.certain):
            yield "perhaps"
