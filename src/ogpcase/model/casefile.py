"""The aggregate: a case's header, its events in order, the parties, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ogpcase.diagnostics import FileId
from ogpcase.model.events import Event
from ogpcase.model.header import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.order import in_order
from ogpcase.model.parties import Party, folded


@dataclass(frozen=True)
class Registry:
    """All parties of a root, by id.

    `unreadable` are ids whose file is there but gives no party; `flawed` those of parties from whose record a wrong
    field was left out, so that what they belong to is not sure.
    """

    parties: Mapping[str, Party] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()
    flawed: frozenset[str] = frozenset()

    def knows(self, party_id: str) -> bool:
        """True when the party has a file, readable or not."""
        return party_id in self.parties or party_id in self.unreadable

    def named(self, name: str) -> tuple[str, ...]:
        """Returns the ids of the parties called so, by id or by any name, without regard to case and accents."""
        if name in self.parties:
            return (name,)
        wanted = folded(name)
        return tuple(sorted(each.id for each in self.parties.values() if wanted in map(folded, each.names())))

    def belongs(self, party_id: str, whole: str) -> bool:
        """True when the party is the other one, or part of it at any depth."""
        seen: set[str] = set()
        todo = [party_id]
        while todo:
            name = todo.pop()
            if name == whole:
                return True
            if name not in seen and name in self.parties:
                seen.add(name)
                todo.extend(self.parties[name].part_of)
        return False

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class CaseFile:
    """A case as its files give it.

    `header` is None when it cannot be read. `unreadable` are ids of events whose file gives no record at all;
    `flawed` names the fields that were left out of an event since they were wrong.
    """

    id: str
    header: CaseHeader | None
    events: tuple[Event, ...]
    registry: Registry
    unreadable: frozenset[str] = frozenset()
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def language(self) -> str | None:
        """The language that plain texts are in."""
        return self.header.language if self.header else None

    def owns(self, reference: Reference) -> bool:
        """True when the reference points into this case."""
        return reference.case in (None, self.id)

    def full(self, reference: Reference) -> str:
        """Returns a reference with its case, so that references of several cases compare."""
        return str(reference) if reference.case else f"{self.id}/{reference}"


def assemble(  # noqa: PLR0913 - the parts of a case, each once
    case_id: str,
    header: CaseHeader | None,
    events: tuple[Event, ...],
    registry: Registry,
    *,
    unreadable: frozenset[str] = frozenset(),
    flawed: Mapping[str, frozenset[str]] | None = None,
) -> CaseFile:
    """Puts a case together, its events in the one order."""
    return CaseFile(case_id, header, in_order(case_id, events), registry, unreadable, flawed or {})


def file_of_header(case_id: str) -> FileId:
    """Returns where a case's header stands below the root."""
    return f"{case_id}/case.yaml"


def file_of_event(case_id: str, event_id: str) -> FileId:
    """Returns where an event stands below the root."""
    return f"{case_id}/events/{event_id}.yaml"


def file_of_party(party_id: str) -> FileId:
    """Returns where a party stands below the root."""
    return f"parties/{party_id}.yaml"
