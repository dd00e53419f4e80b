"""The input of the checks: a case with the other cases and the day, or the parties of the folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import takewhile
from typing import NamedTuple

from ogpcase.diagnostics import Place, Route
from ogpcase.model.casefile import CaseFile, Cases, Registry, file_of_event, file_of_header, file_of_party
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import Request
from ogpcase.model.questions import names_of
from ogpcase.model.serialize import short_form
from ogpcase.model.uses import PartyUse, ReferenceUse
from ogpcase.policy.procedures import judged_by, procedure_named, procedure_of, procedures_of

HEADER = "case.yaml"
"""The key of the header in `CaseFile.flawed`; it cannot be the id of an event."""
_RANK = {
    "adopts": 0, "answers": 1, "in_reply_to": 2, "addendum_to": 2, "follows": 2,
    "cites": 3, "prior_steps": 3, "evidence": 3,
}  # fmt: skip
"""Fields that say an event comes after another; a lower number is better evidence."""
Found = tuple[CaseFile, Event]
"""The event of a reference, with its case."""


class Items(NamedTuple):
    """The items and duties of an event, by id; the first of two with the same id.

    `routes` lead to the ids of the items; `asks` are the requests and milestones among them.
    """

    routes: Mapping[str, Route]
    asks: Mapping[str, Request]
    duties: tuple[str, ...]


class Contradiction(NamedTuple):
    """An event that is dated before `later`, although it refers to `later` in this way."""

    event: Event
    use: ReferenceUse
    case: CaseFile
    later: Event


@dataclass(frozen=True, eq=False)
class Scope:
    """A case to judge, the other cases by id, and the day. It is equal only to itself, so functions can cache by it."""

    case: CaseFile
    others: Mapping[str, CaseFile]
    today: date

    def items(self, case: CaseFile, event: Event) -> Items:
        """Returns the items and duties of an event; computed once."""
        items = self._items.get((case.id, event.id))
        if items is None:
            routes: dict[str, Route] = {name: (field, at, "id") for name, field, at in reversed(event.items())}
            asks = {request.id: request for request in reversed(event.asks)}
            items = self._items[case.id, event.id] = Items(routes, asks, _duty_ids(case, event))
        return items

    @cached_property
    def _items(self) -> dict[tuple[str, str], Items]:
        return {}

    def departs(self, event: Event) -> bool:
        """True if a departure of the event names a source that the event lists."""
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
        """True if none of these fields of the event was left out because it was wrong."""
        flawed = self.case.flawed
        return not flawed or event.id not in flawed or flawed[event.id].isdisjoint(fields)

    def place(self, event: Event, route: Route, label: str = "", case: CaseFile | None = None) -> Place:
        """Returns the place of a node of an event, in this case or in `case`."""
        return Place(file_of_event((case or self.case).id, event.id), route, label)

    def gap(self, event: Event, field: str) -> Place:
        """Returns the place where a missing field of an event belongs."""
        before = tuple(takewhile(lambda name: name != field, names_of(event.kind)))
        return Place(
            file_of_event(self.case.id, event.id), (field,), f"`{field}` belongs here", "missing", after=before
        )

    def case_of(self, reference: Reference) -> CaseFile | None:
        """Returns the case of a reference; None if the folder does not have it."""
        return self.case if self.case.owns(reference) else self.others.get(str(reference.case))

    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event with this id."""
        if isinstance(self.others, Cases):
            yield from self.others.holding(event_id)
        else:
            yield from (case for case in self.others.values() if event_id in case.event_by_id)

    def found(self, reference: Reference) -> Found | None:
        """Returns the event of a reference, with its case; None if there is no readable one."""
        case = self.case_of(reference)
        event = case.event_by_id.get(reference.event) if case else None
        return (case, event) if case and event else None

    def names(self) -> frozenset[str]:
        """Returns the ids of the parties that the case names in sound fields."""
        return self.case.parties_named

    def parties_named(self) -> Iterator[PartyUse]:
        """Yields every use of a party in the case's sound fields, the header's first."""
        header = self.case.header
        if header is not None:
            yield PartyUse(header.subject, Place(file_of_header(self.case.id), ("subject",)))
        for event in self.case.events:
            for name, route in self.case.names[event.id].parties:
                if self.sound(event, str(route[0])):
                    yield PartyUse(name, self.place(event, route))

    def dated(self, event: Event, case: CaseFile | None = None) -> bool:
        """True if an event's date was read and is not in the future."""
        flawed = (case or self.case).flawed.get(event.id, frozenset())
        return "dated" not in flawed and not self.to_come(event.dated)

    def to_come(self, day: FuzzyDate) -> bool:
        """True if a date is certainly after today."""
        return day.earliest is not None and day.earliest > self.today and not day.qualifiers

    @cached_property
    def contradictions(self) -> Mapping[str, tuple[Contradiction, ...]]:
        """The contradictions of each event, by its id.

        One wrong date causes many. Only the best evidence is kept: the events that it adopts, else those that it
        answers, else those that it follows, else all that it cites.
        """
        by_event: dict[str, list[Contradiction]] = {}
        for event, use, other in self.references:
            if use.field in _RANK and other and event.day.certainly_before(other[1].day):
                case, later = other
                if self.dated(event) and self.dated(later, case):
                    by_event.setdefault(event.id, []).append(Contradiction(event, use, case, later))
        return {event_id: _best_evidence(pairs) for event_id, pairs in by_event.items()}

    @cached_property
    def references(self) -> tuple[tuple[Event, ReferenceUse, Found | None], ...]:
        """Every reference in a sound field, with its event, and its target if that can be read."""
        return tuple(
            (event, use, self.found(use.reference))
            for event in self.case.events
            for use in self.case.names[event.id].references
            if event.id not in self.case.flawed or self.sound(event, str(use.route[0]))
        )


def _best_evidence(pairs: list[Contradiction]) -> tuple[Contradiction, ...]:
    least = min(_RANK[pair.use.field] for pair in pairs)
    best = [pair for pair in pairs if _RANK[pair.use.field] == least]
    return tuple(best) if least == _RANK["cites"] else (best[0],)


def _duty_ids(case: CaseFile, event: Event) -> tuple[str, ...]:
    """Returns the ids of all duties that moves to the event's stages bring, from any stage, at worst in any version.

    Where a stage is named in a word of another procedure, the ids of all duties: which are meant is not known.
    """
    if event.context or not event.moves_to:
        return ()
    procedure, table = procedure_of(case), judged_by(case, event)
    plain = procedure.stage_by_code.keys() >= set(event.moves_to)
    tables = (table,) if table else procedures_of(procedure.track)
    ends = frozenset(map(procedure.stage, event.moves_to)) if plain else None
    return tuple(dict.fromkeys(duty for each in tables for duty in _duties_at(each.name, ends)))


@cache
def _duties_at(table: str, ends: frozenset[str] | None) -> tuple[str, ...]:
    """Returns the ids of the duties that a table's moves to some stages, or all its moves, bring."""
    moves = (move for move in procedure_named(table).moves if ends is None or move.to in ends)
    return tuple(duty.id for move in moves for duty in move.then_due)


class CaseFacts(NamedTuple):
    """The parties that a case names, by id; `whole` is false if a part that could name a party was not read."""

    used: frozenset[str]
    whole: bool


def facts_of(case: CaseFile) -> CaseFacts:
    """Returns the facts of a case."""
    whole = bool(case.header) and not case.unreadable and not any(case.flawed.values())
    return CaseFacts(case.parties_named, whole)


@dataclass(frozen=True, eq=False)
class Folder:
    """The folder to judge: the facts of its cases by id, its parties, and the day."""

    facts: Mapping[str, CaseFacts]
    registry: Registry
    today: date

    def names(self) -> frozenset[str]:
        """Returns the ids of the parties that others are part of."""
        return frozenset(name for party in self.registry.parties.values() for name in party.wholes)

    def parties_named(self) -> Iterator[PartyUse]:
        """Yields every use of a party in another party's file."""
        for party in self.registry.parties.values():
            for position, whole in enumerate(party.part_of):
                route = ("part_of", position) if short_form(whole) else ("part_of", position, "party")
                yield PartyUse(whole.party, Place(file_of_party(party.id), route))

    @property
    def readable(self) -> bool:
        """True if every header, event and field that could name a party was read."""
        whole = all(facts.whole for facts in self.facts.values())
        return whole and not self.registry.unreadable and not self.registry.flawed
