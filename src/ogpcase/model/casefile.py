"""The aggregate: a case's header, its events in order, the parties, and what could not be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property

from ogpcase.diagnostics import FileId
from ogpcase.model.codelists import Body, Classification
from ogpcase.model.events import Event
from ogpcase.model.header import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.order import in_order
from ogpcase.model.parties import Party, folded
from ogpcase.model.public import public_events
from ogpcase.model.redacting import Redaction
from ogpcase.model.texts import Text
from ogpcase.model.withhold import EVERYTHING, WITHHELD, Withholding, of_event
from ogpcase.values import field, frozen, replace


@frozen(slots=False)
class Registry:
    """All parties of a root, by id.

    `unreadable` are ids whose file is there but gives no party; `flawed` those of parties from whose record a wrong
    field was left out, so that what they belong to is not sure. Where parties are read when they are asked for,
    `telling` are those that are known all the same: all that are withheld, and all bodies of OGP.
    """

    parties: Mapping[str, Party] = field(default_factory=dict)
    unreadable: AbstractSet[str] = frozenset()
    flawed: AbstractSet[str] = frozenset()
    telling: tuple[Party, ...] | None = None

    def knows(self, party_id: str) -> bool:
        """True when the party has a file, readable or not."""
        return party_id in self.parties or party_id in self.unreadable

    def named(self, name: str) -> tuple[str, ...]:
        """Returns the ids of the parties called so, by id or by any name, without regard to case and accents."""
        if name in self.parties:
            return (name,)
        wanted = folded(name)
        return tuple(sorted(each.id for each in self.parties.values() if wanted in map(folded, each.names())))

    @cached_property
    def withheld(self) -> tuple[Party, ...]:
        """The parties that are named nowhere."""
        return tuple(party for party in self._told() if party.withhold)

    def bodies(self, body: Body) -> tuple[str, ...]:
        """Returns the ids of the parties that are this body of OGP."""
        return tuple(sorted(party.id for party in self._told() if party.body is body))

    def _told(self) -> Iterable[Party]:
        return self.parties.values() if self.telling is None else self.telling

    @cached_property
    def public(self) -> Registry:
        """The parties as anybody may see them: of one that is withheld there is nothing but its id."""
        if not self.withheld:
            return self
        blank = {each.id: _blank(each.id) for each in self.withheld}
        telling = None if self.telling is None else tuple(blank.get(each.id, each) for each in self.telling)
        return replace(self, parties=_Instead(blank, self.parties), telling=telling)

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
    folder by id, each read when it is first asked for. `whole` is the case that this one was made of by leaving out
    what is withheld; None where nothing was left out.
    """

    id: str
    header: CaseHeader | None
    events: tuple[Event, ...]
    registry: Registry
    unreadable: frozenset[str] = frozenset()
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beside: Mapping[str, CaseFile] = field(default_factory=dict, compare=False, repr=False)
    whole: CaseFile | None = field(default=None, compare=False, repr=False)

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @cached_property
    def language(self) -> str | None:
        """The language that plain texts are in."""
        return self.header.language if self.header else None

    def withholding(self, event: Event) -> Withholding:
        """Returns what the event withholds; everything where a wrong field may be `withhold`."""
        return self._kept_back.get(event.id) or of_event(event)

    @cached_property
    def _kept_back(self) -> Mapping[str, Withholding]:
        """What events withhold, of those that withhold anything; views ask for it again and again."""
        unsound = {name for name, fields in self.flawed.items() if "withhold" in fields}
        secret = (event for event in self.events if event.withhold or event.id in unsound)
        return {event.id: EVERYTHING if event.id in unsound else of_event(event) for event in secret}

    @cached_property
    def public(self) -> CaseFile:
        """The case as anybody may see it: what depends on it alone gives nothing away that is withheld."""
        return self if self.whole else self.without(self.withholding)

    def without(self, kept_back: Callable[[Event], Withholding]) -> CaseFile:
        """Returns the case without what is kept back of its events, beside it the others as anybody may see them."""
        redaction = Redaction.of(self.registry.withheld)
        events = public_events(self.id, self.events, kept_back, redaction)
        return replace(self, events=events, registry=self.registry.public, beside=_Public(self.beside), whole=self)

    def owns(self, reference: Reference) -> bool:
        """True when the reference points into this case."""
        return reference.case in (None, self.id)

    def full(self, reference: Reference) -> str:
        """Returns a reference with its case, so that references of several cases compare."""
        return str(reference) if reference.case else f"{self.id}/{reference}"


class Cases(Mapping[str, CaseFile]):
    """The cases of a folder by id, each read when it is first asked for."""

    @abstractmethod
    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event of this id; no other case is read for it."""


def _blank(party_id: str) -> Party:
    return Party(id=party_id, name=Text.of(WITHHELD), classification=Classification.OTHER, withhold="all")


class _Instead(Mapping[str, Party]):
    """Parties of which some stand for others of their id; the rest are not read for it."""

    def __init__(self, these: Mapping[str, Party], rest: Mapping[str, Party]) -> None:
        self._these = these
        self._rest = rest

    def __getitem__(self, party_id: str) -> Party:
        return self._these[party_id] if party_id in self._these else self._rest[party_id]

    def __contains__(self, party_id: object) -> bool:
        return party_id in self._rest

    def __iter__(self) -> Iterator[str]:
        return iter(self._rest)

    def __len__(self) -> int:
        return len(self._rest)


class _Public(Mapping[str, CaseFile]):
    """Cases as anybody may see them."""

    def __init__(self, cases: Mapping[str, CaseFile]) -> None:
        self._cases = cases

    def __getitem__(self, case_id: str) -> CaseFile:
        return self._cases[case_id].public

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._cases

    def __iter__(self) -> Iterator[str]:
        return iter(self._cases)

    def __len__(self) -> int:
        return len(self._cases)


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
