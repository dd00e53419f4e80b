"""What rests on a named source of its record: other dates, other statements and assessments, with what it is called."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from ogpcase.model.events import Event
from ogpcase.views.assessed import seen_assessments
from ogpcase.views.shown import Shown
from ogpcase.views.sources_named import givers, recorded, source_named, stated

Entry = dict[str, object]


def with_sources(shown: Shown, event: Event, name: str) -> Iterator[Entry]:
    """Yields the entries of one of the `SOURCED` fields, each with the title of its source.

    What another source says stands with what the record says, and with the sources that give that.
    """
    for each in SOURCED[name](shown, event):
        yield {key: value for key, value in each.items() if value is not None}


def _also_dated(shown: Shown, event: Event) -> Iterator[Entry]:
    beside = _recorded(shown, event, "dated", [each.source for each in event.also_dated])
    for each in event.also_dated:
        yield {"value": each.value.text, **_source(shown, event, each.source), **beside}


def _also_stated(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in event.also_stated:
        said = tuple(stated(shown, (word,)) for word in each.value)
        source = _source(shown, event, each.source)
        beside = _recorded(shown, event, each.field, (each.source,))
        yield {"field": each.field, "value": said, **source, **beside}


def _assessments(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in seen_assessments(shown, event):
        found: Entry = {"by": shown.printed(each.by), "dated": each.dated.text, "completion": str(each.completion)}
        yield found | (_source(shown, event, each.source) if each.source else {})


SOURCED: Mapping[str, Callable[[Shown, Event], Iterator[Entry]]] = {
    "also_dated": _also_dated,
    "also_stated": _also_stated,
    "assessments": _assessments,
}
"""The fields whose entries name a source."""


def _source(shown: Shown, event: Event, source: str) -> Entry:
    return {"source": source, "source_title": source_named(shown, event, source)}


def _recorded(shown: Shown, event: Event, name: str, otherwise: Collection[str]) -> Entry:
    """What the record itself says of a field, and which sources give it; nothing where it has no such field."""
    if not hasattr(event, name):
        return {}
    return {"recorded": recorded(shown, event, name), "recorded_by": givers(shown, event, name, otherwise)}
