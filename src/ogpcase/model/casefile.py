"""A case: its header, its events in order, the parties, and what could not be read."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from ogpcase.diagnostics import FileId, Route
from ogpcase.model.base import CaseId, Flag, Frozen, PartyId, Url, private, public, public_list
from ogpcase.model.codelists import Body, Format, Relation, Track, Version
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import Country, Party, folded
from ogpcase.model.publication import EVERYTHING, Whole
from ogpcase.model.sources import Source, SourceRecord
from ogpcase.model.texts import Language, Text
from ogpcase.model.uses import Names, names_with_routes

Edge = tuple[int, int]
"""The positions, in date order, of an event and of a later one."""


def in_order(case_id: str, events: Iterable[Event]) -> tuple[Event, ...]:
    """Returns the events in the case's order, whatever order they are given in.

    Dates decide first. Where they leave the order open, an event comes after those it refers to; a link that
    contradicts the dates or closes a circle is ignored.
    """
    by_date = sorted(events, key=lambda event: (event.dated.sort_key, event.id))
    links = sorted(_links(case_id, by_date), key=lambda edge: (max(edge), edge))
    if all(before < after for before, after in links):
        return tuple(by_date)
    kept: list[Edge] = []
    for link in links:
        if not _reaches(by_date, kept, link[1], link[0]):
            kept.append(link)
    return tuple(by_date[place] for place in _sorted(by_date, kept))


def comes_before(one: Event, other: Event) -> bool:
    """True if the first certainly came before the second, by their dates or because the second refers to it."""
    return one.dated.certainly_before(other.dated) or _follows(other, one)


def may_follow(one: Event, other: Event) -> bool:
    """True if the first may have come after the second, by dates and references."""
    return one is not other and not comes_before(one, other)


def may_follow_by_digits(one: Event, other: Event) -> bool:
    """The same, but a date with a qualifier counts by its digits, as it does for the stage."""
    last, first = one.dated.latest, other.dated.earliest
    apart = last is not None and first is not None and last < first
    return one is not other and not apart and not _follows(other, one)


def _follows(event: Event, earlier: Event) -> bool:
    return any(reference.event == earlier.id for _, reference in event.precursors())


def _links(case_id: str, by_date: Sequence[Event]) -> Iterator[Edge]:
    """Yields each pair in which the second refers to the first, and whose dates leave the order open."""
    places = {event.id: place for place, event in enumerate(by_date)}
    for after, event in enumerate(by_date):
        for _, reference in event.precursors():
            before = places.get(reference.event)
            if before is None or before == after or not _open(by_date[before], event):
                continue
            if reference.case in {None, case_id}:
                yield before, after


def _open(one: Event, other: Event) -> bool:
    if (one.dated.form == "unknown") != (other.dated.form == "unknown"):
        return False
    return not _certain(one, other) and not _certain(other, one)


def _certain(one: Event, other: Event) -> bool:
    """True if the first comes before the second by the dates alone; undated events come last."""
    if one.dated.form == "unknown" or other.dated.form == "unknown":
        return other.dated.form == "unknown" and one.dated.form != "unknown"
    return one.dated.certainly_before(other.dated)


def _after(by_date: Sequence[Event], links: Sequence[Edge], place: int) -> Iterator[int]:
    """Yields the positions that must come after `place`, by dates or by a link."""
    yield from (later for later in range(place + 1, len(by_date)) if _certain(by_date[place], by_date[later]))
    yield from (after for before, after in links if before == place)


def _reaches(by_date: Sequence[Event], links: Sequence[Edge], start: int, goal: int) -> bool:
    todo, seen = [start], {start}
    while todo:
        for place in _after(by_date, links, todo.pop()):
            if place == goal:
                return True
            if place not in seen:
                seen.add(place)
                todo.append(place)
    return False


def _sorted(by_date: Sequence[Event], links: Sequence[Edge]) -> Iterator[int]:
    """Yields the positions in an order that respects dates and links, and otherwise goes by date."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for place in range(len(by_date)):
        sorter.add(place)
        for later in _after(by_date, links, place):
            sorter.add(later, place)
    sorter.prepare()
    ready: list[int] = []
    while sorter.is_active():
        for place in sorter.get_ready():
            heappush(ready, place)
        first = heappop(ready)
        yield first
        sorter.done(first)


class Related(Frozen):
    """Another case, here or elsewhere, that is related to this one; never merged."""

    case: CaseId | None = public("The other case's id, if it has one.")
    relation: Relation = public("How it is related to this case.", required=True)
    track: Track | None = public("Which procedure it is under.")
    title: Text | None = public("What it is, in our own words.")
    url: Url | None = public("A page about it.")


class CaseHeader(Frozen):
    """The content of `case.yaml`. `id` is the folder's name and is not in the file."""

    id: CaseId = public("", required=True, exclude=True)
    title: Text = public("The case in one line.", required=True)
    track: Track = public("Which of OGP's procedures the case is under.", required=True)
    policy_version: Version | None = public("The version of the policy in force at filing.")
    subject: PartyId = public("The government the case is about: a party.", required=True)
    country: Country = public('ISO 3166-1 alpha-2 code of the country (quote "NO").', required=True)
    language: Language = public("BCP 47 tag of the language of the case's texts.", required=True)
    related: tuple[Related, ...] = public_list("Other cases, here or elsewhere; never merged.")
    withhold: Whole | None = private("`all`: the public copy leaves the whole case out.")

    @property
    def left_out(self) -> bool:
        """True if the public copy leaves the whole case out."""
        return self.withhold is not None


class FolderSettings(Frozen):
    """The content of `ogpcase.yaml`."""

    format: Format = public("The format of the folder's records.", required=True)
    public_copy: Flag = public("True if `publish` made this folder.", default=False)


FIRST_FORMAT = FolderSettings(format=Format.FIRST)
"""The settings of a folder without `ogpcase.yaml`."""


@dataclass(frozen=True)
class Registry:
    """All parties of a folder by id, and the folder's settings.

    `unreadable` are ids whose file gives no party. `flawed` are ids of parties that lost a wrong field, so that it is
    not sure what they belong to. `never_publish` is true if the folder lists terms that no public copy may hold.
    """

    parties: Mapping[str, Party] = field(default_factory=dict)
    unreadable: AbstractSet[str] = frozenset()
    flawed: AbstractSet[str] = frozenset()
    settings: FolderSettings = FIRST_FORMAT
    never_publish: bool = False

    def knows(self, party_id: str) -> bool:
        """True if the party has a file, readable or not."""
        return party_id in self.parties or party_id in self.unreadable

    def named(self, name: str) -> tuple[str, ...]:
        """Returns the ids of the parties with this id or name; case and accents are ignored."""
        if name in self.parties:
            return (name,)
        wanted = folded(name)
        return tuple(sorted(party.id for party in self.parties.values() if wanted in map(folded, party.names())))

    def bodies(self, body: Body) -> tuple[str, ...]:
        """Returns the ids of the parties that are this body of OGP.

        If the party that `init` writes for it exists, returns that one alone, without reading the other parties.
        """
        usual = "ogp" if body is Body.OGP else f"ogp-{body.replace('_', '-')}"
        if usual in self.parties and self.parties[usual].body is body:
            return (usual,)
        return tuple(sorted(party.id for party in self.parties.values() if party.body is body))

    def belongs(self, party_id: str, whole: str) -> bool:
        """True if the party is `whole`, or part of it at any depth."""
        return any(name == whole for name in self.lineage(party_id))

    def lineage(self, party_id: str, *, up_to: Callable[[Party], bool] = lambda _: False) -> Iterator[str]:
        """Yields the ids of a party and of all that it belongs to, at any depth; stops above a party `up_to` picks."""
        todo, seen = [party_id], {party_id}
        while todo:
            name = todo.pop()
            yield name
            party = self.parties.get(name)
            if party is not None and not up_to(party):
                todo.extend(whole for whole in party.part_of if whole not in seen)
                seen.update(party.part_of)

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class CaseFile:
    """A case as its files give it.

    `header` is None if it cannot be read. `unreadable` are ids of events whose file gives no record. `flawed` names the
    wrong fields that were left out of each event, and of each source by its file. `not_read` are the files and folders
    that may hold a record of the case and cannot be read: broken records, links, folders in the place of files, wrong
    names. `sources` are those in files, by id. `beside` are the other cases of the folder by id, each read when it is
    first asked for. `withdrawn` are records that were taken back: they are no part of the case.
    """

    id: str
    header: CaseHeader | None
    events: tuple[Event, ...]
    registry: Registry
    unreadable: frozenset[str] = frozenset()
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_read: tuple[FileId, ...] = ()
    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    beside: Mapping[str, CaseFile] = field(default_factory=dict, compare=False, repr=False)
    withdrawn: tuple[Event, ...] = ()

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    @property
    def records(self) -> tuple[Event, ...]:
        """The events in order, then the withdrawn records."""
        return (*self.events, *self.withdrawn)

    @cached_property
    def record_by_id(self) -> Mapping[str, Event]:
        """The events and the withdrawn records, by id and by every id that they had."""
        by_alias = {alias: event for event in self.records for alias in event.aliases}
        return {**by_alias, **{event.id: event for event in self.records}}

    def sources_of(self, event: Event) -> tuple[Source, ...]:
        """Returns the sources of an event, each with what its file says."""
        return tuple(source.with_text_of(self.sources.get(source.id)) for source in event.sources)

    def source(self, event: Event, source_id: str) -> Source | None:
        """Returns a source that the event lists, with what its file says; None if it lists none of this id."""
        return next((source for source in self.sources_of(event) if source.id == source_id), None)

    def each_source(self) -> Iterator[tuple[SourceRecord, FileId, Route]]:
        """Yields each source with the file that says what it is, and its route there; none of a list with a fault."""
        for name, source in self.sources.items():
            yield source, file_of_source(self.id, name), ()
        for event in self.events:
            if "sources" not in self.flawed.get(event.id, ()):  # else positions differ from those in the file
                for position, written in enumerate(event.sources):
                    if written.is_written_out:
                        yield written, file_of_event(self.id, event.id), ("sources", position)

    @cached_property
    def sources_not_read(self) -> frozenset[str]:
        """The ids of sources whose file gives no record."""
        start = file_of_source(self.id, "").removesuffix(".yaml")
        files = (file for file in self.not_read if file.startswith(start))
        return frozenset(file.removeprefix(start).removesuffix(".yaml") for file in files)

    @cached_property
    def names(self) -> Mapping[str, Names]:
        """What each event names, by the event's id: several checks ask for it."""
        return {event.id: names_with_routes(event) for event in self.events}

    @cached_property
    def language(self) -> str | None:
        """The language of the case's texts."""
        return self.header.language if self.header else None

    @cached_property
    def stage_is_known(self) -> bool:
        """False where a record that cannot be read may move the case."""
        return not self._may_say_more(_MOVING)

    @cached_property
    def answers_are_known(self) -> bool:
        """False if a record that cannot be read may answer a request."""
        return not self._may_say_more(_ANSWERING)

    @cached_property
    def findings_are_known(self) -> bool:
        """False if a record that cannot be read may reply to an allegation or have a finding on it."""
        return not self._may_say_more(_FINDING)

    def _may_say_more(self, fields: frozenset[str]) -> bool:
        """True where a record of the case cannot be read at all, or not in one of these fields."""
        beside = {file_of_header(self.id), *(file_of_source(self.id, name) for name in self.sources_not_read)}
        return any(file not in beside for file in self.not_read) or any(
            fields & flawed for flawed in self.flawed.values()
        )

    def owns(self, reference: Reference) -> bool:
        """True if the reference points into this case."""
        return reference.case in (None, self.id)

    def full(self, reference: Reference) -> str:
        """Returns the reference with its case, so that references of several cases can be compared."""
        return str(reference) if reference.case else f"{self.id}/{reference}"


def things_left_out(cases: Iterable[CaseFile], parties: Iterable[Party]) -> int:
    """Counts the parts of events, the parties and the whole cases that the public copy leaves out."""
    several = tuple(cases)
    in_events = sum(len(event.left_out.said) for case in several for event in case.events)
    whole = sum(1 for case in several if case.header and case.header.left_out)
    return in_events + whole + sum(1 for party in parties if party.left_out)


_LINKS = frozenset({"in_reply_to", "answers", "adopts", "cites", "addendum_to", "follows"})
_DATES = frozenset({"dated", "also_dated"})
_MOVING = frozenset({"moves_to", "context", "withdrawn", *_DATES, *_LINKS})
"""The fields of an event that decide whether and when it moves the case."""
_ANSWERING = frozenset(
    {"answers", "requests", "milestones", "senders", "issued_by", "on_behalf_of", "withdrawn", *_DATES}
)
"""The fields of an event that decide requests and their answers."""
_FINDING = frozenset(
    {"replies", "findings", "about", "allegations", "in_reply_to", "senders", "issued_by", "withdrawn", *_DATES}
)
"""The fields of an event that decide what was alleged, replied and found."""


class Cases(Mapping[str, CaseFile]):
    """The cases of a folder by id, each read when it is first asked for."""

    @abstractmethod
    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event of this id, without reading any other case."""


def assemble(  # noqa: PLR0913 - the parts of a case
    case_id: str,
    header: CaseHeader | None,
    events: tuple[Event, ...],
    registry: Registry,
    *,
    unreadable: frozenset[str] = frozenset(),
    flawed: Mapping[str, frozenset[str]] | None = None,
    not_read: tuple[FileId, ...] = (),
    sources: Mapping[str, SourceRecord] | None = None,
) -> CaseFile:
    """Returns the case, its events in order. Withdrawn records stand apart; what is wrong in them does not matter.

    A source that its file withholds is withheld from each event that names it.
    """
    files = sources or {}
    secret = {name for name, source in files.items() if source.left_out}
    records = tuple(_without_secrets(event, secret) for event in events) if secret else events
    ordered = in_order(case_id, (event for event in records if event.withdrawn is None))
    withdrawn = tuple(event for event in records if event.withdrawn is not None)
    apart = {event.id for event in withdrawn}
    kept = {name: fields for name, fields in (flawed or {}).items() if name not in apart}
    return CaseFile(case_id, header, ordered, registry, unreadable, kept, not_read, files, withdrawn=withdrawn)


def _without_secrets(event: Event, secret: AbstractSet[str]) -> Event:
    """Returns the event with the sources withheld whose files are."""
    if not any(source.id in secret and not source.is_written_out for source in event.sources):
        return event
    marked = (
        source.model_copy(update={"withhold": EVERYTHING})
        if source.id in secret and not source.is_written_out
        else source
        for source in event.sources
    )
    return event.model_copy(update={"sources": tuple(marked)})


def file_of_header(case_id: str) -> FileId:
    """Returns the path of a case's header below the root."""
    return f"{case_id}/case.yaml"


def file_of_event(case_id: str, event_id: str) -> FileId:
    """Returns the path of an event below the root."""
    return f"{case_id}/events/{event_id}.yaml"


def file_of_source(case_id: str, source_id: str) -> FileId:
    """Returns the path of a source's file below the root."""
    return f"{case_id}/sources/{source_id}.yaml"


def file_of_party(party_id: str) -> FileId:
    """Returns the path of a party below the root."""
    return f"parties/{party_id}.yaml"
