"""An event of a timeline in paragraphs, for those who read it elsewhere: nothing in them changes as days pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.output.lines import Page, plain
from ogpcase.output.messages import _
from ogpcase.output.paragraphs import Paragraph
from ogpcase.reports.long_dates import in_long
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_words, name_of
from ogpcase.reports.timeline.full_text import about, said_lines
from ogpcase.reports.timeline.rows import Row, Timeline

_PAGE = Page()
Paragraphs = Mapping[str, Sequence[Paragraph]]
"""What is told of each event, by its id."""


def paragraphs_by_event(timeline: Timeline) -> Paragraphs:
    """Returns the paragraphs of each event of a timeline that has the texts of its rows."""
    return {row.event.id: tuple(paragraphs_of(row, timeline)) for row in timeline.rows}


def paragraphs_of(row: Row, timeline: Timeline) -> Iterator[Paragraph]:
    """Yields who acted, what the event says, decides, answers and asks, where sources disagree, and the sources.

    `timeline` has the texts of its rows; what came back to a request is told by the event that brought it.
    """
    yield Paragraph(f"{in_long(row.event.date_text)} · {about(row, _PAGE)}")
    for line in said_lines(row, timeline.texts.get(row.event.id, ()), _PAGE):
        yield Paragraph(plain(line))
    yield from (Paragraph(each) for ask in row.asks for each in _asked(ask))
    yield from (Paragraph(timeline.notes[number - 1]) for number in row.notes)
    for source in row.sources:
        of = source.source
        title = source.title or of.url or of.file or of.id
        yield Paragraph.leading_to(_("Source: {title}", title=title), of.url or of.archived_url)


def _asked(ask: RowAsk) -> Iterator[str]:
    names = ", ".join(name_of(line) for line in ask.lines if line.asked)
    yield _("Asks {names}: {what}", names=names, what=f"{ask.said}{due_words(ask.term)}")
    if ask.on_missed:
        yield missed_words(ask.on_missed)
