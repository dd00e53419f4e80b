"""A timeline in the terminal: at a glance, a line or two an event; or whole, each event with all its texts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TypeAlias

from ogpcase.model.dates import Days
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.bars import hue_of, key_lines, scaled, shade_of, shared
from ogpcase.output.lines import Line, Page, Piece, Style, flowed, line, padded, width_of, with_tail
from ogpcase.output.messages import _, ngettext
from ogpcase.output.words import GLUE, apart, before, days_in_words, glued, glued_before, lowered
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.heading.text import (
    heading_lines,
    language_lines,
    opening_words,
    quiet_words,
    related_lines,
    related_name,
)
from ogpcase.reports.requests.rows import outcome_words
from ogpcase.reports.requests.text import (
    ask_lines,
    folded_lines,
    legend_lines,
    line_words,
    name_of,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.shown import for_words, inferred_words, named
from ogpcase.reports.timeline.entry_text import (
    LEFT,
    SORTS,
    Columns,
    Entry,
    entries_of,
    entry_lines,
    first_pieces,
    hue_at,
    railed,
    sign_of,
    titled,
    with_edge,
    words_waiting,
)
from ogpcase.reports.timeline.phrases import decided
from ogpcase.reports.timeline.rows import Between, FieldTexts, Row, RowAnswer, Timeline, without_duties

A_GAP, LONG = 1 / 16, 1 / 8
"""The parts of the time that the page covers from which on a gap is shown at a glance, and stands out."""


def timeline_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the timeline at a glance. Only names and the titles of folded events are cut, and only to a width."""
    shown = without_duties(timeline)
    entries = entries_of(shown)
    lines = [*_top(shown, page), *_rail(shown, page, entries, partial(entry_lines, page), A_GAP)]
    lines += page.paragraph(apart(map(glued, _below(timeline, shown, entries, page))), "dim", LEFT)
    return [*lines, *language_lines(shown.languages, page), *legend_lines(words_waiting(shown), page)]


def _top(timeline: Timeline, page: Page) -> list[Line]:
    """Returns what stands above the events: the head of the case, what changed since a day, and the strip."""
    said = page.paragraph(_changed(timeline.between, page), "note") if timeline.between else []
    return [*heading_lines(timeline.heading, page), *said, *strip_of(timeline.spans, page)]


def _changed(between: Between, page: Page) -> str:
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
    heading = timeline.heading
    if timeline.hidden_rows:
        return _("no event is left to show")
    if heading.known_by:
        return _("nothing known by {day}", day=heading.known_by)
    return _("nothing is recorded up to {day}", day=heading.as_of)


Draw: TypeAlias = Callable[[Entry, Columns, bool], Iterable[Line]]
"""Draws an entry in columns; the last argument is true where a heading above it names the stage that it leads to."""


def _rail(timeline: Timeline, page: Page, entries: Sequence[Entry], draw: Draw, least: float) -> Iterator[Line]:
    """Yields the events under their stages, the gaps between them, and the reader's day where the case is open.

    A gap is shown if it is at least that part of the time between all events.
    """
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
        yield from _gap(row, covered, least, page) if entry is not entries[0] else ()
        yield from _heading(_("Undated"), page) if entry is undated else ()
        yield from _headings(timeline, begun, row.stays, page)
        yield from draw(entry, columns, row.stays > begun)
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
    columns = shared([span.most_days or 0 for span in spans], width)
    drawn = (
        Piece(shade_of(span.stage, page) * each, hue_of(span.stage)) for span, each in zip(spans, columns, strict=True)
    )
    return line("  ", *drawn)


def _stays(spans: Sequence[StageSpan], page: Page) -> Iterator[tuple[Piece, str]]:
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


def full_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the whole timeline; nothing is cut or folded but the duties of the policy."""
    duties = [ask.open for row in timeline.rows for ask in row.asks if ask.duty and not timeline.duties]
    timeline = without_duties(timeline)
    entries = [Entry("event", (row,)) for row in timeline.rows]
    lines = [*_top(timeline, page), *_rail(timeline, page, entries, partial(_whole_entry, timeline, page), 0)]
    if timeline.hidden_rows:
        lines += [line(), *page.paragraph(left_out_words(timeline.hidden_rows), "dim")]
    lines += folded_lines(duties, page)
    lines += language_lines(timeline.languages, page)
    notes = (
        page.hanging([Piece(padded(f"  [{number}] ", 7), "note")], note)
        for number, note in enumerate(timeline.notes, 1)
    )
    lines += page.section(_("Notes"), chain.from_iterable(notes))
    lines += related_lines(timeline.heading, page)
    return [*lines, *legend_lines(_words_used(timeline), page)]


def _words_used(timeline: Timeline) -> Iterator[str]:
    yield from words_of_asks(each for row in timeline.rows for ask in row.asks for each in ask.lines)
    yield from words_of_days(*(row.gap for row in timeline.rows), *(span.days for span in timeline.spans))
    if timeline.heading.perhaps or any(not row.certain for row in timeline.rows):
        yield "perhaps"


def _whole_entry(timeline: Timeline, page: Page, entry: Entry, columns: Columns, _: bool) -> Iterator[Line]:  # noqa: FBT001 - as `Draw` is called
    (row,) = entry.rows
    below, used = page.narrower(LEFT), width_of(first_pieces(entry, page, columns)) + columns.edge - LEFT
    title = flowed([Piece(titled(row), "title")], below.width, used)
    yield from railed(entry, [*title, *_body(row, timeline.texts.get(row.event.id, ()), below)], page, columns)


def said_lines(row: Row, texts: Sequence[FieldTexts], page: Page) -> Iterator[Line]:
    """Yields what an event decides, says and answers; nothing of it changes from one day to the next."""
    if said := decided(row):
        yield from page.paragraph(page.separated(said))
    for text in texts:
        yield from _text_lines(text, page)
    yield from _answer_lines(row.told, page)


def _body(row: Row, texts: Sequence[FieldTexts], page: Page) -> Iterator[Line]:
    yield from page.paragraph(about(row, page), "dim")
    yield line(Piece(row.event.id, "dim"))  # never broken: it is to be copied
    yield from said_lines(row, texts, page)
    for ask in row.asks:
        yield from ask_lines(ask, page) if not ask.duty else ()
    for duty in (ask for ask in row.asks if ask.duty):
        for each in duty.lines:
            told = page.hanging([Piece(f"{_('duty')} ", "ask")], before(name_of(each)) + duty.text)
            yield from with_tail(told, page.glyphs.arrow, Piece(line_words(each), "open"), page.width)


def _text_lines(texts: FieldTexts, page: Page) -> Iterator[Line]:
    """Yields a text after the name of its field; several items below it, each after a dot."""
    label = Piece(before(texts.field), "dim")
    if len(texts.items) == 1:
        yield from page.hanging([label], page.separated(texts.items[0]))
        return
    yield line(Piece(label.text.rstrip(), "dim"))
    for parts in texts.items:
        yield from page.hanging([Piece(f"  {page.glyphs.dot} ", "dim")], page.separated(parts))


def _answer_lines(answers: Iterable[RowAnswer], page: Page) -> Iterator[Line]:
    """Yields the answers to requests of other events that the event reports, grouped by outcome and event."""
    items: dict[tuple[str, str], list[str]] = {}
    for answer in answers:
        said = _("no answer") if answer.answer == "none" else outcome_words(answer.answer)
        told_of = [name for name in answer.of if name != UNKNOWN]
        of = _(" of {names}", names=", ".join(told_of)) if told_of else ""
        event, _mark, item = answer.request.partition("#")
        items.setdefault((f"{said}{of}", event), []).append(item or _("a request"))
    for (said, event), asked in items.items():
        words = glued_before(_("{requests} of {event}", requests=", ".join(asked), event=event), event)
        told = page.hanging([Piece(f"{_('tells')} ", "ask")], words)
        yield from with_tail(told, page.glyphs.arrow, Piece(said), page.width)


def about(row: Row, page: Page) -> str:
    """Returns the kind, all actors and addressees, the move, and marks such as `perhaps`."""
    arrow = f"{page.glyphs.arrow}{GLUE}"
    who = _joined(row.actors) + for_words(row.on_behalf_of)
    if row.addressees:
        who = f"{who} {arrow}{_joined(row.addressees)}"
    moved = f"{arrow}{', '.join(_(stage.label) for stage in row.moves_to)}" if row.moves_to else ""
    perhaps = "" if row.certain else _("perhaps")
    departed = _("a departure") if row.event.departs else ""
    inferred = inferred_words(row.event.inferred)
    context = _("context") if row.event.context else ""
    parts = [lowered(_(row.event.kind.label)), context, who, perhaps, departed, moved, inferred]
    return page.separated(filter(None, parts))


def _joined(names: Iterable[str]) -> str:
    return apart(map(named, names))
