"""A timeline for those who read it elsewhere: the texts of its events, its events in paragraphs, and TimelineJS.

Nothing in a paragraph changes as days pass. The format of TimelineJS was read on 2026-11-30:
https://timeline.knightlab.com/docs/json-format.html
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.questions import fields_of
from ogpcase.output.atom import Paragraph, html_of, html_text
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.lines import Page, plain
from ogpcase.output.messages import _
from ogpcase.output.words import before, in_long, lowered
from ogpcase.reports.record.rows import Value, plain_value, seen_assessments
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.requests.text import due_words, missed_words, name_of
from ogpcase.reports.shown import Languages, Shown, field_words
from ogpcase.reports.timeline.rows import FieldTexts, Row, Timeline
from ogpcase.reports.timeline.text import about, said_lines

_ELSEWHERE = frozenset(
    {"title", "requests", "milestones", "answers", "sources", "also_dated", "also_stated", "departure", "withheld"}
)
"""Fields that a timeline shows in another way, or that `show` has."""
_UNNAMED = frozenset({"id", "text", "verb", "about", "name"})
"""Fields of an item whose value needs no name before it."""


def with_texts(timeline: Timeline, case: CaseFile, reader: Reader) -> Timeline:
    """Returns the timeline with the texts of its rows, in the reader's language as far as they have it."""
    shown = Shown(case, reader)
    texts = {row.event.id: tuple(_texts(shown, row.event)) for row in timeline.rows}
    asked, languages = timeline.languages.asked, {*timeline.languages.shown, *shown.languages.shown}
    return timeline._replace(texts=texts, languages=Languages(asked, tuple(sorted(languages))))


def _texts(shown: Shown, event: Event) -> Iterator[FieldTexts]:
    for field in fields_of(event.kind):
        value = seen_assessments(shown, event) if field.name == "assessments" else getattr(event, field.name)
        if field.shape in {"text", "mapping"} and field.name not in _ELSEWHERE and value:
            items = value if isinstance(value, tuple) else (value,)
            yield FieldTexts(field_words(field.name), tuple(_parts(plain_value(shown, item, _code)) for item in items))


def _parts(value: Value) -> tuple[str, ...]:
    if not isinstance(value, dict):
        return (_word(value),)
    return tuple(
        _word(each) if name in _UNNAMED else before(field_words(name)) + _word(each) for name, each in value.items()
    )


def _word(value: Value) -> str:
    if isinstance(value, list | dict):
        return ", ".join(map(_word, value) if isinstance(value, list) else _parts(value))
    return value if isinstance(value, str) else str(value)


def _code(value: object) -> str:
    return lowered(_(value.label)) if isinstance(value, CodeList) else str(value)


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


def timelinejs(timeline: Timeline, on: date, paragraphs: Paragraphs | None = None) -> str:
    """Returns a case as JSON: a slide for each event with a day, an era for each stay in a stage.

    `timeline` has the texts of its rows and is of the day `on`. Events without any day are named on the first slide.
    `paragraphs` are those of its events; whoever has them already hands them over.
    """
    said = paragraphs or paragraphs_by_event(timeline)
    dated = [row for row in timeline.rows if _bounds(row) is not None]
    return dumps(
        {
            "title": _title(timeline, [row for row in timeline.rows if _bounds(row) is None], on),
            "events": [_slide(row, said[row.event.id]) for row in dated],
            "eras": list(_eras(timeline, on)),
            "scale": "human",
        }
    )


def _title(timeline: Timeline, undated: list[Row], on: date) -> Mapped:
    said = [Paragraph(_("As of {day}: {stage}", day=in_long(f"{on}"), stage=timeline.heading.stands))]
    said += [Paragraph(_("Without a day: {title}", title=row.title)) for row in undated]
    return {"text": _text(timeline.heading.title, said), "autolink": False}


def _slide(row: Row, paragraphs: Sequence[Paragraph]) -> Mapped:
    (first, last), day = _bounds(row) or (date.min, date.min), in_long(row.event.date_text)
    slide: Mapped = {
        "unique_id": row.event.id,
        "start_date": _date(first),
        "display_date": html_text(day if row.certain else _("perhaps {day}", day=day)),
        "text": _text(row.title, paragraphs),
        "group": html_text(_(row.event.kind.label)),
        "autolink": False,
    }
    return slide if first == last else {**slide, "end_date": _date(last)}


def _eras(timeline: Timeline, on: date) -> Iterator[Mapped]:
    """Yields each stay in a stage whose beginning has a day; the present one lasts to the day of the timeline."""
    for span in timeline.spans:
        first, last = _first_of(span.since), on if span.until is None else _first_of(span.until)
        if first is not None and last is not None and first <= last:
            yield {"start_date": _date(first), "end_date": _date(last), "text": _text(_(span.stage.label), [])}


def _first_of(written: str) -> date | None:
    day = FuzzyDate.parse(written)
    return day.earliest or day.latest


def _bounds(row: Row) -> tuple[date, date] | None:
    """Returns the first and the last day that an event can be of; of an open side, the one that is known."""
    first, last = row.event.day.earliest, row.event.day.latest
    known = first or last
    return None if known is None else (first or known, last or known)


def _date(day: date) -> Mapped:
    return {"year": day.year, "month": day.month, "day": day.day}


def _text(headline: str, paragraphs: Sequence[Paragraph]) -> Mapped:
    return {"headline": html_text(headline), "text": html_of(paragraphs)}
