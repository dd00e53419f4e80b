"""Makes a copy of a folder with other values in every withheld place.

The copies of both must be the same, byte for byte. The new values are other texts, days, parties and ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Classification, KeptField
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import AlsoStated
from ogpcase.model.parties import Membership, NamedParty, Party, folded
from ogpcase.model.publication import ABOUT_ITEMS, NEVER_LEFT_OUT, LeftOut, Parts
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import Text
from ogpcase.workspace.publishing.copying import named_by, value_instead, with_secret_sources
from ogpcase.workspace.publishing.records import Records, Rewriting, reference_to, rewritten

_SPEAKING = (*ABOUT_ITEMS, "in_reply_to", "about")
"""Fields that refer to a request, a Concern or an allegation."""
_EARLY, _LATE = date(1999, 12, 31), date(2031, 1, 1)
"""Days of another world without other bounds."""


class World(NamedTuple):
    """How the values of another world differ: names sort first or last, and lists are longer or shorter."""

    mark: str
    longer: bool


FIRST = World("aaa", longer=False)
LAST = World("zzz", longer=True)


def other_world(folder: Records, world: World) -> Records:
    """Returns the folder with other values in every withheld place."""
    return _Other(with_secret_sources(folder), world).made()


class _Other:
    def __init__(self, folder: Records, world: World) -> None:
        self.folder = folder
        self.world = world
        self.hidden_name = f"{world.mark} name"
        hidden = sorted(party_id for party_id, party in folder.parties.items() if party.withhold)
        if not world.longer:
            hidden.reverse()
        self.parties = {old: f"{world.mark}-party-{number}" for number, old in enumerate(hidden)}
        self.hidden_names = {folded(name) for old in hidden for name in (old, *folder.parties[old].names())}
        self.parts = {(case_id, event.id): event.left_out for case_id, event in folder.each_event()}
        renamed = [key for key, parts in self.parts.items() if parts.id_goes or self._goes(key[0], parts)]
        if not world.longer:
            renamed.reverse()
        self.events = {key: self._event_id(key, number) for number, key in enumerate(renamed)}

    def made(self) -> Records:
        parties = {self._party_id(party_id): self._party(party) for party_id, party in self.folder.parties.items()}
        events: dict[str, Mapping[str, Event]] = {}
        for case_id, own in self.folder.events.items():
            new = [self._event(case_id, event) for event in own.values()]
            if self.world.longer:
                # the copy of a request says that an answer is withheld, so the twins have none
                twins = (_twin(event) for event in new if event.left_out.everything)
                new += [event.model_copy(update={"answers": ()}) for event in twins]
            events[case_id] = {event.id: event for event in sorted(new, key=lambda event: event.id)}
        headers: dict[str, CaseHeader] = {}
        for case_id, header in self.folder.headers.items():
            other = header.model_copy(update={"title": Text.of(self.world.mark)}) if header.withhold else header
            headers[case_id] = self._rewritten(case_id, other)
        sources = {case_id: self._files(case_id) for case_id in self.folder.headers}
        return Records(self.folder.settings, dict(sorted(parties.items())), headers, events, sources)

    def _files(self, case_id: str) -> dict[str, SourceRecord]:
        """Returns the sources in files, with other texts in withheld ones and other days where a date is withheld."""
        events = [(self.parts[case_id, event.id], event) for event in self.folder.events[case_id].values()]
        dateless = {source.id for parts, event in events if parts.date_goes for source in event.sources}
        files: dict[str, SourceRecord] = {}
        for name, source in self.folder.sources.get(case_id, {}).items():
            other = source.model_copy(update=self._read()) if name in dateless else source
            hidden = source.left_out or self.folder.headers[case_id].left_out
            for new in self._item_ids(name) if source.left_out else (name,):
                files[new] = (self._other(other) if hidden else other).model_copy(update={"id": new})
        return files

    def _read(self) -> dict[str, Any]:
        """Returns other days on which a source was read, and another address that holds one."""
        day = FuzzyDate.parse("1999")
        return {"retrieved": day, "published": day, "archived_url": f"https://archive.example/{self.world.mark}"}

    # Parties

    def _party_id(self, party_id: str) -> str:
        return self.parties.get(party_id, party_id)

    def _party(self, party: Party) -> Party:
        whole = party.model_copy(update={"part_of": tuple(map(self._membership, party.part_of))})
        if party.withhold is None:
            return whole
        keeps = set(party.withhold.keep)
        sort = party.classification if KeptField.CLASSIFICATION in keeps else Classification.MEDIA
        others = sorted(set(self.folder.parties) - set(self.parties))
        return Party(
            id=self._party_id(party.id),
            name=Text.of(self.hidden_name),
            other_names=(f"{self.world.mark} other",) if self.world.longer else (),
            classification=sort,
            country=party.country if KeptField.COUNTRY in keeps else "FR",
            part_of=tuple(Membership(party=name) for name in others[:1] if self.world.longer),
            withhold=party.withhold,
            publish=party.publish,
        )

    def _membership(self, membership: Membership) -> Membership:
        if membership.party not in self.parties:
            return membership
        until = FuzzyDate.parse(_EARLY.isoformat()) if self.world.longer else None
        return Membership(party=self.parties[membership.party], until=until)

    # Events

    def _event_id(self, key: tuple[str, str], number: int) -> str:
        event, parts = self.folder.events[key[0]][key[1]], self.parts[key]
        day = self._day(event, parts) if parts.date_goes or self._goes(key[0], parts) else event.dated
        return f"{day.digits}-{self.world.mark}-{number}"

    def _event(self, case_id: str, event: Event) -> Event:
        parts = self.parts[case_id, event.id]
        update: dict[str, Any] = {}
        if self._goes(case_id, parts) or event.withdrawn:
            update = {name: self._other(getattr(event, name)) for name in _content(event) if name not in _SPEAKING}
            update["dated"] = self._day(event, parts)
        for name in parts.fields:
            if name not in _SPEAKING:
                update[name] = self._day(event, parts) if name == "dated" else self._other(getattr(event, name))
        for name in {field for field, _ in parts.items}:
            update[name] = tuple(new for item in getattr(event, name) for new in self._items(name, item, parts))
        for name in _SPEAKING:
            if hasattr(event, name) and (name in parts.fields or self._goes(case_id, parts)):
                update[name] = tuple(map(self._speech, getattr(event, name)))
        new = event.model_copy(update=update)
        if parts.date_goes:
            read = self._read()
            sources = tuple(
                source.model_copy(update=read) if source.is_written_out else source for source in new.sources
            )
            new = new.model_copy(update={"sources": sources})
        event_id = self.events.get((case_id, event.id), event.id)
        other: Event = self._rewritten(case_id, new)
        return other.model_copy(update={"id": event_id, "withhold": self._withhold(event, parts)})

    def _goes(self, case_id: str, parts: Parts) -> bool:
        return parts.everything or self.folder.headers[case_id].withhold is not None

    def _withhold(self, event: Event, parts: Parts) -> tuple[LeftOut, ...]:
        if parts.everything:
            return event.withhold
        entries: list[LeftOut] = []
        for part in event.withhold:
            items = self._item_ids(part.item) if part.item is not None else ()
            here = part.model_copy(update={"instead": self._with_parties(part.instead)})
            entries += [here.model_copy(update={"field": f"{part.name}#{item}"}) for item in items] or [here]
        return tuple(entries)

    def _with_parties(self, instead: Any) -> Any:  # noqa: ANN401 - an `instead` as it is written
        if isinstance(instead, list):
            return list(map(self._with_parties, instead))
        if isinstance(instead, dict):
            return {name: self._with_parties(value) for name, value in instead.items()}
        return self.parties.get(instead, instead) if isinstance(instead, str) else instead

    def _item_ids(self, item: str) -> tuple[str, ...]:
        """Returns the id of an item in this world; if lists are longer, the ids of two."""
        name = f"{self.world.mark}-{item[:80]}".rstrip("-")
        return (name, f"{name}-twin") if self.world.longer else (name,)

    def _items(self, name: str, item: Any, parts: Parts) -> Iterator[Any]:  # noqa: ANN401 - of any list
        if (name, item.id) not in parts.items:
            yield item
            return
        new = self._other(item)
        more = {"withhold": item.withhold} if name == "sources" else {}
        yield from (new.model_copy(update={"id": item_id, **more}) for item_id in self._item_ids(item.id))

    def _speech(self, item: Any) -> Any:  # noqa: ANN401 - an answer, a reply, a finding or a reference, given back
        """Returns an answer, reply or finding with other content on the same item: the copy shows that one existed."""
        if isinstance(item, Reference):
            return item
        what = "request" if hasattr(item, "request") else "about"
        return self._other(item).model_copy(update={what: getattr(item, what)})

    def _day(self, event: Event, parts: Parts) -> FuzzyDate:
        instead = parts.fields.get("dated")
        span = value_instead(event, "dated", instead) if instead is not None else FuzzyDate.parse("unknown")
        assert isinstance(span, FuzzyDate)
        first, last = span.first or _EARLY, span.last or _LATE
        return FuzzyDate.parse((last if self.world.longer else first).isoformat())

    # Anything

    def _rewritten(self, case_id: str, record: Any) -> Any:  # noqa: ANN401 - a header or an event, given back
        """Returns a record with the parties, events and items of this world; keeps its private fields."""
        new = rewritten(record, Rewriting(self._party_id, reference=partial(self._reference, case_id)))
        kept = {"withhold": record.withhold}
        if isinstance(record, Event):
            parts = self.parts[case_id, record.id]
            pairs = zip(record.sources, new.sources, strict=True)
            kept["sources"] = tuple(
                after.model_copy(
                    update={
                        "withhold": before.withhold,
                        "publish_copy": before.publish_copy,
                        "gives": tuple(self._path(name, parts) for name in before.gives),
                    }
                )
                for before, after in pairs
            )
            kept |= self._of_hidden_parties(new)
            if new.also_stated:
                kept["also_stated"] = tuple(self._stated(stated, parts) for stated in new.also_stated)
        return new.model_copy(update=kept)

    def _of_hidden_parties(self, new: Event) -> dict[str, Any]:
        """Returns the lists of an event with other names, offices and signatures of parties with a pseudonym."""
        hidden = set(self.parties.values())
        lists: dict[str, Any] = {}
        for name in type(new).model_fields:
            value = getattr(new, name)
            if isinstance(value, tuple) and any(isinstance(own, NamedParty) and own.party in hidden for own in value):
                shuffled = value[::-1] if self.world.longer else value
                others = iter([party for party in value if party.party not in hidden])  # these keep their order
                lists[name] = tuple(
                    party.model_copy(update={"as_named": self.world.mark, "office": None})
                    if party.party in hidden
                    else next(others)
                    for party in shuffled
                )
        signatures = getattr(new, "signed_by", ())
        if self.world.longer and (of_hidden := [signature for signature in signatures if signature.for_ in hidden]):
            lists["signed_by"] = (*signatures, *of_hidden)
        return lists

    def _stated(self, stated: AlsoStated, parts: Parts) -> AlsoStated:
        value = (self.hidden_name if folded(text) in self.hidden_names else text for text in stated.value)
        return stated.model_copy(update={"value": tuple(value), "field": self._path(stated.field, parts)})

    def _path(self, path: str, parts: Parts) -> str:
        name, item = named_by(path)
        if (name, item) not in parts.items:
            return path
        return f"{name}#{self._item_ids(item)[0]}{path.removeprefix(f'{name}#{item}')}"

    def _reference(self, case_id: str, old: Reference) -> Reference:
        owner = old.case or case_id
        new = self.events.get((owner, old.event), old.event)
        item = old.item
        if item is not None and (owner, old.event) in self.parts:
            parts = self.parts[owner, old.event]
            item = self._item_ids(item)[0] if any(own == item for _, own in parts.items) else item
        return reference_to(old.case, new, item)

    def _others(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Returns a longer or shorter list; keeps items with an id, since others may refer to them."""
        made = tuple(map(self._other, values))
        if self.world.longer:
            return (*made, *map(_twin, made))
        return made if any(hasattr(item, "id") for item in made) else made[:1]

    def _other(self, value: Any) -> Any:  # noqa: ANN401, PLR0911 - a return for each type of value
        if isinstance(value, Text):
            return Text.of(f"{self.world.mark} text")
        if isinstance(value, FuzzyDate):
            return FuzzyDate.parse((_LATE if self.world.longer else _EARLY).isoformat())
        if isinstance(value, NamedParty):
            return NamedParty(party=f"{self.world.mark}-somebody", as_named=self.world.mark)
        if isinstance(value, Frozen):
            return value.model_copy(update={name: self._other(getattr(value, name)) for name in _content(value)})
        if isinstance(value, tuple):
            return self._others(value)
        if isinstance(value, Enum):
            return list(type(value))[-1 if self.world.longer else 0]
        if isinstance(value, bool) or value is None:
            return value
        return value + 7 if isinstance(value, int) else value


def _twin(item: Any) -> Any:  # noqa: ANN401 - any item of a list, given back
    return item.model_copy(update={"id": f"{item.id[:80]}-twin"}) if hasattr(item, "id") else item


def _content(record: Frozen) -> list[str]:
    """Returns the fields of a record that have a value, without its id and its fields about publication."""
    return [
        name
        for name in type(record).model_fields
        if name not in {"id", "withhold", "publish_copy", *NEVER_LEFT_OUT} and getattr(record, name) is not None
    ]
