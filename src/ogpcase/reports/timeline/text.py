"""A timeline at a glance in the terminal: the strip of stages, a line or two an event, and what is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ogpcase.output.bars import scaled
from ogpcase.output.lines import Line, Page, Piece, Style, counted, days_in_words, glued, line, padded
from ogpcase.reports.heading.text import heading_lines, language_lines, quiet_words, related_name
from ogpcase.reports.requests.text import legend_lines
from ogpcase.reports.timeline.entry_text import LEFT, Columns, entry_lines, hue_at, sign_of, with_edge, words_waiting
from ogpcase.reports.timeline.folding import SORTS, Entry, entries_of
from ogpcase.reports.timeline.rows import Between, Row, Timeline, without_duties
from ogpcase.reports.timeline.strip import heading, headings, strip_of

A_GAP, LONG = 1 / 16, 1 / 8
"""The parts of the time that the page covers from which on a gap is shown at a glance, and stands out."""


def timeline_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the timeline at a glance. Only names and the titles of folded events are cut, and only to a width."""
    shown = without_duties(timeline)
    entries = entries_of(shown)
    drawing = Drawing(entries, partial(entry_lines, page), A_GAP)
    lines = [*top_lines(shown, page), *rail_lines(shown, page, drawing)]
    lines += page.paragraph("; ".join(map(glued, _below(timeline, shown, entries, page))), "dim", LEFT)
    return [*lines, *language_lines(shown.languages, page), *legend_lines(words_waiting(shown), page)]


def top_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns what stands above the events: the head of the case, what changed since a day, and the strip."""
    said = page.paragraph(_changed(timeline.between, page), "note") if timeline.between else []
    return [*heading_lines(timeline.heading, page), *said, *strip_of(timeline.spans, page)]


def _changed(between: Between, page: Page) -> str:
    """Returns what happened in a period, in one sentence."""
    moved = between.before != between.after
    before, after = (stage.label if stage else "no step known" for stage in (between.before, between.after))
    parts = [f"{before} {page.glyphs.arrow} {after}" if moved else "no other stage"]
    parts += [counted(between.events, "event"), f"{counted(between.asked, 'request')} made"]
    parts += [counted(between.answered, "answer")] if between.answered else []
    parts += [f"{counted(between.ran_out, 'term')} ran out"] if between.ran_out else []
    return f"From {between.since} to {between.until}: {'; '.join(parts)}"


def _nothing_words(timeline: Timeline) -> str:
    """Returns why a timeline has no row."""
    heading = timeline.heading
    known, recorded = f"nothing known by {heading.known_by}", f"nothing is recorded up to {heading.as_of}"
    return "no event is left to show" if timeline.hidden_rows else known if heading.known_by else recorded


class Drawing(NamedTuple):
    """How a timeline is drawn: its entries, what draws one of them, and the least of the time that a gap must have.

    `draw` gets the entry, the columns, and whether a heading above it names the stage that it leads to.
    """

    entries: Sequence[Entry]
    draw: Callable[[Entry, Columns, bool], Iterable[Line]]
    least: float


def rail_lines(timeline: Timeline, page: Page, drawing: Drawing) -> Iterator[Line]:
    """Yields the events under their stages, the gaps between them, and the reader's day where the case is open."""
    entries = drawing.entries
    if not entries:
        yield line(Piece(f"  {_nothing_words(timeline)}", "dim"))
        return
    columns, begun = Columns.of(timeline), 0
    covered = sum(_days(row) for row in timeline.rows)
    if timeline.spans and not entries[0].rows[0].stays:
        yield from heading(f"Before the {timeline.heading.opening.name}", page)
    undated = next((entry for entry in entries if entry.rows[0].event.day.form == "unknown"), None)
    for entry in entries:
        row = entry.rows[0]
        yield from _gap(row, covered, drawing.least, page) if entry is not entries[0] else ()
        yield from heading("Undated", page) if entry is undated else ()
        yield from headings(timeline, begun, row.stays, page)
        yield from drawing.draw(entry, columns, row.stays > begun)
        begun = max(begun, row.stays)
    yield from headings(timeline, begun, len(timeline.spans), page)  # entered by an event that is not shown
    yield from _today(timeline, page, columns)


def _days(row: Row) -> int:
    """Returns the days that have certainly passed since the row before."""
    return max(0, row.gap.fewest or 0) if row.gap else 0


def _gap(row: Row, covered: int, least: float, page: Page) -> Iterator[Line]:
    """Yields the time before a row, unless it is short for the page: a rule as long as it is, and the days."""
    days, words = _days(row), days_in_words(row.gap)
    if words in {"", "0 days"} or (least and not days) or days < covered * least:
        return
    style: Style = "note" if days >= covered * LONG else "dim"
    ruled = page.glyphs.rule * max(1, scaled(days, covered, min(60, (page.width or 80) - 30)))
    yield line(Piece(page.glyphs.gap, hue_at(row)), Piece(f"   {ruled} {words}", style))


def _today(timeline: Timeline, page: Page, columns: Columns) -> Iterator[Line]:
    """Yields a row of the reader's day where the case has not ended: how long it has been in its stage so far."""
    head = timeline.heading
    if head.stage.ends and head.known:
        return
    span = timeline.spans[-1] if timeline.spans else None
    length = days_in_words(span.days) if span else ""
    stands = f"{length} in {span.stage.label} so far" if span and length not in {"", "0 days"} else head.stands
    words = [stands] if head.known else ["the stage is not known"]
    words += filter(None, [quiet_words(head)])
    first = [Piece(f"{page.glyphs.today} "), Piece(padded(str(head.as_of), columns.date), "date"), Piece("  ")]
    begun, *rest = page.narrower(columns.edge).hanging(first, "; ".join(words), "stage")
    yield from [with_edge(begun, timeline.open_asks, page), *rest]


def _below(whole: Timeline, timeline: Timeline, entries: Sequence[Entry], page: Page) -> Iterator[str]:
    """Yields what the signs mean, related cases, which option shows what is folded, and what options leave out."""
    yield from _signs(timeline, entries, page)
    for related in timeline.heading.related:
        yield f"{related.relation.lower()}: {related.case or related_name(related)}"
    folded = {sort: sum(len(entry.rows) for entry in entries if entry.sort == sort) for sort in SORTS}
    duties = sum(ask.duty for row in whole.rows for ask in row.asks if not whole.duties)
    shows = [counted(folded["papers"], "paper")] if folded["papers"] else []
    shows += ["texts"] if entries else []
    shows += [counted(len(timeline.notes), "note")] if timeline.notes else []
    yield from [f"--full: {', '.join(shows)}"] if shows else []
    yield from [f"--context: {counted(folded['context'], 'event')}"] if folded["context"] else []
    yield from [f"--duties: {duties}"] if duties else []
    if timeline.hidden_rows:
        yield f"{counted(timeline.hidden_rows, 'other event is', 'other events are')} left out by the options given"


def _signs(timeline: Timeline, entries: Sequence[Entry], page: Page) -> Iterator[str]:
    """Yields what the signs on the rail and the numbers at its right mean, only those that are there."""
    signs = page.glyphs
    meanings = {signs.step: "move", signs.paper: "paper", signs.context: "context", signs.folded: "folded"}
    there = {sign_of(entry, page) for entry in entries}
    yield from (
        f"{sign} {meaning}" for sign, meaning in (meanings | {signs.perhaps: "perhaps"}).items() if sign in there
    )
    if page.width is not None and any(row.open_asks.most for row in timeline.rows):
        yield "right: asks open then"
