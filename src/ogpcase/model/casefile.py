"""The aggregate: a case's header, its events in order, the parties, and what could not be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from ogpcase.diagnostics import FileId
from ogpcase.model.codelists import Body
from ogpcase.model.events import Event
from ogpcase.model.header import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.order import in_order
from ogpcase.model.parties import Party, folded
from ogpcase.model.settings import FIRST_FORMAT, FolderSettings
from ogpcase.values import field, frozen


@frozen(slots=False)
class Registry:
    """All parties of a root, by id, and what the folder says of itself.

    `unreadable` are ids whose file is there but gives no party; `flawed` those of parties from whose record a wrong
    field was left out, so that what they belong to is not sure. `never_publish` is true where the folder lists terms
    that no public copy may hold.
    """

    parties: Mapping[str, Party] = field(default_factory=dict)
    unreadable: AbstractSet[str] = frozenset()
    flawed: AbstractSet[str] = frozenset()
    settings: FolderSettings = FIRST_FORMAT
    never_publish: bool = False

    def knows(self, party_id: str) -> bool:
        """True when the party has a file, readable or not."""
        return party_id in self.parties or party_id in self.unreadable

    def named(self, name: str) -> tuple[str, ...]:
        """Returns the ids of the parties called so, by id or by any name, without regard to case and accents."""
        if name in self.parties:
            return (name,)
        wanted = folded(name)
        return tuple(sorted(each.id for each in self.parties.values() if wanted in map(folded, each.names())))

    def bodies(self, body: Body) -> tuple[str, ...]:
        """Returns the ids of the parties that are this body of OGP.

        Where the party that `init` writes for it is there, that one alone: no other party is read for it.
        """
        usual = _usual_id(body)
        if usual in self.parties and self.parties[usual].body is body:
            return (usual,)
        return tuple(sorted(party.id for party in self.parties.values() if party.body is body))

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


@frozen(slots=False)
class CaseFile:
    """A case as its files give it.

    `header` is None when it cannot be read. `unreadable` are ids of events whose file gives no record at all;
    `flawed` names the fields that were left out of an event since they were wrong. `beside` are the other cases of the
    folder by id, each read when it is first asked for.
    """

    id: str
    header: CaseHeader | None
    events: tuple[Event, ...]
    registry: Registry
    unreadable: frozenset[str] = frozenset()
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beside: Mapping[str, CaseFile] = field(default_factory=dict, compare=False, repr=False)

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


def _usual_id(body: Body) -> str:
    """Returns the id that `init` gives to the party of a body."""
    return "ogp" if body is Body.OGP else f"ogp-{body.replace('_', '-')}"


def things_left_out(cases: Iterable[CaseFile], parties: Iterable[Party]) -> int:
    """Counts what the public copy of some cases and parties leaves out: parts of events, parties and whole cases."""
    several = tuple(cases)
    in_events = sum(len(event.left_out.said) for case in several for event in case.events)
    whole = sum(1 for case in several if case.header and case.header.left_out)
    return in_events + whole + sum(1 for party in parties if party.left_out)


class Cases(Mapping[str, CaseFile]):
    """The cases of a folder by id, each read when it is first asked for."""

    @abstractmethod
    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event of this id; no other case is read for it."""


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
