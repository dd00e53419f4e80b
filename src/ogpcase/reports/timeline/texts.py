"""The texts of each event of a timeline, field by field, for a view that shows everything."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.parties import NamedParty
from ogpcase.model.questions import fields_of
from ogpcase.model.texts import Text
from ogpcase.output.lines import before, lowered
from ogpcase.output.messages import _
from ogpcase.reports.record.rows import seen_assessments
from ogpcase.reports.shown import Languages, Shown, field_words
from ogpcase.reports.timeline.rows import FieldTexts, Timeline

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
            yield FieldTexts(field_words(field.name), tuple(_parts(shown, item) for item in items))


def _parts(shown: Shown, item: object) -> tuple[str, ...]:
    if not isinstance(item, Frozen) or isinstance(item, NamedParty):
        return (_word(shown, item),)
    values = ((name, getattr(item, name)) for name in type(item).model_fields)
    return tuple(
        _word(shown, value) if name in _UNNAMED else before(field_words(name.rstrip("_"))) + _word(shown, value)
        for name, value in values
        if value is not None and value is not False and value != ()
    )


def _word(shown: Shown, value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_word(shown, each) for each in value)
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.printed(value)
    if isinstance(value, CodeList):
        return lowered(_(value.label))
    if isinstance(value, Frozen):
        return ", ".join(_parts(shown, value))
    return value.text if isinstance(value, FuzzyDate) else str(value)
