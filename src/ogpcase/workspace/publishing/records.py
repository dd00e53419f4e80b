"""All records of a folder, the files of a public copy, and functions that walk through a record's fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from ogpcase.diagnostics import FileId, Route
from ogpcase.model.base import Frozen, is_public
from ogpcase.model.casefile import (
    CaseHeader,
    FolderSettings,
    file_of_event,
    file_of_header,
    file_of_party,
    file_of_source,
)
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, SETTINGS_NAME, Reference
from ogpcase.model.items import SignedBy
from ogpcase.model.parties import Membership, NamedParty, Party
from ogpcase.model.serialize import values_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import Text
from ogpcase.store.layout import PARTIES, SOURCES
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit

R = TypeVar("R", bound=Frozen)
V = TypeVar("V")
_PARTY_IDS = frozenset({"subject", "party", "for_"})
"""Fields whose plain text is the id of a party."""
_NO_WORDS = frozenset({
    "case", "country", "field", "for_", "gives", "language", "languages", "paper", "part_of", "party", "sha256",
    "source", "sources", "subject", "told_by",
})  # fmt: skip
"""Fields whose plain text is a code, or the name of a record or field."""


class Records(NamedTuple):
    """The records of a folder: parties by id, headers by case, events and sources by case and id."""

    settings: FolderSettings
    parties: Mapping[str, Party]
    headers: Mapping[str, CaseHeader]
    events: Mapping[str, Mapping[str, Event]]
    sources: Mapping[str, Mapping[str, SourceRecord]] = MappingProxyType({})

    def at(self, file: FileId) -> Frozen | None:
        """Returns the record of a file, or None."""
        if file == SETTINGS_NAME:
            return self.settings
        top, _, name = file.removesuffix(".yaml").partition("/")
        if top == PARTIES:
            return self.parties.get(name)
        if name == "case":
            return self.headers.get(top)
        folder, _, record_id = name.partition("/")
        return (
            self.sources.get(top, {}).get(record_id) if folder == SOURCES else self.events.get(top, {}).get(record_id)
        )

    @property
    def leaves_out(self) -> bool:
        """True if the public copy leaves out anything."""
        return (
            any(party.left_out for party in self.parties.values())
            or any(header.left_out for header in self.headers.values())
            or any(event.left_out.said for _, event in self.each_event())
            or any(source.left_out for files in self.sources.values() for source in files.values())
        )

    def each(self) -> Iterator[tuple[FileId, Frozen]]:
        """Yields every record with its file: settings, parties, then case by case."""
        yield SETTINGS_NAME, self.settings
        yield from ((file_of_party(party_id), party) for party_id, party in self.parties.items())
        for case_id, header in self.headers.items():
            yield file_of_header(case_id), header
            yield from ((file_of_event(case_id, event_id), event) for event_id, event in self.events[case_id].items())
            yield from ((file_of_source(case_id, name), each) for name, each in self.sources.get(case_id, {}).items())

    def each_event(self) -> Iterator[tuple[str, Event]]:
        """Yields every event with the id of its case."""
        yield from ((case_id, event) for case_id, events in self.events.items() for event in events.values())

    def each_source(self) -> Iterator[tuple[str, SourceRecord]]:
        """Yields every source of a case, in its file or in an event, with the id of the case."""
        yield from ((case_id, source) for case_id, event in self.each_event() for source in event.sources)
        yield from ((case_id, source) for case_id, files in self.sources.items() for source in files.values())


def records_of(workspace: Workspace) -> Records:
    """Reads all records of a folder; leaves out unreadable ones, so judge the folder first."""
    headers: dict[str, CaseHeader] = {}
    events: dict[str, Mapping[str, Event]] = {}
    sources: dict[str, Mapping[str, SourceRecord]] = {}
    for case_id in workspace.case_ids():
        case = workspace.case(case_id).casefile
        if case.header is not None:
            headers[case_id] = case.header
            events[case_id] = {event.id: event for event in case.records}
            sources[case_id] = case.sources
    return Records(workspace.settings, dict(workspace.parties.registry.parties), headers, events, sources)


def said_by(records: Records) -> dict[FileId, str]:
    """Returns every record as one line of JSON, which is quick to make and to compare."""
    return {file: json.dumps(values_of(record)) for file, record in records.each()}


def texts_of(records: Records) -> dict[FileId, bytes]:
    """Returns the bytes of every record, as `publish` writes them."""
    return {
        file: emit(values_of(record)).encode() for file, record in sorted(records.each(), key=lambda entry: entry[0])
    }


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever it is given, given back
    return value


def _never(_: str) -> bool:
    return False


class Rewriting(NamedTuple):
    """How to rewrite the parties and references of a record.

    `party` returns the new id of a party, and `reference` the new reference. Parties with `stands_last` move to the end
    of a list, by their new ids, without name, office or signature.
    """

    party: Callable[[str], str] = _same
    stands_last: Callable[[str], bool] = _never
    reference: Callable[[Reference], Reference] = _same


def rewritten(record: R, how: Rewriting) -> R:
    """Returns the record rewritten and without its private fields."""
    update: dict[str, Any] = {}
    for name, public, default in _fields_of(type(record)):
        value = getattr(record, name)
        new = _value(name, value, how) if public else default
        if new is not value:
            update[name] = new
    return record.model_copy(update=update) if update else record


@cache
def _fields_of(model: type[Frozen]) -> tuple[tuple[str, bool, Any], ...]:
    return tuple((name, is_public(field), field.default) for name, field in model.model_fields.items())


def found_in(value: object, sorts: type[V] | tuple[type[V], ...]) -> Iterator[V]:
    """Yields every value of these types inside another, at any depth."""
    if isinstance(value, sorts):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from found_in(item, sorts)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from found_in(getattr(value, name), sorts)


def reference_to(case_id: str | None, event_id: str, item: str | None) -> Reference:
    """Returns the reference to an event or item, with its case if that is given."""
    return Reference(f"{f'{case_id}/' if case_id else ''}{event_id}{f'#{item}' if item else ''}")


class Naming(NamedTuple):
    """A person or party named in a record: the party named or signed for, the printed name, and the office."""

    party: str | None
    printed: str | None
    office: str | None


def namings_in(value: object) -> Iterator[Naming]:
    """Yields every named party and every signature in a value, at any depth."""
    for party in found_in(value, NamedParty):
        yield Naming(party.party, party.as_named, party.office)
    for signature in found_in(value, SignedBy):
        yield Naming(signature.for_, signature.name, signature.office)


def _value(name: str, value: Any, how: Rewriting) -> Any:  # noqa: ANN401 - a field of any record
    if isinstance(value, Reference):
        return how.reference(value)
    if isinstance(value, NamedParty | Membership):
        return _named(value, how)
    if isinstance(value, Frozen):
        return rewritten(value, how)
    if isinstance(value, tuple):
        return _list(name, value, how) if value else value
    if name in _PARTY_IDS and isinstance(value, str):
        return how.party(value)
    return value


def _named(party: NamedParty | Membership, how: Rewriting) -> NamedParty | Membership:
    """Returns a party under its new id; of one with `stands_last` without office, and without days of a membership."""
    if how.stands_last(party.party):
        return type(party).model_construct(party=how.party(party.party))
    return party if party.party in RESERVED_PARTY_IDS else party.model_copy(update={"party": how.party(party.party)})


def _list(name: str, values: tuple[Any, ...], how: Rewriting) -> tuple[Any, ...]:
    """Rewrites the items of a list; moves parties with `stands_last` to the end, each once."""
    kept = tuple(
        item for item in values if not (isinstance(item, SignedBy) and item.for_ and how.stands_last(item.for_))
    )
    last = [item for item in kept if how.stands_last(_id_in(name, item))]
    if not last:
        return tuple(_value(name, item, how) for item in kept)
    first = (_value(name, item, how) for item in kept if not how.stands_last(_id_in(name, item)))
    behind = {_id_in(name, new): new for new in (_value(name, item, how) for item in last)}
    return (*first, *(behind[party_id] for party_id in sorted(behind)))


def _id_in(name: str, value: object) -> str:
    """Returns the party's id if an item of a list is a party; else an empty string."""
    if isinstance(value, NamedParty | Membership):
        return value.party
    return value if name in _PARTY_IDS and isinstance(value, str) else ""


def strings_of(record: Frozen, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Yields every public text, name, title, address and item id of a record with its route, but not its own id."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if value and is_public(field) and (name != "id" or route):
            yield from _strings_in(name, value, (*route, field.alias or name))


def _strings_in(name: str, value: object, route: Route) -> Iterator[tuple[Route, str]]:
    if isinstance(value, Frozen):
        yield from strings_of(value, route)
    elif isinstance(value, Text):
        for tag, text in value.by_language.items():
            yield (route if tag is None else (*route, tag)), text
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _strings_in(name, item, (*route, position))
    elif type(value) is str and name not in _NO_WORDS:
        yield route, value
