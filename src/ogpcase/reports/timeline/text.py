"""A timeline at a glance in the terminal: the strip of stages, a line or two an event, and what is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ogpcase.model.dates import Days
from ogpcase.output.bars import hue_of, key_lines, scaled, shade_of, shared
from ogpcase.output.lines import (
    Line,
    Page,
    Piece,
    Style,
    apart,
    before,
    days_in_words,
    glued,
    line,
    lowered,
    padded,
    width_of,
)
from ogpcase.output.messages import _, ngettext
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.heading.text import heading_lines, language_lines, opening_words, quiet_words, related_name
from ogpcase.reports.requests.text import legend_lines
from ogpcase.reports.timeline.entry_text import (
    LEFT,
    SORTS,
    Columns,
    Entry,
    entries_of,
    entry_lines,
    hue_at,
    sign_of,
    with_edge,
    words_waiting,
)
from ogpcase.reports.timeline.rows import Between, Row, Timeline, without_duties

A_GAP, LONG = 1 / 16, 1 / 8
"""The parts of the time that the page covers from which on a gap is shown at a glance, and stands out."""


def timeline_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the timeline at a glance. Only names and the titles of folded events are cut, and only to a width."""
    shown = without_duties(timeline)
    entries = entries_of(shown)
    drawing = Drawing(entries, partial(entry_lines, page), A_GAP)
    lines = [*top_lines(shown, page), *rail_lines(shown, page, drawing)]
    lines += page.paragraph(apart(map(glued, _below(timeline, shown, entries, page))), "dim", LEFT)
    return [*lines, *language_lines(shown.languages, page), *legend_lines(words_waiting(shown), page)]


def top_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns what stands above the events: the head of the case, what changed since a day, and the strip."""
    said = page.paragraph(_changed(timeline.between, page), "note") if timeline.between else []
    return [*heading_lines(timeline.heading, page), *said, *strip_of(timeline.spans, page)]


def _changed(between: Between, page: Page) -> str:
    """Returns what happened in a period, in one sentence."""
    moved = between.before != between.after
    before, after = (_(stage.label) if stage else _("no step known") for stage in (between.before, between.after))
    parts = [f"{before} {page.glyphs.arrow} {after}" if moved else _("no other stage")]
    parts += [
        ngettext("{number} event", "{number} events", between.events),
        ngettext("{number} request made", "{number} requests made", between.asked),
    ]
    parts += [ngettext("{number} answer", "{number} answers", between.answered)] if between.answered else []
    parts += [ngettext("{number} term ran out", "{number} terms ran out", between.ran_out)] if between.ran_out else []
    return _("From {since} to {until}: {what}", since=between.since, until=between.until, what=apart(parts))


def _nothing_words(timeline: Timeline) -> str:
    """Returns why a timeline has no row."""
    heading = timeline.heading
    if timeline.hidden_rows:
        return _("no event is left to show")
    if heading.known_by:
        return _("nothing known by {day}", day=heading.known_by)
    return _("nothing is recorded up to {day}", day=heading.as_of)


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
        yield from _heading(_("Before the {opening}", opening=opening_words(timeline.heading)), page)
    undated = next((entry for entry in entries if entry.rows[0].event.day.form == "unknown"), None)
    for entry in entries:
        row = entry.rows[0]
        yield from _gap(row, covered, drawing.least, page) if entry is not entries[0] else ()
        yield from _heading(_("Undated"), page) if entry is undated else ()
        yield from _headings(timeline, begun, row.stays, page)
        yield from drawing.draw(entry, columns, row.stays > begun)
        begun = max(begun, row.stays)
    yield from _headings(timeline, begun, len(timeline.spans), page)  # entered by an event that is not shown
    yield from _today(timeline, page, columns)


def _days(row: Row) -> int:
    """Returns the days that have certainly passed since the row before."""
    return max(0, row.gap.fewest or 0) if row.gap else 0


def _gap(row: Row, covered: int, least: float, page: Page) -> Iterator[Line]:
    """Yields the time before a row, unless it is short for the page: a rule as long as it is, and the days."""
    days, words = _days(row), days_in_words(row.gap)
    if not words or row.gap == Days(0, 0) or (least and not days) or days < covered * least:
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
    stands = head.stands
    if span and length and span.days != Days(0, 0):
        stands = _("{length} in {stage} so far", length=length, stage=_(span.stage.label))
    words = [stands] if head.known else [_("the stage is not known")]
    words += filter(None, [quiet_words(head)])
    first = [Piece(f"{page.glyphs.today} "), Piece(padded(str(head.as_of), columns.date), "date"), Piece("  ")]
    begun, *rest = page.narrower(columns.edge).hanging(first, apart(words), "stage")
    yield from [with_edge(begun, timeline.open_asks, page), *rest]


def _below(whole: Timeline, timeline: Timeline, entries: Sequence[Entry], page: Page) -> Iterator[str]:
    """Yields what the signs mean, related cases, which option shows what is folded, and what options leave out."""
    yield from _signs(timeline, entries, page)
    for related in timeline.heading.related:
        yield before(lowered(related.relation)) + (related.case or related_name(related))
    folded = {sort: sum(len(entry.rows) for entry in entries if entry.sort == sort) for sort in SORTS}
    duties = sum(ask.duty for row in whole.rows for ask in row.asks if not whole.duties)
    shows = [ngettext("{number} paper", "{number} papers", folded["papers"])] if folded["papers"] else []
    shows += [_("texts")] if entries else []
    shows += [ngettext("{number} note", "{number} notes", len(timeline.notes))] if timeline.notes else []
    context = [ngettext("{number} event", "{number} events", folded["context"])] if folded["context"] else []
    options = {"--full": shows, "--context": context, "--duties": [str(duties)] if duties else []}
    yield from (before(option) + ", ".join(what) for option, what in options.items() if what)
    if timeline.hidden_rows:
        yield left_out_words(timeline.hidden_rows)


def left_out_words(number: int) -> str:
    """Returns how many events the options leave out."""
    return ngettext(
        "{number} other event is left out by the options given",
        "{number} other events are left out by the options given",
        number,
    )


def _signs(timeline: Timeline, entries: Sequence[Entry], page: Page) -> Iterator[str]:
    """Yields what the signs on the rail and the numbers at its right mean, only those that are there."""
    signs = page.glyphs
    meanings = {
        signs.step: _("move"),
        signs.paper: _("paper"),
        signs.context: _("context"),
        signs.folded: _("folded"),
        signs.perhaps: _("perhaps"),
    }
    there = {sign_of(entry, page) for entry in entries}
    yield from (f"{sign} {meaning}" for sign, meaning in meanings.items() if sign in there)
    if page.width is not None and any(row.open_asks.most for row in timeline.rows):
        yield _("right: asks open then")


LEAST = 40
"""The fewest columns of a strip that has its key beside it."""


def strip_of(spans: Sequence[StageSpan], page: Page) -> list[Line]:
    """Returns the strip with its key, beside it if the page is wide; nothing where no stay has a known length."""
    known = [span for span in spans if span.most_days is not None]
    if not sum(span.most_days or 0 for span in known):
        return []
    width, key = page.width or 80, key_lines(_stays(known, page), page)
    beside = width - 4 - width_of(key[0])
    if page.width is not None and len(key) == 1 and beside >= LEAST:
        return [(*_drawn(known, beside, page), *key[0])]
    return [_drawn(known, width - 4, page), *key]


def _drawn(spans: Sequence[StageSpan], width: int, page: Page) -> Line:
    """Returns a strip of so many columns, each stay in proportion and of at least one column."""
    columns = shared([span.most_days or 0 for span in spans], width)
    drawn = (
        Piece(shade_of(span.stage, page) * each, hue_of(span.stage)) for span, each in zip(spans, columns, strict=True)
    )
    return line("  ", *drawn)


def _stays(spans: Sequence[StageSpan], page: Page) -> Iterator[tuple[Piece, str]]:
    """Yields the sign of each stay, and its stage and days."""
    for span in spans:
        words = f"{_(span.stage.label)} {days_in_words(span.days, short=True)}"
        yield Piece(shade_of(span.stage, page), hue_of(span.stage)), words


def _headings(timeline: Timeline, first: int, last: int, page: Page) -> Iterator[Line]:
    """Yields the headings of the stays entered; where rows are left out, only the last heading."""
    entered = timeline.spans[first:last]
    for span in entered[-1:] if timeline.hidden_rows else entered:
        length = days_in_words(span.days)
        stage = _(span.stage.label)
        words = f"{stage} {page.glyphs.dot} {length}" if length else stage
        yield from _heading(words, page, span)


def _heading(words: str, page: Page, span: StageSpan | None = None) -> list[Line]:
    """Returns a heading between events, after the pattern of its stage and in its hue where it is on the strip."""
    rule, stage = page.glyphs.rule, span.stage if span and span.days else None
    sign = shade_of(stage, page) if stage else rule
    hue: Style = hue_of(stage) if stage else "dim"
    *lines, last = page.hanging([Piece(f"{sign}{sign} ", hue)], words, hue if stage else "title")
    rest = (page.width or 80) - width_of(last) - 1
    return [*lines, (*last, Piece(f" {rule * rest}" if rest > 0 else "", hue))]
