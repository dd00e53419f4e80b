"""Makes the records of the public copy. This pure function alone decides what others may see.

Nothing in the copy may depend on withheld values: no text, count, order, id or date. `worlds` tests that for each copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from ogpcase.checks.publication import with_instead
from ogpcase.diagnostics import FileId
from ogpcase.model.casefile import CaseHeader, file_of_event, full_reference, without_secrets
from ogpcase.model.codelists import Classification, KeptField
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import ITEM_FIELDS, Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, Reference, numbered
from ogpcase.model.items import OF_WITHDRAWN, Allegation, AlsoStated, Answer
from ogpcase.model.parties import UNKNOWN, NamedParty, Party, folded
from ogpcase.model.publication import ABOUT_ITEMS, Parts, Withheld
from ogpcase.model.serialize import values_of
from ogpcase.model.sources import Source, SourceRecord
from ogpcase.model.texts import Text
from ogpcase.workspace.publishing.records import R, Records, Rewriting, found_in, namings_in, reference_to, rewritten
from ogpcase.yamltree.emitting import emit

_SPEECH = {"replies": "replied", "in_reply_to": "replied", "about": "replied", "findings": "found"}
"""Fields by which a paper replies to a Concern or an allegation, or finds something about it."""
_WITHHELD = Text.of({"en": "Withheld", "es": "Sin publicar", "fr": "Hors publication"})
_KEPT_COPY = Text.of(
    {"en": "Kept copy, not published", "es": "Copia guardada, sin publicar", "fr": "Copie conservée, hors publication"}
)
_NAME_WITHHELD = {"en": "Name withheld", "es": "Nombre sin publicar", "fr": "Nom hors publication"}
"""What stands for a required text, a source without one and a name, in the languages that the program speaks."""

S = TypeVar("S", bound=SourceRecord)


class PublicCopy(NamedTuple):
    """The records of a copy, and for each file of the copy the file of the folder that it came from."""

    records: Records
    came_from: Mapping[FileId, FileId]


def public_copy(folder: Records, readable: frozenset[FileId] = frozenset()) -> PublicCopy:
    """Returns the copy of a folder; `readable` are the copies of sources that are searchable text."""
    return _Copying(with_secret_sources(folder), readable).copied()


class _Copying:
    def __init__(self, folder: Records, readable: frozenset[FileId]) -> None:
        self.folder = folder
        self.readable = readable
        self.cases = tuple(case_id for case_id, header in folder.headers.items() if not header.withhold)
        self.parts = {f"{case_id}/{event.id}": event.left_out for case_id, event in folder.each_event()}
        self.pseudonyms = {
            party_id: party.withhold.pseudonym for party_id, party in folder.parties.items() if party.withhold
        }
        hidden = (party for party in folder.parties.values() if party.withhold)
        self.hidden_names = {folded(name) for party in hidden for name in (party.id, *party.names())}
        self.hidden_answers = frozenset(self._hidden_answers())
        self.new_names: dict[str, str] = {}

    def copied(self) -> PublicCopy:
        copies = {
            f"{case_id}/{event.id}": self._with_pseudonyms(self._event(case_id, event))
            for case_id, event in self.folder.each_event()
            if not self._goes(case_id, event)
        }
        dated = {name: not parts.date_goes for name, parts in self.parts.items() if parts.id_goes}
        self.new_names = new_names(copies, dated)
        headers = {case_id: self._with_pseudonyms(self.folder.headers[case_id]) for case_id in self.cases}
        events: dict[str, dict[str, Event]] = {case_id: {} for case_id in self.cases}
        came_from: dict[FileId, FileId] = {}
        for name, event in copies.items():
            case_id, _, event_id = name.partition("/")
            new = self.new_names.get(name, event_id)
            events[case_id][new] = self._with_new_names(case_id, event).model_copy(update={"id": new})
            came_from[file_of_event(case_id, new)] = file_of_event(case_id, event_id)
        parties = self._parties([*headers.values(), *(event for case in events.values() for event in case.values())])
        came_from |= {
            f"parties/{new}.yaml": f"parties/{old}.yaml" for old, new in self.pseudonyms.items() if new in parties
        }
        settings = self.folder.settings.model_copy(update={"public_copy": True})
        sources = {case_id: self._files(case_id, own.values()) for case_id, own in events.items()}
        return PublicCopy(Records(settings, parties, headers, events, sources), came_from)

    # Events

    def _goes(self, case_id: str, event: Event) -> bool:
        return case_id not in self.cases or self.parts[f"{case_id}/{event.id}"].everything

    def _event(self, case_id: str, event: Event) -> Event:
        """Returns the event without the withheld parts; its parties and references are still the folder's."""
        if event.withdrawn is not None:
            return _bare(event)
        parts = self.parts[f"{case_id}/{event.id}"]
        lists = (name for name in (*ITEM_FIELDS, "sources", *ABOUT_ITEMS, "also_stated") if hasattr(event, name))
        update: dict[str, Any] = {name: tuple(self._of_list(case_id, event, name, parts)) for name in lists}
        update["inferred"] = _shown(event.inferred, parts)
        kept = {source.id for source in update["sources"]}
        update |= {name: None for name in ("paper", "told_by") if getattr(event, name) not in kept}
        for name, instead in parts.fields.items():
            update[name] = self._instead(event, name, instead)
        update["withheld"] = (*event.withheld, *_markers(event))
        update["answer_withheld"] = self._duties_answered(case_id, event)
        return event.model_copy(update={name: value for name, value in update.items() if hasattr(event, name)})

    def _of_list(self, case_id: str, event: Event, name: str, parts: Parts) -> Iterator[Any]:
        for position, item in enumerate(getattr(event, name)):
            if (name, getattr(item, "id", "")) in parts.items:
                continue
            if name in ABOUT_ITEMS and self._item_is_gone(case_id, _about(item)):
                continue
            if name == "answers" and (case_id, event.id, position) in self.hidden_answers:
                continue
            if name == "also_stated" and self._is_about_hidden(case_id, event, item, parts):
                continue
            yield self._item(case_id, event, name, item, parts)

    def _item(self, case_id: str, event: Event, name: str, item: Any, parts: Parts) -> Any:  # noqa: ANN401 - of any list
        if name == "sources":
            return self._source(case_id, item, parts)
        if name in {"requests", "milestones"} and f"{case_id}/{event.id}#{item.id}" in self._asks_with_hidden_answers:
            return item.model_copy(update={"answer_withheld": True})
        if name == "allegations":
            return self._allegation(f"{case_id}/{event.id}", item)
        return item

    def _allegation(self, concern: str, item: Allegation) -> Allegation:
        names = {concern, f"{concern}#{item.id}"}
        replied = item.reply_withheld or not names.isdisjoint(self._hidden_speech["replied"])
        found = item.finding_withheld or not names.isdisjoint(self._hidden_speech["found"])
        return item.model_copy(update={"reply_withheld": replied, "finding_withheld": found})

    def _source(self, case_id: str, source: Source, parts: Parts) -> Source:
        """Returns a source of an event, without its days if the event's date is withheld."""
        shown = self._text(case_id, source, without_days=parts.date_goes)
        return shown.model_copy(update={"gives": _shown(source.gives, parts)})

    def _files(self, case_id: str, events: Iterable[Event]) -> dict[str, SourceRecord]:
        """Returns the sources in files that published events name; their days tell of each event that names them."""
        named = {source.id for event in events for source in event.sources if not source.is_written_out}
        dateless = {
            source.id
            for event in self.folder.events[case_id].values()
            if self.parts[f"{case_id}/{event.id}"].date_goes
            for source in event.sources
        }
        return {
            name: rewritten(self._text(case_id, source, without_days=name in dateless), Rewriting())
            for name, source in self.folder.sources.get(case_id, {}).items()
            if name in named and not source.left_out
        }

    def _text(self, case_id: str, source: S, *, without_days: bool) -> S:
        """Returns a source, with its kept copy only if it is published."""
        update: dict[str, Any] = {}
        if source.file and not (source.publish_copy and f"{case_id}/{source.file}" in self.readable):
            update |= {"file": None, "sha256": None}
            if source.title is None and source.url is None:
                update["title"] = _KEPT_COPY
        if without_days:
            # an archive's addresses hold the day
            update |= {"retrieved": None, "published": None, "archived_url": None}
        return source.model_copy(update=update)

    def _instead(self, event: Event, name: str, instead: object) -> object:
        """Returns the value of a withheld field: its `instead`, else the field's empty value."""
        if instead is not None:
            return value_instead(event, name, instead)
        if name == "title":
            return _WITHHELD
        if name == "dated":
            return FuzzyDate.parse(UNKNOWN)
        if name in (*event.acting, "on_behalf_of"):
            return (NamedParty.model_construct(party=UNKNOWN),)
        return type(event).model_fields[name].default

    def _is_about_hidden(self, case_id: str, event: Event, stated: AlsoStated, parts: Parts) -> bool:
        """True if another source's statement is about a withheld part, or names a party that has a pseudonym."""
        name, item = named_by(stated.field)
        value = getattr(event, name, None) or ()
        if item and isinstance(value, tuple):
            value = tuple(own for own in value if getattr(own, "id", None) == item)
        if parts.has_item(name, item) or self._loses_something(case_id, event, name):
            return True
        parties = {naming.party for naming in namings_in(value)}
        return not parties.isdisjoint(self.pseudonyms) or not self.hidden_names.isdisjoint(map(folded, stated.value))

    def _loses_something(self, case_id: str, event: Event, name: str) -> bool:
        if name == "answers" and any(case == case_id and at == event.id for case, at, _ in self.hidden_answers):
            return True
        entries = getattr(event, name, ()) if name in ABOUT_ITEMS else ()
        return any(self._item_is_gone(case_id, _about(entry)) for entry in entries)

    # Items and answers

    def _item_is_gone(self, case_id: str, reference: Reference) -> bool:
        owner = reference.case or case_id
        event = self.folder.events.get(owner, {}).get(reference.event)
        if event is None or reference.item is None:
            return False
        if self._goes(owner, event):
            return True
        parts = self.parts[f"{owner}/{event.id}"]
        field = next((name for item, name, _ in event.items() if item == reference.item), None)
        return field is not None and (field in parts.fields or (field, reference.item) in parts.items)

    def _hidden_answers(self) -> Iterator[tuple[str, str, int]]:
        """Yields (case, event, position) of each answer that would seem missing, late or somebody else's."""
        for case_id, event in self.folder.each_event():
            for position, answer in enumerate(() if event.withdrawn else event.answers):
                if self._is_hidden(case_id, event, answer):
                    yield case_id, event.id, position

    def _is_hidden(self, case_id: str, event: Event, answer: Answer) -> bool:
        parts = self.parts[f"{case_id}/{event.id}"]
        if self._goes(case_id, event) or "answers" in parts.fields:
            return True
        if parts.date_goes and parts.fields["dated"] is None:
            return True
        if not answer.of and any(name in parts.fields for name in (*event.acting, "on_behalf_of")):
            return True
        givers = {party.party for party in answer.of or event.principals}
        return not givers.isdisjoint(self.pseudonyms.keys() - self._asked(case_id, answer.request))

    def _asked(self, case_id: str, reference: Reference) -> set[str]:
        event = self.folder.events.get(reference.case or case_id, {}).get(reference.event)
        asked = (request.asked_of for request in event.asks if request.id == reference.item) if event else ()
        return {party.party for of_request in asked for party in of_request}

    @cached_property
    def _asks_with_hidden_answers(self) -> frozenset[str]:
        return frozenset(
            full_reference(case_id, self.folder.events[case_id][event_id].answers[position].request)
            for case_id, event_id, position in self.hidden_answers
        )

    @cached_property
    def _hidden_speech(self) -> Mapping[str, set[str]]:
        """The full references of Concerns and allegations that lose a reply, or a finding, in the copy."""
        lost: dict[str, set[str]] = {"replied": set(), "found": set()}
        for case_id, event in self.folder.each_event():
            if event.withdrawn:
                continue
            gone = _SPEECH.keys() if self._goes(case_id, event) else self.parts[f"{case_id}/{event.id}"].fields.keys()
            for name in _SPEECH.keys() & gone:
                references = (_about(item) for item in getattr(event, name, ()))
                lost[_SPEECH[name]].update(full_reference(case_id, reference) for reference in references)
        return lost

    def _duties_answered(self, case_id: str, event: Event) -> tuple[str, ...]:
        start = f"{case_id}/{event.id}#"
        own = {item for item, _, _ in event.items()}
        named = {full.removeprefix(start) for full in self._asks_with_hidden_answers if full.startswith(start)}
        return tuple(sorted({*event.answer_withheld, *(named - own)}))

    # Parties and names

    def _with_pseudonyms(self, record: R) -> R:
        return rewritten(record, Rewriting(self._party_id, self.pseudonyms.__contains__))

    def _with_new_names(self, case_id: str, event: Event) -> Event:
        def reference(old: Reference) -> Reference:
            new = self.new_names.get(f"{old.case or case_id}/{old.event}")
            return old if new is None else reference_to(old.case, new, old.item)

        return rewritten(event, Rewriting(reference=reference))

    def _party_id(self, party_id: str) -> str:
        return self.pseudonyms.get(party_id, party_id)

    def _parties(self, records: Iterable[CaseHeader | Event]) -> dict[str, Party]:
        """Returns the parties that published records name, the parties that those are part of, and OGP's bodies."""
        by_new_id = {self._party_id(party_id): self._party(party) for party_id, party in self.folder.parties.items()}
        todo = {name for record in records for name in parties_named(record)}
        todo |= {party_id for party_id, party in by_new_id.items() if party.body is not None}
        published: dict[str, Party] = {}
        while todo:
            name = todo.pop()
            if name in by_new_id and name not in published:
                published[name] = by_new_id[name]
                todo.update(by_new_id[name].wholes)
        return dict(sorted(published.items()))

    def _party(self, party: Party) -> Party:
        if party.withhold is None:
            return self._with_pseudonyms(party)
        keeps = set(party.withhold.keep)
        return Party(
            id=party.withhold.pseudonym,
            name=Text.of({tag: f"{words} ({party.withhold.pseudonym})" for tag, words in _NAME_WITHHELD.items()}),
            classification=party.classification if KeptField.CLASSIFICATION in keeps else Classification.OTHER,
            country=party.country if KeptField.COUNTRY in keeps else None,
            withheld=(Withheld(field="name"),),
        )


def _bare(event: Event) -> Event:
    """Returns what a copy holds of a withdrawn record: its id, kind and `withdrawn`."""
    title, dated = Text.of(OF_WITHDRAWN["title"]), FuzzyDate.parse(OF_WITHDRAWN["dated"])
    return type(event).model_construct(id=event.id, title=title, dated=dated, withdrawn=event.withdrawn)


def _shown(names: Iterable[str], parts: Parts) -> tuple[str, ...]:
    """Returns the names of fields and items without those that are left out."""
    return tuple(name for name in names if not parts.has_item(*named_by(name)))


def named_by(path: str) -> tuple[str, str]:
    """Returns field and item of a path such as `requests#work-plan.due`; the item may be empty."""
    name, _, item = path.partition(".")[0].partition("#")
    return name, item


def parties_named(record: object) -> Iterator[str]:
    """Yields the ids of the parties that a record names at any depth."""
    named: set[str] = set()

    def note(party_id: str) -> str:
        named.add(party_id)
        return party_id

    if isinstance(record, CaseHeader | Event | Party):
        rewritten(record, Rewriting(party=note))
    yield from sorted(named - RESERVED_PARTY_IDS)


def value_instead(event: Event, name: str, instead: object) -> object:
    """Returns an `instead` as a value of its field. Raises ValueError if it does not fit."""
    bound = with_instead(event, name, instead)
    if bound.record is None or bound.problems:
        raise ValueError(f"the `instead` of `{name}` does not fit")
    return getattr(bound.record, name)


def new_names(copies: Mapping[str, Event], nameless: Mapping[str, bool]) -> dict[str, str]:
    """Returns the new ids of events whose date or title is withheld, by `case/event`.

    `nameless` says for each whether the copy has its date. An id is the copied date, the kind, and `withheld` without
    a date. Equal ids get numbers, in an order that depends only on the copy.
    """
    names = {name: copies[name] for name in nameless if name in copies}
    groups: dict[str, list[str]] = {}
    for name, event in names.items():
        kind = event.kind.replace("_", "-")
        has_day = nameless[name] and event.dated.form != "unknown"
        base = f"{name.partition('/')[0]}/{event.dated.digits}-{kind}{'' if has_day else '-withheld'}"
        groups.setdefault(base, []).append(name)
    ranks = _ranks(copies, names) if any(len(group) > 1 for group in groups.values()) else {}
    taken = copies.keys() - names.keys()
    new_ids: dict[str, str] = {}
    for base, group in sorted(groups.items()):
        free = (candidate for candidate in numbered(base) if candidate not in taken)
        for name in sorted(group, key=lambda name: ranks.get(name, "")):
            new_ids[name] = next(free).partition("/")[2]
    return new_ids


def _ranks(copies: Mapping[str, Event], names: Mapping[str, Event]) -> dict[str, str]:
    """Returns for each event a digest of its text without new ids, and of the events that references connect to it."""
    edges = [
        (name, full_reference(name.partition("/")[0], old).partition("#")[0])
        for name, event in copies.items()
        for old in found_in(event, Reference)
    ]
    ranks = {name: _digest(_nameless(name, event, names)) for name, event in names.items()}
    for _ in names:
        fuller = {
            name: _digest(
                rank,
                *sorted(f">{ranks.get(to, to)}" for start, to in edges if start == name),
                *sorted(f"<{ranks.get(start, start)}" for start, to in edges if to == name),
            )
            for name, rank in ranks.items()
        }
        if len(set(fuller.values())) == len(set(ranks.values())):
            return fuller
        ranks = fuller
    return ranks


def _nameless(name: str, event: Event, names: Mapping[str, Event]) -> str:
    case_id = name.partition("/")[0]

    def reference(old: Reference) -> Reference:
        return Reference("x") if f"{old.case or case_id}/{old.event}" in names else old

    return emit(values_of(rewritten(event, Rewriting(reference=reference))))


def _digest(*words: str) -> str:
    return sha256("\0".join(words).encode()).hexdigest()


def _about(item: Any) -> Reference:  # noqa: ANN401 - an answer, a reply, a finding or a reference
    if isinstance(item, Reference):
        return item
    reference: Reference = item.request if isinstance(item, Answer) else item.about
    return reference


def _markers(event: Event) -> tuple[Withheld, ...]:
    """Returns the `withheld` entries of the copy: fields with their reasons, never an item."""
    markers = {(part.name, part.because): Withheld(field=part.name, because=part.because) for part in event.withhold}
    if any(source.withhold for source in event.sources):
        markers["sources", None] = Withheld(field="sources")
    return tuple(markers[key] for key in sorted(markers, key=lambda key: (key[0], key[1] or "")))


def with_secret_sources(folder: Records) -> Records:
    """Returns the records with each source withheld from the events that name its file, if the file withholds it."""
    events: dict[str, Mapping[str, Event]] = {}
    for case_id, own in folder.events.items():
        secret = {name for name, source in folder.sources.get(case_id, {}).items() if source.left_out}
        events[case_id] = {name: without_secrets(event, secret) for name, event in own.items()} if secret else own
    return folder._replace(events=events)


def left_out_since(before: Records, after: Records) -> Iterator[FileId]:
    """Yields each file, perhaps renamed, that leaves out more or something else in the later version."""
    gone = {_sort_of(file) for file, _ in before.each() if after.at(file) is None}
    for file, record in after.each():
        earlier = before.at(file)
        if not _left_out(record) <= _left_out(earlier) and (earlier is not None or _sort_of(file) in gone):
            yield file


def _sort_of(file: FileId) -> str:
    top, _, name = file.partition("/")
    return top if top == "parties" else name.partition("/")[0]


def _left_out(record: object) -> set[str]:
    """Returns the fields that a record leaves out of the copy, with their `instead`, as comparable strings."""
    if isinstance(record, Party) and record.withhold:
        return {"name", *({"country", "classification"} - set(map(str, record.withhold.keep)))}
    if isinstance(record, CaseHeader | SourceRecord) and record.withhold:
        return {"all"}
    if not isinstance(record, Event):
        return set()
    sources = {f"sources#{source.id}" for source in record.sources if source.withhold}
    return sources | {f"{part.field} {part.instead}" for part in record.withhold}
