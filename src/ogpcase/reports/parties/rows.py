"""Who appears in which role, and all of one party across cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from operator import itemgetter
from typing import NamedTuple, TypeVar

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Body, Classification, Outcome
from ogpcase.model.dates import Days
from ogpcase.model.events import AlsoStated, Commitment, Event, Letter
from ogpcase.model.parties import UNKNOWN, NamedParty, Party
from ogpcase.reports.asks.rows import AskLine, RowAsk, row_ask
from ogpcase.reports.record.rows import Appearance, Record, appearances, party_record
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import seen_assessments

ACTS: dict[str, str] = {
    "filers": "filer",
    "senders": "sender",
    "issued_by": "issuer",
    "authors": "author",
    "adopted_by": "adopter",
    "by": "decider",
    "lead": "lead",
    "participants": "participant",
    "signatories": "signatory",
}
"""The role of a party that does something, by the field that names it."""
NAMED: dict[str, str] = {"addressees": "addressee", "copied": "copied"}
"""The role of a party that something is done to."""
DOING = (*ACTS.values(), "signed_for", "assessor", "answers")
"""The roles of a party that does something, in the order they are shown."""
ROLES = ("subject", *DOING, *NAMED.values(), "asked", "told_of", "stated_otherwise", "through_parts")
"""Every role, in the order they are shown."""
_TELLS_OF_NO_ANSWER = {Outcome.UNKNOWN, Outcome.EXTENDED, Outcome.OVERTAKEN}
"""What an event that names nobody may say of a request without answering it itself."""


class Naming(NamedTuple):
    """One place where an event names a party: the role, and the name and the office as the paper prints them."""

    party: str
    role: str
    as_named: str | None = None
    office: str | None = None


class Signature(NamedTuple):
    """A person who signed a paper, with the office held then, for which party and when; None where it does not say."""

    name: str
    office: str | None
    party: str | None
    event: str
    dated: str
    certain: bool


def role_in_words(role: str) -> str:
    """Returns a role as it is read: `told of` for `told_of`."""
    return "through its parts" if role == "through_parts" else role.replace("_", " ")


def namings_of(shown: Shown, event: Event) -> Iterator[Naming]:
    """Yields every place where the event names a party, a party several times where it has several roles."""
    return (each for each in _named_in(shown, event) if each.party != UNKNOWN)


def signatures_of(shown: Shown, event: Event) -> Iterator[tuple[str | None, Signature]]:
    """Yields each person who signed the event's paper, with the id of the party signed for where it says so."""
    for each in event.signed_by if isinstance(event, Letter) else ():
        yield (
            each.for_,
            Signature(
                name=each.name,
                office=each.office,
                party=shown.name(each.for_) if each.for_ else None,
                event=f"{shown.case.id}/{event.id}",
                dated=event.dated.text,
                certain=shown.reader.moment.certain(event),
            ),
        )


def _named_in(shown: Shown, event: Event) -> Iterator[Naming]:
    for name, role in (*ACTS.items(), *NAMED.items()):
        yield from _namings(getattr(event, name, ()), role)
    yield from (Naming(party, "signed_for") for party, _ in signatures_of(shown, event) if party)
    yield from _namings((each.by for each in seen_assessments(shown, event)), "assessor")
    yield from _asked(event)
    yield from _answering(event)
    for stated in event.also_stated:
        yield from _stated(shown, stated)


def _asked(event: Event) -> Iterator[Naming]:
    for each in event.requests:
        yield from _namings(each.asked_of, "asked")
    if isinstance(event, Commitment):
        leading = {each.party for each in event.lead}  # a promise of its own is no request
        for each in event.milestones:
            yield from _namings((one for one in each.asked_of if one.party not in leading), "asked")


def _answering(event: Event) -> Iterator[Naming]:
    """Whose answers an event tells of: its own actors', or those of others."""
    for each in event.answers:
        if each.of and each.answer is not Outcome.EXTENDED:
            yield from _namings(each.of, "told_of")
        elif not each.of and each.answer not in _TELLS_OF_NO_ANSWER:
            yield from _namings(event.actors, "answers")


def _stated(shown: Shown, stated: AlsoStated) -> Iterator[Naming]:
    """The parties that another source names in a field of parties."""
    if stated.field in ACTS | NAMED:
        yield from (Naming(word, "stated_otherwise") for word in stated.value if shown.case.registry.knows(word))


def _namings(parties: Iterable[NamedParty], role: str) -> Iterator[Naming]:
    return (Naming(each.party, role, each.as_named, each.office) for each in parties)


class PartyAsk(NamedTuple):
    """A request as it concerns one party: who asks whom for what, and the lines of those concerned.

    Of what was asked of a party `ask` has that party's line alone; `through` names the whole that was asked, where the
    party answers as a part of it. `asked` is false where it answered without being asked. `open` is false once it is
    certainly answered. `promised` is true for a milestone of its own commitment.
    """

    case: str
    request: str
    dated: str
    by: tuple[str, ...]
    through: str | None
    ask: RowAsk
    asked: bool
    open: bool
    promised: bool
    certain: bool

    @property
    def days(self) -> Days | None:
        """The time to what came back, or that it has been open; None where nobody can know, or several were asked."""
        line = self.ask.lines[0] if len(self.ask.lines) == 1 else None
        return None if line is None else line.after or line.open_for


def asked_by(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """Yields the request where the party makes it, with what came back from everybody asked.

    A milestone of its own commitment is a promise, not a request; a duty is the policy's.
    """
    if ask.duty or _is_milestone(ask) or party not in {each.party for each in ask.event.actors}:
        return
    yield _party_ask(shown, ask, row_ask(shown, ask), still_open=ask.open)


def asked_of(shown: Shown, ask: Ask, party: str) -> Iterator[PartyAsk]:
    """Yields the request where it was made of the party, itself or as a part of another, or was answered by it."""
    if all(each.party != party for line in ask.lines for each in (line, *line.parts)):
        return
    row = row_ask(shown, ask)
    found = next(_lines_of(ask, row, party), None)
    if found is not None:
        line, said, through = found
        mine = _party_ask(shown, ask, row._replace(lines=(said,)), still_open=not line.answered)
        yield mine._replace(through=through, asked=line.asked)


def longest_first(each: PartyAsk) -> tuple[bool, int]:
    """The order of what is left open: the longest open first, those open nobody knows how long after them."""
    days = each.days
    length = None if days is None else days.fewest if days.fewest is not None else days.most
    return (length is None, -(length or 0))


def _lines_of(ask: Ask, row: RowAsk, party: str) -> Iterator[tuple[AskedLine, AskLine, str | None]]:
    """The party's own line, else those in which it answers as a part."""
    pairs = list(zip(ask.lines, row.lines, strict=True))
    yield from ((line, said, None) for line, said in pairs if line.party == party)
    for line, said in pairs:
        for part, told in zip(line.parts, said.parts, strict=True):
            if part.party == party:
                yield part, told, said.party


def _party_ask(shown: Shown, ask: Ask, row: RowAsk, *, still_open: bool) -> PartyAsk:
    promised = not ask.duty and _is_milestone(ask)
    return PartyAsk(
        case=shown.case.id,
        request=f"{shown.case.id}/{ask.event.id}#{ask.item}",
        dated=ask.event.dated.text,
        by=() if ask.duty else tuple(dict.fromkeys(map(shown.printed, ask.event.actors))),
        through=None,
        ask=row,
        asked=True,
        open=still_open,
        promised=promised,
        certain=ask.certain,
    )


def _is_milestone(ask: Ask) -> bool:
    return isinstance(ask.event, Commitment) and any(each.id == ask.item for each in ask.event.milestones)


T = TypeVar("T")


class Deed(NamedTuple):
    """An event that names a party: in which roles, and under which names and offices its paper does.

    `name` is what the party is called here. `signed` are those who signed for it and, where it acts, those of whom the
    paper does not say for whom they signed.
    """

    name: str
    case: str
    reference: str
    kind: str
    dated: str
    title: str
    roles: tuple[str, ...]
    as_named: tuple[str, ...]
    offices: tuple[str, ...]
    signed: tuple[Signature, ...]
    certain: bool
    context: bool


class Doings(NamedTuple):
    """What one party did and asked, and what was asked of it, in the order of time.

    `did` are the events in which it does something, `named` those that only name it. `lines` is all that was asked of
    it and all that it answered.
    """

    party: str
    name: str
    did: tuple[Deed, ...] = ()
    named: tuple[Deed, ...] = ()
    asked: tuple[PartyAsk, ...] = ()
    lines: tuple[PartyAsk, ...] = ()
    signed: tuple[Signature, ...] = ()

    @property
    def was_asked(self) -> tuple[PartyAsk, ...]:
        """All that was asked of it, duties of the policy included."""
        return tuple(each for each in self.lines if each.asked)

    @property
    def answered(self) -> tuple[PartyAsk, ...]:
        """What came back from it and settled a request, also where it was not the one asked."""
        return tuple(each for each in self.lines if not each.open)

    @property
    def left_open(self) -> tuple[PartyAsk, ...]:
        """What was asked of it and is not certainly answered, the longest open first."""
        return tuple(sorted((each for each in self.lines if each.asked and each.open), key=longest_first))

    @property
    def volunteered(self) -> tuple[PartyAsk, ...]:
        """What came back from it without its being asked, and did not settle the request."""
        return tuple(each for each in self.lines if not each.asked and each.open)

    @property
    def empty(self) -> bool:
        """True when no record tells anything of it."""
        return not (self.did or self.named or self.asked or self.lines or self.signed)


class SubjectOf(NamedTuple):
    """A case that is about a party."""

    case: str
    title: str


class PartyFile(NamedTuple):
    """Everything that the cases tell of a party: its own record, its doings, and those of each of its parts."""

    record: Record
    appearances: tuple[Appearance, ...]
    subject_of: tuple[SubjectOf, ...]
    doings: Doings
    parts: tuple[Doings, ...]


class _Read(NamedTuple):
    """A case as it is read for parties: its requests, and whom each event names."""

    shown: Shown
    asks: tuple[Ask, ...]
    events: tuple[tuple[Event, tuple[Naming, ...]], ...]

    @classmethod
    def of(cls, shown: Shown) -> _Read:
        events = ((event, tuple(namings_of(shown, event))) for event in shown.events())
        return cls(shown, asks_of(shown.case, shown.reader.moment), tuple(events))


def party_file(registry: Registry, cases: Sequence[CaseFile], party: Party, reader: Reader) -> PartyFile:
    """Returns everything that the cases tell this reader of a party; what its parts did stands under the part."""
    any_case = cases[0] if cases else assemble("none", None, (), registry)
    names, read = Shown(any_case, reader), [_Read.of(Shown(case, reader)) for case in cases]
    whole = _doings(read, names, party.id)
    told = {each.request for each in whole.lines}
    parts = (_doings(read, names, each) for each in parts_of(names, party.id))
    apart = (each._replace(lines=tuple(one for one in each.lines if one.request not in told)) for each in parts)
    record = party_record(any_case, party, reader)
    elsewhere = {
        *record.elsewhere,
        *(tag for each in (names, *(one.shown for one in read)) for tag in each.elsewhere()),
    }
    return PartyFile(
        record=record._replace(elsewhere=tuple(sorted(elsewhere))),
        appearances=tuple(one for case in cases for one in appearances(case, party.id, reader)),
        subject_of=tuple(_subject_of(read, party.id)),
        doings=whole,
        parts=tuple(apart),
    )


def parts_of(shown: Shown, party: str) -> tuple[str, ...]:
    """Returns the parties that are part of one, at any depth."""
    found: dict[str, None] = {}
    todo = [party]
    while todo:
        whole = todo.pop(0)
        for each in shown.case.registry.parties.values():
            if whole in each.part_of and each.id not in found and each.id != party:
                found[each.id] = None
                todo.append(each.id)
    return tuple(sorted(found))


def _subject_of(read: Sequence[_Read], party: str) -> Iterator[SubjectOf]:
    for shown in (each.shown for each in read):
        header = shown.case.header
        if header is not None and header.subject == party:
            yield SubjectOf(shown.case.id, shown.text(header.title))


def _doings(read: Sequence[_Read], names: Shown, party: str) -> Doings:
    deeds = _merged(read, lambda one: _deeds(one, party))
    return Doings(
        party=party,
        name=names.name(party),
        did=tuple(each for each in deeds if not set(DOING).isdisjoint(each.roles)),
        named=tuple(each for each in deeds if set(DOING).isdisjoint(each.roles)),
        asked=_merged(read, lambda one: ((a.event, each) for a in one.asks for each in asked_by(one.shown, a, party))),
        lines=_merged(read, lambda one: ((a.event, each) for a in one.asks for each in asked_of(one.shown, a, party))),
        signed=tuple(one for each in deeds for one in each.signed if one.party is not None),
    )


def _merged(read: Sequence[_Read], told: Callable[[_Read], Iterable[tuple[Event, T]]]) -> tuple[T, ...]:
    """What is told of each case, in the one order of time; within a case as the case has it."""
    several = [[(event.dated.sort_key, each) for event, each in told(one)] for one in read]
    return tuple(each for _, each in merge(*several, key=itemgetter(0)))


def _deeds(one: _Read, party: str) -> Iterator[tuple[Event, Deed]]:
    """Yields each event that names the party."""
    for event, namings in one.events:
        mine = [each for each in namings if each.party == party]
        if mine:
            yield event, _deed(one.shown, event, party, mine)


def _deed(shown: Shown, event: Event, party: str, mine: Sequence[Naming]) -> Deed:
    roles = {each.role for each in mine}
    acts = any(each.party == party for each in event.actors)
    signed = (
        one for signed_for, one in signatures_of(shown, event) if signed_for == party or (acts and not signed_for)
    )
    return Deed(
        name=shown.name(party),
        case=shown.case.id,
        reference=f"{shown.case.id}/{event.id}",
        kind=str(event.kind),
        dated=event.dated.text,
        title=shown.text(event.title),
        roles=tuple(role for role in ROLES if role in roles),
        as_named=tuple(dict.fromkeys(each.as_named for each in mine if each.as_named)),
        offices=tuple(dict.fromkeys(each.office for each in mine if each.office)),
        signed=tuple(signed),
        certain=shown.reader.moment.certain(event),
        context=event.context,
    )


class RoleCount(NamedTuple):
    """How often a party has a role for certain, and how often more by what has only possibly happened."""

    role: str
    times: int
    perhaps: int


class PartyLine(NamedTuple):
    """A party in the list: in how many records it is named, certainly and perhaps, and its roles.

    `as_named` are the names that papers print for it. `recorded` is false for an id without a party's file; the
    classification is None where there is none, or it cannot be read.
    """

    party: str
    name: str
    classification: Classification | None
    body: Body | None
    country: str | None
    records: int
    perhaps: int
    roles: tuple[RoleCount, ...]
    as_named: tuple[str, ...]
    recorded: bool


class Parties(NamedTuple):
    """The parties that appear, those in most records first, and by id those that are in none.

    `elsewhere` are the languages that names are shown in since they are not recorded in `language`, the one asked for.
    """

    named: tuple[PartyLine, ...]
    absent: tuple[PartyLine, ...]
    cases: int
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


class _Mention(NamedTuple):
    """A place where a record names a party; `record` tells the records apart."""

    record: int
    certain: bool
    naming: Naming


def parties_in(registry: Registry, cases: Sequence[CaseFile], reader: Reader) -> Parties:
    """Returns who appears in these cases, on the reader's day."""
    names = Shown(cases[0] if cases else assemble("none", None, (), registry), reader)
    mentions: dict[str, list[_Mention]] = {}
    for number, (certain, namings) in enumerate(one for case in cases for one in _records(Shown(case, reader))):
        for each in namings:
            mentions.setdefault(each.party, []).append(_Mention(number, certain, each))
    lines = [_line(names, party, mentions) for party in sorted(registry.parties.keys() | mentions.keys())]
    named = sorted((each for each in lines if each.roles), key=lambda each: (-each.records, -each.perhaps, each.party))
    absent = tuple(each for each in lines if not each.roles)
    return Parties(tuple(named), absent, len(cases), reader.language, names.elsewhere())


def _records(shown: Shown) -> Iterator[tuple[bool, tuple[Naming, ...]]]:
    """Yields whether each record is certain, and whom it names: the header, where anything has happened, and events."""
    there = shown.events()
    header = shown.case.header
    if there and header is not None and header.subject != UNKNOWN:
        yield True, (Naming(header.subject, "subject"),)
    for event in there:
        yield shown.reader.moment.certain(event), tuple(namings_of(shown, event))


def _line(names: Shown, party: str, mentions: Mapping[str, Sequence[_Mention]]) -> PartyLine:
    known, name = names.case.registry.parties.get(party), names.name(party)
    mine = mentions.get(party, ())
    spelled = (each.naming.as_named for each in mine if each.naming.as_named)
    return PartyLine(
        party=party,
        name=name,
        classification=known.classification if known else None,
        body=known.body if known else None,
        country=known.country if known else None,
        records=len({each.record for each in mine if each.certain}),
        perhaps=len({each.record for each in mine if not each.certain}),
        roles=tuple(_roles(mine, [one for part in parts_of(names, party) for one in mentions.get(part, ())])),
        as_named=tuple(dict.fromkeys(each for each in spelled if each != name)),
        recorded=names.case.registry.knows(party),
    )


def _roles(mine: Sequence[_Mention], of_parts: Sequence[_Mention]) -> Iterator[RoleCount]:
    """Each role the party has, and in how many records a part of it is named."""
    had = [(each.certain, each.naming.role) for each in mine]
    had += [(certain, "through_parts") for _, certain in {(each.record, each.certain) for each in of_parts}]
    for role in ROLES:
        times, every = had.count((True, role)), sum(name == role for _, name in had)
        if every:
            yield RoleCount(role, times, every - times)
