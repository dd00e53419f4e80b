"""The whole timeline in the terminal: each event with its texts, what it asks and what came back, and the notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import (
    GLUE,
    Line,
    Page,
    Piece,
    apart,
    before,
    flowed,
    glued_before,
    line,
    lowered,
    padded,
    width_of,
    with_tail,
)
from ogpcase.output.messages import _
from ogpcase.reports.heading.text import language_lines, related_lines
from ogpcase.reports.requests.text import (
    ask_lines,
    folded_lines,
    legend_lines,
    line_words,
    name_of,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.requests.words import outcome_words
from ogpcase.reports.shown import for_words, inferred_words, named
from ogpcase.reports.timeline.entry_text import LEFT, Columns, Entry, first_pieces, railed, titled
from ogpcase.reports.timeline.phrases import decided
from ogpcase.reports.timeline.rows import FieldTexts, Row, RowAnswer, Timeline, without_duties
from ogpcase.reports.timeline.text import Drawing, left_out_words, rail_lines, top_lines


def full_lines(timeline: Timeline, page: Page) -> list[Line]:
    """Returns the whole timeline; nothing is cut or folded but the duties of the policy."""
    duties = [ask.open for row in timeline.rows for ask in row.asks if ask.duty and not timeline.duties]
    timeline = without_duties(timeline)
    lines = [*top_lines(timeline, page), *rail_lines(timeline, page, _drawing(timeline, page))]
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


def _drawing(timeline: Timeline, page: Page) -> Drawing:
    """Returns how each event is drawn for itself, with every gap between them."""

    def draw(entry: Entry, columns: Columns, _entered: bool) -> Iterator[Line]:  # noqa: FBT001 - a drawing passes it
        (row,) = entry.rows
        used = width_of(first_pieces(entry, page, columns)) + columns.edge - LEFT
        title = flowed([Piece(titled(row), "title")], below.width, used)
        body = _body(row, timeline.texts.get(row.event.id, ()), below)
        yield from railed(entry, [*title, *body], page, columns)

    below = page.narrower(LEFT)
    return Drawing([Entry("event", (row,)) for row in timeline.rows], draw, 0)


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
