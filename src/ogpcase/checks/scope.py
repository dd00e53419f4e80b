"""What a check sees: a case with its neighbours and the day, or the whole folder. And whom and what records name.

Nothing here judges; see the checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from ogpcase.diagnostics import Place, Route
from ogpcase.model.casefile import CaseFile, Cases, Registry, file_of_event, file_of_header, file_of_party
from ogpcase.model.codelists import Track
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event, Request
from ogpcase.model.ids import Reference
from ogpcase.model.questions import names_of
from ogpcase.model.uses import PartyUse, ReferenceUse, names_in, party_uses, reference_uses
from ogpcase.policy.lifecycle import version_of
from ogpcase.policy.version import VERSIONS, PolicyVersion, load_version

HEADER = "case.yaml"
"""The key of the header's wrong fields in `CaseFile.flawed`; no event can have it as its id."""
_RANK = {
    "adopts": 0, "answers": 1, "in_reply_to": 2, "addendum_to": 2, "follows": 2,
    "cites": 3, "prior_steps": 3, "evidence": 3,
}  # fmt: skip
"""The fields by which an event comes after another, the most telling first."""
Found = tuple[CaseFile, Event]
"""An event that a reference points to, with its case."""


class Items(NamedTuple):
    """What a reference can lead to within an event, by id, of two alike the first: items, and duties of its step.

    `routes` lead to the ids of its items; `asks` are those of them that ask for something.
    """

    routes: Mapping[str, Route]
    asks: Mapping[str, Request]
    duties: tuple[str, ...]


class Contradiction(NamedTuple):
    """An event whose date is certainly before that of `later`, which it comes after by this use."""

    event: Event
    use: ReferenceUse
    case: CaseFile
    later: Event


@dataclass(frozen=True, eq=False)
class Scope:
    """One case under judgement: the case, the other cases of the folder by id, and the day it is judged on.

    Equal only to itself, so that what several checks ask of it can be remembered.
    """

    case: CaseFile
    others: Mapping[str, CaseFile]
    today: date

    def items(self, case: CaseFile, event: Event) -> Items:
        """Returns what a reference can lead to within an event; found once for each event."""
        if (case.id, event.id) not in self._items:
            routes: dict[str, Route] = {name: (field, at, "id") for name, field, at in reversed(event.items())}
            asks = {request.id: request for request in reversed(event.asks)}
            self._items[case.id, event.id] = Items(routes, asks, _duty_ids(case, event))
        return self._items[case.id, event.id]

    @cached_property
    def _items(self) -> dict[tuple[str, str], Items]:
        return {}

    def departs(self, event: Event) -> bool:
        """True when a departure of an event of the case names a source that the event lists."""
        return event.id in self._departing

    @cached_property
    def _departing(self) -> frozenset[str]:
        departing: set[str] = set()
        for event in self.case.events:
            if not event.departure:
                continue
            listed = {source.id for source in event.sources}
            if any(listed.intersection(departure.sources) for departure in event.departure):
                departing.add(event.id)
        return frozenset(departing)

    @property
    def registry(self) -> Registry:
        """The parties."""
        return self.case.registry

    def sound(self, event: Event, *fields: str) -> bool:
        """True when none of these fields of an event was left out since it was wrong."""
        flawed = self.case.flawed
        return not flawed or event.id not in flawed or flawed[event.id].isdisjoint(fields)

    def place(self, event: Event, route: Route, label: str = "", case: CaseFile | None = None) -> Place:
        """Returns the place of a node of an event, of this case or of the one given."""
        return Place(file_of_event((case or self.case).id, event.id), route, label)

    def gap(self, event: Event, field: str) -> Place:
        """Returns the place where a field of an event belongs that is not there."""
        before = tuple(takewhile(lambda name: name != field, names_of(event.kind)))
        return Place(
            file_of_event(self.case.id, event.id), (field,), f"`{field}` belongs here", "missing", after=before
        )

    def case_of(self, reference: Reference) -> CaseFile | None:
        """Returns the case a reference points into, or None where the folder has none of that name."""
        return self.case if self.case.owns(reference) else self.others.get(str(reference.case))

    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases of the folder that have an event of this id."""
        if isinstance(self.others, Cases):
            yield from self.others.holding(event_id)
        else:
            yield from (case for case in self.others.values() if event_id in case.event_by_id)

    def found(self, reference: Reference) -> Found | None:
        """Returns the event a reference points to, with its case; None where there is none that can be read."""
        case = self.case_of(reference)
        event = case.event_by_id.get(reference.event) if case else None
        return (case, event) if case and event else None

    def names(self) -> frozenset[str]:
        """Returns the ids of the parties that the case names in sound fields."""
        named: set[str] = set()
        for event in self.case.events:
            if event.id in self.case.flawed:
                named.update(name for name, route in party_uses(event) if self.sound(event, str(route[0])))
            else:
                named |= names_in(event)
        return frozenset({*named, self.case.header.subject} if self.case.header else named)

    def parties_named(self) -> Iterator[PartyUse]:
        """Yields every naming of a party in the case's sound fields, the header's first."""
        header = self.case.header
        if header is not None:
            yield PartyUse(header.subject, Place(file_of_header(self.case.id), ("subject",)))
        for event in self.case.events:
            for name, route in party_uses(event):
                if self.sound(event, str(route[0])):
                    yield PartyUse(name, self.place(event, route))

    def dated(self, event: Event, case: CaseFile | None = None) -> bool:
        """True when an event's date can be compared: it was read, and is not itself reported as still to come."""
        flawed = (case or self.case).flawed.get(event.id, frozenset())
        return "dated" not in flawed and not self.to_come(event.dated)

    def to_come(self, day: FuzzyDate) -> bool:
        """True when a date is certainly after the day of judgement."""
        return not day.qualified and not day.possible_by(self.today)

    @cached_property
    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]:
        """For each event certainly dated before one that it comes after, by id: each such other.

        One wrong date brings many of these. Told is the most telling kind: what it adopts, else what it answers,
        else what it follows, else everything it cites.
        """
        found: dict[str, list[Contradiction]] = {}
        for event, use, other in self.references:
            if use.field in _RANK and other and event.dated.certainly_before(other[1].dated):
                case, later = other
                if self.dated(event) and self.dated(later, case):
                    found.setdefault(event.id, []).append(Contradiction(event, use, case, later))
        return {name: _most_telling(several) for name, several in found.items()}

    @cached_property
    def references(self) -> tuple[tuple[Event, ReferenceUse, Found | None], ...]:
        """Every reference in a sound field, with its event, and the event it leads to where that can be read."""
        return tuple(
            (event, use, self.found(use.reference))
            for event in self.case.events
            for use in reference_uses(event)
            if event.id not in self.case.flawed or self.sound(event, str(use.route[0]))
        )


def _most_telling(several: list[Contradiction]) -> tuple[Contradiction, ...]:
    least = min(_RANK[each.use.field] for each in several)
    told = [each for each in several if _RANK[each.use.field] == least]
    return tuple(told) if least == _RANK["cites"] else (told[0],)


def _duty_ids(case: CaseFile, event: Event) -> tuple[str, ...]:
    """Returns the ids of the duties that the table ties to the stages an event moves the case to.

    From wherever the case came, and of every version where the case names none: a reference to a duty is not wrong
    because something else is.
    """
    if event.context or not event.moves_to:
        return ()
    rows = (move for version in _versions(case, event) for move in version.moves if move.to in event.moves_to)
    return tuple(dict.fromkeys(duty.id for move in rows for duty in move.then_due))


def _versions(case: CaseFile, event: Event) -> tuple[PolicyVersion, ...]:
    version = version_of(case, event)
    if version is not None:
        return (version,)
    tabled = case.header is None or case.header.track is Track.RESPONSE_POLICY
    return tuple(map(load_version, VERSIONS)) if tabled else ()


class CaseFacts(NamedTuple):
    """What a case tells the folder.

    `used` are the ids of the parties that it names in sound fields. `whole` is false where something that could name a
    party was left out.
    """

    used: frozenset[str]
    whole: bool


def facts_of(case: CaseFile) -> CaseFacts:
    """Returns what a case tells the folder."""
    whole = bool(case.header) and not case.unreadable and not any(case.flawed.values())
    return CaseFacts(Scope(case, {}, date.min).names(), whole)


@dataclass(frozen=True, eq=False)
class Folder:
    """The whole folder under judgement: what its cases tell, by id, its parties, and the day it is judged on."""

    told: Mapping[str, CaseFacts]
    registry: Registry
    today: date

    def names(self) -> frozenset[str]:
        """Returns the ids of the parties that others are part of."""
        return frozenset(name for party in self.registry.parties.values() for name in party.part_of)

    def parties_named(self) -> Iterator[PartyUse]:
        """Yields every naming of a party in another party's file."""
        for party in self.registry.parties.values():
            for position, name in enumerate(party.part_of):
                yield PartyUse(name, Place(file_of_party(party.id), ("part_of", position)))

    @property
    def readable(self) -> bool:
        """True when nothing that could name a party was left out: every header, event and field was read."""
        whole = all(each.whole for each in self.told.values())
        return whole and not self.registry.unreadable and not self.registry.flawed
