"""What stands beside an event: the requests that it answers, the records that it names or that name it, its sources."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from ogpcase.diagnostics import Route
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import Answer, Finding, Reply
from ogpcase.model.questions import fields_of
from ogpcase.model.sources import Source
from ogpcase.output.messages import _
from ogpcase.output.words import before, lowered
from ogpcase.reports.shown import Shown, field_words, source_named


class AnswerGiven(NamedTuple):
    """An answer that an event gives or tells of: what was asked, by whom and when; None where that is not recorded.

    `answer` is its label, and `meaning` a sentence on it. `of` are those whose answer it is, if others than those who
    act in the event.
    """

    request: str
    text: str | None
    by: tuple[str, ...]
    dated: str | None
    answer: str
    meaning: str
    of: tuple[str, ...]
    new_due: str | None


class RecordLink(NamedTuple):
    """Another record that an event names, or that names it: in which field, and its date and title if it is there.

    `back` is true if the other record names this one. `said` is what it says of an item, where it says something.
    """

    field: str
    reference: str
    dated: str | None
    title: str | None
    back: bool
    said: str | None = None


class SourceGiven(NamedTuple):
    """A source of an event, and what it is to it: the fields that it gives, the paper itself, or what tells of it."""

    source: Source
    title: str
    gives: tuple[str, ...]
    paper: bool
    tells: bool


def request_text(shown: Shown, reference: Reference) -> str | None:
    """Returns what is asked for; None if the reference is not a request, or the request did not exist on the day."""
    there, event = shown.pointed(reference)
    if event is None or not shown.reader.moment.possible(event):
        return None
    return next((there.text(request.text) for request in event.asks if request.id == reference.item), None)


def answers_given(shown: Shown, event: Event) -> Iterator[AnswerGiven]:
    """Yields the answers that an event gives or tells of, in the record's order."""
    for answer in event.answers:
        asked = _named(shown, answer.request)
        yield AnswerGiven(
            request=shown.case.full(answer.request),
            text=request_text(shown, answer.request),
            by=shown.names(asked.actors) if asked else (),
            dated=asked.date_text if asked else None,
            answer=_(answer.answer.label),
            meaning=_(answer.answer.sentence),
            of=shown.names(answer.of),
            new_due=answer.new_due.text if answer.new_due else None,
        )


def _named(shown: Shown, reference: Reference) -> Event | None:
    """Returns the event that a reference leads to; None if it is not there on the reader's day."""
    _case, event = shown.pointed(reference)
    return event if event is not None and shown.reader.moment.possible(event) else None


def record_links(shown: Shown, event: Event) -> Iterator[RecordLink]:
    """Yields the events that an event names in fields of references, then those of its case that name it."""
    for name, reference in _references(event):
        other = _named(shown, reference)
        title = shown.text(other.title) if other else None
        yield RecordLink(name, shown.case.full(reference), other.date_text if other else None, title, back=False)
    for name, other in _naming(shown.case).get(event.id, ()):
        if shown.reader.moment.possible(other):
            yield RecordLink(name, f"{shown.case.id}/{other.id}", other.date_text, shown.text(other.title), back=True)


@lru_cache(maxsize=2)
def _naming(case: CaseFile) -> Mapping[str, Collection[tuple[str, Event]]]:
    """Returns, by the id of an event, the fields of references that name it, each with its event, in the case's order.

    It is remembered, since each page of an event asks for it.
    """
    naming: dict[str, list[tuple[str, Event]]] = {}
    for event in case.events:
        named = dict.fromkeys((name, reference.event) for name, reference in _references(event) if case.owns(reference))
        for name, other in named:
            naming.setdefault(other, []).append((name, event))
    return naming


def item_links(shown: Shown, event: Event, item: str) -> Iterator[RecordLink]:
    """Yields the event that an item stands in, then each that names the item, with what it says of it."""
    yield RecordLink("of", f"{shown.case.id}/{event.id}", event.date_text, shown.text(event.title), back=False)
    for other in shown.events():
        for use in shown.case.names[other.id].references:
            named = use.reference
            if shown.case.owns(named) and (named.event, named.item) == (event.id, item):
                name, title = f"{shown.case.id}/{other.id}", shown.text(other.title)
                said = _said_of_item(shown, other, use.route)
                yield RecordLink(use.field, name, other.date_text, title, back=True, said=said)


def _said_of_item(shown: Shown, event: Event, route: Route) -> str | None:
    """Returns what an event says of the item that it names there: its reply, its finding or its answer."""
    field, place = (*route, None)[:2]
    listed = getattr(event, str(field), None)
    entry = listed[place] if isinstance(place, int) and isinstance(listed, tuple) else None
    if isinstance(entry, Answer):
        return lowered(_(entry.answer.label))
    if not isinstance(entry, Reply | Finding):
        return None
    if isinstance(entry, Reply):
        said = lowered(_(entry.position.label))
    else:
        grades = ((name, code) for name, code in entry.grades.items() if code is not None)
        said = ", ".join(before(field_words(name)) + lowered(_(code.label)) for name, code in grades)
    return ". ".join(filter(None, [said, shown.text(entry.text) if entry.text else ""]))


def _references(event: Event) -> Iterator[tuple[str, Reference]]:
    for field in fields_of(event.kind):
        if field.shape == "reference":
            value = getattr(event, field.name)
            for reference in value if isinstance(value, tuple) else (value,) if value else ():
                yield field.name, reference


def sources_given(shown: Shown, event: Event) -> Iterator[SourceGiven]:
    """Yields the sources of an event, each with what its file says."""
    for source in shown.case.sources_of(event):
        title, name = source_named(shown, event, source.id), source.id
        yield SourceGiven(source, title, source.gives, event.paper == name, event.told_by == name)
