"""A timeline in the terminal: the head, the bar of the stages, one line of time, and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import ceil

from ogpcase.output.lines import (
    GLUE,
    Line,
    Page,
    Piece,
    cells,
    counted,
    date_in_short,
    days_in_words,
    line,
    padded,
    with_tail,
    wrap,
)
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.requests.text import (
    ask_lines,
    duty_lines,
    folded_lines,
    legend_lines,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.shown import for_words, inferred_words
from ogpcase.reports.timeline.rows import Between, Row, RowAnswer, Timeline, without_duties

WIDEST = 96
"""The width of the longest bar in columns."""


def bar_of(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    """Returns the bar and its key; nothing where no stay has a known length."""
    known = [span for span in spans if span.most_days is not None]
    days = [span.most_days or 0 for span in known]
    if not sum(days):
        return []
    drawn = _shares(days, min(WIDEST, (page.width or 80) - 4))
    shades = page.glyphs.shades
    bar = [Piece(shades[place % len(shades)] * share, "stage") for place, share in enumerate(drawn)]
    return [line("  ", *bar), *_key(known, page)]


def _shares(days: list[int], width: int) -> list[int]:
    """Splits `width` in proportion to the days; every stay gets at least one column."""
    total = sum(days)
    shares = [max(1, ceil(width * each / total)) for each in days]
    for _ in range(sum(shares) - max(width, len(days))):
        shares[shares.index(max(shares))] -= 1
    return shares


def _key(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    shades = page.glyphs.shades
    lines: list[list[Piece]] = []
    taken = 0
    for place, span in enumerate(spans):
        sign = Piece(f"{shades[place % len(shades)]} ", "stage")
        words = f"{span.stage.label}, {days_in_words(span.days)}"
        more = cells(f"   {sign.text}{words}")
        if lines and (page.width is None or taken + more <= page.width):
            lines[-1] += (Piece("   "), sign, Piece(words))
            taken += more
        else:
            lines += map(list, page.hanging([Piece("  "), sign], words))
            taken = cells("".join(piece.text for piece in lines[-1]))
    return list(map(tuple, lines))


WIDEST_DATE = 14
"""The greatest width of the date column; a longer date has its own line."""


def timeline_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the whole timeline as lines."""
    duties = [ask.open for row in timeline.rows for ask in row.asks if ask.duty and not timeline.duties]
    timeline = without_duties(timeline)
    lines = [*heading_lines(timeline.heading, page), line()]
    if timeline.between:
        lines += [*page.paragraph(_changed(timeline.between, page), "note"), line()]
    if bar := bar_of(timeline.spans, page):
        lines += [*bar, line()]
    lines += list(_time_lines(timeline, page))
    if timeline.hidden_rows:
        said = f"{counted(timeline.hidden_rows, 'other event is', 'other events are')} left out by the options given"
        lines += [line(), *page.paragraph(said, "dim")]
    lines += folded_lines(duties, page)
    lines += language_lines(timeline.languages, page)
    notes = (
        page.hanging([Piece(padded(f"  [{number}] ", 7), "note")], note)
        for number, note in enumerate(timeline.notes, 1)
    )
    lines += page.section("Notes", chain.from_iterable(notes))
    lines += related_lines(timeline.heading, page)
    return [*lines, *legend_lines(_words_used(timeline), page)]


def _changed(between: Between, page: Page) -> str:
    """Returns what happened in the period, in one sentence."""
    moved = between.before != between.after
    before, after = (stage.label if stage else "no step known" for stage in (between.before, between.after))
    parts = [f"{before} {page.glyphs.arrow} {after}" if moved else "no other stage"]
    parts += [counted(between.events, "event"), f"{counted(between.asked, 'request')} made"]
    parts += [counted(between.answered, "answer")] if between.answered else []
    parts += [f"{counted(between.ran_out, 'term')} ran out"] if between.ran_out else []
    return f"From {between.since} to {between.until}: {'; '.join(parts)}"


def _words_used(timeline: Timeline) -> Iterator[str]:
    yield from words_of_asks(each for row in timeline.rows for ask in row.asks for each in ask.lines)
    yield from words_of_days(*(row.gap for row in timeline.rows), *(span.days for span in timeline.spans))
    if timeline.heading.perhaps or any(not row.certain for row in timeline.rows):
        yield "perhaps"


def _time_lines(timeline: Timeline, page: Page) -> Iterator[Line]:
    rows = timeline.rows
    if not rows:
        heading = timeline.heading
        known, recorded = f"nothing known by {heading.known_by}", f"nothing is recorded up to {heading.as_of}"
        nothing = known if heading.known_by else recorded
        yield line(Piece("  no event is left to show" if timeline.hidden_rows else f"  {nothing}", "dim"))
        return
    column = min(WIDEST_DATE, max(cells(date_in_short(row.event.date_text)) for row in rows))
    column = max(column, *(cells(days_in_words(row.gap, short=True)) for row in rows), 0)
    ruled = 0
    if timeline.spans and not rows[0].stays:
        yield from _rule(f"Before the {timeline.heading.opening.name}", page)
    undated = next((row for row in rows if row.event.day.form == "unknown"), None)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        yield from _rule("Undated", page) if row is undated else []
        yield from _rules(timeline, ruled, row.stays, page)
        ruled = max(ruled, row.stays)
        yield from _row_lines(row, after, column, page)
    yield from _rules(timeline, ruled, len(timeline.spans), page)  # entered by an event that is not shown


def _rules(timeline: Timeline, first: int, last: int, page: Page) -> Iterator[Line]:
    """Yields the headings of the stays entered; where rows are left out, only the last heading."""
    entered = timeline.spans[first:last]
    for span in entered[-1:] if timeline.hidden_rows else entered:
        length = days_in_words(span.days)
        yield from _rule(f"{span.stage.label} {page.glyphs.dot} {length}" if length else span.stage.label, page)


def _rule(words: str, page: Page) -> list[Line]:
    rule = page.glyphs.rule
    *lines, last = page.hanging([Piece("  "), Piece(f"{rule}{rule} ", "dim")], words, "stage")
    rest = (page.width or 80) - sum(cells(piece.text) for piece in last) - 3
    return [*lines, (*last, Piece(f" {rule * rest}" if rest > 0 else "", "dim"))]


def _row_lines(row: Row, after: Row | None, column: int, page: Page) -> Iterator[Line]:
    """Yields the date, the sign and what happened; under the date the time to the next row."""
    body = list(_body(row, page.narrower(column + 7)))
    gap = days_in_words(after.gap, short=True) if after else ""
    dates = _date_cells(row.event.date_text, column)
    height = max(len(body), len(dates) + (1 if gap else 0))
    left = [Piece(padded(each, column), "date") for each in dates]
    left += [Piece(" " * column)] * (height - len(left))
    if gap and gap != "0 d":
        left[-1] = Piece(padded(gap, column, right=True), "dim")
    body += [line()] * (height - len(body))
    for number, (cell, rest) in enumerate(zip(left, body, strict=True)):
        sign = Piece(_sign(row, page) if number == 0 else page.glyphs.line, "stage" if row.event.moves_to else "dim")
        yield ((Piece("  "), cell, Piece("  "), sign, Piece("  "), *rest))


def _date_cells(dated: str, column: int) -> list[str]:
    """Breaks a date to fit its column, after a slash, comma or dots."""
    text = date_in_short(dated)
    if cells(text) <= column:
        return [text]
    for mark in ("/", "..", ","):
        first, found, rest = text.partition(mark)
        if found and first.strip("["):
            return [*wrap(first + found, column), *wrap(rest, column)]
    return wrap(text, column)


def _sign(row: Row, page: Page) -> str:
    if not row.certain:
        return page.glyphs.perhaps
    if row.event.moves_to:
        return page.glyphs.step
    return page.glyphs.context if row.event.context else page.glyphs.event


def _body(row: Row, page: Page) -> Iterator[Line]:
    marks = "".join(f"{GLUE}[{number}]" for number in row.notes)
    yield from page.paragraph(row.title + marks, "title")
    yield from page.paragraph(_about(row, page), "dim")
    told = [answer for answer in row.answers if answer.request.partition("#")[0] != row.event.id]  # its own stand below
    yield from _answer_lines(told, page)
    for ask in row.asks:
        yield from ask_lines(ask, page) if not ask.duty else ()
    yield from duty_lines([ask for ask in row.asks if ask.duty], page)


def _answer_lines(answers: Iterable[RowAnswer], page: Page) -> Iterator[Line]:
    """Yields the answers to requests of other events that the event reports, grouped by outcome and event."""
    items: dict[tuple[str, str], list[str]] = {}
    for answer in answers:
        said = "no answer" if answer.answer == "none" else answer.answer.replace("_", " ")
        told_of = [name for name in answer.of if name != "unknown"]
        of = f" of {', '.join(told_of)}" if told_of else ""
        event, _, item = answer.request.partition("#")
        items.setdefault((f"{said}{of}", event), []).append(item or "a request")
    for (said, event), named in items.items():
        told = page.hanging([Piece("tells ", "ask")], f"{', '.join(named)} of{GLUE}{event}")
        yield from with_tail(told, page.glyphs.arrow, Piece(said), page.width)


def _about(row: Row, page: Page) -> str:
    """Returns the kind, actors and addressees, the move, and marks such as `perhaps`."""
    arrow = f"{page.glyphs.arrow}{GLUE}"
    who = _joined(row.actors) + for_words(row.on_behalf_of)
    if row.addressees:
        who = f"{who} {arrow}{_joined(row.addressees)}"
    moved = f"{arrow}{', '.join(stage.label for stage in row.moves_to)}" if row.moves_to else ""
    perhaps = "" if row.certain else "perhaps"
    departed = "a departure" if row.event.departs else ""
    inferred = inferred_words(row.event.inferred)
    parts = [str(row.event.kind), "context" if row.event.context else "", who, perhaps, departed, moved, inferred]
    return page.separated(filter(None, parts))


MOST_NAMED = 3


def _joined(names: Sequence[str]) -> str:
    """Returns a few names, or the first of many and the number of the others."""
    if len(names) > MOST_NAMED:
        return f"{names[0]} and{GLUE}{len(names) - 1} others"
    return ", ".join("not named" if name == "unknown" else name for name in names)
