"""The pages of an event, of a record that was withdrawn, of an id that a record had, and of a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.questions import Question, fields_of
from ogpcase.model.spans import bounds_in_words
from ogpcase.output.json import answer_json
from ogpcase.output.messages import _, marked
from ogpcase.output.words import in_long
from ogpcase.reports.changes.versions import published_changes
from ogpcase.reports.record.rows import Record, Value
from ogpcase.reports.record.tables import RECORD
from ogpcase.reports.record.text import inferred_mark, part_of
from ogpcase.reports.requests.rows import RowAsk
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import SourceRow
from ogpcase.site import linked_data
from ogpcase.site.case_pages import titled
from ogpcase.site.pages import Drawer, Parts, of_event, of_source
from ogpcase.workspace.published import Published

PARTS = (marked("What it says"), marked("Who"), marked("When"), marked("What it decides"), marked("Other facts"))
_SAYING = ("text", "because", "name", "value")
"""The fields of an item that say what it is; the first that it has stands at its head."""


def event_pages(
    drawer: Drawer, shown: Shown, event: Event, record: Record, published: Published
) -> Iterator[tuple[str, bytes]]:
    """Draws the page of an event, whose record it is, and of each id that it had, and writes its JSON."""
    case, reader = shown.case, shown.reader
    address = of_event(case.id, event.id)
    url = drawer.url(address)
    title = shown.text(case.header.title) if case.header else case.id
    yield drawer.draw(
        "event.html",
        address,
        record=record,
        event=event,
        case=case,
        case_title=title,
        certain=reader.moment.certain(event),
        summary=shown.text(event.summary) if event.summary else record.title,
        facts=[(part, list(_fields(record, event, part))) for part in PARTS],
        people=list(_people(shown, event)),
        asked=list(_asked(record.asks)),
        titles=_titles(shown, event, record.asks),
        links=[
            (marked("Records that it names"), [link for link in record.links if not link.back]),
            (marked("Records that name it"), [link for link in record.links if link.back]),
        ],
        not_stated=event.inferred,
        published=published_changes(shown, published, event),
        cite=_(
            "{register}: {case}, {title} ({date}), as recorded on {day}.",
            register=drawer.site.title,
            case=title,
            title=record.title,
            date=in_long(event.date_text),
            day=in_long(f"{drawer.site.day}"),
        ),
        linked=linked_data.event(shown, event, url),
    )
    yield f"{drawer.tree}{address}record.json", answer_json(RECORD, record, reader, case.id).encode()
    for alias in event.aliases:
        yield drawer.draw("moved.html", of_event(case.id, alias), to=address, title=record.title)


def _titles(shown: Shown, event: Event, asks: Sequence[RowAsk]) -> Mapping[str, str]:
    """Returns what the page calls each event, or item of one, that the record names or that told of an answer."""
    case = shown.case
    named = {use.reference for use in (case.names[event.id].references if event.id in case.names else ())}
    named |= {Reference(line.told_by) for ask in asks for line in ask.lines if line.told_by}
    titles = {}
    for reference in named:
        other = case if case.owns(reference) else case.beside.get(reference.case or "")
        there = other.event_by_id.get(reference.event) if other else None
        if there is not None and shown.reader.moment.possible(there):
            titles[str(reference)] = titled(reference, {reference.partition("#")[0]: shown.text(there.title)})
    return titles


def _fields(record: Record, event: Event, part: str) -> Iterator[Parts]:
    """Yields the fields of a part of the page; people stand there by their roles, not by fields."""
    for field in fields_of(event.kind):
        if field.name in record.words and part_of(field) == part and field.shape != "party":
            yield _field(record, field)


def _field(record: Record, field: Question) -> Parts:
    """Returns a field as its page shows it: one value, or items; and what bounds a day beside its date."""
    value = record.words[field.name]
    entries = value if isinstance(value, list) else []
    bounded = bounds_in_words(record.bounded, _) if field.name == "dated" and record.bounded else None
    return {
        "name": field.name,
        "value": value,
        "entries": [_item(each) for each in entries if isinstance(each, dict)],
        "inferred": inferred_mark(field.name, record).strip(),
        "is_date": field.shape == "date" and isinstance(value, str),
        "bounds": bounded,
    }


def _item(item: Mapping[str, Value]) -> Parts:
    """Returns an item of a list: its id, the event that it names, what it says, and its other fields."""
    head = next((name for name in _SAYING if name in item), next(iter(item)))
    rest = {name: value for name, value in item.items() if name not in {head, "id", "verb", "source_title"}}
    if "source_title" in item:
        rest["source"] = item["source_title"]
    return {name: str(item.get(name, "")) for name in ("id", "event", "verb")} | {"head": item[head], "rest": rest}


def _people(shown: Shown, event: Event) -> Iterator[tuple[str, list[Parts]]]:
    """Yields whom an event names, by the fields that name them."""
    for field in fields_of(event.kind):
        value = getattr(event, field.name) if field.shape == "party" else None
        parties = value if isinstance(value, tuple) else (value,) if value is not None else ()
        if parties:
            yield field.name, [_person(shown, party) for party in parties]


def _person(shown: Shown, party: NamedParty) -> Parts:
    name = shown.name(party)
    return {
        "party": party.party,
        "name": _("not named") if name == UNKNOWN else name,
        "as_named": party.as_named if party.as_named != name else None,
        "office": party.office,
    }


def _asked(asks: Sequence[RowAsk]) -> Iterator[tuple[str, list[RowAsk]]]:
    yield marked("What it asks"), [ask for ask in asks if not ask.duty]
    yield marked("Duties that the policy ties to it"), [ask for ask in asks if ask.duty]


def source_pages(drawer: Drawer, case: str, case_title: str, rows: Sequence[SourceRow]) -> Iterator[tuple[str, bytes]]:
    """Yields the page of each id; several events may each write out another source of the same id."""
    for source_id, several in groupby(sorted(rows, key=lambda row: row.id), key=lambda row: row.id):
        alike, address = list(several), of_source(case, source_id)
        yield drawer.draw(
            "source.html",
            address,
            case=case,
            case_title=case_title,
            rows=alike,
            linked=linked_data.source(alike[0], drawer.url(address)),
        )
