"""All records of a folder as values, the files that a public copy holds of them, and walks over their fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeVar

from ogpcase.diagnostics import FileId, Route
from ogpcase.model.base import Frozen, is_public
from ogpcase.model.casefile import CaseHeader, FolderSettings, file_of_event, file_of_header, file_of_party
from ogpcase.model.events import Event, SignedBy, Source
from ogpcase.model.ids import SETTINGS_NAME, Reference
from ogpcase.model.parties import UNKNOWN, NamedParty, Party
from ogpcase.model.serialize import values_of
from ogpcase.model.texts import Text
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit

R = TypeVar("R", bound=Frozen)
V = TypeVar("V")
_PARTY_IDS = frozenset({"subject", "part_of", "for_"})
"""Fields that hold the id of a party as plain text."""
_NO_WORDS = frozenset({
    "case", "country", "field", "for_", "gives", "language", "languages", "part_of", "party", "sha256", "source",
    "subject",
})  # fmt: skip
"""Fields of plain strings that are codes, or name another record or field."""


class Records(NamedTuple):
    """The records of a folder: parties by id, headers by case, events by case and id."""

    settings: FolderSettings
    parties: Mapping[str, Party]
    headers: Mapping[str, CaseHeader]
    events: Mapping[str, Mapping[str, Event]]

    def at(self, file: FileId) -> Frozen | None:
        """Returns the record of a file; None where there is none."""
        if file == SETTINGS_NAME:
            return self.settings
        top, _, name = file.removesuffix(".yaml").partition("/")
        if top == PARTIES:
            return self.parties.get(name)
        event = self.events.get(top, {}).get(name.rpartition("/")[2])
        return self.headers.get(top) if name == "case" else event

    @property
    def leaves_out(self) -> bool:
        """True where the public copy leaves out anything at all."""
        return (
            any(party.left_out for party in self.parties.values())
            or any(header.left_out for header in self.headers.values())
            or any(event.left_out.said for _, event in self.each_event())
        )

    def each(self) -> Iterator[tuple[FileId, Frozen]]:
        """Yields every record with its file: settings, parties, then case by case."""
        yield SETTINGS_NAME, self.settings
        yield from ((file_of_party(party_id), party) for party_id, party in self.parties.items())
        for case_id, header in self.headers.items():
            yield file_of_header(case_id), header
            yield from ((file_of_event(case_id, event_id), event) for event_id, event in self.events[case_id].items())

    def each_event(self) -> Iterator[tuple[str, Event]]:
        """Yields every event with the id of its case."""
        yield from ((case_id, event) for case_id, events in self.events.items() for event in events.values())

    def each_source(self) -> Iterator[tuple[str, Source]]:
        """Yields every source of an event with the id of its case."""
        yield from ((case_id, source) for case_id, event in self.each_event() for source in event.sources)


def records_of(workspace: Workspace) -> Records:
    """Reads all records of a folder. What cannot be read is not among them: judge the folder first."""
    headers: dict[str, CaseHeader] = {}
    events: dict[str, Mapping[str, Event]] = {}
    for case_id in workspace.case_ids():
        case = workspace.case(case_id).casefile
        if case.header is not None:
            headers[case_id] = case.header
            events[case_id] = {event.id: event for event in case.events}
    return Records(workspace.settings, dict(workspace.parties.registry.parties), headers, events)


def said_by(records: Records) -> dict[FileId, str]:
    """Returns what every record says, as one line each: two that are equal have the same bytes, and this is quick."""
    return {file: json.dumps(values_of(record)) for file, record in records.each()}


def texts_of(records: Records) -> dict[FileId, bytes]:
    """Returns the bytes of every record, as `publish` writes them: the same for the same records."""
    return {file: emit(values_of(record)).encode() for file, record in sorted(records.each(), key=lambda each: each[0])}


def _same(value: Any) -> Any:  # noqa: ANN401 - whatever it is given, given back
    return value


def _never(_: str) -> bool:
    return False


class Rewriting(NamedTuple):
    """What becomes of the parties and references of a record; without any of it they stay as they are.

    `party` gives the new id of a party. `stands_last` is true of parties that stand behind the others in a list, in
    the order of their new ids, and of whom no name, office or signature is kept. `reference` gives the new reference.
    """

    party: Callable[[str], str] = _same
    stands_last: Callable[[str], bool] = _never
    reference: Callable[[Reference], Reference] = _same


def rewritten(record: R, how: Rewriting) -> R:
    """Returns the record rewritten, with nothing in the fields that may not be public."""
    update: dict[str, Any] = {}
    for name, public, default in _fields_of(type(record)):
        value = getattr(record, name)
        new = _value(name, value, how) if public else default
        if new is not value:
            update[name] = new
    return record.model_copy(update=update) if update else record


@cache
def _fields_of(model: type[Frozen]) -> tuple[tuple[str, bool, Any], ...]:
    """Returns the fields of a model: name, whether it may be public, and what it is where nothing is said."""
    return tuple((name, is_public(field), field.default) for name, field in model.model_fields.items())


def found_in(value: object, sorts: type[V] | tuple[type[V], ...]) -> Iterator[V]:
    """Yields every value of these sorts in another, at any depth."""
    if isinstance(value, sorts):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from found_in(item, sorts)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from found_in(getattr(value, name), sorts)


def reference_to(case_id: str | None, event_id: str, item: str | None) -> Reference:
    """Returns the reference to an event or an item, with its case where that is given."""
    return Reference(f"{f'{case_id}/' if case_id else ''}{event_id}{f'#{item}' if item else ''}")


class Naming(NamedTuple):
    """Somebody named in a record: the party that is named or signed for, the name as printed, and the office."""

    party: str | None
    printed: str | None
    office: str | None


def namings_in(value: object) -> Iterator[Naming]:
    """Yields every naming of a party, and every signature, in a value at any depth."""
    for party in found_in(value, NamedParty):
        yield Naming(party.party, party.as_named, party.office)
    for signature in found_in(value, SignedBy):
        yield Naming(signature.for_, signature.name, signature.office)


def _value(name: str, value: Any, how: Rewriting) -> Any:  # noqa: ANN401 - a field of any record
    if isinstance(value, Reference):
        return how.reference(value)
    if isinstance(value, NamedParty):
        return _named(value, how)
    if isinstance(value, Frozen):
        return rewritten(value, how)
    if isinstance(value, tuple):
        return _list(name, value, how) if value else value
    if name in _PARTY_IDS and isinstance(value, str):
        return how.party(value)
    return value


def _named(party: NamedParty, how: Rewriting) -> NamedParty:
    if how.stands_last(party.party):
        return NamedParty.model_construct(party=how.party(party.party))
    return party if party.party == UNKNOWN else party.model_copy(update={"party": how.party(party.party)})


def _list(name: str, values: tuple[Any, ...], how: Rewriting) -> tuple[Any, ...]:
    """Rewrites the items of a list; parties that stand last go behind the others, each once."""
    kept = tuple(
        each for each in values if not (isinstance(each, SignedBy) and each.for_ and how.stands_last(each.for_))
    )
    last = [each for each in kept if how.stands_last(_id_in(name, each))]
    if not last:
        return tuple(_value(name, each, how) for each in kept)
    first = (_value(name, each, how) for each in kept if not how.stands_last(_id_in(name, each)))
    behind = {_id_in(name, new): new for new in (_value(name, each, how) for each in last)}
    return (*first, *(behind[each] for each in sorted(behind)))


def _id_in(name: str, value: object) -> str:
    """Returns the id of the party that an item of a list is; empty for any other item."""
    if isinstance(value, NamedParty):
        return value.party
    return value if name in _PARTY_IDS and isinstance(value, str) else ""


def strings_of(record: Frozen, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Yields every public text, name, title, address and item id of a record, with its route; not its own id."""
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
