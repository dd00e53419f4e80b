"""A case: its header, its events in order, the parties, and what could not be read."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

from ogpcase.diagnostics import FileId, Route
from ogpcase.model.base import CaseId, Flag, Frozen, PartyId, Several, Url, later_list, private, public, public_list
from ogpcase.model.codelists import Format, Relation
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import MAPPING_NAME, RESERVED_PARTY_IDS, Reference
from ogpcase.model.order import Ordered, as_known_by, in_order
from ogpcase.model.parties import PUBLIC, Country, Party, folded
from ogpcase.model.publication import EVERYTHING, NOTHING_LEFT_OUT, Parts, Whole
from ogpcase.model.sources import Source, SourceRecord
from ogpcase.model.table_codes import TrackCode, VersionCode
from ogpcase.model.texts import Language, Text
from ogpcase.model.uses import Names, names_with_routes


class Related(Frozen):
    """Another case, here or elsewhere, that is related to this one; never merged."""

    case: CaseId | None = public("The other case's id, if it has one.")
    relation: Relation = public("How it is related to this case.", required=True)
    track: TrackCode | None = public("Which procedure it is under.")
    title: Text | None = public("What it is, in our own words.", one_line=True)
    urls: Several[Url] = public_list("Pages about it.")
    url: Url | None = public("A page about it, as the first format writes it: write `urls`.", asked="never")

    @property
    def addresses(self) -> tuple[str, ...]:
        """The pages about it."""
        return self.urls if self.url is None else (self.url, *self.urls)

    @property
    def is_described(self) -> bool:
        """True if it says of itself what it is, as a case elsewhere does."""
        return bool(self.title or self.addresses)


class CaseHeader(Frozen):
    """The content of `case.yaml`. `id` is the folder's name and is not in the file."""

    id: CaseId = public("", required=True, exclude=True)
    title: Text = public("The case in one line.", required=True, one_line=True)
    track: TrackCode = public("Which of OGP's procedures the case is under.", required=True)
    policy_version: VersionCode | None = public("The version of the policy in force at filing.")
    subject: PartyId = public("The government the case is about: a party.", required=True)
    country: Country = public(
        'ISO 3166-1 alpha-2 code of the country (quote "NO").',
        required=True,
        prompt="Its country: a code of two letters, as MX.",
    )
    language: Language = public(
        "BCP 47 tag of the language of the case's texts.",
        required=True,
        prompt="The language of the case's texts: its code, as en, es or fr.",
    )
    related: tuple[Related, ...] = later_list("Other cases, here or elsewhere; never merged.")
    withhold: Whole | None = private("`all`: the public copy leaves the whole case out.", asked="later")

    @property
    def left_out(self) -> bool:
        """True if the public copy leaves the whole case out."""
        return self.withhold is not None


class FolderSettings(Frozen):
    """The content of `ogpcase.yaml`."""

    format: Format = public("The format of the folder's records.", required=True)
    public_copy: Flag = public("True if `publish` made this folder.", default=False)
    corrections: Url | None = public("Where readers report a mistake: a page, or `mailto:` and an address.")


FIRST_FORMAT = FolderSettings(format=Format.FIRST)
"""The settings of a folder without `ogpcase.yaml`."""


@dataclass(frozen=True, eq=False, repr=False)
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
        """True if the party has a file, readable or not, and for the public."""
        return party_id == PUBLIC or party_id in self.parties or party_id in self.unreadable

    def named(self, name: str) -> tuple[str, ...]:
        """Returns the id that this is, of a readable party or not, or else the ids of the parties with this name.

        Case and accents of a name are ignored.
        """
        if self.knows(name):
            return (name,)
        wanted = folded(name)
        return tuple(sorted(party.id for party in self.parties.values() if wanted in map(folded, party.names())))

    def bodies(self, body: str, usual: str | None = None) -> tuple[str, ...]:
        """Returns the ids of the parties that are this body of OGP.

        If `usual`, the party that `init` writes for it, is one, returns it alone, without reading the other parties.
        """
        if usual is not None and usual in self.parties and self.parties[usual].body == body:
            return (usual,)
        return tuple(sorted(self._ids_by_body.get(body, ())))

    @cached_property
    def _ids_by_body(self) -> Mapping[str, list[str]]:
        """The ids of the parties that are a body of OGP; every party is read for it, and once."""
        ids: dict[str, list[str]] = {}
        for party in self.parties.values():
            if party.body is not None:
                ids.setdefault(party.body, []).append(party.id)
        return ids

    def belongs(self, party_id: str, whole: str, on: FuzzyDate | None = None) -> bool | None:
        """True if the party is `whole`, or on a day part of it at any depth; None if dates leave that open.

        Without a day, True if it is part of it at any time.
        """
        if whole not in self.lineage(party_id, on):
            return False
        return True if whole in self.lineage(party_id, on, surely=True) else None

    def may_belong(self, party_id: str, whole: str, on: FuzzyDate | None = None) -> bool:
        """True if the party is `whole`, or perhaps part of it on a day, at any depth."""
        return whole in self.lineage(party_id, on)

    def lineage(
        self,
        party_id: str,
        on: FuzzyDate | None = None,
        *,
        up_to: Callable[[Party], bool] = lambda _: False,
        surely: bool = False,
    ) -> Iterator[str]:
        """Yields the ids of a party and of all that it may belong to on a day, at any depth; at any time without a day.

        Stops above a party that `up_to` picks. With `surely`, follows no membership that dates leave open.
        """
        todo, seen = [party_id], {party_id}
        while todo:
            name = todo.pop()
            yield name
            party = self.parties.get(name)
            if party is not None and party.part_of and not up_to(party):
                held = ((each.party, each.holds(on)) for each in party.part_of)
                above = [whole for whole, holds in held if (holds if surely else holds is not False)]
                todo.extend(whole for whole in above if whole not in seen)
                seen.update(above)


@dataclass(frozen=True, eq=False, repr=False)
class CaseFile:
    """A case as its files give it.

    `header` is None if it cannot be read. `unreadable` are ids of events whose file gives no record. `flawed` names the
    wrong fields that were left out of each event, and of each source by its file. `not_read` are the files and folders
    that may hold a record of the case and cannot be read: broken records, links, folders in the place of files, wrong
    names. `sources` are those in files, by id. `beside` are the other cases of the folder by id, each read when it is
    first asked for. `withdrawn` are records that were taken back: they are no part of the case. `after` gives the ids
    of the events that an event comes after by a reference.
    """

    id: str
    header: CaseHeader | None
    events: tuple[Event, ...]
    registry: Registry
    unreadable: frozenset[str] = frozenset()
    flawed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_read: tuple[FileId, ...] = ()
    sources: Mapping[str, SourceRecord] = field(default_factory=dict)
    beside: Mapping[str, CaseFile] = field(default_factory=dict)
    withdrawn: tuple[Event, ...] = ()
    after: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by id."""
        return {event.id: event for event in self.events}

    def as_known_by(self, day: date | None) -> CaseFile:
        """Returns the case as an outsider knew it on a day: only the links of records known by then bound days."""
        if day is None:
            return self
        known = as_known_by(self.id, Ordered(self.events, self.after), self.sources, day)
        return replace(self, events=known.events, after=known.after)

    @property
    def records(self) -> tuple[Event, ...]:
        """The events in order, then the withdrawn records."""
        return (*self.events, *self.withdrawn)

    @cached_property
    def ids_in_order(self) -> tuple[str, ...]:
        """All ids that a command may mean by their beginning: of all events, those not read too, and aliases."""
        return tuple(sorted(self.record_by_id.keys() | self.unreadable))

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
        named = next((source for source in event.sources if source.id == source_id), None)
        return named and named.with_text_of(self.sources.get(source_id))

    def having(self, field: str) -> Sequence[Event]:
        """Returns the events, in order, in which a field has a value and no fault."""
        return self._events_by_field.get(field, ())

    @cached_property
    def _events_by_field(self) -> Mapping[str, list[Event]]:
        by_field: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            own, flawed = vars(event), self.flawed.get(event.id, ())
            for name in event.model_fields_set:
                if own[name] and name not in flawed:
                    by_field[name].append(event)
        return by_field

    @cached_property
    def moving(self) -> tuple[Event, ...]:
        """The events that move the case, in order: each step is of one of them."""
        return tuple(event for event in self.events if event.moves_to and not event.context)

    @cached_property
    def written_out(self) -> tuple[tuple[Event, int, Source], ...]:
        """The sources that events write out, each with its position in a list without a fault."""
        return tuple(
            (event, position, source)
            for event in self.having("sources")
            for position, source in enumerate(event.sources)
            if source.is_written_out
        )

    def each_source(self) -> Iterator[tuple[SourceRecord, FileId, Route]]:
        """Yields each source with the file that says what it is, and its route there; none of a list with a fault."""
        for name, source in self.sources.items():
            yield source, file_of_source(self.id, name), ()
        for event, position, written in self.written_out:
            yield written, file_of_event(self.id, event.id), ("sources", position)

    @cached_property
    def kept_copies(self) -> tuple[tuple[SourceRecord, FileId, Route], ...]:
        """Each source that has a copy in the case's folder, as `each_source` gives it."""
        return tuple(each for each in self.each_source() if each[0].file is not None)

    @cached_property
    def sources_not_read(self) -> frozenset[str]:
        """The ids of sources whose file gives no record."""
        start = file_of_source(self.id, "").removesuffix(".yaml")
        files = (file for file in self.not_read if file.startswith(start))
        return frozenset(file.removeprefix(start).removesuffix(".yaml") for file in files)

    def comes_before(self, one: Event, other: Event) -> bool:
        """True if one event certainly came before another, by their days, by what follows what, or by both."""
        if one.day.certainly_before(other.day) or one.id in self.after.get(other.id, ()):
            return True
        if "unknown" not in (one.day.form, other.day.form) and self.places[other.id] - self.places[one.id] <= 1:
            return False  # no other event stands between them
        return one.id in self.all_before(other.id)

    def may_follow(self, one: Event, other: Event) -> bool:
        """True if one event may have come after another, by their days and by what follows what."""
        return one is not other and not self.comes_before(one, other)

    def order_is_open(self, one: Event, other: Event) -> bool:
        """True if either of two dated events may have come first."""
        undated = "unknown" in (one.day.form, other.day.form)
        return not undated and not self.comes_before(one, other) and not self.comes_before(other, one)

    @cached_property
    def all_before(self) -> Callable[[str], frozenset[str]]:
        """Returns the ids of all events that certainly came before an event; it remembers the last answers."""
        firm = (event for event in self.events if event.day.latest and not event.day.qualifiers)
        by_end = sorted(firm, key=lambda event: event.day.latest or date.max)
        by_id, after = self.event_by_id, self.after  # to hold the case would keep it until garbage is looked for

        @lru_cache(maxsize=2)
        def before(event_id: str) -> frozenset[str]:
            found: set[str] = set()
            todo, ended = [event_id], 0
            while todo:
                event = by_id[todo.pop()]
                new = set(after.get(event.id, ()))
                while ended < len(by_end) and by_end[ended].day.certainly_before(event.day):
                    new.add(by_end[ended].id)
                    ended += 1
                todo += new - found
                found |= new
            return frozenset(found)

        return before

    @cached_property
    def links_by_field(self) -> Mapping[str, tuple[tuple[Event, str], ...]]:
        """Each event that comes after others, in order, with the id of each other, by the field that says so."""
        links: dict[str, list[tuple[Event, str]]] = {}
        for event in self.events:
            for name, reference in event.precursors():
                if self.owns(reference) and reference.event in self.event_by_id:
                    links.setdefault(name, []).append((event, reference.event))
        return {name: tuple(found) for name, found in links.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each event in the case's order, by id."""
        return {event.id: place for place, event in enumerate(self.events)}

    @cached_property
    def names(self) -> Mapping[str, Names]:
        """What each event names, by the event's id: several checks ask for it."""
        return {event.id: names_with_routes(event) for event in self.events}

    @property
    def all_parties_named(self) -> set[str]:
        """The ids of the parties that the case names, be it in fields that have a fault."""
        return {name for names in self.names.values() for name, _ in names.parties}

    @cached_property
    def parties_named(self) -> frozenset[str]:
        """The ids of the parties that the case names in fields without a fault."""
        flawed = self.flawed
        in_events = {
            name
            for event in self.events
            for name, route in self.names[event.id].parties
            if event.id not in flawed or route[0] not in flawed[event.id]
        }
        return frozenset(in_events - RESERVED_PARTY_IDS | ({self.header.subject} if self.header else set()))

    @cached_property
    def left_out(self) -> Mapping[str, Parts]:
        """What the public copy leaves out, by the id of each event of which it leaves out something."""
        parts = ((event.id, event.left_out) for event in self.events)
        return {event_id: left_out for event_id, left_out in parts if left_out is not NOTHING_LEFT_OUT}

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
        """False if a record that cannot be read, or not as far as it says who answers, may answer a request."""
        flawed = ((self.event_by_id.get(name), fields) for name, fields in self.flawed.items())
        by_somebody = any(event and event.answers and fields & {*event.acting} for event, fields in flawed)
        return not by_somebody and not self._may_say_more(_ANSWERING)

    @cached_property
    def findings_are_known(self) -> bool:
        """False if a record that cannot be read may reply to an allegation or have a finding on it."""
        return not self._may_say_more(_FINDING)

    def _may_say_more(self, fields: frozenset[str]) -> bool:
        """True where a record of the case cannot be read at all, or not in one of these fields."""
        bounding = {name for event in self.events for name in (event.paper, event.told_by) if name}
        beside = {file_of_source(self.id, name) for name in self.sources_not_read - bounding}
        beside.add(file_of_header(self.id))
        if any(file not in beside for file in self.not_read):
            return True
        read = (self.flawed.get(file_of_source(self.id, name), frozenset()) for name in bounding)
        return any(fields & flawed for flawed in self.flawed.values()) or any(_READ & flawed for flawed in read)

    def owns(self, reference: Reference) -> bool:
        """True if the reference points into this case."""
        return reference.case in (None, self.id)

    def full(self, reference: Reference) -> str:
        """Returns the reference with its case, so that references of several cases can be compared."""
        return full_reference(self.id, reference)


def things_left_out(cases: Iterable[CaseFile], parties: Iterable[Party]) -> int:
    """Counts the parts of events, the parties and the whole cases that the public copy leaves out."""
    several = tuple(cases)
    in_events = sum(len(parts.said) for case in several for parts in case.left_out.values())
    in_events += sum(1 for case in several for source in case.sources.values() if source.left_out)
    whole = sum(1 for case in several if case.header and case.header.left_out)
    return in_events + whole + sum(1 for party in parties if party.left_out)


_LINKS = frozenset({"in_reply_to", "answers", "adopts", "cites", "addendum_to", "follows"})
_DATES = frozenset({"dated", "also_dated", "received", "published", "paper", "told_by"})
"""The fields of an event that give or bound its day."""
_READ = frozenset({"published", "retrieved"})
"""The fields of a source that bound the day of an event."""
_MOVING = frozenset({"moves_to", "context", "withdrawn", *_DATES, *_LINKS})
"""The fields of an event that decide whether and when it moves the case."""
_ANSWERING = frozenset(
    {"answers", "requests", "milestones", "senders", "issued_by", "on_behalf_of", "withdrawn", *_DATES}
)
"""The fields of an event that decide requests and their answers."""
_FINDING = frozenset({
    "replies", "findings", "about", "allegations", "in_reply_to", "senders", "issued_by", "on_behalf_of", "withdrawn",
    *_DATES,
})  # fmt: skip
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
    records = tuple(without_secrets(event, secret) for event in events) if secret else events
    ordered = in_order(case_id, (event for event in records if event.withdrawn is None), files)
    withdrawn = tuple(event for event in records if event.withdrawn is not None)
    apart = {event.id for event in withdrawn}
    kept = {name: fields for name, fields in (flawed or {}).items() if name not in apart}
    return CaseFile(
        case_id, header, ordered.events, registry, unreadable, kept, not_read, files,
        withdrawn=withdrawn, after=ordered.after,
    )  # fmt: skip


def without_secrets(event: Event, secret: AbstractSet[str]) -> Event:
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


def full_reference(case_id: str, reference: Reference) -> str:
    """Returns a reference in a record of a case with the case that it means."""
    return str(reference) if reference.case else f"{case_id}/{reference}"


def reference_of(file: FileId) -> str:
    """Returns the record in a file as commands take it: `CASE`, `CASE/EVENT`, `CASE/sources/ID` or `parties/ID`."""
    return file.removesuffix(".yaml").removesuffix("/case").replace("/events/", "/")


def file_of_header(case_id: str) -> FileId:
    """Returns the path of a case's header below the root."""
    return f"{case_id}/case.yaml"


def file_of_mapping(case_id: str) -> FileId:
    """Returns the path below the root of the file that says how a case's tables are read."""
    return f"{case_id}/{MAPPING_NAME}"


def file_of_event(case_id: str, event_id: str) -> FileId:
    """Returns the path of an event below the root."""
    return f"{case_id}/events/{event_id}.yaml"


def file_of_source(case_id: str, source_id: str) -> FileId:
    """Returns the path of a source's file below the root."""
    return f"{case_id}/sources/{source_id}.yaml"


def file_of_party(party_id: str) -> FileId:
    """Returns the path of a party below the root."""
    return f"parties/{party_id}.yaml"
